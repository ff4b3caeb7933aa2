"""The audit: what the database holds and what customers saw, against what was promised to them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from handoff.database import Database
from handoff.events import DROPPED, Event, Events
from handoff.stream import UNSEEN
from handoff.tables import tickets as tickets_table
from handoff.tables import traces as traces_table


@dataclass(frozen=True)
class Shown:
    """An event as a customer's page got it."""

    seq: int
    type: str
    role: str
    text: str


@dataclass
class Story:
    """What one customer did and saw. ``acknowledged``: the seq of every yes to a message, by the customer's own id."""

    conversation: str
    kind: str
    texts: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, list[int]] = field(default_factory=dict)
    seen: list[Shown] = field(default_factory=list)
    tickets_wanted: int = 0
    taken_over: bool = False
    complaints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """What the database holds of one conversation: everything, also what was never shown."""

    events: Sequence[Event]
    tickets: Sequence[str] = ()
    #: The message each trace of a turn belongs to.
    traces: Sequence[int] = ()

    @property
    def shown(self) -> list[Shown]:
        return [Shown(e.seq, e.type, e.role, e.text) for e in self.events if e.type not in UNSEEN]


@dataclass(frozen=True)
class Finding:
    """A broken promise: which one, in which conversation, and what was found."""

    promise: str
    conversation: str
    words: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.words} (conversation {self.conversation})"


LOST = "nothing is lost"
ONCE = "nothing is answered twice"
ORDER = "order is kept"
ONE_SPEAKER = "no bot word after a takeover"
TICKETS = "one ticket for each request"
SEEN = "customers see what is stored, once"
PATIENCE = "nobody is left waiting"
PROMISES = (LOST, ONCE, ORDER, ONE_SPEAKER, TICKETS, SEEN, PATIENCE)


def audit(story: Story, kept: Kept) -> list[Finding]:
    """Every promise that was broken to one customer."""
    checks = (
        (LOST, _lost(story, kept)),
        (ONCE, _twice(story, kept)),
        (ORDER, _order(kept)),
        (ONE_SPEAKER, _speakers(kept)),
        (TICKETS, _tickets(story, kept)),
        (SEEN, _seen(story, kept)),
        (PATIENCE, iter(story.complaints)),
    )
    return [Finding(promise, story.conversation, words) for promise, found in checks for words in found]


def _messages(kept: Kept) -> list[Event]:
    return [event for event in kept.events if event.role == "customer"]


def _turns(kept: Kept) -> list[list[Event]]:
    """The customer's messages by the turn they were handled in: those of one turn share one moment."""
    groups: dict[datetime, list[Event]] = {}
    for message in _messages(kept):
        if message.handled_at is not None:
            groups.setdefault(message.handled_at, []).append(message)
    return sorted(groups.values(), key=lambda group: group[0].seq)


def _lost(story: Story, kept: Kept) -> Iterator[str]:
    stored = {message.client_id: message for message in _messages(kept)}
    for id_, seqs in story.acknowledged.items():
        message = stored.get(id_)
        if message is None:
            yield f"message {id_} was acknowledged as {seqs[0]} and is not stored"
        elif message.text != story.texts[id_]:
            yield f"message {id_} was {story.texts[id_]!r} and is stored as {message.text!r}"
    for message in _messages(kept):
        if message.handled_at is None:
            yield f"message {message.seq} is not handled"
    for group in _turns(kept):
        if not _answered(kept, group):
            yield f"message {group[-1].seq} is marked as handled, the bot had the conversation, and there is no answer"


def _answered(kept: Kept, group: Sequence[Event]) -> bool:
    """Whether a turn's messages were answered, or a person had the conversation and it was theirs to answer."""
    words = [event for event in kept.events if event.role == "bot" and event.turn == group[-1].seq]
    if any(event.type != DROPPED for event in words):
        return True
    if words:
        return _owner(event for event in kept.events if event.seq < words[0].seq) != "bot"
    handled = group[-1].handled_at
    return _owner(event for event in kept.events if handled is not None and event.at <= handled) != "bot"


def _owner(events: Iterable[Event]) -> str:
    """Who has the conversation after these events."""
    changes = [str(event.data.get("to")) for event in events if event.type == "owner"]
    return changes[-1] if changes else "bot"


def _twice(story: Story, kept: Kept) -> Iterator[str]:
    for id_, seqs in story.acknowledged.items():
        if len(set(seqs)) > 1:
            yield f"message {id_} was acknowledged as {sorted(set(seqs))}"
    for own, count in Counter(message.client_id for message in _messages(kept)).items():
        if count > 1:
            yield f"message {own} is stored {count} times"
        if own not in story.texts:
            yield f"there is a message {own} that the customer never sent"
    words = [event for event in kept.events if event.role == "bot"]
    messages = {message.seq for message in _messages(kept)}
    given_back = {event.at for event in kept.events if event.type == "owner" and event.data.get("to") == "bot"}
    for event in words:
        # When nobody became free, the bot gets the conversation back and says so in the same moment, unasked.
        if event.turn not in messages and not (event.turn is None and event.at in given_back):
            yield f"word {event.seq} answers no message"
    for group in _turns(kept):
        seqs = [message.seq for message in group]
        of_it = [event for event in words if event.turn in seqs]
        moments = {(event.turn, event.at) for event in of_it}
        if len(moments) > 1:
            yield f"messages {seqs} were answered by {len(moments)} turns: words {[event.seq for event in of_it]}"
        thought = sum(kept.traces.count(seq) for seq in seqs)
        if thought > 1:
            yield f"messages {seqs} were thought about to the end {thought} times"


def _order(kept: Kept) -> Iterator[str]:
    seqs = [event.seq for event in kept.events]
    if seqs != list(range(1, len(seqs) + 1)):
        yield f"the conversation has the places {seqs}"
    end = 0
    for group in _turns(kept):
        if group[0].seq < end:
            yield f"message {group[0].seq} was handled in a turn inside of another one's"
        end = group[-1].seq
    before = 0
    for event in kept.events:
        if event.role == "bot" and event.turn is not None:
            if event.turn < before:
                yield f"word {event.seq} answers message {event.turn}, after message {before} was answered"
            if event.turn > event.seq:
                yield f"word {event.seq} stands before message {event.turn}, which it answers"
            before = max(before, event.turn)


def _speakers(kept: Kept) -> Iterator[str]:
    owner, epoch = "bot", 0
    for event in kept.events:
        if event.type == "owner":
            owner, epoch = str(event.data.get("to")), event.epoch
        elif event.role == "bot" and event.type != DROPPED:
            if owner != "bot":
                yield f"the bot says word {event.seq} while the conversation is with {owner}"
            elif event.epoch != epoch:
                yield f"word {event.seq} is of epoch {event.epoch}, and it is epoch {epoch}"


def _tickets(story: Story, kept: Kept) -> Iterator[str]:
    if len(kept.tickets) != story.tickets_wanted:
        yield f"{story.tickets_wanted} wanted, {len(kept.tickets)} there"
    said = [str(_ticket(event)) for event in kept.events if event.type == "ticket" and event.role == "bot"]
    if sorted(said) != sorted(kept.tickets):
        yield f"the customer was told of {said}, and there are {list(kept.tickets)}"


def _ticket(event: Event) -> object:
    ticket = event.data.get("ticket")
    return ticket.get("number") if isinstance(ticket, dict) else None


def _seen(story: Story, kept: Kept) -> Iterator[str]:
    seqs = [shown.seq for shown in story.seen]
    if seqs != sorted(set(seqs)):
        yield f"events came as {seqs}"
    missing = [shown.seq for shown in kept.shown if shown not in story.seen]
    if missing:
        yield f"events {missing} are stored and were never seen as they are"
    extra = [shown for shown in story.seen if shown not in kept.shown]
    if extra:
        yield f"seen and not stored: {extra}"


async def kept_of(database: Database, conversation: str) -> Kept:
    """Reads one conversation."""
    found = await Events(database).after(conversation, 0, 100_000, dropped=True)
    async with database.session() as connection:
        of = select(tickets_table.c.number).where(tickets_table.c.conversation_id == conversation)
        numbers = list((await connection.execute(of)).scalars())
        of = select(traces_table.c.seq).where(traces_table.c.conversation_id == conversation)
        traces = list((await connection.execute(of)).scalars())
    return Kept(found, numbers, traces)
