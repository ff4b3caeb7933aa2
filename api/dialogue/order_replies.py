"""Order replies: what a message means while the bot asks about an order, when it can be read without guessing."""

from api.dialogue.memory import ORDER_QUESTIONS, Memory
from api.orders.personal import asks_shortly
from handoff.details import Details
from handoff.phrases import never_minds, refuses, says_yes
from handoff.questions import looks_like_question, tells_something


def order_reply(memory: Memory, text: str, language: str, said: Details) -> str | None:
    """The intent of a message that goes on with an order look-up; None leaves it to the bot's reading.

    "LL-20418837" by itself is no kind of sentence a classifier could know, and neither is "jane@example.com".
    """
    if said.order_number and not tells_something(said.rest) and asks_shortly(said.rest):
        return "order_status"
    look = memory.look_up
    if look is None or look.round != memory.ticket_round:
        return None
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
    return None
