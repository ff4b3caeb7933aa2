"""Telephone numbers: found as people of a country write them, and kept in the form everybody can dial."""

import re
from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, ValidationResult

from handoff.emails import Attempt, Found

# Where a number without a country code is probably from, by the language it is written in.
_BY_LANGUAGE: dict[str, tuple[str, ...]] = {
    "en": ("US", "GB"),
    "zh": ("CN", "HK", "TW"),
    "ko": ("KR",),
}
_DIGITS = re.compile(r"(?<![\w@.])\+?\(?\d(?:[\d\s().\u2010-\u2015/-]*\d)?(?![\w@])")
# Up to so many characters a message is searched whole.
_SHORT = 300
# In a longer one the last runs of digits count, each with a few characters around it, and of an endless run its end.
_RUN = re.compile(r"[+(]?\d[\d\s()./+\u2010-\u2015-]*")
_RUNS, _FEWEST, _LONGEST, _AROUND = 6, 7, 80, 20
_REASONS = {
    ValidationResult.TOO_SHORT: "phone_too_short",
    ValidationResult.TOO_LONG: "phone_too_long",
}


def region_hints(language: str, default: str = "NL") -> tuple[str, ...]:
    """Takes a language and the shop's own country; returns the countries to try, the most likely first.

    Chinese and Korean say more about the country than English does, where the shop's own comes first.
    """
    own = _BY_LANGUAGE.get(language[:2].lower(), ())
    hints = (default, *own) if language[:2].lower() not in ("zh", "ko") else (*own, default)
    return tuple(dict.fromkeys(hints))


def find_phone(text: str, hints: Sequence[str], *, wanted: bool = False) -> Found | Attempt | None:
    """Takes a message in plain form and countries to try; returns the last telephone number in it, else None.

    When a number is `wanted`, digits that are none come back as an Attempt: `phone_too_short`,
    `phone_too_long`, `phone_invalid`.
    """
    pieces = _pieces(text)
    for region in hints or ("US",):
        for begin, end in pieces:
            matches = list(PhoneNumberMatcher(text[begin:end], region))
            if matches:
                match = matches[-1]
                value = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
                return Found(value, match.raw_string, begin + match.start, begin + match.end)
    # Written right up against letters of another script ("电话010…입니다"), the matcher looks away.
    digits = list(_DIGITS.finditer(text))[-_RUNS:]
    for run in reversed(digits):
        for region in hints or ("US",):
            dialled = _dialled(run.group(), region)
            if dialled is not None:
                return Found(dialled, run.group(), *run.span())
    if not wanted:
        return None
    for run in reversed(digits):
        if sum(letter.isdigit() for letter in run.group()) >= 4:
            return Attempt("phone", run.group(), _reason(run.group(), hints), *run.span())
    return None


def _pieces(text: str) -> list[tuple[int, int]]:
    """Takes a message; returns where in it telephone numbers may stand, the last place first.

    A long message is not searched whole: digits all over it would hold up every other customer.
    """
    if len(text) <= _SHORT:
        return [(0, len(text))]
    runs = [run for run in _RUN.finditer(text) if sum(letter.isdigit() for letter in run.group()) >= _FEWEST]
    ends = [run.end() for run in reversed(runs[-_RUNS:])]
    starts = [max(run.start() - _AROUND, run.end() - _LONGEST) for run in reversed(runs[-_RUNS:])]
    return [(max(0, start), end + _AROUND) for start, end in zip(starts, ends, strict=True)]


def _dialled(raw: str, region: str) -> str | None:
    # A bare run of digits is a telephone number only when it begins like one at home.
    if not raw.startswith(("+", "0", "(0", "1")) or sum(letter.isdigit() for letter in raw) < 9:
        return None
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _reason(raw: str, hints: Sequence[str]) -> str:
    # The shortest numbers people are called on have seven digits, the longest in the world fifteen.
    digits = sum(letter.isdigit() for letter in raw)
    if digits < 7:
        return "phone_too_short"
    if digits > 15:
        return "phone_too_long"
    try:
        number = phonenumbers.parse(raw, next(iter(hints), "US"))
    except phonenumbers.NumberParseException:
        return "phone_invalid"
    return _REASONS.get(phonenumbers.is_possible_number_with_reason(number), "phone_invalid")
