"""Troubles: whether a few words name a thing and what is wrong with it, such as "kettle leaks" or “水壶漏水”."""

import re

from handoff.phrases import plain

_TROUBLE = re.compile(
    r"\b(?:leak\w*|broken?|broke|crack\w*|shatter\w*|torn|ripped|stuck|jam(?:s|med)|smok(?:es|ing)|spark(?:s|ing)|dead|"
    r"faulty|defective|damaged|dented|scratched|missing|stolen|melt(?:s|ed|ing)|stinks?|rattl\w+|squeak\w*|"
    r"overheat\w*|froze|frozen|freez\w+|crash\w*|flicker\w*|drip\w*|burst|bent|loose|stained|mould\w*|blocked|hacked)\b"
    r"|漏水?|坏|裂|碎|断|破|掉色|褪色|生锈|锈|发霉|变质|卡住|卡死|死机|黑屏|闪退|冒烟|发烫|失灵|不亮|不响|不转|不动|不热|不冷|"
    r"用不了|打不开|开不了|关不上|连不上|充不进|丢了|丢失|划痕|变形|松动?|脱落|异响|异味|被盗|没反应"
    r"|샙니다|새(?:요|네|는|고|서|어)|샜|고장|깨[졌져지]|망가|부서|부러|금이?\s?[갔가]|찢|터졌|막[혔혀]|멈[췄춰]|꺼[져졌]|녹슬|곰팡이|"
    r"불량|파손|분실|도난|얼룩|흠집|긁[혔혀]|휘었|휘어|헐거|과열|먹통|튕|안\s?(?:켜|열|닫|움직|나와|나오)",
    re.IGNORECASE,
)
#: Words that name no thing. What is said of an order is read with its number, and is no matter of its own.
_NO_THING = re.compile(
    r"\b(?:its?|is|are|was|were|be|been|has|have|had|im|am|the|an?|my|your|our|this|that|these|those|and|so|very|too|"
    r"again|all|now|just|still|got|gets?|yes|no|not|please|order|parcel|package|delivery|he|she|they|we|you|me|"
    r"something|everything|nothing|thing|one|stuff|completely|totally)\b"
    r"|我|你|们|它|他|她|这|那|个|的|了|是|在|有|又|都|还|也|全|已经|很|太|东西|一|啊|呀|吧|呢|吗|不|没|对|好|被|"
    r"订单|包裹|快递|请|谢谢"
    r"|(?<!\S)(?:이거|그거|저거|이게|그게|저게|이건|그건|이것|그것|다|또|너무|완전|제|내|자꾸|계속|진짜|아니요?|네|예|좀|벌써|아|"
    r"뭐가|것|거|주문\S?|택배\S?|배송\S?)(?!\S)"
)
_LETTER = re.compile(r"[^\W\d_]")
#: Endings that stay behind a Korean word of trouble, such as the "났어요" of "고장 났어요".
_ENDING = re.compile(
    r"(?<!\S)(?:났|나|난|남|됐|되|됨|했|하|함|어|여|이|요|네|습니다|아)\S{0,3}(?!\S)|(?<=\s)\S{0,2}(?:어요|아요|네요|습니다|어|음)(?!\S)"
)


def names_trouble(text: str) -> bool:
    """Takes a message or a part of one; says whether it names a thing and its trouble. "It broke" names no thing."""
    words = plain(text)
    if not _TROUBLE.search(words):
        return False
    rest = _NO_THING.sub(" ", _TROUBLE.sub(" ", words))
    return _LETTER.search(_ENDING.sub(" ", rest)) is not None
