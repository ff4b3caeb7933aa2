"""Declining: "no need", which would be found in any article that says what needs no doing."""

import re

from handoff.phrases import plain

_DECLINES = re.compile(
    r"(?:no (?:thanks|thank you|need)|not (?:now|needed)|it'?s (?:ok|fine)|don'?t need (?:it|that))"
    r"|(?:那)?不(?:用|需要|必)了?(?:吧|谢谢)?|没事了?|没关系"
    r"|필요\s?없(?:어요|습니다|네요)|안\s?필요해요|괜찮(?:아요|습니다)",
    re.IGNORECASE,
)


def declines(text: str) -> bool:
    """Whether a message says that nothing is needed, and nothing else."""
    return _DECLINES.fullmatch(plain(text).strip(" .!。！~")) is not None
