"""Whose: who acts at the desk, and whether a conversation is theirs to move."""

from dataclasses import dataclass
from typing import Literal

from handoff.ownership import AlreadyClaimed, Conversation, IllegalMove, Owner, StaleMove


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts. `anyone`: may also change what a colleague has."""

    name: str
    display: str
    anyone: bool = False

    def as_data(self) -> dict[str, object]:
        """Returns them as an event keeps them."""
        return {"name": self.name, "display": self.display}


class NotYours(IllegalMove):
    """Only who has a conversation may do this."""

    def __init__(self, conversation: Conversation, to: str) -> None:
        holder = conversation.agent or f"the {conversation.owner}"
        super().__init__(conversation, to, f"{holder} has it")


class NotSnoozable(IllegalMove):
    """Only what one has can be put aside for a while."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation, "snoozed", "only its agent can put it aside")


def theirs(conversation: Conversation, who: Who, to: Owner | Literal["snoozed"], epoch: int | None) -> None:
    """Raises unless they may: with the present epoch, what they have, what nobody has, and anything when they are
    over the desk."""
    if conversation.owner == "agent" and conversation.agent != who.name and not who.anyone:
        raise AlreadyClaimed(conversation, conversation.agent or "") if to == "agent" else NotYours(conversation, to)
    if epoch is not None and epoch != conversation.epoch:
        raise StaleMove(conversation, to, epoch)
