"""Packets: what a conversation comes to, put together from the database for the person who takes it over."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from handoff.database import Database
from handoff.packet.attempts import attempts
from handoff.packet.document import VERSION, Packet
from handoff.packet.earlier import earlier_of
from handoff.packet.matter import given, problem
from handoff.packet.mood import mood
from handoff.packet.opening import opening
from handoff.packet.parts import Earlier, Passage
from handoff.packet.promised import promised
from handoff.packet.reach import reach
from handoff.packet.readings import language, said_nothing_new, understanding
from handoff.packet.reason import reason
from handoff.packet.record import Record, Spoken, read
from handoff.packet.remembered import Remembered, remembered
from handoff.packet.telling import Message, telling
from handoff.stream import UNSEEN


class Packets:
    """Makes packets. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, conversation_id: str, passages: Iterable[Passage] = (), now: datetime | None = None) -> Packet:
        """Takes a conversation, passages that may answer, and the present moment; returns its packet.

        Nothing is stored: the same database and moment make the same packet. Raises UnknownConversation.
        """
        async with self._db.session() as connection:
            record = await read(connection, conversation_id)
            memory = remembered(record.conversation.dialogue)
            before = await earlier_of(connection, record.conversation, given(record, memory), record.tickets)
        return packet_from(record, memory, before, tuple(passages), now or datetime.now(UTC))


def packet_from(
    record: Record, memory: Remembered, before: tuple[Earlier, ...], passages: tuple[Passage, ...], now: datetime
) -> Packet:
    """Takes a record, the memory in it, and what was before; returns the packet. Pure: no database, no clock."""
    conversation, spoken = record.conversation, own_words(record)
    matter, why, details = problem(record, memory, spoken), reason(record, memory), given(record, memory)
    speech = language(record.traces, conversation.language or conversation.locale)
    messages = [Message(one.seq, one.text) for one in spoken]
    return Packet(
        version=VERSION,
        conversation=conversation.id,
        made_at=now,
        as_of_seq=record.events[-1].seq if record.events else 0,
        owner=conversation.owner,
        agent=conversation.agent,
        epoch=conversation.epoch,
        reason=why,
        ledger=record.ledger[-_LEDGER:],
        telling=telling(
            messages, matter.text if matter else None, record.ledger, speech.now, said_nothing_new(record.traces)
        ),
        problem=matter,
        given=details,
        understanding=understanding(record.traces, matter.topic if matter else None),
        tried=attempts(record, memory, spoken),
        promises=promised(record.promises, record.tickets, now),
        mood=mood([one.seq for one in record.messages], record.ledger),
        language=speech,
        reach=reach(conversation.channel, record.last_heard, now),
        earlier=before,
        passages=passages,
        opening=opening(why, matter, details, speech.now),
    )


def own_words(record: Record) -> list[Spoken]:
    """Takes a record; returns what the customer wrote with their own hands: not the buttons they pressed."""
    buttons = set(_buttons(record.events))
    return [one for one in record.messages if _line(one.text) not in buttons and one.text.strip()]


#: How much of the ledger is shown.
_LEDGER = 50


def _buttons(events: Sequence[Spoken]) -> Iterable[str]:
    for event in events:
        shown = event.data.get("buttons") if event.role != "customer" and event.type not in UNSEEN else None
        for button in shown if isinstance(shown, list) else []:
            if isinstance(button, dict) and isinstance(button.get("text"), str):
                yield _line(button["text"])


def _line(text: str) -> str:
    return " ".join(text.split()).casefold()
