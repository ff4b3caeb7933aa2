"""Inbound: what a messaging app delivers is kept once, together with the customer's message it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from handoff.connection import Connection
from handoff.conversations import lock_conversation, reopened
from handoff.database import Database
from handoff.holds import take_hold
from handoff.ownership import PERSONS, Conversation
from handoff.stream import DROPPED, Event, Word, append_event, event_from
from handoff.tables import conversations, events, inbound
from handoff.turns import spoken_or_dropped

#: A button after which so much was said is not asked about any more, whatever that was.
LONG_AGO = 100


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing a provider delivered, under the provider's own id.

    `conversation_id` is None for what is only kept for the record. `data` is what the channel needs to answer this
    message, `receipt` what it needs to confirm a pressed button, `pressed` that button: the event's seq and its place.
    """

    channel: str
    provider_id: str
    kind: str
    payload: str
    conversation_id: str | None = None
    address: str = ""
    locale: str = "en"
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    receipt: Mapping[str, object] | None = None
    pressed: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Where an arrival finds its conversation: its first contact, or a button whose time is over (`late`)."""

    conversation: Conversation
    first: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is said at once. `handled`: that was all, no turn follows. `key`: said once for it. `notice`: to a press."""

    words: Sequence[Word] = ()
    handled: bool = False
    key: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an arrival: whether it was new, and the seq of the customer's message, if there is one.

    `mine`: it waits for an answer, and this process has it in hand.
    """

    fresh: bool
    conversation_id: str | None = None
    seq: int | None = None
    mine: bool = False


class Inbound:
    """Takes in what providers deliver. Takes the database.

    Args:
        holder: the process that answers what is taken in here; None: none does.
    """

    def __init__(self, db: Database, holder: str | None = None) -> None:
        self._db = db
        self._holder = holder

    async def known(self, channel: str, provider_id: str) -> bool:
        """Takes a provider's id; returns whether what it names was taken in before."""
        query = select(inbound.c.id).where(inbound.c.channel == channel, inbound.c.provider_id == provider_id)
        async with self._db.session() as connection:
            return (await connection.execute(query)).first() is not None

    async def take(self, arrival: Arrival, react: Callable[[Situation], Reaction], at: datetime) -> Taken:
        """Keeps an arrival once, with its message and what is said at once, all in one transaction."""
        async with self._db.transaction() as connection:
            if arrival.conversation_id is None:
                return Taken(await self._keep(connection, arrival, at))
            await self._open(connection, arrival, arrival.conversation_id, at)
            # Locked before anything refers to it: two taps at once would otherwise wait for each other for ever.
            conversation = await lock_conversation(connection, arrival.conversation_id)
            if not await self._keep(connection, arrival, at):
                return Taken(False, arrival.conversation_id)
            event = await _converse(connection, conversation, arrival, react, at)
            waits = self._holder is not None and event.handled_at is None
            mine = waits and await take_hold(connection, conversation, self._holder or "", at)
            return Taken(True, conversation.id, event.seq, mine)

    async def _open(self, connection: Connection, arrival: Arrival, id_: str, at: datetime) -> None:
        values = {
            "id": id_,
            "channel": arrival.channel,
            "locale": arrival.locale,
            "language": arrival.locale.replace("_", "-").split("-")[0].lower(),
            "owner": "bot",
            "epoch": 0,
            "created_at": at,
            "updated_at": at,
            "address": arrival.address,
        }
        await connection.execute(self._db.insert_once(conversations).values(**values))

    async def _keep(self, connection: Connection, arrival: Arrival, at: datetime) -> bool:
        names = ("channel", "provider_id", "kind", "payload", "conversation_id")
        values = {name: getattr(arrival, name) for name in names}
        insert = self._db.insert_once(inbound).values(**values, at=at).returning(inbound.c.id)
        return (await connection.execute(insert)).first() is not None


async def _converse(
    connection: Connection,
    conversation: Conversation,
    arrival: Arrival,
    react: Callable[[Situation], Reaction],
    at: datetime,
) -> Event:
    earlier = select(events.c.seq).where(events.c.conversation_id == conversation.id).limit(1)
    first = (await connection.execute(earlier)).first() is None
    text, late = arrival.text, False
    if arrival.pressed is not None:
        pressed, late = await _pressed(connection, conversation, *arrival.pressed)
        text = pressed or text
    if not late:
        conversation = await reopened(connection, conversation, at)
    reaction = react(Situation(conversation, first, late))
    data: dict[str, Any] = dict(arrival.data)
    if arrival.receipt is not None:
        data["receipt"] = {**arrival.receipt, "notice": reaction.notice}
    event = await append_event(
        connection,
        conversation,
        # A press that came too late is nothing the customer said: kept for the record, confirmed, and no more.
        type_=DROPPED if late else "message",
        role="customer",
        text=text,
        data=data,
        client_id=f"{arrival.channel}:{arrival.provider_id}",
        at=at,
        # On a person's desk it is where it belongs.
        handled=late or reaction.handled or conversation.owner in PERSONS,
    )
    for number, word in enumerate(reaction.words):
        key = f"{reaction.key}:{number}" if reaction.key else None
        if key is None or not await _said(connection, conversation, key):
            await spoken_or_dropped(connection, conversation, word, conversation.epoch, at, key, event.seq)
    return event


async def _pressed(connection: Connection, conversation: Conversation, seq: int, place: int) -> tuple[str | None, bool]:
    """The words of a button, and whether its time is over.

    Buttons work once and only while they are the last thing that was asked: a "yes" to an earlier question, or the
    second tap of a double one, must not become a "yes" to the present one.
    """
    here = select(events).where(events.c.conversation_id == conversation.id, events.c.seq >= seq)
    rows = await connection.execute(here.order_by(events.c.seq).limit(LONG_AGO))
    found = [event_from(row) for row in rows]
    if not found or found[0].seq != seq or found[0].role == "customer":
        return None, True
    buttons = found[0].data.get("buttons")
    if not isinstance(buttons, list) or not 0 <= place < len(buttons):
        return None, True
    newer = (
        one.type != DROPPED
        and (one.role == "customer" or (bool(one.data.get("buttons")) and one.turn != found[0].turn))
        for one in found[1:]
    )
    return str(buttons[place]["text"]), len(found) == LONG_AGO or any(newer)


async def _said(connection: Connection, conversation: Conversation, key: str) -> bool:
    query = select(events.c.seq).where(events.c.conversation_id == conversation.id, events.c.client_id == key)
    return (await connection.execute(query)).first() is not None
