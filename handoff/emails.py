"""E-mail addresses: found in a sentence, checked, and when broken, said what is broken."""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from handoff.mail_domains import DOMAINS

# Letters of Latin scripts only: Chinese and Korean are written right up against the address.
_LETTER = "A-Za-z0-9\u00c0-\u024f"
_CANDIDATE = re.compile(rf"(?<![{_LETTER}.!#$%&'*+/=?^_`{{|}}~-])[{_LETTER}.!#$%&'*+/=?^_`{{|}}~-]*@[{_LETTER}.@-]*")
_COMMA_FOR_DOT = re.compile(
    rf"(?<![\w.%+-])([{_LETTER}._%+-]+)\s?@\s?([{_LETTER}-]+)\s?,\s?(com|net|org|nl|de|cn|kr)\b"
)
_SPACED = re.compile(rf"(?<![\w.%+-])([{_LETTER}._%+-]+)(?:\s+@\s*|\s*@\s+)([{_LETTER}-]+(?:\.[{_LETTER}-]+)+)")
_SPELLED = re.compile(
    rf"(?<![\w.%+-])([{_LETTER}._%+-]+)(?:\s+at\s+|\s*[\[(]\s*at\s*[\])]\s*|\s*(?:골뱅이|艾特)\s*)([{_LETTER}-]+)"
    rf"(\s+(?:dot|punt|punkt)\s+|\s*[\[(]\s*dot\s*[\])]\s*|\s*(?:닷|쩜|点)\s*|\.)([A-Za-z]{{2,10}})(?![\w])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A detail that was found: its tidy value, the words it stood in, and where (in `plain(text)`)."""

    value: str
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something meant as a detail that cannot be used, with a reason code."""

    field: str
    raw: str
    reason: str
    start: int
    end: int


def find_email(text: str) -> Found | Attempt | None:
    """Takes a message in plain form; returns the last good address in it, or the last broken one, or None.

    The last one counts, because people correct themselves: "not jane@x.com but jane@y.com".
    Reasons: `email_no_dot`, `email_spelled_out`, `email_spaces`, `email_comma`, `email_two_ats`,
    `email_no_name`, `email_no_domain`, `email_characters`.
    """
    good: Found | None = None
    broken: Attempt | None = None
    for pattern, reason in (
        (_SPELLED, "email_spelled_out"),
        (_SPACED, "email_spaces"),
        (_COMMA_FOR_DOT, "email_comma"),
    ):
        for match in pattern.finditer(text):
            if pattern is _SPELLED and match[3] == "." and f"{match[2]}.{match[4]}".lower() not in DOMAINS:
                continue  # "I looked at linden.com" is no address; "jane at gmail.com" is
            broken = Attempt("email", match.group(), reason, *match.span())
    for match in _CANDIDATE.finditer(text):
        raw = match.group().rstrip(".-?!'")
        start = match.start() + len(raw) - len(raw.lstrip("'.=:?!/*"))
        raw = text[start : match.start() + len(raw)]
        if raw == "@" and broken is not None:
            continue
        try:
            address = validate_email(raw, check_deliverability=False).normalized
        except EmailNotValidError:
            if broken is None or not broken.start <= start < broken.end:
                broken = Attempt("email", raw, _reason(raw), start, start + len(raw))
        else:
            good = Found(address, raw, start, start + len(raw))
    return good or broken


def _reason(raw: str) -> str:
    name, _, domain = raw.partition("@")
    if "@" in domain:
        return "email_two_ats"
    if not name:
        return "email_no_name"
    if not domain:
        return "email_no_domain"
    return "email_characters" if "." in domain else "email_no_dot"
