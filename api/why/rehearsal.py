"""Rehearsal: what a turn asks and changes, as it was then and without changing anything now."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from handoff.connection import Connection
from handoff.database import Database
from handoff.events import Event, Events, Word
from handoff.facts import Fact, Facts
from handoff.ownership import Handover
from handoff.packet.signals import Noticed
from handoff.tickets import OPEN, Kind, Ticket, Tickets
from handoff.turns import Account

#: Stands for the number a ticket would get.
NO_NUMBER = "FD-······"


class Unwritten(Database):
    """A database that is read and never written to."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Refused: a rehearsal changes nothing."""
        raise PermissionError("A turn that is played again must not write to the database.")
        yield  # pragma: no cover - makes it the generator that it replaces


@dataclass(frozen=True)
class Played:
    """What a turn would have committed."""

    words: Sequence[Word]
    facts: Sequence[Fact]
    data: Mapping[str, Any]
    outcome: str | None
    language: str | None


class EventsThen(Events):
    """What was said is read from the record; the turn that is finished is kept here and goes nowhere."""

    played: Played | None = None

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
        """Nothing is appended; see `played`."""
        self.played = Played(words, facts, traces[0], account.outcome if account else None, language)
        return []


class FactsThen(Facts):
    """What was known before a message."""

    def __init__(self, db: Database, first_seq: int, at: datetime) -> None:
        super().__init__(db)
        self._first, self._at = first_seq, at

    async def current(self, conversation_id: str) -> dict[str, Fact]:
        """Each field's value as it was then."""
        known = await self.history(conversation_id)
        return {fact.field: fact for fact in known if self._was_known(fact)}

    def _was_known(self, fact: Fact) -> bool:
        if fact.seq is not None:
            return fact.seq < self._first
        return fact.at is None or fact.at < self._at


class TicketsThen(Tickets):
    """Gives the ticket the turn opened; where it opened none, one that is not kept."""

    async def open(
        self,
        key: str,
        *,
        conversation_id: str,
        team: str,
        kind: Kind,
        language: str,
        subject: str,
        question: str,
        at: datetime,
        details: Mapping[str, object] | None = None,
        intent: str | None = None,
        tried: Sequence[object] = (),
        transcript: Sequence[object] = (),
        reply_by: datetime | None = None,
        promise_text: str = "",
    ) -> Ticket:
        """The stored ticket of this key, or what it would be."""
        for known in await self.for_conversation(conversation_id):
            if known.key == key:
                return known
        return Ticket(
            id=uuid4().hex,
            number=NO_NUMBER,
            key=key,
            conversation_id=conversation_id,
            team=team,
            kind=kind,
            status=OPEN,
            language=language,
            subject=subject,
            question=question,
            details=dict(details or {}),
            intent=intent,
            tried=list(tried),
            transcript=list(transcript),
            opened_at=at,
            reply_by=reply_by,
        )
