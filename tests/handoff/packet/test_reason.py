"""Why a person is asked in is what the customer asked for, not what the form they filled in looked like since."""

from datetime import datetime

import pytest

from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.ownership import Handover
from handoff.packet import Packets
from handoff.tickets import Tickets
from tests.handoff.packet.story import Teller


async def with_ticket(teller: Teller, kind: str) -> None:
    """The form, whose questions look like going in circles, and the ticket at its end."""
    for text in ("Jane", "jane@example.com", "yes"):
        await teller.turn(text, ["…"], signals=[("form_again", 0.4, text)])
    await Tickets(teller.database).open(
        f"{teller.conversation.id}:0",
        conversation_id=teller.conversation.id,
        team="support",
        kind=kind,  # type: ignore[arg-type]
        language="en",
        subject="Loose lid",
        question="The lid is loose",
        at=teller.at,
    )


async def reason_of(teller: Teller) -> tuple[str, str]:
    packet = await Packets(teller.database).of(teller.conversation.id)
    return packet.reason.code, packet.reason.source


@pytest.mark.parametrize("asked", ["explicit_request", "safety"])
async def test_a_ticket_of_the_night_says_what_they_came_for(
    database: Database, conversation: Conversation, now: datetime, asked: str
) -> None:
    teller = Teller(database, conversation, now)
    await teller.turn("…", ["…"], signals=[(asked, 3.0, "…"), ("threat", -0.3, "…")])
    await with_ticket(teller, "person")
    assert await reason_of(teller) == (asked, "signals")


async def test_a_ticket_of_somebody_who_would_not_wait_says_why_they_had_waited(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    teller = Teller(database, conversation, now)
    await teller.turn("…", ["…"], handover=Handover("queue", "bot", "anger"))
    await Conversations(database).move(conversation.id, "bot", "system", "would rather have a ticket", None, at=now)
    await with_ticket(teller, "person")
    assert await reason_of(teller) == ("anger", "owner")


async def test_without_a_request_what_was_noticed_is_the_reason(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    teller = Teller(database, conversation, now)
    await with_ticket(teller, "question")
    assert await reason_of(teller) == ("form_again", "signals")
