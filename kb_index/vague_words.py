"""Vague words: what people write around a matter, or instead of one."""

from __future__ import annotations

import re

from kb_index.words import normalised

# "It doesn't work", "I have a question about my": words that name nothing one could look up.
_FILLERS = re.compile(
    r"'s\b|\b(?:i|i'm|i've|im|me|my|mine|we|our|you|your|it|its|it's|this|that|these|there|the|a|an|some|something|anything|thing|things|stuff"
    r"|is|are|was|be|am|has|have|had|got|do|does|did|don'?t|doesn'?t|didn'?t|isn'?t|can|can'?t|cannot|could|will|won'?t|would|need|want"
    r"|works?|working|worked|broken?|broke|wrong|bad|issues?|problems?|trouble|errors?|questions?|help|info|information|not|no|to|of|for|on"
    r"|in|at|with|about|regarding|concerning|from|and|or|please|pls|hi|hello|hey|thanks?|still|just|all|any|more|again|tell|know|ask)\b"
    r"|我的?|你们?的?|您|这个?|那个?|它|有个?|一个|一下|是|的|了|吗|呢|吧|啊|呀|点|些|关于|问题|想问|请问|问一?下?|咨询|了解|事情|事儿?"
    r"|东西|不能用|用不了|不好用|没用|不行|不了|坏了?|出错|出问题|有误|帮忙|帮帮?|帮助|怎么办|怎么回事|怎么了|什么|不|没|在|和|与|请|谢谢|你好|您好"
)
_KOREAN_FILLERS = re.compile(
    r"제가|제|저|저는|나|내|우리|그|이|저기|그거|이거|그게|이게|그건|이건|거|것|게|좀|혹시|그냥|지금|잘|또|더|다|안|못|왜"
    r"|관련|관련(?:해서요?|된|해|하여)|대해(?:서요?)?|대한|문의(?:요|합니다|드려요|드립니다|할게요|사항|드릴게요)?"
    r"|질문(?:이요|이|요|있어요)?|문제(?:가|는|요|예요)?|있(?:어요|습니다|는데요?|나요|죠|음)|없(?:어요|습니다|는데요?)"
    r"|돼요|되요|됩니다|돼|되네요|되는데요?|되나요|안돼요|안되요|안됩니다|안돼|작동(?:이|을|도)?|작동해요|고장(?:이|났어요|났습니다|나요|남)?|고장났어요"
    r"|이상해요|이상(?:이|한데요?)?|도와|도와주세요|주세요|도움|도움이|필요해요|해요|하죠|하나요|해야|할까요|어떻게|언제(?:요|예요|죠|쯤이?요?)?|어디|어디에|어디서"
    r"|얼마(?:나|예요|에요|죠|인가요|나요)?|며칠(?:이요|이나|이에요)?|누가|뭐|뭘"
    r"|걸려요|걸리나요|안녕하세요|감사합니다|네|아니|요|바꾸고|싶은데요?|싶어요|하고"
)
# Whoever asks how, when or how much says what they want to know.
_ASKED = re.compile(
    r"\b(?:how|when|what|which|who|why|where|until|price|costs?|much|many|long|free)\b"
    r"|怎么(?!办|回事|了)|如何|要?多久|要?多少钱?|几天|几|何时|什么时候|哪里|哪儿|谁|为什么|能不能|可以|能|费用|要钱"
    r"|어떻게|언제|얼마|며칠|누가|누구|왜|어디|몇|되나요|나요|까요|비용|무료"
)
#: A subject in so many words, and no more.
BARE = 2
_VERDICT = re.compile(
    r"\b(?:that'?s|that|answers?|answered|useful|useless|helpful|helped|helping|right|correct|really|sorry|nope|nah|yes|yet|same|too"
    r"|solved?|resolved?|what i (?:meant|mean|asked|need(?:ed)?|want(?:ed)?)"
    r"|meant|asked|one|other|else|either|none|neither|doesn'?t)\b"
    r"|没有?(?:帮上|解决|帮助)|解决|答案|回答|不对|对|错|还是|都不是|不是|我说|我要|别的|其他|帮上"
    r"|(?:도움|해결|답변?|정답|소용|맞|틀리|틀렸|아니|이게|아직|여전히|원하는|제가 찾는|다른|없어|똑같)[가-힣]*"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]|[\uac00-\ud7a3]+|[a-z0-9][\w-]*")


def asks_something(text: str) -> bool:
    """Take a message; say whether it names what it wants to know: how, when, where, how much."""
    return _ASKED.search(normalised(text)) is not None


def asks_only(text: str) -> bool:
    """Take a message; say whether it asks how much, how long or when, and names nothing that it asks about."""
    return asks_something(text) and not matter_words(text)


def names_subject(text: str) -> bool:
    """Take a message; say whether it names a subject and nothing about it: "refund", "my order", "付款"."""
    return 0 < len(matter_words(text)) <= BARE and not asks_something(text)


def gives_verdict(text: str) -> bool:
    """Take a reply to an answer; say whether it only says what it was worth: "that didn't help", "不对"."""
    return not asks_something(text) and not matter_words(_VERDICT.sub(" ", normalised(text)))


def matter_words(text: str) -> list[str]:
    """Take a message; give the words of it that name a matter, none for "it doesn't work" and "where is it?"."""
    rest = normalised(text).replace("’", "'")
    if re.search(r"[\uac00-\ud7a3]", rest):
        # A filler is a whole word in Korean, or it would be cut out of the middle of another one.
        return [word for word in _WORDS.findall(rest) if not _KOREAN_FILLERS.fullmatch(word)]
    return _WORDS.findall(_ASKED.sub(" ", _FILLERS.sub(" ", rest)))
