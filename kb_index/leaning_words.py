"""Leaning words: how people go on from what was said before, or point at it, instead of naming it again."""

from __future__ import annotations

import re

from kb_index.words import normalised

_END = r"[\s?？!！.。~…]*$"
# "And for the app?", "那欧盟以外呢？", "그럼 문자는요?": the sentence begins or ends in the middle of a conversation.
_GOES_ON = re.compile(
    r"^(?:(?:ok(?:ay)?|oh|hm+|right|thanks|thank you)[,. ]+)*"
    r"(?:and|but|or|then|so|also if|what if|what about|how about|even if|if)\b"
    r"|\b(?:then|instead|after that|otherwise)"
    + _END
    + r"|^(?:那|那么|可是|但是|但|不过|要是|如果|万一|或者|然后|所以|还是)|(?:的话|之后|以后|以外|了)?呢"
    + _END
    + r"|^(?:그럼|그러면|근데|그런데|하지만|그래도|만약|만일|그리고|그러니까|혹시 그)"
    r"|(?:은요|는요|이요|로는요|면요|이면요|다음에는요|에서는요|까지는요|한테는요)" + _END,
)
_POINTS = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|there|he|she|him|her|one)\b"
    r"|(?:^|[^\u4e00-\u9fff])(?:这|那)(?:个|样|里|边|种|些|要|得|能|会)?|这个|那个|这样|那样|这些|那些|这里|那里|它|他会|她会|对方|上面|其中"
    r"|(?:^|\s)(?:그|이|저)(?:거|건|게|것|걸|것도|것은|거도|때|쪽|뒤|뒤에|후|후에|중에|곳)(?=[가-힣]{0,3}(?:\s|[?？!.]|$))|거기|여기"
    r"|(?:^|\s)그 (?:뒤|후|다음|전|링크|번호|메일|조사|사람|기간|비용)",
)
# "It is", "is it", "there is" open sentences that point at nothing.
_EMPTY = re.compile(
    r"\b(?:is there|there(?:'s| is| are)|is it possible|one of"
    r"|it(?:'s| is| has been| was) (?:been )?(?:\d+|a|two|three|not|possible))\b"
)


def goes_on(text: str) -> bool:
    """Take a message; say whether its words go on from something before."""
    return _GOES_ON.search(normalised(text).strip()) is not None


def points_back(text: str) -> bool:
    """Take a message; say whether it points at something instead of naming it."""
    return _POINTS.search(_EMPTY.sub(" ", normalised(text).strip())) is not None
