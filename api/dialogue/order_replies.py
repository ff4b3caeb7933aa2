"""Order replies: what a message means while the bot asks about an order, when it can be read without guessing."""

import re

from api.dialogue.memory import ORDER_QUESTIONS, Memory
from api.orders.personal import asks_shortly
from handoff.details import Details
from handoff.phrases import never_minds, plain, refuses, says_yes
from handoff.questions import looks_like_question, tells_something
from handoff.troubles import names_trouble

# Right after an order was told: "when will it come then", "还要几天", "며칠 더 걸려요".
_WHEN = re.compile(
    r"(?:(?:ok|and|so|but|then|well|yes)[, ]+)*"
    r"(?:when|what (?:day|time)|which day|how (?:much longer|long(?:er)?|many (?:more )?days)|where)\b"
    r"(?!.*\b(?:return|refund|money|cancel|change|pay|back)\w*)[^.?!]{0,40}"
    r"|(?:那|那么|所以)?(?:还要|还得|到底|大概|它|包裹)*(?:等|要)?(?:多久|几天|什么时候|啥时候|哪天|几号|何时)"
    r"(?:能|才能|会|才)?(?:到|送到|收到|送|来)?(?:啊|呢|呀|了)?"
    r"|(?:그럼|그래서|근데|그러면)?\s*(?:언제|며칠|얼마나)(?:쯤|이나)?\s?(?:더)?\s?"
    r"(?:도착|받|와|오|걸|기다)\S*(?:\s\S{1,6})?",
    re.IGNORECASE,
)


# Told of the order instead of its number: "it's the blue lamp", "周一下的单", "월요일에 주문했어요".
_DESCRIBES = re.compile(
    r"(?:it'?s|it is|it was|the one|that'?s|i (?:ordered|bought)|ordered|bought|placed) .{1,40}"
    r"|(?:就是|是)?.{0,12}(?:下的?单|买的|订的|下单的)(?:啊|吧|了)?|就是.{1,12}"
    r"|.{0,12}(?:주문|구매|결제)했(?:어요|는데요?|습니다)|.{1,10}(?:이에요|예요|인데요)",
    re.IGNORECASE,
)
_ENDS = " .!?？！。~"


def _of_what_was_told(memory: Memory, text: str) -> bool:
    if not memory.tried or not memory.tried[-1].permalink.startswith("order:"):
        return False
    return _WHEN.fullmatch(plain(text).strip(_ENDS)) is not None


def order_reply(memory: Memory, text: str, language: str, said: Details) -> str | None:
    """The intent of a message that goes on with an order look-up; None leaves it to the bot's reading.

    "LL-20418837" by itself is no kind of sentence a classifier could know, and neither is "jane@example.com".
    """
    if said.order_number and not tells_something(said.rest) and asks_shortly(said.rest):
        return "order_status"
    look = memory.look_up
    if look is None or look.round != memory.ticket_round:
        return None
    if _of_what_was_told(memory, said.rest):
        return "order_status"
    asked = memory.awaiting in ORDER_QUESTIONS
    if tells_something(said.rest) and looks_like_question(said.rest, language):
        # "LL-20418837, can I still change the address?" is about the address.
        return None
    if said.order_number or (look.open and (said.email or said.phone)):
        bare = not tells_something(said.rest)
        # "Yes, I'm Jane, jane@example.com" takes up an offer that was made since.
        return "order_status" if asked or (bare and not says_yes(text)) else None
    wanted = ("order_number",) if memory.awaiting == "order_number" else ("email", "phone")
    if asked and any(attempt.field in wanted for attempt in said.attempts):
        return "order_status"
    if asked and refuses(text) and not never_minds(text):
        return "refuse_details"
    if asked and _DESCRIBES.fullmatch(plain(text).strip(_ENDS)) and not names_trouble(text):
        return "order_status"
    return None
