"""Field words: which field of the form a customer's words are about."""

import re

from handoff.phrases import plain

# So that "the e-mail is wrong" and "I won't give my phone" are about the right one.
_FIELD_WORDS = {
    "email": re.compile(r"e-?mail|\bmail\b|邮箱|邮件|이메일|메일", re.I),
    "phone": re.compile(r"phone|mobile|电话|手机|전화|휴대폰|연락처", re.I),
    "order_number": re.compile(r"\border\b|订单|单号|주문", re.I),
    "name": re.compile(r"\bname\b|名字|姓名|이름|성함", re.I),
    "question": re.compile(r"\b(?:question|problem|issue|description|summary)\b|问题|描述|문제|질문|내용", re.I),
}


def named_fields(text: str) -> list[str]:
    """Takes what a customer wrote; returns the fields it names, such as `email` and `phone`."""
    return [name for name, words in _FIELD_WORDS.items() if words.search(plain(text))]
