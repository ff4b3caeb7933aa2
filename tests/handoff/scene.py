"""The scene of the pipeline's stories: who is there, what they have in hand, and how each step is done.

A step is done as the worker and the delivery of the product do it, one transaction at a time.
"""

from datetime import datetime, timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from handoff.conversations import Conversation, Conversations, Handover, Owner
from handoff.events import Word
from handoff.inbound import Arrival, Reaction
from handoff.outbox import Letter

from .processes import Process, Thought
from .records import Record, own_id, read
from .story import World

APP, WEB = "app customer", "web customer"
#: How long a sender may take with a letter.
CLAIM = timedelta(seconds=15)


class Scene(RuleBasedStateMachine):
    """Two customers, two replicas, an agent and a messaging app."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        world.begin_anew()
        self.processes = [Process(world, 0), Process(world, 1)]
        self.store = Conversations(world.replicas[0])
        self.ids: dict[str, str] = {}
        #: What customers wrote, by the id their client gave it: who wrote it, and whether they want a ticket.
        self.written: dict[str, tuple[str, bool]] = {}
        #: Written, and the customer's client has not heard that it arrived: it will send it again.
        self.unheard: list[str] = []
        #: What reached the app's customer: the idempotency key of each request, as often as it came.
        self.arrived: list[tuple[int, int]] = []
        #: Letters that were given up at some time.
        self.died: set[int] = set()
        #: What stood in the database after the step before.
        self.records: dict[str, Record] = {}
        #: Whether it went well so far.
        self.sound = False

    def opens(self) -> None:
        """Two customers open a chat."""
        opened = self.run(self.store.open("web", "en", "hash", self.world.now))
        self.ids = {WEB: opened.id, APP: "m" + "0" * 31}
        self.run(self.store.open("app", "en", None, self.world.now, id=self.ids[APP], address="4711"))

    def writes(self, customer: str, ticket: bool, process: Process, dies: int | None = None) -> None:
        """A customer writes something new."""
        key = f"m{len(self.written) + 1}"
        self.written[key] = (customer, ticket)
        self.unheard.append(key)
        self.receives(key, process, dies)

    def receives(self, key: str, process: Process, dies: int | None = None) -> None:
        """A message reaches a replica, and is acknowledged unless that dies."""
        customer, ticket = self.written[key]
        what = f"taking in {key} of the {customer}{', who wants a ticket' if ticket else ''}"
        result = process.does(self.receiving(key, process, self.world.passes(0.1)), what, dies)
        if result is not None:
            if key in self.unheard:
                self.unheard.remove(key)
            if result.mine:
                process.in_hand.add(self.ids[customer])

    async def receiving(self, key: str, process: Process, at: Any) -> Any:
        customer, _ = self.written[key]
        id_ = self.ids[customer]
        if customer == WEB:
            return await process.events.receive(id_, key, key, at)
        arrival = Arrival("app", key, "text", "{}", id_, "4711", text=key)
        return await process.inbound.take(arrival, lambda _: Reaction(), at)

    def thinks(self, process: Process, customer: str, joined: bool) -> None:
        """A replica reads what waits, as the worker does; it lets go of what does not wait any more."""
        id_, at = self.ids[customer], self.world.passes(0.1)
        waiting = self.run(process.events.unhandled(id_))
        if not waiting or not self.run(process.holds.take(id_, at)):
            process.in_hand.discard(id_)
            return
        if self.found(customer).owner == "closed":
            self.run(self.store.move(id_, "bot", "customer", "the customer wrote again", None, at=at))
        messages = waiting if joined else waiting[:1]
        wants_ticket = any(self.written[own_id(event)][1] for event in messages)
        seqs = [event.seq for event in messages]
        process.thoughts[id_] = Thought(self.found(customer), seqs, wants_ticket)
        self.world.tell(f"{process.name} begins to think about {seqs} of the {customer}")

    def opens_ticket(self, process: Process, thought: Thought, dies: int | None = None) -> Any:
        """A replica opens the ticket of its turn, before it can speak of it."""
        opening = process.tickets.open(
            thought.key,
            conversation_id=thought.found.id,
            team="support",
            kind="question",
            language="en",
            subject="help",
            question=str(thought.seqs),
            at=self.world.passes(0.1),
        )
        return process.does(opening, f"opening the ticket for {thought.seqs}", dies)

    def finishes(self, process: Process, thought: Thought, passes_on: bool, dies: int | None = None) -> None:
        """A replica ends its turn: its words, the memory, and perhaps the way to the queue, at once."""
        words, number, handover = [], None, None
        if thought.found.owner == "bot":
            words.append(Word("message", "bot", f"Answer to {thought.seqs}."))
            if thought.promises_ticket:
                ticket = self.opens_ticket(process, thought)
                number = ticket.number
                words.append(Word("ticket", "bot", f"Your ticket is {number}."))
            handover = Handover("queue", "bot", "the customer asked") if passes_on else None
        turn = {"answers": thought.seqs, "ticket": number}
        id_, epoch, at = thought.found.id, thought.found.epoch, self.world.passes(0.1)
        ending = process.events.finish_turn(id_, thought.seqs, epoch, words, {}, [], [turn], at, handover=handover)
        onward = " and passes the customer on" if handover else ""
        if process.does(ending, f"finishing the turn about {thought.seqs}{onward}", dies) is not None:
            process.finished.append(thought)

    def moves(self, customer: str, to: Owner) -> None:
        """The agent changes the owner."""
        self.world.tell(f"alice: the {customer}'s conversation goes to {to}")
        self.run(self.store.move(self.ids[customer], to, "alice", "a reason", None, at=self.world.passes(0.1)))

    def takes_letter(self, process: Process, dies: int | None = None) -> None:
        """A sender claims the next letter; a bot's word after a person's takeover must not be given to it."""
        at = self.world.passes(0.1)
        letter = self.run(process.outbox.head(self.ids[APP], at))
        if letter is None:
            return
        claimed = process.does(process.outbox.claim(letter, at, at + CLAIM), f"taking letter {letter.seq}", dies)
        if claimed:
            changes = self.run(self.store.changes(self.ids[APP]))
            taken = [c.epoch for c in changes if c.to == "agent" or c.actor == "alice"]
            late = letter.event.role == "bot" and any(epoch > letter.event.epoch for epoch in taken)
            assert not late, f"letter {letter.seq} of the bot may be sent, and a person has taken over since"
            process.letters[APP] = claimed

    def letter_of(self, process: Process) -> Letter | None:
        """The letter a sender has in hand; no request takes longer than the claim."""
        letter = process.letters.pop(APP, None)
        return letter if letter and self.world.passes(0.1) < letter.due_at else None

    def posts(self, process: Process, letter: Letter, dies: int | None = None) -> None:
        """The app takes one part of a letter, and the replica writes that down unless it dies before."""
        self.arrived.append((letter.seq, letter.parts_sent))
        self.world.tell(f"the app takes part {letter.parts_sent + 1} of letter {letter.seq}")
        receipt, at = {"id": str(len(self.arrived))}, self.world.now
        if letter.parts_sent + 1 < parts(letter.event.type):
            noting = process.outbox.part_sent(letter, receipt, at)
        else:
            noting = process.outbox.finished(letter, "sent", at, receipt)
        process.does(noting, f"noting that letter {letter.seq} came so far", dies)

    def waits(self) -> bool:
        """Whether a message waits that nobody has in hand."""
        return any(r.waiting and not r.held(self.world.now) for r in self.records.values())

    def left(self) -> bool:
        """Whether something waits for the time of somebody who died, or of the app, to be over."""
        in_hand = {id_ for process in self.processes for id_ in process.in_hand}
        held = any(r.waiting and self.ids[customer] not in in_hand for customer, r in self.records.items())
        return held or (self.posted("due") and not self.some("letters"))

    def busy(self) -> list[Process]:
        """Replicas with something to lose."""
        return [process for process in self.processes if process.in_hand or process.letters]

    def of(self, *owners: Owner) -> list[str]:
        """The customers whose conversations belong to one of these."""
        return [customer for customer, record in self.records.items() if record.owner in owners]

    def posted(self, status: str, due: datetime | None = None) -> bool:
        """Whether there is such a letter, and the first of them is due."""
        found = [letter for letter in self.records[APP].letters if letter["status"] == status]
        return bool(found) and (due is None or found[0]["due_at"] <= due)

    def idle(self) -> list[tuple[Process, str]]:
        """Conversations that a replica has in hand, and is not thinking about."""
        names = {id_: customer for customer, id_ in self.ids.items()}
        return [(p, names[id_]) for p in self.processes for id_ in sorted(p.in_hand) if id_ not in p.thoughts]

    def some(self, memory: str) -> list[Process]:
        """Replicas that have something in this part of their memory."""
        return [process for process in self.processes if getattr(process, memory)]

    def promising(self) -> list[tuple[Process, Thought]]:
        """Turns that promise a ticket."""
        return [(p, thought) for p, thought in self.thinking() if thought.promises_ticket]

    def thinking(self) -> list[tuple[Process, Thought]]:
        """Turns that are being thought about."""
        return [(p, thought) for p in self.processes for _, thought in sorted(p.thoughts.items())]

    def record(self, customer: str) -> Record:
        return self.run(read(self.world.replicas[0], self.ids[customer]))  # type: ignore[no-any-return]

    def found(self, customer: str) -> Conversation:
        conversation = self.run(self.store.find(self.ids[customer]))
        assert conversation is not None
        return conversation

    def run(self, work: Any) -> Any:
        return self.world.run(work)


def parts(type_: str) -> int:
    """Tickets are long texts, and go out in two requests."""
    return 2 if type_ == "ticket" else 1
