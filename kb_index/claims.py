"""Claims: what a sentence promises in figures (days, hours, amounts, shares), and whether it says no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kb_index.words import normalised

_NUMBER = r"\d+(?:[.,]\d+)?"
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "十二": 12, "十四": 14, "十五": 15, "二十": 20, "三十": 30, "六十": 60, "九十": 90,
    "한": 1, "두": 2, "세": 3, "네": 4,
}  # fmt: skip
_SPELT = "|".join(sorted(_WORDS, key=len, reverse=True))
# What is promised, how it is written after a number, and how many of the first of its kind it is. Working days and
# calendar days are two kinds, and so are days and months: one is not the other in other words.
_UNITS: tuple[tuple[str, str, float], ...] = (
    ("working days", r"(?:working|business|week)[\s-]?days?|个?工作日|영업일|근무일", 1),
    ("days", r"weeks?|个?星期|个?礼拜|周|주일?(?=[^문소의]|$)", 7),
    ("days", r"(?:calendar[\s-])?days?|天|日(?!元)|일(?=\s|[간이내안로부후까동째]|$)", 1),
    ("hours", r"minutes?|mins?\b|分钟|분(?=\s|[간이내안후까동]|$)", 1 / 60),
    ("hours", r"hours?|hrs?\b|个?小时|시간", 1),
    ("months", r"years?|年|년", 12),
    ("months", r"months?|个?月|개월|달(?=\s|[간이내안후까동]|$)", 1),
    ("euros", r"euros?|eur\b|€|欧元|유로", 1),
    ("dollars", r"dollars?|usd\b|\$|美元|달러", 1),
    ("pounds", r"pounds?|gbp\b|£|英镑|파운드", 1),
    ("yuan", r"yuan|cny\b|rmb\b|¥|元|위안", 1),
    ("won", r"won\b|krw\b|₩|韩元|원", 1),
    ("percent", r"%|percent|per cent|퍼센트|프로(?=\s|$)", 1),
)
_BEFORE = {"eur": "euros", "€": "euros", "usd": "dollars", "$": "dollars", "gbp": "pounds", "£": "pounds",
           "cny": "yuan", "¥": "yuan", "krw": "won", "₩": "won"}  # fmt: skip
_AFTER = re.compile(
    rf"(?:(?P<from>{_NUMBER})\s*(?:-|–|~|to|至|到|에서|(?P<also>or|and|/|或|和|또는|이나))\s*)?(?:(?P<digits>{_NUMBER})|(?<![^\W\d_])(?P<spelt>{_SPELT}))[\s-]*"
    rf"(?:{'|'.join(f'(?P<u{at}>{unit})' for at, (_, unit, _) in enumerate(_UNITS))})"
)
_MONEY = re.compile(rf"(?P<coin>eur|usd|gbp|cny|krw|[€$£¥₩])\s*(?P<digits>{_NUMBER})")
_NO = re.compile(
    r"\b(?:not|no|never|cannot|without|none|nothing|unable|neither|nor|avoid\w*)\b(?!-)|n['’]t\b"
    r"|不|没有?|无法|未|别|勿|안\s|못|않|없|불가|아니|말아|금지"
)


@lru_cache(maxsize=100_000)
def claims(sentence: str) -> frozenset[tuple[str, str]]:
    """Take a sentence; give what it promises in figures, each as a kind and an amount: ("days", "14")."""
    return frozenset(_claims(normalised(sentence)))


def _claims(text: str) -> Iterator[tuple[str, str]]:
    for found in _MONEY.finditer(text):
        yield _BEFORE[found["coin"]], _written(_amount(found["digits"]))
    for found in _AFTER.finditer(text):
        kind, _, factor = next(unit for at, unit in enumerate(_UNITS) if found[f"u{at}"])
        last = _amount(found["digits"]) if found["digits"] else float(_WORDS[found["spelt"]])
        amounts = [_written(last * factor)]
        if found["from"]:
            amounts = [_written(_amount(found["from"]) * factor), *amounts]
        # "3-5 days" is one promise, "3 or 5 days" are two.
        yield from ((kind, amount) for amount in (amounts if found["also"] else ["-".join(amounts)]))


def _amount(digits: str) -> float:
    # "1,000" is a thousand and "3,90" is three ninety.
    whole, comma, rest = digits.partition(",")
    return float(whole + rest if len(rest) == 3 else digits.replace(",", ".") if comma else digits)


def _written(amount: float) -> str:
    return f"{amount:g}"


def without_claims(sentence: str) -> str:
    """Take a sentence; give it without its figures and without its "no"s: what two of them may still share."""
    return _NO.sub(" ", _AFTER.sub(" ", _MONEY.sub(" ", normalised(sentence))))


@lru_cache(maxsize=100_000)
def says_no(sentence: str) -> bool:
    """Whether a sentence denies what it speaks of. Two "no"s in one sentence deny nothing."""
    return len(_NO.findall(normalised(sentence))) % 2 == 1


def differing(one: str, other: str) -> tuple[str, ...]:
    """Take two sentences; give the kinds of figures in which each says what the other does not."""
    ours, theirs = claims(one), claims(other)
    kinds = sorted({kind for kind, _ in ours} & {kind for kind, _ in theirs})
    return tuple(kind for kind in kinds if _apart(_of(kind, ours), _of(kind, theirs)))


def _of(kind: str, found: frozenset[tuple[str, str]]) -> frozenset[str]:
    return frozenset(amount for each, amount in found if each == kind)


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """A sentence that gives one of the other's figures only says less."""
    return not ours <= theirs and not theirs <= ours
