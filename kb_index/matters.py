"""Matters: the questions in one message, each with the story that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb_index.vague_words import matter_words
from kb_index.words import normalised

#: Whoever asks more than this at a time is answered the first ones.
MOST_MATTERS = 3
_LONGEST = 600

_SENTENCE = re.compile(r"[^.?!。？！;；\n]+(?:[.](?=\w)[^.?!。？！;；\n]*)*[.?!。？！;；\n]*")
# Where a sentence goes over to another question: "…, and how do I…", "…多久，还有…", "…얼마나 걸리고 …".
_JOINS = re.compile(
    r",?\s+(?:and|plus|and also|also)\s+(?=(?:also\s+)?(?:how|what|when|where|who|why|which)(?:'?s|'?re)?\b"
    r"|(?:also\s+)?(?:can|could|do|does|did|is"
    r"|are|will|would|may|should|i(?:'d| would| want| need| also)|delete|cancel|change|stop|send|reset)\b)"
    r"|[，,；]\s*(?:还有|另外|顺便(?:问一?下)?|以及|并且|然后|再)?|(?<=[\u4e00-\u9fff])\s*(?:还有|另外|顺便问一?下|以及)"
    r"|,?\s+and also\s+|(?<=[요다죠])\s+(?=(?:그리고|그런데|근데|또|하나 더)\s)"
    r"|(?<=[가-힣]고),?\s+|(?<=[가-힣]며),?\s+|(?<=[가-힣]는데),\s+",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|^(?:(?:and|also|so|but|then|hi|hello|ok|plus|please)[,\s]+)*"
    r"(?:(?:how|what|when|where|who|why|which)(?:'?s|'?re)?|can|could|do|does|did|is|are|will|would|may|should)\b"
    r"|\b(?:i (?:want|need|would like)|i'd like|please|can you|how (?:do|can|to))\b"
    r"|^(?:delete|cancel|change|stop|send|reset)\b"
    r"|吗|呢|怎么|如何|多久|多少|几天|哪|什么|谁|是否|能不能|可不可以|有没有|我想|想要|想换|要一份"
    r"|(?:나요|까요|가요|는지요?|습니까|니까|어요|아요|해요|돼요|예요|에요|는요)\s*[?？]"
    r"|어떻게|얼마|언제|며칠|무엇|뭐|뭘|뭔|누가|어디|고 싶|주세요",
    re.IGNORECASE,
)
_KOREAN_ASKS = re.compile(r"어떻게|얼마|언제|며칠|무엇|뭐|뭘|뭔|누가|어디|싶")
# Something is wrong: told and not asked, and a matter like a question.
_WRONG = re.compile(
    r"\b(?:e\d|errors?|broken?|rusty|leak(?:s|ing|ed)?|missing|damaged|cracked|late|twice"
    r"|(?:doesn|won|can|isn|didn)'?t|not working)\b"
    r"|坏|裂|碎|漏水|生锈|少了|没收到|不能用|用不了|打不开|两次|报错|显示\s*e\d"
    r"|e\d\S*\s?(?:떠|나와|뜨)|고장|깨[졌져]|녹[이슬]|안\s?(?:돼|되|와|나|켜)|두\s?번|빠졌|새요",
    re.IGNORECASE,
)
_OTHER_ASK = re.compile(r"\s*(?:how|what|when|where|which)", re.IGNORECASE)
# After one of these another matter begins, also when neither is asked.
_STRONG = re.compile(r"also|另外|还有|顺便|그리고|하나 더|또\s")
# What comes after these words is another matter, also when it is told and not asked.
_BESIDES = re.compile(
    r"^(?:and\s+)?(?:also|besides|additionally|another (?:thing|question)|one more (?:thing|question)|secondly|plus)\b"
    r"[,:\s]*"
    r"|^(?:另外|还有|此外|再问一?个|顺便(?:问一?下)?|还想问一?下?)[，,\s]*"
    r"|^(?:아\s)?(?:그리고|또|또한|추가로|하나 더|그거랑 별개로)[,\s]+",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:and|also|plus)\s+|^(?:还有|另外|顺便问一?下|以及|并且)|^(?:그리고|또)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Piece:
    text: str
    asks: bool
    besides: bool


def matters(text: str) -> tuple[str, ...]:
    """Take a message; give its questions in order, each with what was told around it; one when it is one matter.

    Only what is asked counts, or what is said to come on top: "I ordered X and it has not come" is one matter.
    """
    if len(text) > _LONGEST:
        return (text,)
    pieces = [piece for sentence in _SENTENCE.findall(text) for piece in _pieces(sentence.strip()) if piece.text]
    found: list[list[_Piece]] = []
    for piece in pieces:
        names_something = bool(matter_words(piece.text))
        begins = (piece.asks or piece.besides) and names_something
        if found and begins and (piece.besides or any(one.asks and matter_words(one.text) for one in found[-1])):
            found.append([piece])
        elif found:
            found[-1].append(piece)
        else:
            found.append([piece])
    told = [" ".join(one.text for one in group) for group in found]
    return tuple(told[:MOST_MATTERS]) if len(told) > 1 else (text,)


def _pieces(sentence: str) -> list[_Piece]:
    """A sentence in pieces, split only where both sides ask something."""
    parts: list[str] = []
    begin = 0
    for join in _JOINS.finditer(sentence):
        left, right = sentence[begin : join.start()], sentence[join.end() :]
        strong = _STRONG.search(join.group() + right[:4].casefold()) is not None
        # "It is broken, can it go back?" is one matter; "it shows E1 and what's your refund time?" are two.
        apart = strong or ("and" in join.group().casefold() and _OTHER_ASK.match(right) is not None)
        asked = _asks(left, inside=True) or (apart and _goes_wrong(left))
        if asked and (_asks(right) or (strong and _goes_wrong(right))) and matter_words(left) and matter_words(right):
            parts.append(left)
            begin = join.end()
    parts.append(sentence[begin:])
    return [
        _Piece(
            _LEADING.sub("", part.strip()),
            _asks(part) or (len(parts) > 1 and _goes_wrong(part)),
            _BESIDES.match(part.strip()) is not None,
        )
        for part in parts
    ]


def _goes_wrong(text: str) -> bool:
    return _WRONG.search(normalised(text)) is not None


def _asks(text: str, inside: bool = False) -> bool:
    """Whether words ask for something; `inside` a sentence its last mark tells nothing of its beginning."""
    flat = normalised(text).strip()
    if inside and re.search(r"[\uac00-\ud7a3]", flat):
        return _KOREAN_ASKS.search(flat) is not None
    return _ASKS.search(flat) is not None
