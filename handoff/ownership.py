"""Ownership: who may speak in a conversation, and the only ways that may change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Row

Owner = Literal["bot", "queue", "agent", "closed"]
OWNERS: tuple[Owner, ...] = get_args(Owner)
#: While one of these has a conversation, the bot neither answers nor speaks.
PERSONS: tuple[Owner, ...] = ("queue", "agent")

# Every legal change of owner. Code obeys this table and the documentation is drawn from it.
MOVES: dict[tuple[Owner, Owner], str] = {
    ("bot", "queue"): "the conversation waits for a person",
    ("bot", "agent"): "an agent takes over from the bot",
    ("bot", "closed"): "the conversation ends with the bot",
    ("queue", "agent"): "an agent claims the conversation",
    ("queue", "bot"): "nobody is there, or the customer no longer needs a person: the bot goes on",
    ("queue", "closed"): "the conversation ends while waiting",
    ("agent", "queue"): "the agent puts the conversation back for a colleague",
    ("agent", "agent"): "the agent hands the conversation to a colleague",
    ("agent", "bot"): "the agent gives the conversation back to the bot",
    ("agent", "closed"): "the agent ends the conversation",
    ("closed", "bot"): "the customer writes again",
    ("closed", "agent"): "an agent opens the conversation again",
}


@dataclass(frozen=True, slots=True)
class Conversation:
    """One customer's conversation and who owns it; `epoch` counts the changes of owner."""

    id: str
    channel: str
    locale: str
    language: str
    token_hash: str | None
    owner: Owner
    agent: str | None
    epoch: int
    dialogue: object
    created_at: datetime
    updated_at: datetime
    address: str | None = None
    held_by: str | None = None
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnershipChange:
    """One change of owner: from whom to whom, by whom, why and when."""

    conversation_id: str
    epoch: int
    from_: Owner
    to: Owner
    actor: str
    agent: str | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """A change of owner that a bot turn asks for: spoken first, then done, in one transaction."""

    to: Owner
    actor: str
    reason: str
    agent: str | None = None


class UnknownConversation(LookupError):
    """Nobody has opened this conversation."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"There is no conversation {conversation_id!r}.")
        self.conversation_id = conversation_id


class IllegalMove(ValueError):
    """The owner cannot change in this way, or not any more."""

    def __init__(self, conversation: Conversation, to: str, why: str = "") -> None:
        legal = ", ".join(sorted({end for start, end in MOVES if start == conversation.owner}))
        super().__init__(
            f"Conversation {conversation.id} cannot go from {conversation.owner} to {to}"
            f"{f' because {why}' if why else ''}. Possible from here: {legal}."
        )
        self.conversation = conversation
        self.to = to


class StaleMove(IllegalMove):
    """Somebody else changed the owner first."""

    def __init__(self, conversation: Conversation, to: str, expected_epoch: int) -> None:
        super().__init__(
            conversation,
            to,
            f"the owner has changed since (expected epoch {expected_epoch}, it is {conversation.epoch})",
        )


class AlreadyClaimed(IllegalMove):
    """A colleague already has this conversation."""

    def __init__(self, conversation: Conversation, by: str) -> None:
        super().__init__(conversation, "agent", f"{by} already has it")
        self.by = by


def check_move(
    conversation: Conversation, to: Owner, actor: str, agent: str | None, expected_epoch: int | None
) -> None:
    """Takes the present state and a wished move; returns when it is legal, raises a refusal when not."""
    holder = conversation.agent
    if to == "agent" and conversation.owner == "agent" and holder is not None and actor != holder:
        raise AlreadyClaimed(conversation, holder)
    if expected_epoch is not None and expected_epoch != conversation.epoch:
        raise StaleMove(conversation, to, expected_epoch)
    if (conversation.owner, to) not in MOVES:
        raise IllegalMove(conversation, to)
    if to == "agent" and not agent:
        raise IllegalMove(conversation, to, "no agent was named")


def conversation_from(row: Row[tuple[object, ...]]) -> Conversation:
    """Takes a row of the conversations table; returns the conversation."""
    return Conversation(**row._mapping)
