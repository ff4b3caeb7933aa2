"""Replies: what an agent says to the customer and notes for colleagues; each once, however often it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from handoff.connection import Connection
from handoff.conversations import lock_conversation
from handoff.database import Database
from handoff.desk.cases import keep_case, mark_read
from handoff.desk.whose import NotYours, Who
from handoff.ownership import AlreadyClaimed, Conversation, StaleMove
from handoff.stream import NOTE, append_event
from handoff.tables import events, promises


@dataclass(frozen=True, slots=True)
class Written:
    """Where it stands in the conversation, and whether it is new or was sent again."""

    seq: int
    fresh: bool


class Replies:
    """Writes what agents say. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def reply(
        self,
        id_: str,
        who: Who,
        key: str,
        epoch: int,
        text: str,
        at: datetime,
        data: Mapping[str, object] | None = None,
    ) -> Written:
        """Says something to the customer, who was promised a reply and has it now.

        It is refused, not dropped, when somebody else has the conversation: raises AlreadyClaimed, NotYours or
        StaleMove, and UnknownConversation.
        """
        async with self._db.transaction() as connection:
            conversation = await lock_conversation(connection, id_)
            client_id = _client_id(who, "reply", key)
            known = await _seq_of(connection, conversation, client_id)
            if known is not None:
                return Written(known, fresh=False)
            _may_speak(conversation, who, epoch)
            event = await append_event(
                connection,
                conversation,
                type_="message",
                role="agent",
                text=text,
                data={**(data or {}), "agent": who.as_data()},
                client_id=client_id,
                at=at,
            )
            waiting = (promises.c.conversation_id == id_, promises.c.kind == "reply", promises.c.kept_at.is_(None))
            await connection.execute(update(promises).where(*waiting).values(kept_at=at))
            await keep_case(self._db, connection, id_, snoozed_until=None, snoozed_seq=None)
            await mark_read(self._db, connection, id_, event.seq)
            return Written(event.seq, fresh=True)

    async def note(self, id_: str, who: Who, key: str, text: str, at: datetime) -> Written:
        """Notes something for colleagues; customers never see it. Raises UnknownConversation."""
        async with self._db.transaction() as connection:
            conversation = await lock_conversation(connection, id_)
            client_id = _client_id(who, "note", key)
            known = await _seq_of(connection, conversation, client_id)
            if known is not None:
                return Written(known, fresh=False)
            data = {"agent": who.as_data()}
            event = await append_event(
                connection, conversation, type_=NOTE, role="agent", text=text, data=data, client_id=client_id, at=at
            )
            return Written(event.seq, fresh=True)


def _may_speak(conversation: Conversation, who: Who, epoch: int) -> None:
    if conversation.owner == "agent" and conversation.agent != who.name:
        raise AlreadyClaimed(conversation, conversation.agent or "")
    if conversation.owner != "agent":
        raise NotYours(conversation, "agent")
    if conversation.epoch != epoch:
        raise StaleMove(conversation, "agent", epoch)


def _client_id(who: Who, kind: str, key: str) -> str:
    """Its own name space: no customer can take an agent's id, nor one agent a colleague's. An index holds no endless
    key, so it is hashed."""
    return f"{kind}:{hashlib.sha256(f'{who.name}:{key}'.encode('utf-8', 'surrogatepass')).hexdigest()}"


async def _seq_of(connection: Connection, conversation: Conversation, client_id: str) -> int | None:
    here = (events.c.conversation_id == conversation.id, events.c.client_id == client_id)
    found: int | None = (await connection.execute(select(events.c.seq).where(*here))).scalar_one_or_none()
    return found
