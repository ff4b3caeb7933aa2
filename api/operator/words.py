"""Words of the operator's page, by language, from the files in words/operator/."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent
from fluent.runtime import FluentBundle, FluentResource

from api.wording import DEFAULT, FOLDER, LANGUAGES, NoSuchSentence, spoken

OPERATOR = FOLDER / "operator"
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN", "ko": "ko_KR"}
NOTHING = "–"
MEGABYTE = 10**6


def chosen(wanted: str | None, accepted: str) -> str:
    """The language of the page: the one asked for, else the first that the browser accepts and we speak."""
    for name in [wanted or "", *(part.split(";")[0].strip() for part in accepted.split(","))]:
        base = name.lower().replace("_", "-").split("-")[0]
        if base in LANGUAGES:
            return base
    return DEFAULT


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((OPERATOR / f"{language}.ftl").read_text("utf-8")))
    return bundle


class Words:
    """Sentences, numbers and moments in one language, on the team's clock."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = spoken(language)
        self._zone = zone
        self._locale = LOCALES[self.language]

    def __call__(self, key: str, /, **values: str | int) -> str:
        """One sentence; raises NoSuchSentence when it, or a value it wants, is missing."""
        bundle = _bundle(self.language)
        pattern = bundle.get_message(key).value if bundle.has_message(key) else None
        if pattern is None:
            raise NoSuchSentence(f"{key} is not in words/operator/{self.language}.ftl")
        text, problems = bundle.format_pattern(pattern, values)
        if problems:
            raise NoSuchSentence(f"{key} in words/operator/{self.language}.ftl: {problems[0]}")
        return str(text)

    def knows(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return bool(_bundle(self.language).has_message(key))

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self._locale))

    def share(self, value: float | None) -> str:
        """A share of one, in percent."""
        return NOTHING if value is None else str(format_percent(value, "#,##0 %", locale=self._locale))

    def wait(self, seconds: float | None) -> str:
        """A short time: milliseconds below a second, then seconds."""
        if seconds is None:
            return NOTHING
        if seconds < 1:
            return f"{seconds * 1000:.0f} ms"
        return f"{self.number(round(seconds, 1))} s"

    def lasting(self, time: timedelta) -> str:
        """A long time, in its largest unit."""
        return str(format_timedelta(time, granularity="second", threshold=1.5, locale=self._locale))

    def size(self, count: int | None) -> str:
        """Bytes, in megabytes."""
        return NOTHING if count is None else f"{self.number(round(count / MEGABYTE))} MB"

    def moment(self, at: datetime | None) -> str:
        """A day and a time."""
        return NOTHING if at is None else str(format_datetime(at, "medium", self._zone, self._locale))

    def clock(self, at: datetime) -> str:
        """A time of day with seconds."""
        return str(format_datetime(at, "HH:mm:ss", self._zone, self._locale))

    def hour(self, at: datetime) -> str:
        return str(format_datetime(at, "HH:mm", self._zone, self._locale))

    def day(self, at: datetime) -> str:
        return str(format_skeleton("MMMd", at, self._zone, locale=self._locale))
