"""When: a moment in words, as a person would say it in English, Chinese or Korean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from babel.dates import format_date, get_timezone_location


@dataclass(frozen=True)
class _Speech:
    locale: str
    today: str
    tomorrow: str
    other_day: str
    day: str  # a date of this year, as a babel pattern
    day_and_year: str
    zone: str
    clock: Callable[[datetime], str]


def _clock_24(wall: datetime) -> str:
    return f"{wall:%H:%M}"


def _clock_korean(wall: datetime) -> str:
    # Korean says the half of the day first; babel's Korean says "PM".
    return f"{'오전' if wall.hour < 12 else '오후'} {wall.hour % 12 or 12}:{wall:%M}"


_SPEECH: Mapping[str, _Speech] = {
    "en": _Speech(
        locale="en_GB",
        today="today at {time}",
        tomorrow="tomorrow ({weekday}) at {time}",
        other_day="{day} at {time}",
        day="EEEE d MMMM",
        day_and_year="EEEE d MMMM y",
        zone="{moment} ({city} time)",
        clock=_clock_24,
    ),
    "zh": _Speech(
        locale="zh",
        today="今天{time}",
        tomorrow="明天（{weekday}）{time}",
        other_day="{day}{time}",
        day="M月d日（EEEE）",
        day_and_year="y年M月d日（EEEE）",
        zone="{moment}（{city}时间）",
        clock=_clock_24,
    ),
    "ko": _Speech(
        locale="ko",
        today="오늘 {time}",
        tomorrow="내일({weekday}) {time}",
        other_day="{day} {time}",
        day="M월 d일 EEEE",
        day_and_year="y년 M월 d일 EEEE",
        zone="{moment}({city} 시간)",
        clock=_clock_korean,
    ),
}


def say_when(moment: datetime, now: datetime, zone: tzinfo, language: str, *, name_zone: bool = True) -> str:
    """Takes a moment, the present one, the team's time zone and a language (English when we do not speak it).

    Returns words such as "tomorrow (Tuesday) at 10:00 (Amsterdam time)", ready to stand inside a sentence.
    """
    speech = _speech(language)
    wall, today = moment.astimezone(zone), now.astimezone(zone).date()
    distance = (wall.date() - today).days
    form = {0: speech.today, 1: speech.tomorrow}.get(distance, speech.other_day)
    pattern = speech.day if wall.year == today.year else speech.day_and_year
    words = form.format(
        time=speech.clock(wall),
        weekday=format_date(wall.date(), "EEEE", locale=speech.locale),
        day=format_date(wall.date(), pattern, locale=speech.locale),
    )
    if not name_zone:
        return words
    city = get_timezone_location(zone, locale=speech.locale, return_city=True)
    if city == "UTC" or not city:
        return f"{words} (UTC)" if speech.locale == "en_GB" else f"{words}(UTC)"
    return speech.zone.format(moment=words, city=city)


def say_day(day: date, today: date, language: str) -> str:
    """Takes a day, the present one and a language; returns words such as "Tuesday 24 November"."""
    speech = _speech(language)
    pattern = speech.day if day.year == today.year else speech.day_and_year
    return format_date(day, pattern, locale=speech.locale)


def _speech(language: str) -> _Speech:
    return _SPEECH.get(language.replace("_", "-").split("-")[0].lower(), _SPEECH["en"])
