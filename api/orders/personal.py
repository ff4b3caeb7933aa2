"""Personal or general: whether a question about deliveries is about an order of one's own, or how things go here."""

import re

from handoff.phrases import plain

# "How do I track my order?" is answered by an article, whoever asks; "where is my order?" is not.
_GENERAL = re.compile(
    r"\bhow (?:do|can|could|would|should|does) (?:i|we|you|one|it|the|this|that)\b|\bhow to\b"
    r"|\bwhere (?:do|can|should|could) (?:i|we) (?:find|see|look|check|track|follow|get)\b"
    r"|\bwhat (?:does|do|if|happens)\b|\bwhat is the meaning\b"
    r"|\bdo you (?:ship|send|deliver|offer|have|provide|notify|e-?mail)\b"
    r"|\bhow long (?:does|do|will)?\s*(?:the |your )?(?:delivery|deliveries|shipping|parcels|orders|it usually)\b"
    r"|\b(?:usually|normally|in general|generally)\b"
    r"|(?:怎么|怎样|如何|哪里|哪儿|在哪)(?:能|可以|才能|去)?(?:查|看|跟踪|追踪|找)|什么意思|啥意思|一般|通常"
    r"|(?:配送|送货|发货|快递)(?:要|需要)?(?:多久|几天|多长时间)"
    r"|어떻게\s?(?:조회|확인|추적|보|알|하)|방법|어디(?:서|에서)\s?(?:조회|확인|추적|보|볼|찾)|무슨\s?뜻|보통|일반적으로|대개"
    r"|배송(?:은|이)?\s?(?:얼마나|며칠)",
    re.IGNORECASE,
)
# The order system would only say the same again; what to do then stands in an article.
_SAID_TO_BE_DELIVERED = re.compile(
    r"\b(?:says?|said|shows?|showing|marked|status|tracking|claims?)\b.{0,30}\bdelivered\b"
    r"|(?<!not )(?<!been )\bdelivered\b.{0,25}\bbut\b"
    r"|\bdelivered\b.{0,12}\b(?:nothing|never|empty)\b|\bsigned for\b|\bleft (?:it )?with (?:a|the|my) neighbou?r"
    r"|(?:显示|说|写着|写|状态|系统).{0,8}(?:签收|送达|妥投|派送成功|投递完成|已交付)|已经?(?:签收|送达|妥投)"
    r"|(?:배송|배달|수령|전달)\s?(?:완료|됨|끝)|도착했다(?:고|는)|도착\s?떴|(?:받은|수령한)\s?적",
    re.IGNORECASE,
)


def is_general(text: str) -> bool:
    """Whether an article answers it better than the status of one order would."""
    words = plain(text)
    return _GENERAL.search(words) is not None or _SAID_TO_BE_DELIVERED.search(words) is not None


def asks_in_general(text: str) -> bool:
    """Whether it asks how things go here, of nobody's order: "how long does delivery take?"."""
    return _GENERAL.search(plain(text)) is not None


# Without the bot's classifier the plainest ways of asking after an order must do.
_ASKED = re.compile(
    r"\bwhere(?:'s| is| are)? (?:the |my |our )*(?:order|parcel|package|delivery|shipment|stuff|box)\b"
    r"|\b(?:order|parcel|shipment|delivery) status\b|\bstatus of (?:the |my |our )?(?:order|parcel|shipment|delivery)\b"
    r"|\btrack(?:ing)? (?:the |my |our )?(?:order|parcel|package|delivery)\b"
    r"|\b(?:my|our) (?:order|parcel|package|delivery)\b.{0,30}\b(?:late|arrive[ds]?|shipped|dispatched|sent|yet)\b"
    r"|(?:我的?|这个?)?(?:订单|包裹|快递|物流)(?!号).{0,4}(?:到哪|走到|状态|进度|还没[到发来])"
    r"|查(?:一下|下|查)?(?:我的)?(?:订单(?!号)|物流|快递|包裹)|^(?:我的.{0,6})?发货了?[吗没]"
    r"|배송\s?(?:조회|상태|현황|언제)|(?:주문(?!\s?(?:번호|취소|수정|변경))|택배).{0,4}(?:어디(?!서)|조회|상태|안\s?와)",
    re.IGNORECASE,
)
# Beside an order number a word is enough: "LL-20418837 where is it".
_ASKED_SHORTLY = re.compile(
    r"\b(?:where|when|status|track(?:ing)?|shipped|sent|arrived?|late|update|news)\b"
    r"|到哪|哪里|哪儿|在哪|发货|发了|到了|状态|进度|查|어디|언제|조회|상태|배송|출고|발송|도착",
    re.IGNORECASE,
)


def asks_after_order(text: str) -> bool:
    """Whether the words plainly ask after an order, read without the bot's classifier."""
    return _ASKED.search(plain(text)) is not None


def asks_shortly(rest: str) -> bool:
    """Whether the few words beside an order number ask after it."""
    return _ASKED_SHORTLY.search(rest) is not None
