"""Courtesies: what people say before and after the matter in chats, and which asks for nothing by itself."""

import re

from handoff.phrases import plain

_ENGLISH = (
    r"h(?:i+|ello|ey+|iya|owdy)(?: (?:there|again|all|team|guys|everyone|folks))?|yo|greetings|"
    r"good (?:morning|afternoon|evening|day)|morning|evening|dear (?:team|support|sir(?: or madam)?|all)|"
    r"(?:excuse|pardon) me|sorry(?: to (?:bother|disturb) you)?|"
    r"(?:i(?:'ve| have)? (?:got )?(?:a|one|another) )?(?:quick |small |short |little |simple )?question(?: for you)?|"
    r"(?:can|could|may) i ask (?:you )?(?:something|a (?:quick )?question)|"
    r"(?:i need|can you|could you|please) (?:some )?(?:help|help me)(?: please)?|"
    r"how are you(?: doing)?|hope you(?:'re| are) (?:well|fine)|"
    r"please|pls|plz|thanks?(?: you)?(?: (?:so|very) much| a lot| in advance)?|thx|ty|cheers|many thanks|"
    r"so|well|um+|hm+|erm?"
)
_CHINESE = (
    r"(?:你|您)们?好(?:啊|呀|哦|哈)?|哈[喽啰罗]|嗨|嘿|hello|hi|在吗|在么|亲|亲亲?在吗|(?:早上|上午|中午|下午|晚上)好|早|"
    r"打扰(?:一下|了)?|不好意思|麻烦(?:一下|了)?|"
    r"(?:我)?(?:想|要)?(?:请)?(?:问|咨询|请教)(?:一下|下)?(?:个问题|一个问题|件事|一件事)?|(?:我)?有(?:个|一个)?(?:小)?问题(?:想问|想咨询)?(?:一下)?|"
    r"谢谢(?:你|您|了|啦)?|多谢|感谢|辛苦了?|拜托了?|那个"
)
_KOREAN = (
    r"안녕(?:하세요|하십니까|하세용)?|하이|저기요?|여보세요|계세요|수고(?:하세요|하십니다|많으세요|많으십니다)?|"
    r"(?:좋은|굿) ?(?:아침|오후|저녁|모닝)(?:이에요|입니다)?|"
    r"실례(?:합니다|할게요|지만)?|죄송(?:한데요?|하지만|합니다)?|"
    r"(?:뭐 ?)?(?:하나만?|한 ?가지만?|좀)? ?(?:질문|문의|여쭤 ?볼|여쭐|물어 ?볼|궁금한) ?"
    r"(?:게요?|거|것|게|점|사항|드릴게요|드려요|드립니다|할게요|"
    r"있어요|있습니다|있는데요?|이 있어요|이 있습니다|이요|이 있는데요?)?"
    r"(?: ?(?:있어요|있습니다|있는데요?|하나 있어요))?|"
    r"감사(?:합니다|해요|드려요|드립니다)?|고마워요?|고맙습니다|부탁(?:드려요|드립니다|해요)?|음+|저"
)
_ONE = rf"(?:{_ENGLISH}|{_CHINESE}|{_KOREAN})"
_BETWEEN = r"[\s,.!?~…。，、！？:;)(^ㅎㅋㅠ\-–—]*"
_COURTESIES = re.compile(rf"{_BETWEEN}(?:{_ONE}(?:{_BETWEEN}|$)){{1,4}}", re.IGNORECASE)
#: Nobody is so polite at greater length; and what is longer is not worth looking at twice.
_LONGEST = 60


def is_courtesy(text: str) -> bool:
    """Takes one message; says whether it is a greeting, a thank-you or an announcement of a question, and no more."""
    words = plain(text)
    return len(words) <= _LONGEST and _COURTESIES.fullmatch(words) is not None
