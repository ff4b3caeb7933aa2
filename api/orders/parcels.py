"""Parcels: whether it is a parcel at all that does not come, or a mail, a code or money."""

import re

from handoff.phrases import plain

# "The mail doesn't come", "it says expired": late, and no parcel.
_ELSE = re.compile(
    r"\b(?:e-?mails?|the mail|reset|codes?|sms|expired?|expires|newsletter|refund(?:ed)?|money)\b"
    r"|邮件|邮箱|验证码|短信|链接|过期|失效|退款|메일|인증|문자|링크|코드|만료|환불",
    re.IGNORECASE,
)
_PARCEL = re.compile(
    r"\b(?:orders?|ordered|parcels?|packages?|deliver\w*|ship\w*|courier|tracking)\b"
    r"|订单|下单|包裹|快递|物流|发货|주문|택배|배송|소포|상품|물건",
    re.IGNORECASE,
)


def is_of_something_else(text: str) -> bool:
    """Whether what does not come, or came too late, is a mail, a code or money, and no parcel is named."""
    words = plain(text)
    return _ELSE.search(words) is not None and _PARCEL.search(words) is None
