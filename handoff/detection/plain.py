"""Plain: a message as the tables of words read it, with the way back to what was written."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

#: Where Chinese characters stand in Unicode.
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
#: Korean letters that stand by themselves, as they are typed.
_LONE = range(0x3131, 0x318F)
_SILENT = "'’‘`´\u200b\u200c\u200d\ufeff\ufe0f"
#: What is quoted is somebody else's: a review, a letter, a relative. Short quotes are the bot's own words thrown back.
_QUOTED = re.compile(r"[\"“「『«]([^\"”」』»]{9,}?)[\"”」』»]")
_QUOTED_HAN = re.compile(r"[\"“「『«]([^\"”」』»]{6,}?)[\"”」』»]")
_SENTENCE = re.compile(r"[.!?。！？…\n~]+")
#: The longest quote of the ledger; an agent reads it at a glance.
LONGEST = 120


@dataclass(frozen=True)
class Plain:
    """``text``: folded. ``at``: for each of its characters the place in ``written`` it came from."""

    written: str
    text: str
    at: tuple[int, ...]
    masked: str

    def quote(self, start: int, end: int) -> str:
        """The sentence that holds a stretch of ``text``, as the customer wrote it; a long one is cut around it."""
        if not self.at or start >= len(self.at):
            return self.written.strip()[:LONGEST]
        first, last = self.at[start], self.at[max(start, end - 1)] + 1
        begin = max((m.end() for m in _SENTENCE.finditer(self.written, 0, first)), default=0)
        closing = _SENTENCE.search(self.written, last)
        finish = closing.end() if closing else len(self.written)
        if finish - begin > LONGEST:
            begin, finish = max(begin, first - (LONGEST - min(last - first, LONGEST)) // 2), finish
            finish = min(finish, begin + LONGEST)
        return self.written[begin:finish].strip()


def han(char: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= char <= "\u9fff"


@cache
def simplified() -> Mapping[int, str]:
    """Every traditional character with its simplified one, for ``str.translate``; a text keeps its length."""
    written = [chr(number) for block in _HAN for number in block]
    told = OpenCC("t2s").convert("\n".join(written)).split("\n")
    return {ord(one): other for one, other in zip(written, told, strict=True) if one != other}


@cache
def _lone() -> Mapping[int, str]:
    return {number: unicodedata.normalize("NFKC", chr(number)) for number in _LONE}


def expression(written: str, language: str) -> str:
    """A line of a table as messages are folded, so that it may be written in either Chinese, and with ㅋ as typed."""
    return written.translate(simplified() if language == "zh" else _lone())


def plain(written: str, language: str) -> Plain:
    """Takes a message and its language; lower case, one width, without apostrophes, and in Chinese without spaces."""
    kept: list[str] = []
    at: list[int] = []
    for place, char in enumerate(written):
        if char in _SILENT:
            continue
        for folded in unicodedata.normalize("NFKC", char).casefold():
            if folded.isspace():
                if kept and kept[-1] == " ":
                    continue
                folded = " "
            kept.append(folded)
            at.append(place)
    text = "".join(kept)
    if language == "zh":
        text = text.translate(simplified())
        spare = [
            n
            for n, char in enumerate(text)
            if char == " " and 0 < n < len(text) - 1 and han(text[n - 1]) and han(text[n + 1])
        ]
        if spare:
            # "转 人工" is "转人工"; between two thoughts the space is a comma.
            text = "".join("，" if n in set(spare) and len(text) > 12 else char for n, char in enumerate(text))
            if len(text) <= 12:
                drop = set(spare)
                at = [place for n, place in enumerate(at) if n not in drop]
                text = "".join(char for n, char in enumerate(text) if n not in drop)
    quoted = _QUOTED_HAN if language in ("zh", "ko") else _QUOTED
    masked = quoted.sub(lambda m: m[0][0] + " " * (len(m[0]) - 2) + m[0][-1], text)
    return Plain(written, text, tuple(at), masked)
