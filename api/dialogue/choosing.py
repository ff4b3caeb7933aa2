"""Choosing: which of some offered names a customer means who types instead of pressing a button."""

import re
from collections.abc import Sequence

from handoff.phrases import plain

_ORDINALS = (
    ("first", "一", "첫"),
    ("second", "二", "두"),
    ("third", "三", "세"),
    ("fourth", "四", "네"),
)
_NUMBER = re.compile(
    r"(?:(?:number|no\.?|nr\.?|option|#|选|第|选第)\s*)?(\d)\s*[.)]?(?:\s*(?:个|号|条|项|번|번째)(?:\s*(?:요|이요|거요|것|거))?)?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:the\s+)?(?P<en>first|second|third|fourth|last)(?:\s+(?:one|option|choice))?(?:,?\s+please)?"
    r"|(?:选)?(?:第(?P<zh>[一二三四])个?|(?P<last_zh>最后一?个))(?:吧)?"
    r"|(?P<ko>첫|두|세|네)\s*번째(?:\s*(?:거|것|꺼)?(?:요|예요|이요)?)?"
    r"|(?P<last_ko>마지막)(?:\s*(?:거|것|꺼)?(?:요|예요|이요)?)?",
    re.IGNORECASE,
)
#: A part of a name says which one is meant from so many letters on; one of Chinese or Korean counts twice.
_ENOUGH = 5


def chosen(names: Sequence[str], text: str) -> int | None:
    """The place of the name that is meant, by its number, its place in the row, or words only this name has.

    Args:
        names: what was offered, in order.
        text: what the customer typed.
    """
    said = plain(text).strip(" \t.!?。！？\"'“”「」《》").casefold()
    if not names or not said:
        return None
    place = _numbered(said, len(names))
    if place is not None:
        return place if place < len(names) else None
    if sum(2 if letter > "\u2e80" else letter.isalnum() for letter in said) < _ENOUGH:
        return None
    named = [at for at, name in enumerate(names) if _holds(plain(name).casefold(), said)]
    return named[0] if len(named) == 1 else None


def _numbered(said: str, count: int) -> int | None:
    if found := _NUMBER.fullmatch(said):
        return int(found[1]) - 1 if found[1] != "0" else count
    found = _PLACE.fullmatch(said)
    if found is None:
        return None
    if found["last_zh"] or found["last_ko"] or found["en"] == "last":
        return count - 1
    word = found["en"] or found["zh"] or found["ko"]
    return next(at for at, words in enumerate(_ORDINALS) if word in words)


def _holds(name: str, said: str) -> bool:
    """Whether a name holds the words, where they are written apart from the beginning of one on."""
    if re.search(r"[\u2e80-\ud7a3]", said):
        return said.replace(" ", "") in name.replace(" ", "")
    return re.search(rf"(?<!\w){re.escape(said)}", name) is not None
