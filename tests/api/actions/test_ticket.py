"""Tickets by the bot: one for each request for help, and said only when it is there."""

import asyncio
from datetime import timedelta

from api.actions import ACTIONS
from api.actions.restate import shorten
from api.actions.ticket import TRANSCRIPT
from api.dialogue.memory import Memory, Tried
from api.dialogue.turn import Turn
from handoff.conversations import Conversation
from handoff.intake import Intake
from handoff.promises import Promises
from tests.api.stand import Stand

DONE = Intake.start("en", question="my kettle leaks", known={"name": "Jane Miller", "email": "jane@example.com"}).take(
    "yes", requested="confirmation"
)


async def complete(stand: Stand, conversation: Conversation) -> Turn:
    """A turn whose form is complete."""
    seq = (await stand.events.receive(conversation.id, "m1", "yes", stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    memory = Memory(intake=DONE, tried=[Tried("/en/late/", "Late", "/en/late/#x", "rejected")], topic="damaged_item")
    return Turn(conversation, message, memory, "en", "en", stand.now)


async def test_a_turn_repeated_later_makes_no_second_ticket_and_says_the_first_promise(
    stand: Stand, conversation: Conversation
) -> None:
    first = await ACTIONS["action_open_ticket"](await complete(stand, conversation), stand.services)
    stand.now += timedelta(hours=3)
    again = await ACTIONS["action_open_ticket"](await complete(stand, conversation), stand.services)
    assert first.said[0].ticket == again.said[0].ticket
    assert first.said[0].text == again.said[0].text
    [ticket] = await stand.tickets.for_conversation(conversation.id)
    [promise] = await Promises(stand.database).for_conversation(conversation.id)
    assert promise.due_at == ticket.reply_by


async def test_two_replicas_at_once_make_one_ticket(stand: Stand, conversation: Conversation) -> None:
    turns = [await complete(stand, conversation) for _ in range(4)]
    said = await asyncio.gather(*(ACTIONS["action_open_ticket"](turn, stand.services) for turn in turns))
    assert len({result.said[0].text for result in said}) == 1
    assert len(await stand.tickets.for_conversation(conversation.id)) == 1


async def test_the_ticket_holds_what_was_tried_and_meant(stand: Stand, conversation: Conversation) -> None:
    turn = await complete(stand, conversation)
    await ACTIONS["action_open_ticket"](turn, stand.services)
    [ticket] = await stand.tickets.for_conversation(conversation.id)
    assert ticket.tried == [{"permalink": "/en/late/", "title": "Late", "outcome": "rejected"}]
    assert (ticket.intent, ticket.question) == ("damaged_item", "my kettle leaks")
    assert turn.memory.tickets == [ticket.number]
    assert turn.memory.intake is None


async def test_a_form_that_ended_without_an_outcome_makes_no_ticket_and_is_trouble(
    stand: Stand, conversation: Conversation
) -> None:
    turn = await complete(stand, conversation)
    turn.memory.intake = Intake.start("en", question="my kettle leaks")
    result = await ACTIONS["action_open_ticket"](turn, stand.services)
    assert result.said == []
    assert turn.trouble
    assert await stand.tickets.for_conversation(conversation.id) == []


async def test_what_the_last_ticket_was_about_is_not_what_the_next_one_is_about(
    stand: Stand, conversation: Conversation
) -> None:
    talk = ["I want to talk to a human", "my kettle leaks", "Jane Miller", "jane@example.com", "yes"]
    bot = stand.bot_with(stand.bot._plain)
    for text in [*talk, "I want to talk to a human", "my toaster smokes", "yes"]:
        stand.now += timedelta(minutes=1)
        await stand.say(conversation.id, text, bot)
    tickets = await stand.tickets.for_conversation(conversation.id)
    assert [t.question for t in tickets] == ["my kettle leaks", "my toaster smokes"]


async def test_a_form_is_not_left_on_a_guess(stand: Stand, conversation: Conversation) -> None:
    turn = await complete(stand, conversation)
    turn.message = (await stand.events.after(conversation.id, 0))[-1]
    turn.memory.intake = Intake.start("en", question="my kettle leaks")
    turn.intent, turn.confidence = "never_mind", 0.45
    await ACTIONS["validate_ticket_form"](turn, stand.services)
    assert turn.memory.intake is not None
    assert not turn.memory.intake.abandoned


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shorten("one  two\nthree", 100) == "one two; three"
    assert shorten("one two three", 9) == "one two…"
    assert shorten("字" * 20, 10) == "字" * 10 + "…"


async def test_a_ticket_of_an_endless_conversation_holds_its_end(stand: Stand, conversation: Conversation) -> None:
    for number in range(TRANSCRIPT):
        await stand.events.receive(conversation.id, f"earlier {number}", f"line {number}", stand.now)
    await ACTIONS["action_open_ticket"](await complete(stand, conversation), stand.services)
    [ticket] = await stand.tickets.for_conversation(conversation.id)
    texts = [line["text"] for line in ticket.transcript]  # type: ignore[index]
    assert texts == [*(f"line {number}" for number in range(1, TRANSCRIPT)), "yes"]
