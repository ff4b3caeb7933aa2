"""Whatever is sent twice, comes late, or dies in the middle: nothing is lost, nothing is answered twice.

Two replicas serve a customer in a messaging app and one on the website. Each step may die at any statement; what is in
the database afterwards is audited, and at the end everybody goes on until there is nothing left to do.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from handoff.events import Word

from .records import Record, own_id
from .scene import APP, WEB, Scene, parts
from .story import AFTER_THE_COMMIT, tell_stories

CUSTOMERS = st.sampled_from([APP, WEB])
#: At which statement of its step a replica dies; mostly at none.
DEATHS = st.sampled_from([None] * 16 + [0, 1, 2, 3, 4, 6, 8, AFTER_THE_COMMIT])
#: Draws a value for a step, as `st.data().draw` does.
Draw = Callable[..., Any]
Step = Callable[[Draw], None]


class Pipeline(Scene):
    """What may happen next, and what must hold after it."""

    @initialize(customer=CUSTOMERS, ticket=st.booleans())
    def two_customers_open_a_chat_and_one_writes(self, customer: str, ticket: bool) -> None:
        self.opens()
        self.writes(customer, ticket, self.processes[0])
        self.look()
        self.sound = True

    @rule(data=st.data())
    def then(self, data: st.DataObject) -> None:
        """One of the steps that are possible now; those that bring the story on are drawn more often."""
        steps: list[tuple[int, Step, Any]] = [
            (2, self.a_customer_writes, True),
            (1, self.a_message_is_sent_again, True),
            (1, self.a_message_reaches_both_replicas_at_once, True),
            (3, self.a_replica_looks_for_work, self.waits()),
            (1, self.both_replicas_look_for_work_at_once, self.waits()),
            (6, self.a_replica_begins_to_think, self.idle()),
            (4, self.a_replica_opens_the_ticket, self.promising()),
            (4, self.a_replica_finishes_its_turn, self.thinking()),
            (1, self.a_replica_finishes_a_turn_once_more, self.some("finished")),
            (1, self.a_replica_says_it_is_still_there, self.some("in_hand")),
            (6, self.a_sender_takes_the_next_letter, self.posted("due", self.world.now)),
            (4, self.the_app_takes_the_request, self.some("letters")),
            (1, self.the_app_says_later, self.some("letters")),
            (1, self.the_app_refuses_for_good, self.some("letters")),
            (2, self.the_operator_has_what_is_dead_sent_after_all, self.posted("dead")),
            (3, self.an_agent_takes_over, self.of("bot", "queue", "closed")),
            (3, self.the_agent_is_done, self.of("queue", "agent")),
            (2, self.the_agent_says_something, self.of("agent")),
            (1, self.a_replica_is_killed, self.busy()),
            (3, self.time_passes, self.thinking() or self.left()),
        ]
        possible = {step.__name__: step for _, step, now in steps if now}
        weighed = [step.__name__ for weight, step, now in steps if now for _ in range(weight)]
        self.sound = False
        possible[data.draw(st.sampled_from(weighed), label="then")](data.draw)
        self.look()
        self.sound = True

    # What customers do.

    def a_customer_writes(self, draw: Draw) -> None:
        self.writes(draw(CUSTOMERS), draw(st.booleans()), draw(st.sampled_from(self.processes)), draw(DEATHS))

    def a_message_is_sent_again(self, draw: Draw) -> None:
        self.receives(draw(st.sampled_from(sorted(self.written))), draw(st.sampled_from(self.processes)), draw(DEATHS))

    def a_message_reaches_both_replicas_at_once(self, draw: Draw) -> None:
        key, customer = f"m{len(self.written) + 1}", draw(CUSTOMERS)
        self.written[key] = (customer, draw(st.booleans()))
        at = self.world.passes(0.1)
        self.world.tell(f"{key} of the {customer} arrives at both replicas at once")
        both = self.world.both(*(self.receiving(key, process, at) for process in self.processes))
        assert sorted(result.fresh for result in both) == [False, True]
        for result, process in zip(both, self.processes, strict=True):
            if result.mine:
                process.in_hand.add(self.ids[customer])

    # What replicas do.

    def a_replica_looks_for_work(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.processes))
        found = process.does(process.holds.claim(self.world.passes(0.1), 10), "looking for work", draw(DEATHS))
        process.in_hand.update(found or ())

    def both_replicas_look_for_work_at_once(self, _: Draw) -> None:
        at = self.world.passes(0.1)
        self.world.tell("both replicas look for work at once")
        both = self.world.both(*(process.holds.claim(at, 10) for process in self.processes))
        assert not set(both[0]) & set(both[1]), "both have taken up the same conversation"
        for process, found in zip(self.processes, both, strict=True):
            process.in_hand.update(found)

    def a_replica_begins_to_think(self, draw: Draw) -> None:
        process, customer = draw(st.sampled_from(self.idle()))
        self.thinks(process, customer, joined=draw(st.booleans()))

    def a_replica_opens_the_ticket(self, draw: Draw) -> None:
        process, thought = draw(st.sampled_from(self.promising()))
        self.opens_ticket(process, thought, draw(DEATHS))

    def a_replica_finishes_its_turn(self, draw: Draw) -> None:
        process, thought = draw(st.sampled_from(self.thinking()))
        del process.thoughts[thought.found.id]
        self.finishes(process, thought, draw(st.booleans()), draw(DEATHS))

    def a_replica_finishes_a_turn_once_more(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.some("finished")))
        self.finishes(process, process.finished[-1], passes_on=False)

    def a_replica_says_it_is_still_there(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.some("in_hand")))
        process.does(process.holds.keep(process.in_hand, self.world.now), "still here")

    # What goes out to the app.

    def a_sender_takes_the_next_letter(self, draw: Draw) -> None:
        self.takes_letter(draw(st.sampled_from(self.processes)), draw(DEATHS))

    def the_app_takes_the_request(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.some("letters")))
        if letter := self.letter_of(process):
            self.posts(process, letter, draw(DEATHS))

    def the_app_says_later(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.some("letters")))
        if letter := self.letter_of(process):
            due = self.world.now + timedelta(seconds=2)
            process.does(process.outbox.put_off(letter, due, "busy"), f"puts letter {letter.seq} off", draw(DEATHS))

    def the_app_refuses_for_good(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.some("letters")))
        if letter := self.letter_of(process):
            ending = process.outbox.finished(letter, "dead", self.world.now, reason="blocked")
            process.does(ending, f"gives letter {letter.seq} up", draw(DEATHS))

    def the_operator_has_what_is_dead_sent_after_all(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.processes))
        process.does(process.outbox.again_all(self.world.passes(0.1)), "the operator has what is dead sent after all")

    # What an agent does.

    def an_agent_takes_over(self, draw: Draw) -> None:
        self.moves(draw(st.sampled_from(self.of("bot", "queue", "closed"))), "agent")

    def the_agent_is_done(self, draw: Draw) -> None:
        self.moves(draw(st.sampled_from(self.of("queue", "agent"))), draw(st.sampled_from(["bot", "closed"])))

    def the_agent_says_something(self, draw: Draw) -> None:
        customer = draw(st.sampled_from(self.of("agent")))
        process, conversation = draw(st.sampled_from(self.processes)), self.found(customer)
        word = Word("message", "agent", "I am alice.")
        saying = process.events.say(conversation.id, [word], conversation.epoch, self.world.passes(0.1))
        process.does(saying, f"the agent says something to the {customer}", draw(DEATHS))

    # What goes wrong.

    def a_replica_is_killed(self, draw: Draw) -> None:
        process = draw(st.sampled_from(self.busy()))
        self.world.tell(f"{process.name} is killed")
        process.dies()

    def time_passes(self, draw: Draw) -> None:
        seconds = draw(st.sampled_from([7, 20]))
        self.world.tell(f"{seconds} seconds pass")
        self.world.passes(seconds)

    # What holds after each step.

    def look(self) -> None:
        """Nothing is done twice or by the wrong speaker, as far as the story goes."""
        self.records = {customer: self.record(customer) for customer in (APP, WEB)}
        for record in self.records.values():
            record.check()
        self.deliveries(self.records[APP])

    def deliveries(self, record: Record) -> None:
        """What came to the app came in order, and the conversation knows what did not."""
        self.died |= {letter["seq"] for letter in record.letters if letter["status"] == "dead"}
        first = [key for n, key in enumerate(self.arrived) if key not in self.arrived[:n] and key[0] not in self.died]
        assert first == sorted(first), f"not delivered in order: {self.arrived}"
        for seq, status in ((letter["seq"], letter["status"]) for letter in record.letters):
            told = [e.type for e in record.events if e.type in ("undelivered", "delivered") and e.data["seq"] == seq]
            if status in ("dead", "sent"):
                due = "undelivered" if status == "dead" else "delivered" if seq in self.died else None
                assert (told[-1] if told else None) == due, f"letter {seq} is {status}, and the agent was told: {told}"

    # How it ends.

    def teardown(self) -> None:
        if self.sound:
            self.world.tell("everybody goes on until there is nothing left to do")
            self.everybody_goes_on()

    def everybody_goes_on(self) -> None:
        """Customers send again what they did not hear of, replicas work, and nothing is left."""
        for key in list(self.unheard):
            self.receives(key, self.processes[0])
        for _ in range(100):
            before = self.world.told
            self.world.passes(20)
            for process in self.processes:
                process.in_hand.update(self.run(process.holds.claim(self.world.now, 10)))
                for customer, id_ in self.ids.items():
                    if id_ in process.in_hand and id_ not in process.thoughts:
                        self.thinks(process, customer, joined=False)
                    if thought := process.thoughts.pop(id_, None):
                        self.finishes(process, thought, passes_on=False)
                self.takes_letter(process)
                if letter := self.letter_of(process):
                    self.posts(process, letter)
            if self.world.told == before:
                break
        self.look()
        self.nothing_is_left()

    def nothing_is_left(self) -> None:
        """Every message is stored and handled, every letter has arrived or is said not to."""
        records = {customer: self.record(customer) for customer in (APP, WEB)}
        stored = {own_id(message) for record in records.values() for message in record.messages}
        assert stored == set(self.written), "a message is lost"
        for customer, record in records.items():
            for message in record.messages:
                assert message.handled_at, f"message {message.seq} of the {customer} waits for ever"
                # On a person's desk it is handled by being stored, and no turn is about it.
                at_a_desk = message.handled_at == message.at
                assert at_a_desk != (message.seq in record.answered), f"message {message.seq}: by nobody, or twice"
        came, types = set(self.arrived), {event.seq: event.type for event in records[APP].events}
        for letter in records[APP].letters:
            seq, status = letter["seq"], letter["status"]
            assert status in ("sent", "dropped", "dead"), f"letter {seq} waits for ever"
            if status == "sent":
                assert {(seq, part) for part in range(parts(types[seq]))} <= came, f"letter {seq} is lost"


@pytest.mark.parametrize(("database_url", "examples"), [("sqlite", 50), ("postgresql", 12)], indirect=["database_url"])
def test_nothing_is_lost_and_nothing_is_done_twice_whatever_dies(database_url: str, examples: int) -> None:
    tell_stories(Pipeline, database_url, examples, steps=40)
