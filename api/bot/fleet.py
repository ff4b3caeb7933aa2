"""The fleet: the Rasa processes that serve customers, and which one thinks about a conversation."""

import hashlib
from collections.abc import Sequence

from api.bot.member import Member


class NobodyReady(Exception):
    """No Rasa process can take a turn now; the message says how each one is."""


class Fleet:
    """The members turns are sent to. Rasa keeps nothing between turns, so any member can take any turn.

    A conversation stays with one member as long as that is ready, so that the same model answers it.
    """

    def __init__(self, secret: str, members: Sequence[Member] = ()) -> None:
        self.secret = secret
        self.members: tuple[Member, ...] = tuple(members)

    def pick(self, conversation_id: str, without: frozenset[Member] = frozenset()) -> Member:
        """The member for a conversation: among those that are ready, the one its id weighs highest with.

        Args:
            without: members that were tried already.

        Raises:
            NobodyReady: there is none.
        """
        able = [member for member in self.members if member.ready and member not in without]
        if not able:
            raise NobodyReady(self.reason)
        return max(able, key=lambda member: _weight(conversation_id, member))

    def exchange(self, old: Member | None, new: Member) -> None:
        """New turns go to the new one; those in hand stay where they are."""
        self.members = (*(member for member in self.members if member is not old), new)

    @property
    def ready(self) -> bool:
        return any(member.ready for member in self.members)

    @property
    def reason(self) -> str:
        """How they are, in words, for the operator."""
        if self.ready:
            return "ready"
        if len(self.members) == 1:
            return self.members[0].reason
        return "; ".join(f"{member.url} {member.reason}" for member in self.members) or "no bot process"

    @property
    def in_short(self) -> str:
        """How they are, for everybody: without addresses and without what they said."""
        if self.ready:
            return "ready"
        if len(self.members) == 1:
            return self.members[0].in_short
        return "; ".join(f"bot {n} {m.in_short}" for n, m in enumerate(self.members, 1)) or "no bot process"

    @property
    def model_version(self) -> str:
        """The version of the model that serves, or of each when they differ."""
        versions = {member.model_version for member in self.members if member.ready}
        return ", ".join(sorted(versions)) or "none"


def _weight(conversation_id: str, member: Member) -> bytes:
    return hashlib.sha256(f"{conversation_id} {member.url}".encode()).digest()
