"""Matters: what is told in the same breath with the wish for a person, or while waiting for one."""

import re

from api.dialogue.turn import Turn
from handoff.phrases import plain
from handoff.questions import tells_something
from handoff.troubles import names_trouble

# A piece of a sentence with one of these asks for a person, and is no matter by itself.
_PERSON = re.compile(
    r"\b(?:person|people|humans?|someone|somebody|anyone|anybody|agents?|managers?|operators?|representatives?|rep"
    r"|colleagues?|team|staff|supervisor|talk|speak|chat|call me|bots?|robot)\b"
    r"|人工|真人|客服|经理|主管|领导|同事|机器人|转接|找.{0,2}人|个人|人来|有人|说话|转一?下"
    r"|상담|사람|직원|담당자|매니저|책임자|연결|통화|대화|얘기|이야기|로봇|챗봇|봇",
    re.IGNORECASE,
)
# What a shop's customers come with; a sigh about the bot is not among it.
_MATTER = re.compile(
    r"\b(?:orders?|ordered|parcels?|packages?|deliver\w*|ship(?:ped|ping|ment)?|refund\w*|return(?:ed|ing|s)?|invoices?"
    r"|pay(?:ment|ments|ing)?|paid|charged|accounts?|passwords?|warranty|exchange|discount|cancel\w*|address)\b"
    r"|订单|下单|包裹|快递|发货|退|发票|付款|扣|账户|账号|密码|保修|换货|优惠|取消|地址|收到|没到"
    r"|주문|택배|배송|환불|반품|인보이스|영수증|결제|계정|비밀번호|교환|보증|할인|취소|주소|받았|왔어",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[^\W\d_\u2e80-\uffff]{2,}")
_LETTERS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_CLAUSES = re.compile(
    r"[.,!?;，。！？；\n]+|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])|(?<=[요다죠])\s+"
    r"|(?:说|反映|咨询|问)一?下|\b(?:about|because|cause|since|regarding)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:(?:and|hi|hello)\s+)?(?:i ?'?m|this is|my (?:name|mail|e-?mail|phone|order))\b.{0,30}", re.IGNORECASE
)


def matter_beside_request(turn: Turn) -> str | None:
    """What a customer who asks for a person tells in the same breath: "a human please, my kettle came cracked"."""
    clauses = [one.strip() for one in _CLAUSES.split(plain(turn.read_as or turn.text)) if one and one.strip()]
    told = [one for one in clauses if tells_a_matter(one) and not (_PERSON.search(one) or _WHO.fullmatch(one))]
    return ", ".join(told) or None


def tells_a_matter(words: str) -> bool:
    """Whether a message, or a piece of one, tells of something a shop is asked about: "parcel lost", "包裹丢了"."""
    enough = tells_something(words) or len(_LATIN.findall(words)) >= 2 or len(_LETTERS.findall(words)) >= 4
    return names_trouble(words) or (enough and _MATTER.search(words) is not None)
