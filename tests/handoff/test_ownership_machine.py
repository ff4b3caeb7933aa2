"""Whatever agents, the bot and the customer do, in any order and at once: one owner, and only the owner speaks.

Each story is compared, step by step, with a plain model of docs/ownership.md.
"""

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from handoff.conversations import (
    MOVES,
    AlreadyClaimed,
    Conversation,
    Conversations,
    Handover,
    IllegalMove,
    Owner,
    StaleMove,
)
from handoff.events import Events, Word
from handoff.outbox import Outbox

from .story import World, tell_stories

TEAM = ("alice", "bob", "carol")
AGENTS = st.sampled_from(TEAM)
REPLICAS = st.sampled_from([0, 1])
#: What somebody who changes the owner had on their screen.
SEEN = st.sampled_from(["the present", "the owner before", "the one before that", "nothing"])
_BEHIND = {"the present": 0, "the owner before": 1, "the one before that": 2}


@dataclass(frozen=True)
class Wish:
    """A change of owner somebody wants: what they do, who does it, who gets it, and the epoch they saw."""

    to: Owner
    actor: str
    receiver: str | None
    epoch: int | None


@dataclass(frozen=True)
class Model:
    """Who has the conversation, as a few lines of plain Python have it."""

    owner: Owner = "bot"
    agent: str | None = None
    epoch: int = 0

    def after(self, wish: Wish) -> tuple[str, "Model"]:
        """What becomes of a wish, in a word, and who has the conversation then."""
        if wish.receiver and wish.receiver == self.agent:
            return "has it", self
        if wish.to == "agent" and self.agent and wish.actor != self.agent:
            return f"told that {self.agent} has it", self
        if wish.epoch is not None and wish.epoch != self.epoch:
            return "told that it has changed", self
        if (self.owner, wish.to) not in MOVES:
            return "told that this cannot be", self
        return "done", Model(wish.to, wish.receiver, self.epoch + 1)


@dataclass
class Said:
    """A word, who said it at which epoch, and what is to become of it."""

    text: str
    role: str
    epoch: int
    shown: bool
    letter: str = "none"


class Ownership(RuleBasedStateMachine):
    """One customer in a messaging app, the bot, three agents, and two replicas."""

    thoughts: Bundle[int] = Bundle("thoughts")

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.model = Model()
        self.changes: list[tuple[int, str, str, str, str | None]] = []
        self.words: list[Said] = []
        self.waiting: list[int] = []
        world.begin_anew()

    @initialize()
    def a_customer_opens_a_chat(self) -> None:
        opened = self.world.run(self.store(0).open("app", "en", None, self.world.now, address="4711"))
        self.id = opened.id

    # What people do.

    @rule(agent=AGENTS, seen=SEEN, replica=REPLICAS)
    def an_agent_claims_it(self, agent: str, seen: str, replica: int) -> None:
        self.wants(Wish("agent", agent, agent, self.epoch(seen)), replica)

    @rule(one=AGENTS, other=AGENTS, seen=SEEN)
    def two_agents_claim_it_at_once(self, one: str, other: str, seen: str) -> None:
        wishes = [Wish("agent", agent, agent, self.epoch(seen)) for agent in (one, other)]
        results = self.world.both(*(self.move(wish, replica) for replica, wish in enumerate(wishes)))
        came = [_outcome(result, self.model) for result in results]
        self.world.tell(f"{one} and {other} claim it at once, having seen {seen}: {came[0]} / {came[1]}")
        possible = []
        for order in permutations(range(2)):
            model, expected = self.model, ["", ""]
            for turn in order:
                expected[turn], model = model.after(wishes[turn])
            # Whoever claims it twice at once has it twice; which of the two was first, nobody can see.
            expected = [_has_it(each) for each in expected]
            possible.append(expected)
            if expected == [_has_it(each) for each in came]:
                self.adopt(model, wishes[order[0]])
                return
        raise AssertionError(f"one after the other it would have been one of {possible}")

    @rule(agent=AGENTS, colleague=AGENTS, seen=SEEN, replica=REPLICAS)
    def an_agent_hands_it_to_a_colleague(self, agent: str, colleague: str, seen: str, replica: int) -> None:
        self.wants(Wish("agent", agent, colleague, self.epoch(seen)), replica)

    @rule(agent=AGENTS, seen=SEEN, replica=REPLICAS)
    def an_agent_puts_it_back_into_the_queue(self, agent: str, seen: str, replica: int) -> None:
        self.wants(Wish("queue", agent, None, self.epoch(seen)), replica)

    @rule(agent=AGENTS, seen=SEEN, replica=REPLICAS)
    def an_agent_gives_it_to_the_bot(self, agent: str, seen: str, replica: int) -> None:
        self.wants(Wish("bot", agent, None, self.epoch(seen)), replica)

    @rule(agent=AGENTS, seen=SEEN, replica=REPLICAS)
    def an_agent_ends_it(self, agent: str, seen: str, replica: int) -> None:
        self.wants(Wish("closed", agent, None, self.epoch(seen)), replica)

    @rule(replica=REPLICAS)
    def the_customer_writes(self, replica: int) -> None:
        received = self.world.run(self.events(replica).receive(self.id, None, "hello", self.world.passes(1)))
        self.world.tell("the customer writes")
        if self.model.owner == "closed":
            self.adopt(Model("bot", None, self.model.epoch + 1), Wish("bot", "customer", None, None))
        if self.model.owner == "bot":
            self.waiting.append(received.seq)

    # What is said.

    @rule(target=thoughts)
    @precondition(lambda self: self.model.owner == "bot")
    def the_bot_begins_to_think(self) -> int:
        self.world.tell(f"the bot begins to think, at epoch {self.model.epoch}")
        return self.model.epoch

    @rule(epoch=consumes(thoughts), replica=REPLICAS)
    def the_bot_says_what_it_thought(self, epoch: int, replica: int) -> None:
        said = self.says("bot", epoch)
        self.world.tell(f"the bot says what it thought at epoch {epoch}: {'shown' if said.shown else 'dropped'}")
        word = Word("message", "bot", said.text)
        self.world.run(self.events(replica).say(self.id, [word], epoch, self.world.passes(1)))

    @rule(epoch=consumes(thoughts), replica=REPLICAS)
    @precondition(lambda self: self.waiting)
    def the_bot_says_goodbye_and_passes_it_on(self, epoch: int, replica: int) -> None:
        said = self.says("bot", epoch)
        self.world.tell(f"the bot, at epoch {epoch}, says a colleague will come, and passes it on")
        words, handover = [Word("message", "bot", said.text)], Handover("queue", "bot", "the customer asked")
        at = self.world.passes(1)
        seqs, self.waiting = self.waiting, []
        turn = self.events(replica).finish_turn(self.id, seqs, epoch, words, {}, [], [], at, handover=handover)
        self.world.run(turn)
        if said.shown:
            self.adopt(Model("queue", None, self.model.epoch + 1), Wish("queue", "bot", None, None))

    @rule(seen=SEEN, replica=REPLICAS)
    def an_agent_says_something(self, seen: str, replica: int) -> None:
        epoch = self.epoch(seen)
        said = self.says("agent", self.model.epoch if epoch is None else epoch)
        self.world.tell(f"an agent who saw {seen} says something: {'shown' if said.shown else 'dropped'}")
        word = Word("message", "agent", said.text)
        self.world.run(self.events(replica).say(self.id, [word], said.epoch, self.world.passes(1)))

    @rule(replica=REPLICAS)
    def the_next_word_goes_out(self, replica: int) -> None:
        outbox, at = Outbox(self.world.replicas[replica]), self.world.passes(1)
        letter = self.world.run(outbox.head(self.id, at))
        due = next((said for said in self.words if said.letter == "due"), None)
        assert (letter and letter.event.text) == (due and due.text)
        if letter is None or due is None:
            return
        claimed = self.world.run(outbox.claim(letter, at, self.world.passes(1)))
        self.world.tell(f"{due.text} {'goes out' if claimed else 'is not sent any more'}")
        taken = [
            epoch for epoch, _, to, actor, _ in self.changes if to == "agent" or actor in ("alice", "bob", "carol")
        ]
        late = due.role == "bot" and any(epoch > due.epoch for epoch in taken)
        assert (claimed is None) == late
        due.letter = "dropped" if late else "sent"
        if claimed:
            self.world.run(outbox.finished(claimed, "sent", at, {"id": "1"}))

    # What holds after each step.

    @invariant()
    def one_owner_and_only_the_owner_speaks(self) -> None:
        self.the_owner_is_who_the_model_says()
        self.every_change_is_one_legal_move_and_no_epoch_is_missing()
        self.customers_see_only_what_the_owner_said()

    def the_owner_is_who_the_model_says(self) -> None:
        found = self.world.run(self.store(1).find(self.id))
        assert found is not None
        assert Model(found.owner, found.agent, found.epoch) == self.model

    def every_change_is_one_legal_move_and_no_epoch_is_missing(self) -> None:
        changes = self.world.run(self.store(1).changes(self.id))
        assert [(c.epoch, c.from_, c.to, c.actor, c.agent) for c in changes] == self.changes
        assert [c.epoch for c in changes] == list(range(1, self.model.epoch + 1))
        assert all((c.from_, c.to) in MOVES for c in changes)
        ends = ["bot", *(c.to for c in changes)]
        assert [c.from_ for c in changes] == ends[:-1]

    def customers_see_only_what_the_owner_said(self) -> None:
        seen = self.world.run(self.events(0).after(self.id, 0, 1000))
        assert [e.text for e in seen if e.role in ("bot", "agent")] == [s.text for s in self.words if s.shown]
        owner = "bot"
        for event in seen:
            if event.type == "owner":
                owner = str(event.data["to"])
            elif event.role in ("bot", "agent"):
                assert event.role == owner, f"{event.text} is shown while the conversation belongs to: {owner}"

    # How a step is done.

    def wants(self, wish: Wish, replica: int) -> None:
        """One change of owner is tried, and comes to what the model says."""
        [result] = self.world.both(self.move(wish, replica))
        came = _outcome(result, self.model)
        expected, model = self.model.after(wish)
        gets = f" for {wish.receiver}" if wish.receiver and wish.receiver != wish.actor else ""
        self.world.tell(f"{wish.actor} wants it to go to {wish.to}{gets}, having seen epoch {wish.epoch}: {came}")
        assert came == expected
        self.adopt(model, wish)

    async def move(self, wish: Wish, replica: int) -> Conversation:
        return await self.store(replica).move(
            self.id, wish.to, wish.actor, "a reason", wish.epoch, agent=wish.receiver, at=self.world.passes(1)
        )

    def adopt(self, model: Model, wish: Wish) -> None:
        """The model goes on; a change is kept for comparison."""
        if model.epoch != self.model.epoch:
            self.changes.append((model.epoch, self.model.owner, model.owner, wish.actor, model.agent))
        self.model = model

    def says(self, role: str, epoch: int) -> Said:
        """A word of somebody who believes it is that epoch; shown when it is, and the conversation theirs."""
        shown = self.model.owner == role and self.model.epoch == epoch
        said = Said(f"word {len(self.words) + 1} of the {role}", role, epoch, shown, "due" if shown else "none")
        self.words.append(said)
        return said

    def epoch(self, seen: str) -> int | None:
        return self.model.epoch - _BEHIND[seen] if seen in _BEHIND else None

    def store(self, replica: int) -> Conversations:
        return Conversations(self.world.replicas[replica])

    def events(self, replica: int) -> Events:
        return Events(self.world.replicas[replica])


def _outcome(result: Any, before: Model) -> str:
    """What a change of owner came to, in the model's words."""
    if isinstance(result, AlreadyClaimed):
        assert result.by == result.conversation.agent
        return f"told that {result.by} has it"
    if isinstance(result, StaleMove):
        return "told that it has changed"
    if isinstance(result, IllegalMove):
        return "told that this cannot be"
    if isinstance(result, BaseException):
        raise result
    return "done" if result.epoch > before.epoch else "has it"


def _has_it(outcome: str) -> str:
    return "has it" if outcome == "done" else outcome


@pytest.mark.parametrize(("database_url", "examples"), [("sqlite", 60), ("postgresql", 15)], indirect=["database_url"])
def test_one_owner_and_only_the_owner_speaks_whatever_is_done(database_url: str, examples: int) -> None:
    tell_stories(Ownership, database_url, examples, steps=30)
