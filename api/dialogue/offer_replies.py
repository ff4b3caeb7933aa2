"""Offer replies: what a message means after an answer or an offer, when its words leave no doubt."""

import re

from api.dialogue.memory import Memory
from handoff.details import Details
from handoff.phrases import after_yes, plain, says_no, says_yes
from handoff.questions import tells_something

_BEFORE = (
    r"(?:(?:ok(?:ay)?|yes|yeah|yep|sure|then|please|so|just|well|alright)[,.! ]+)*"
    r"(?:(?:can|could|would) you )?(?:please )?"
)
_AFTER = r"(?:[,. ]+(?:then|please|pls|thanks?|thank you))*"
_WELL_ZH = r"(?:对|好的?|是的?|嗯|行|可以|那)?[，, ]*(?:请|就|直接|麻烦)?(?:你们?|您)?"
_END_ZH = r"(?:一下|掉|了)?[吧了谢]*"
_WELL_KO = r"(?:네|예|그럼|그러면|그냥)?[, ]*"
_PLEASE_KO = r"\s?(?:해\s?)?(?:주세요|주실래요|줘요?)"
# Passing it on, in so many words: "ok pass it on", "留言给同事", "그럼 전달해 주세요".
_PASS_ON = re.compile(
    rf"{_BEFORE}(?:pass|forward|send|hand|leave) (?:it|this|that)(?: (?:on|over|along))?"
    rf"(?: (?:to|with) (?:a |your |the |one of your )?(?:colleagues?|team|someone|somebody|person))?{_AFTER}"
    rf"|{_BEFORE}(?:open|make|create) (?:a|the|me a) ticket{_AFTER}"
    rf"|{_WELL_ZH}(?:帮我)?(?:留言给|转给|交给|转交给?|转达给?)"
    rf"(?:你们?的?|一下)?(?:同事|他们)?(?:处理)?{_END_ZH}"
    rf"|{_WELL_KO}(?:담당자|담당\s?팀|직원)?(?:분)?(?:에게|한테|께)?\s?(?:전달|전해|넘겨){_PLEASE_KO}",
    re.IGNORECASE,
)
# After being told how: "yes, cancel it please", "好 帮我取消", "네 취소해 주세요".
_DO_IT = re.compile(
    rf"{_BEFORE}(?:do (?:it|that|this)"
    rf"|(?:cancel|delete|change|remove|close) (?:it|that|this|them|my (?:order|account|address)))"
    rf"(?: (?:for me|now|for us))*{_AFTER}"
    rf"|{_WELL_ZH}(?:帮我|给我|替我)(?:直接)?"
    rf"(?:取消|删除?|删掉|改|改一?下|注销|办|办理|弄|操作|处理){_END_ZH}"
    rf"|{_WELL_KO}(?:대신\s?)?(?:(?:취소|삭제|변경|탈퇴|처리|그렇게|진행)(?:를|을)?\s?)?(?:좀\s?)?"
    r"해\s?(?:주세요|주실래요|줘요?)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:(?:no|wait|sorry|actually|hi|hello|hey|ok|and|by the way|btw|oh|不对|不是|等等|你好|您好"
    r"|아니|아니요|잠깐만요?|안녕하세요|입니다|이에요|예요|이고|라고 해요)[\s,.!，。]*)*",
    re.IGNORECASE,
)
#: What is behind a yes and is still a mere yes.
_ENDS = " \t.!?。！？~…"


def offer_reply(memory: Memory, text: str, said: Details) -> str | None:
    """The intent of a reply that needs no classifier; None leaves it to the bot's reading.

    "Ok pass it on" is no never-mind, and whoever answers the offer with their name and address has accepted it.
    """
    words = plain(text).strip(_ENDS)
    if memory.question and _PASS_ON.fullmatch(words):
        return "open_ticket"
    if memory.awaiting == "helped" and _last_told(memory) and _DO_IT.fullmatch(words):
        return "wants_it_done"
    if said.name and _NOTHING.fullmatch(plain(said.rest)):
        # "No wait, my name is Bobby" says who they are, and asks nothing.
        return "open_ticket" if memory.awaiting == "ticket_offer" else "give_details"
    if memory.awaiting != "ticket_offer":
        return None
    if said and not says_no(text) and not tells_something(said.rest):
        return "open_ticket"
    return "affirm" if says_yes(text) and not tells_something(after_yes(text)) else None


def _last_told(memory: Memory) -> bool:
    """Whether the last thing told was an article's."""
    return bool(memory.tried) and bool(memory.tried[-1].passage)
