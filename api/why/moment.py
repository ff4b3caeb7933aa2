"""Moment: a turn's state as it was when it began, taken from the record, or why it cannot be had."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from api.dialogue.burst import joined
from api.why.before import is_cut, restored
from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.ownership import UnknownConversation
from handoff.reasons import KeptTurn, Reasons

#: Messages before a turn in which a text that was cut is looked for.
LOOK = 400


class NotKept(Exception):
    """The record does not hold what is needed to play a turn again."""

    exit_code = 4

    def __init__(self, turn: KeptTurn, why: str) -> None:
        super().__init__(f"Turn {turn.number} of conversation {turn.conversation_id} cannot be played again: {why}.")


@dataclass(frozen=True)
class Moment:
    """What a turn began with. ``notes``: what of it is not as it was."""

    conversation: Conversation
    at: datetime
    staff: dict[str, Any]
    notes: tuple[str, ...]


async def moment_of(turn: KeptTurn, database: Database) -> Moment:
    """The state before a turn.

    Raises:
        NotKept: the turn kept none, or failed.
        UnknownConversation: it is gone.
    """
    if turn.data.get("failed"):
        raise NotKept(turn, "it failed, and only an apology was said")
    if not turn.messages:
        raise NotKept(turn, "the messages it answered are not there")
    now = await Conversations(database).find(turn.conversation_id)
    if now is None:
        raise UnknownConversation(turn.conversation_id)
    before = turn.data.get("before")
    notes = []
    if not isinstance(before, dict):
        if turn.number > 1:
            raise NotKept(turn, "it is from before the bot's memory was kept with each turn")
        # The first turn begins with an empty memory, whoever kept it.
        before = {"at": turn.at.isoformat(), "language": now.locale, "memory": {}}
        notes.append("the moment it began was not kept: the moment it ended stands for it")
    if "memory" not in before:
        raise NotKept(turn, "the bot's memory was too large to be kept with it")
    memory = restored(before["memory"], await _texts(turn, database))
    if is_cut(memory):
        notes.append("a long text of the bot's memory was not kept whole")
    if "tried" in (turn.data.get("cut") or ()):
        notes.append("only the articles that were given last are known")
    staff = turn.data.get("staff")
    return Moment(
        conversation=replace(now, language=before.get("language", ""), dialogue=memory, owner="bot"),
        at=datetime.fromisoformat(before["at"]),
        staff=staff if isinstance(staff, dict) else {},
        notes=tuple(notes),
    )


async def _texts(turn: KeptTurn, database: Database) -> list[str]:
    """What the customer wrote before, message by message and as bursts were read, the latest first."""
    turns = await Reasons(database).said_before(turn, LOOK)
    found = [joined(messages) for messages in turns if messages]
    return list(dict.fromkeys([*found, *(one.text for messages in turns for one in messages)]))
