"""Events: every message and every answer of a conversation, each stored once and in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from handoff.connection import Connection
from handoff.conversations import lock_conversation, reopened
from handoff.database import Database
from handoff.facts import Fact
from handoff.holds import take_hold
from handoff.ownership import PERSONS, Conversation, Handover
from handoff.packet.signals import Noticed
from handoff.stream import DROPPED, UNSEEN, Event, Word, append_event, event_from
from handoff.tables import events
from handoff.turns import Account, AnsweredMeanwhile, commit_turn, spoken_or_dropped

__all__ = ["DROPPED", "Account", "Event", "Events", "Received", "Word"]

_LONGEST_CLIENT_ID = 200
# Put together once: doing it for each message costs more than running it.
_OF = events.c.conversation_id == bindparam("of")
_AFTER = select(events).where(_OF, events.c.seq > bindparam("seq")).order_by(events.c.seq).limit(bindparam("most"))
_SHOWN_AFTER = _AFTER.where(events.c.type.not_in(UNSEEN))
_UNHANDLED = select(events).where(_OF, events.c.handled_at.is_(None)).order_by(events.c.seq)
_SEQ_OF = select(events.c.seq).where(_OF, events.c.client_id == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Received:
    """Where a customer's message stands, and whether it is new (`fresh`) or was sent again.

    `mine`: it waits for an answer, and this process has it in hand.
    """

    seq: int
    fresh: bool
    mine: bool = False


class Events:
    """Receives what customers write, keeps what was said, and finishes bot turns. Takes the database.

    Args:
        holder: the process that answers what is received here; None: none does.
    """

    def __init__(self, db: Database, holder: str | None = None) -> None:
        self._db = db
        self._holder = holder

    async def receive(self, conversation_id: str, client_id: str | None, text: str, at: datetime) -> Received:
        """Stores a customer's message once, whatever is sent again, and says where it stands.

        Raises UnknownConversation. With no `client_id` every message is new.
        """
        key = _key(client_id)
        async with self._db.transaction() as connection:
            conversation = await lock_conversation(connection, conversation_id)
            known = await _seq_of(connection, conversation, key)
            if known is not None:
                return Received(known, fresh=False)
            conversation = await reopened(connection, conversation, at)
            event = await append_event(
                connection,
                conversation,
                type_="message",
                role="customer",
                text=text,
                data={},
                client_id=key,
                at=at,
                # On a person's desk it is where it belongs.
                handled=conversation.owner in PERSONS,
            )
            waits = self._holder is not None and event.handled_at is None
            mine = waits and await take_hold(connection, conversation, self._holder or "", at)
            return Received(event.seq, fresh=True, mine=mine)

    async def after(self, conversation_id: str, seq: int, limit: int = 100, *, dropped: bool = False) -> list[Event]:
        """Takes the last seq somebody has; returns what came next, oldest first, without what customers are not shown.

        `dropped`: with that, too.
        """
        values = {"of": conversation_id, "seq": seq, "most": limit}
        async with self._db.session() as connection:
            rows = await connection.execute(_AFTER if dropped else _SHOWN_AFTER, values)
            return [event_from(row) for row in rows]

    async def unhandled(self, conversation_id: str) -> list[Event]:
        """Takes a conversation; returns the customer's messages nobody has answered yet, oldest first."""
        async with self._db.session() as connection:
            rows = await connection.execute(_UNHANDLED, {"of": conversation_id})
            return [event_from(row) for row in rows]

    async def conversations_with_unhandled(self, limit: int = 1000) -> list[str]:
        """Returns the conversations that wait for an answer, the longest waiting first."""
        query = select(events.c.conversation_id).where(events.c.handled_at.is_(None))
        query = query.group_by(events.c.conversation_id).order_by(func.min(events.c.id)).limit(limit)
        async with self._db.session() as connection:
            return list((await connection.execute(query)).scalars())

    async def finish_turn(
        self,
        conversation_id: str,
        handled_seqs: Sequence[int],
        epoch: int,
        words: Sequence[Word],
        dialogue: object,
        facts: Sequence[Fact],
        traces: Sequence[dict[str, object]],
        at: datetime,
        *,
        language: str | None = None,
        handover: Handover | None = None,
        account: Account | None = None,
        signals: Sequence[Noticed] = (),
    ) -> list[Event]:
        """Ends a bot turn in one transaction: see `handoff.turns`. Returns the events that were appended."""
        turn = (handled_seqs, epoch, words, dialogue, facts, traces, at, language, handover, account, signals)
        try:
            async with self._db.transaction() as connection:
                conversation = await lock_conversation(connection, conversation_id)
                return await commit_turn(connection, conversation, *turn)
        except AnsweredMeanwhile:
            # By this process before a crash, or by another one: what it said is what the customer has.
            return []

    async def say(
        self, conversation_id: str, words: Sequence[Word], epoch: int, at: datetime, key: str | None = None
    ) -> list[Event]:
        """Says words outside a turn: a greeting, an agent's message, a notice of the system.

        A speaker whose turn is over is dropped, as in a turn. The same `key` says them once.
        """
        async with self._db.transaction() as connection:
            conversation = await lock_conversation(connection, conversation_id)
            if key is not None and await _seq_of(connection, conversation, _key(f"{key}:0")) is not None:
                return []
            return [
                await spoken_or_dropped(connection, conversation, word, epoch, at, _key(f"{key}:{n}") if key else None)
                for n, word in enumerate(words)
            ]


def _key(client_id: str | None) -> str | None:
    # An index cannot hold an endless key, and a customer may send one.
    if client_id is None or len(client_id) <= _LONGEST_CLIENT_ID:
        return client_id
    return "sha256:" + hashlib.sha256(client_id.encode("utf-8", "surrogatepass")).hexdigest()


async def _seq_of(connection: Connection, conversation: Conversation, key: str | None) -> int | None:
    if key is None:
        return None
    found: int | None = (await connection.execute(_SEQ_OF, {"of": conversation.id, "key": key})).scalar_one_or_none()
    return found
