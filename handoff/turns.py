"""Turns: what the bot did with the customer's messages, made true in one transaction or not at all.

The messages are marked as handled, the bot's words are appended, what the customer told us is kept, the
dialogue engine's state and the reasons are saved, and last the conversation changes hands if the turn asked
for it. When a person took over meanwhile, the words are recorded as dropped and the customer never sees them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from handoff.connection import Connection
from handoff.conversations import change_owner
from handoff.facts import Fact, record_facts
from handoff.ownership import Conversation, Handover, check_move
from handoff.packet.signals import Noticed, record_signals
from handoff.stream import DROPPED, Event, Word, append_event
from handoff.tables import conversations, events
from handoff.tables import traces as traces_table

#: The largest number the column holds: some 24 days in milliseconds.
_LONGEST_WAIT = 2**31 - 1
# Put together once: doing it for each message costs more than running it.
_TRACE = insert(traces_table)
_REMEMBER = (
    update(conversations)
    .where(conversations.c.id == bindparam("of"))
    .values(
        dialogue=bindparam("dialogue"),
        updated_at=bindparam("updated_at"),
        language=bindparam("language"),
        # Nobody has it in hand any more. Messages that came meanwhile are taken up anew.
        held_by=None,
        held_until=None,
    )
)
_HANDLED = (
    update(events)
    .where(
        events.c.conversation_id == bindparam("of"),
        events.c.seq.in_(bindparam("those", expanding=True)),
        events.c.handled_at.is_(None),
    )
    .values(handled_at=bindparam("handled_at"))
)


@dataclass(frozen=True, slots=True)
class Account:
    """What figures are made of: what the turn came to, the customer's language (`en`, `zh`, `ko` or `other`), how
    long the customer waited from the message stored to the turn ended, and what kept it from going as it should."""

    outcome: str
    language: str
    milliseconds: int
    trouble: str | None = None


class AnsweredMeanwhile(Exception):
    """A turn comes too late: one of its messages was answered by another, or a person had the conversation."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"Conversation {conversation_id} has gone on meanwhile.")


async def commit_turn(
    connection: Connection,
    conversation: Conversation,
    handled_seqs: Sequence[int],
    epoch: int,
    words: Sequence[Word],
    dialogue: object,
    facts: Sequence[Fact],
    traces: Sequence[dict[str, object]],
    at: datetime,
    language: str | None,
    handover: Handover | None,
    account: Account | None = None,
    signals: Sequence[Noticed] = (),
) -> list[Event]:
    """Takes a locked conversation and a turn; returns the appended events.

    Raises AnsweredMeanwhile when it comes too late: the transaction is then to be given up.
    """
    if not handled_seqs:
        raise ValueError("A turn answers at least one message; use say() for words without one.")
    if await _mark_handled(connection, conversation, handled_seqs, at) != len(set(handled_seqs)):
        raise AnsweredMeanwhile(conversation.id)
    if conversation.owner == "bot" and conversation.epoch != epoch:
        # A person had it and gave it back meanwhile. What was thought may not be said, and nobody else will answer:
        # the messages stay as they are, and are thought about anew.
        raise AnsweredMeanwhile(conversation.id)
    turn = max(handled_seqs)
    may_speak = conversation.owner == "bot" and conversation.epoch == epoch
    appended = [await spoken_or_dropped(connection, conversation, word, epoch, at, turn=turn) for word in words]
    await record_facts(connection, conversation.id, facts, at)
    await record_signals(connection, conversation.id, signals, at)
    if account is not None and not may_speak:
        # Whatever it came to, the customer never saw it.
        account = replace(account, outcome=DROPPED)
    counted = _counted(conversation, account)
    for trace in traces:
        row = {"conversation_id": conversation.id, "seq": turn, "data": trace, "at": at, **counted}
        await connection.execute(_TRACE, row)
    spoken = conversation.language if language is None else language
    values = {"of": conversation.id, "dialogue": dialogue, "updated_at": at, "language": spoken}
    await connection.execute(_REMEMBER, values)
    if handover is not None and may_speak:
        check_move(conversation, handover.to, handover.actor, handover.agent, epoch)
        await change_owner(connection, conversation, handover, at)
    return appended


async def spoken_or_dropped(
    connection: Connection,
    conversation: Conversation,
    word: Word,
    epoch: int,
    at: datetime,
    client_id: str | None = None,
    turn: int | None = None,
) -> Event:
    """Takes a word and the epoch its speaker believed in; appends it, as dropped when that epoch is over."""
    # The system's notices are nobody's speech; bot and agent speak only while the conversation is theirs.
    theirs = word.role not in ("bot", "agent") or (conversation.owner == word.role and conversation.epoch == epoch)
    return await append_event(
        connection,
        conversation,
        type_=word.type if theirs else DROPPED,
        role=word.role,
        text=word.text,
        data=word.data if theirs else {**word.data, "was": word.type, "owner": conversation.owner},
        at=at,
        client_id=client_id,
        turn=turn,
        epoch=epoch,
    )


def _counted(conversation: Conversation, account: Account | None) -> dict[str, object]:
    if account is None:
        return {"channel": conversation.channel}
    return {
        "channel": conversation.channel,
        "outcome": account.outcome,
        "language": account.language,
        # A clock that was put back must not make a turn that ended before it began.
        "milliseconds": min(max(account.milliseconds, 0), _LONGEST_WAIT),
        "trouble": account.trouble,
    }


async def _mark_handled(connection: Connection, conversation: Conversation, seqs: Sequence[int], at: datetime) -> int:
    values = {"of": conversation.id, "those": list(seqs), "handled_at": at}
    return (await connection.execute(_HANDLED, values)).rowcount
