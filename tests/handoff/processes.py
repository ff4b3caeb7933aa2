"""Processes: what a replica of the product keeps in memory, and loses when it dies."""

from collections.abc import Coroutine
from typing import Any

from handoff.events import Events
from handoff.holds import Holds
from handoff.inbound import Inbound
from handoff.outbox import Letter, Outbox
from handoff.ownership import Conversation
from handoff.tickets import Tickets

from .story import Died, World


class Thought:
    """A turn that is being thought about: the conversation as it was found, and the messages it answers."""

    def __init__(self, found: Conversation, seqs: list[int], wants_ticket: bool) -> None:
        self.found, self.seqs, self.wants_ticket = found, seqs, wants_ticket

    def __repr__(self) -> str:
        return f"thought about {self.seqs}"

    @property
    def promises_ticket(self) -> bool:
        """Whether it opens a ticket: the bot does, a person sees for themselves."""
        return self.wants_ticket and self.found.owner == "bot"

    @property
    def key(self) -> str:
        """The key of its ticket, made as api/actions/ticket.py makes it."""
        return f"{self.found.id}:{self.seqs[0]}"


class Process:
    """One replica: its name, how often it was started, and what it has in hand."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number, self.life = world, number, 1
        self.in_hand: set[str] = set()
        self.thoughts: dict[str, Thought] = {}
        #: Turns it has finished, and may finish again when it did not hear that they were.
        self.finished: list[Thought] = []
        self.letters: dict[str, Letter] = {}
        self.database = self.world.replicas[self.number]
        self.outbox, self.tickets = Outbox(self.database), Tickets(self.database)
        self.begin()

    def begin(self) -> None:
        """Starts with an empty memory, under a name nobody had before."""
        holder = f"replica {self.number}, life {self.life}"
        self.events, self.inbound = Events(self.database, holder), Inbound(self.database, holder)
        self.holds = Holds(self.database, holder)
        for memory in (self.in_hand, self.thoughts, self.finished, self.letters):
            memory.clear()

    @property
    def name(self) -> str:
        return f"replica {self.number + 1}"

    def does(self, work: Coroutine[Any, Any, Any], what: str, dies_at: int | None = None) -> Any:
        """Does a step, and tells it; None when it died in it."""
        self.database.dies_at = dies_at
        try:
            result = self.world.run(work)
        except Died:
            self.world.tell(f"{self.name} dies while {what} (statement {dies_at})")
            self.dies()
            return None
        finally:
            self.database.dies_at = None
        self.world.tell(f"{self.name}: {what}")
        return result

    def __repr__(self) -> str:
        return self.name

    def dies(self) -> None:
        """Its memory is gone; it is started again at once."""
        self.life += 1
        self.begin()
