"""Business hours: read from a file that a support manager can write, checked word by word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import holidays as holiday_calendars
from holidays import HolidayBase

from handoff.teams import Team
from handoff.windows import Interval
from handoff.yaml_lines import ConfigError, Value, read_values

__all__ = ["DEFAULT_HOURS", "ConfigError", "Hours", "Interval", "Team", "UnknownTeam", "load_hours"]

DEFAULT_HOURS = Path(__file__).with_name("hours.yml")

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEAM_FIELDS = ("timezone", "hours", "holidays", "closed", "open", "reply_within")
_DAY_ALLOWED = 'mon … sun, or a range such as mon-fri, each with "09:00-18:00", a list of those, or closed'
_TIME_ALLOWED = "HH:MM-HH:MM, for example 09:00-18:00, 22:00-02:00 (past midnight) or 00:00-24:00"
_REPLY_ALLOWED = "working time in hours and minutes, for example 4h, 30m or 1h30m"
_TIMES = re.compile(r"(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})")
_REPLY = re.compile(r"(?=\d)(?:(\d{1,4})h)?\s*(?:(\d{1,4})m)?")


class UnknownTeam(LookupError):
    """The hours know no such team."""

    def __init__(self, name: str, known: Mapping[str, Team]) -> None:
        super().__init__(f"There is no team {name!r}. Known: {', '.join(known)}.")


@dataclass(frozen=True)
class Hours:
    """The hours of every team; the first one in the file is the default."""

    teams: Mapping[str, Team]

    @property
    def default(self) -> Team:
        """Returns the team that takes whatever belongs to no other."""
        return next(iter(self.teams.values()))

    def team(self, name: str) -> Team:
        """Takes a name; returns the team, or raises UnknownTeam naming those there are."""
        if name not in self.teams:
            raise UnknownTeam(name, self.teams)
        return self.teams[name]


def load_hours(path: Path | str = DEFAULT_HOURS) -> Hours:
    """Takes the path of an hours file; returns the hours, or raises ConfigError with file, line and field."""
    root = read_values(Path(path))
    block = root.block("teams")
    _known(block, ("teams",))
    if "teams" not in block or not block["teams"].block("the names of teams"):
        raise root.wrong("no team is given", "teams: with at least one team")
    named = block["teams"].block("the names of teams")
    return Hours({name: _team(name, value) for name, value in named.items()})


def _team(name: str, value: Value) -> Team:
    block = value.block(", ".join(_TEAM_FIELDS))
    _known(block, _TEAM_FIELDS)
    for needed in ("timezone", "hours", "reply_within"):
        if needed not in block:
            raise value.wrong(f"{needed} is missing", ", ".join(_TEAM_FIELDS))
    closed = frozenset(_date(one) for one in block["closed"].items("dates")) if "closed" in block else frozenset()
    extra = _dated(block["open"]) if "open" in block else {}
    if both := closed & extra.keys():
        raise block["open"].wrong(f"{min(both)} is also under closed")
    return Team(
        name=name,
        timezone=_timezone(block["timezone"]),
        weekly=_weekly(block["hours"]),
        reply_within=_reply_within(block["reply_within"]),
        holidays=_holidays(block["holidays"]) if "holidays" in block else None,
        closed_dates=closed,
        extra_open=extra,
    )


def _known(block: Mapping[str, Value], allowed: tuple[str, ...]) -> None:
    for name, value in block.items():
        if name not in allowed:
            raise value.wrong("unknown field", ", ".join(allowed))


def _timezone(value: Value) -> ZoneInfo:
    allowed = "a name of the IANA database, for example Europe/Amsterdam or Asia/Seoul"
    name = value.text(allowed)
    if name not in available_timezones():
        raise value.wrong(f"unknown time zone {name!r}", allowed)
    return ZoneInfo(name)


def _weekly(value: Value) -> dict[int, tuple[Interval, ...]]:
    weekly: dict[int, tuple[Interval, ...]] = {}
    for days, times in value.block(_DAY_ALLOWED).items():
        first, _, last = days.strip().lower().partition("-")
        last = last or first
        if first not in _DAYS or last not in _DAYS:
            raise times.wrong(f"unknown day {days!r}", _DAY_ALLOWED)
        start, length = _DAYS.index(first), (_DAYS.index(last) - _DAYS.index(first)) % 7
        for day in ((start + n) % 7 for n in range(length + 1)):
            if day in weekly:
                raise times.wrong(f"{_DAYS[day]} is given twice")
            weekly[day] = _intervals(times)
    return weekly


def _intervals(value: Value) -> tuple[Interval, ...]:
    if value.content == "closed":
        return ()
    found = sorted(_interval(one) for one in value.items(_TIME_ALLOWED))
    for earlier, later in pairwise(found):
        if later.start < earlier.end:
            raise value.wrong("two intervals overlap", "intervals one after the other")
    return tuple(found)


def _interval(value: Value) -> Interval:
    text = value.text(_TIME_ALLOWED).strip()
    match = _TIMES.fullmatch(text)
    if match is None:
        raise value.wrong(f"{text!r} is not a time interval", _TIME_ALLOWED)
    hours1, minutes1, hours2, minutes2 = (int(part) for part in match.groups())
    start, end = hours1 * 60 + minutes1, hours2 * 60 + minutes2
    if minutes1 > 59 or minutes2 > 59 or start >= 24 * 60 or end > 24 * 60:
        raise value.wrong(f"{text!r} has a time no clock shows", _TIME_ALLOWED)
    if start == end:
        raise value.wrong(f"{text!r} has no length", _TIME_ALLOWED)
    return Interval(start * 60, (end if end > start else end + 24 * 60) * 60)


def _date(value: Value) -> date:
    text = value.text("dates as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise value.wrong(f"{text!r} is not a date", "dates as YYYY-MM-DD") from error


def _dated(value: Value) -> dict[date, tuple[Interval, ...]]:
    block = value.block("dates with hours, for example 2026-12-27: 10:00-16:00")
    return {_date(Value(times.path, times.line, times.field, day)): _intervals(times) for day, times in block.items()}


def _holidays(value: Value) -> HolidayBase | None:
    if value.content in ("", "none"):
        return None
    if isinstance(value.content, str):
        value = Value(value.path, value.line, value.field, {"country": value})
    block = value.block("country, subdivision")
    _known(block, ("country", "subdivision"))
    supported = holiday_calendars.list_supported_countries(include_aliases=False)
    allowed = f"one of {', '.join(sorted(supported))}"
    if "country" not in block:
        raise value.wrong("country is missing", allowed)
    country = block["country"].text(allowed).upper()
    if country not in supported:
        raise block["country"].wrong(f"unknown country {country!r}", allowed)
    subdivision = block["subdivision"].content if "subdivision" in block else ""
    if subdivision and subdivision not in supported[country]:
        raise block["subdivision"].wrong(
            f"unknown subdivision {subdivision!r} of {country}", ", ".join(supported[country]) or "none"
        )
    return holiday_calendars.country_holidays(country, subdiv=str(subdivision) if subdivision else None)


def _reply_within(value: Value) -> timedelta:
    text = value.text(_REPLY_ALLOWED).strip().lower()
    match = _REPLY.fullmatch(text)
    amount = timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0)) if match else timedelta()
    if not amount:
        raise value.wrong(f"{text!r} is not an amount of working time", _REPLY_ALLOWED)
    return amount
