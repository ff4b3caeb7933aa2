"""The hours are right: open, closed, next opening, over nights, holidays and the days the clock changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handoff.hours import ConfigError, Hours, Interval, Team, UnknownTeam, load_hours
from handoff.windows import Window, window

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)


def hours(tmp_path: Path, team: str) -> Hours:
    path = tmp_path / "hours.yml"
    path.write_text("teams:\n  support:\n" + "".join(f"    {line}\n" for line in team.splitlines()), "utf-8")
    return load_hours(path)


def here(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_the_hours_we_ship_are_the_shops() -> None:
    team = load_hours().team("support")
    assert load_hours().default.name == "support"
    assert team.reply_within == 4 * HOUR
    assert team.is_open(here("2026-11-23 09:00"))
    assert not team.is_open(here("2026-11-23 08:59:59"))
    assert not team.is_open(here("2026-11-23 18:00"))
    assert team.is_open(here("2026-11-21 13:59"))
    assert not team.is_open(here("2026-11-22 12:00"))
    assert not team.is_open(here("2026-12-25 12:00"))


def test_an_unknown_team_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownTeam, match=r"'sales'. Known: support"):
        load_hours().team("sales")


def test_a_lunch_break_is_a_break(tmp_path: Path) -> None:
    team = hours(
        tmp_path, "timezone: Asia/Seoul\nhours: {mon-fri: [09:00-12:00, 13:00-18:00]}\nreply_within: 2h"
    ).default
    seoul = ZoneInfo("Asia/Seoul")
    assert not team.is_open(here("2026-11-23 12:30", seoul))
    assert team.next_opening(here("2026-11-23 12:30", seoul)) == here("2026-11-23 13:00", seoul)
    assert team.next_closing(here("2026-11-23 12:30", seoul)) == here("2026-11-23 18:00", seoul)
    assert team.add_working_time(here("2026-11-23 11:00", seoul), 2 * HOUR) == here("2026-11-23 14:00", seoul)


def test_a_night_shift_goes_past_midnight(tmp_path: Path) -> None:
    team = hours(tmp_path, "timezone: Europe/Amsterdam\nhours: {fri: 22:00-02:00}\nreply_within: 30m").default
    assert team.is_open(here("2026-11-27 23:00"))
    assert team.is_open(here("2026-11-28 01:59"))
    assert not team.is_open(here("2026-11-28 02:00"))
    assert team.next_closing(here("2026-11-27 23:00")) == here("2026-11-28 02:00")


def test_a_night_into_a_holiday_is_worked_and_the_holidays_own_night_is_not(tmp_path: Path) -> None:
    team = hours(
        tmp_path,
        "timezone: Europe/Amsterdam\nhours: {mon-sun: 22:00-02:00}\nholidays: NL\nreply_within: 1h",
    ).default
    assert team.is_open(here("2026-12-25 01:00"))  # began on the 24th
    assert not team.is_open(here("2026-12-25 23:00"))
    assert not team.is_open(here("2026-12-26 01:00"))


def test_round_the_clock_never_closes(tmp_path: Path) -> None:
    team = hours(tmp_path, "timezone: UTC\nhours: {mon-sun: 00:00-24:00}\nreply_within: 1h").default
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert team.is_open(at)
    assert team.next_closing(at) is None
    assert team.add_working_time(at, 100 * HOUR) == at + 100 * HOUR


def test_an_extra_open_date_wins_over_a_holiday_and_a_closed_date_over_the_week(tmp_path: Path) -> None:
    team = hours(
        tmp_path,
        "timezone: Europe/Amsterdam\nhours: {mon-fri: 09:00-18:00}\nholidays: {country: NL}\n"
        "closed: [2026-12-24]\nopen: {2026-12-25: 10:00-12:00}\nreply_within: 4h",
    ).default
    assert not team.is_open(here("2026-12-24 10:00"))
    assert team.is_open(here("2026-12-25 10:00"))
    assert team.next_opening(here("2026-12-23 18:00")) == here("2026-12-25 10:00")


def test_a_team_without_hours_opens_never_and_one_with_a_single_date_opens_then(tmp_path: Path) -> None:
    nobody = hours(tmp_path, "timezone: UTC\nhours: {}\nreply_within: 1h").default
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert (nobody.is_open(at), nobody.next_opening(at), nobody.next_closing(at)) == (False, None, None)
    assert nobody.add_working_time(at, HOUR) is None
    once = hours(tmp_path, "timezone: UTC\nhours: {}\nopen: {2031-05-01: 10:00-12:00}\nreply_within: 1h").default
    assert once.next_opening(at) == datetime(2031, 5, 1, 10, tzinfo=UTC)


def test_a_regional_holiday_counts_where_it_is_one(tmp_path: Path) -> None:
    text = "timezone: CET\nhours: {{mon-fri: 09:00-18:00}}\nholidays: {{country: DE{0}}}\nreply_within: 1h"
    epiphany = here("2026-01-06 12:00", ZoneInfo("Europe/Berlin"))
    assert hours(tmp_path, text.format("")).default.is_open(epiphany)
    assert not hours(tmp_path, text.format(", subdivision: BY")).default.is_open(epiphany)


def test_norway_is_a_country_and_not_a_no(tmp_path: Path) -> None:
    team = hours(
        tmp_path,
        "timezone: Europe/Oslo\nhours: {sun: 09:00-18:00}\nholidays: {country: NO}\nreply_within: 1h",
    )
    assert not team.default.is_open(here("2026-04-05 12:00", ZoneInfo("Europe/Oslo")))  # Easter


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Seoul"])
def test_opening_at_nine_is_nine_on_every_day_of_the_year(zone: str) -> None:
    team = Team("t", ZoneInfo(zone), {n: (Interval(9 * 3600, 17 * 3600),) for n in range(7)}, HOUR)
    for n in range(366):
        midnight = datetime.combine(date(2026, 1, 1) + timedelta(days=n), datetime.min.time(), ZoneInfo(zone))
        opening = team.next_opening(midnight)
        assert opening is not None
        assert opening.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == midnight.replace(tzinfo=None) + 9 * HOUR


def test_the_skipped_hour_of_spring_is_not_worked() -> None:
    sunday = date(2026, 3, 29)  # 02:00 becomes 03:00
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert window(sunday, Interval(9000, 9900), AMSTERDAM) is None  # 02:30-02:45 does not exist
    assert window(sunday, Interval(9000, 4 * 3600), AMSTERDAM) == Window(change, change + HOUR)  # 02:30-04:00
    assert window(sunday, Interval(3600, 9000), AMSTERDAM) == Window(change - HOUR, change)  # 01:00-02:30
    night = Team("n", AMSTERDAM, {5: (Interval(22 * 3600, 30 * 3600),)}, HOUR)
    assert night.add_working_time(here("2026-03-28 22:00"), 4 * HOUR) == here("2026-03-29 03:00")


def test_the_doubled_hour_of_autumn_is_worked_twice() -> None:
    sunday = date(2026, 10, 25)  # 03:00 becomes 02:00
    shift = window(sunday, Interval(3600, 9000), AMSTERDAM)  # 01:00-02:30
    assert shift is not None
    assert shift.end - shift.start == 2.5 * HOUR
    night = Team("n", AMSTERDAM, {5: (Interval(22 * 3600, 30 * 3600),)}, HOUR)
    assert night.next_closing(here("2026-10-24 23:00")) == datetime(2026, 10, 25, 5, tzinfo=UTC)
    assert night.add_working_time(here("2026-10-24 22:00"), 8 * HOUR) == here("2026-10-25 05:00")


def test_working_time_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        load_hours().default.add_working_time(here("2026-11-23 10:00"), -HOUR)


@pytest.mark.parametrize(
    ("team", "said"),
    [
        (
            "timezone: Europe/Amsterdm\nhours: {}\nreply_within: 1h",
            "line 3: teams.support.timezone: unknown time zone",
        ),
        (
            "timezone: UTC\nhours: {moon: 09:00-18:00}\nreply_within: 1h",
            "line 4: .*unknown day 'moon'.*mon-fri",
        ),
        (
            "timezone: UTC\nhours:\n  mon: 09:00-25:00\nreply_within: 1h",
            "line 5: .*no clock shows.*HH:MM-HH:MM",
        ),
        ("timezone: UTC\nhours: {mon: nine}\nreply_within: 1h", "'nine' is not a time interval"),
        ("timezone: UTC\nhours: {mon: 09:00-09:00}\nreply_within: 1h", "has no length.*00:00-24:00"),
        (
            "timezone: UTC\nhours: {mon: [09:00-12:00, 11:00-13:00]}\nreply_within: 1h",
            "two intervals overlap",
        ),
        ("timezone: UTC\nhours: {mon-fri: 09:00-12:00, tue: closed}\nreply_within: 1h", "tue is given twice"),
        ("timezone: UTC\nhours: {mon: 09:00-12:00, mon: closed}\nreply_within: 1h", "given twice"),
        ("timezone: UTC\nhours: {}\nreply_within: soon", "'soon' is not an amount.*1h30m"),
        ("timezone: UTC\nhours: {}\nreply_within: 0h", "not an amount"),
        ("timezone: UTC\nhours: {}", "reply_within is missing"),
        (
            "timezone: UTC\nhours: {}\nreply_within: 1h\nholydays: NL",
            "line 6: .*unknown field. Allowed: timezone",
        ),
        ("timezone: UTC\nhours: {}\nreply_within: 1h\nholidays: XX", "unknown country 'XX'"),
        (
            "timezone: UTC\nhours: {}\nreply_within: 1h\nholidays: {country: NL, subdivision: ZZ}",
            "subdivision 'ZZ' of NL",
        ),
        ("timezone: UTC\nhours: {}\nreply_within: 1h\nclosed: [24-12-2026]", "not a date.*YYYY-MM-DD"),
        (
            "timezone: UTC\nhours: {}\nreply_within: 1h\nclosed: 2026-12-24\nopen: {2026-12-24: 9:00-11:00}",
            "2026-12-24 is also under closed",
        ),
        ("timezone: UTC\nhours: 09:00-18:00\nreply_within: 1h", "a block of named values is expected"),
        ("timezone: [UTC]\nhours: {}\nreply_within: 1h", "a single value is expected"),
        ("timezone: UTC\nhours: {mon: {from: 9}}\nreply_within: 1h", "a list is expected"),
    ],
)
def test_a_mistake_in_the_file_is_pointed_at(tmp_path: Path, team: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as error:
        hours(tmp_path, team)
    assert "hours.yml" in str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"teams: [", "line 1.*not valid YAML"),
        (b"teams: {}", "no team is given"),
        (b"other: 1", "unknown field. Allowed: teams"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a: \x01", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_hours_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "hours.yml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load_hours(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none.yml: the file cannot be read \(No such file"):
        load_hours(tmp_path / "none.yml")


_ZONES = st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "UTC"])
_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
_INTERVALS = st.builds(
    lambda start, length: Interval(start * 900, (start + length) * 900),
    st.integers(0, 95),
    st.integers(1, 40),
)
_TEAMS = st.builds(
    Team,
    name=st.just("t"),
    timezone=_ZONES.map(ZoneInfo),
    weekly=st.dictionaries(
        st.integers(0, 6),
        st.lists(_INTERVALS, min_size=1, max_size=2).map(lambda found: tuple(sorted(found))),
    ),
    reply_within=st.just(HOUR),
    closed_dates=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5),
    extra_open=st.dictionaries(
        st.dates(date(2026, 1, 1), date(2027, 12, 31)), _INTERVALS.map(lambda one: (one,)), max_size=2
    ),
)


@settings(max_examples=150, deadline=None)
@given(team=_TEAMS, at=_MOMENTS, share=st.floats(0, 1))
def test_the_next_opening_is_open_and_nothing_before_it_is(team: Team, at: datetime, share: float) -> None:
    opening = team.next_opening(at)
    assume(opening is not None)
    assert opening is not None
    assert opening >= at
    assert team.is_open(opening)
    before = at + (opening - at) * share
    assert before == opening or not team.is_open(before)
    assert team.is_open(at) == (opening == at)


@settings(max_examples=150, deadline=None)
@given(team=_TEAMS, at=_MOMENTS, share=st.floats(0, 1))
def test_it_is_open_until_the_next_closing_and_not_at_it(team: Team, at: datetime, share: float) -> None:
    opening, closing = team.next_opening(at), team.next_closing(at)
    assume(opening is not None and closing is not None)
    assert opening is not None
    assert closing is not None
    assert opening < closing
    assert not team.is_open(closing)
    between = opening + (closing - opening) * share
    assert between >= closing or team.is_open(between)


@settings(max_examples=150, deadline=None)
@given(
    team=_TEAMS,
    at=_MOMENTS,
    later=st.timedeltas(timedelta(0), timedelta(days=9)),
    amount=st.timedeltas(timedelta(0), timedelta(hours=60)),
    more=st.timedeltas(timedelta(0), timedelta(hours=20)),
)
def test_working_time_only_ever_moves_forward(
    team: Team, at: datetime, later: timedelta, amount: timedelta, more: timedelta
) -> None:
    result = team.add_working_time(at, amount)
    assume(result is not None)
    assert result is not None
    assert result >= at + amount
    after = team.add_working_time(at + later, amount)
    assert after is None or after >= result
    longer = team.add_working_time(at, amount + more)
    assert longer is None or longer >= result


@settings(max_examples=100, deadline=None)
@given(
    team=_TEAMS,
    at=_MOMENTS,
    first=st.timedeltas(timedelta(0), timedelta(hours=30)),
    second=st.timedeltas(timedelta(seconds=1), timedelta(hours=30)),
)
def test_working_time_adds_up(team: Team, at: datetime, first: timedelta, second: timedelta) -> None:
    middle = team.add_working_time(at, first)
    assume(middle is not None)
    assert middle is not None
    whole = team.add_working_time(at, first + second)
    assert whole is None or team.add_working_time(middle, second) == whole
