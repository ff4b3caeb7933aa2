"""A burst: what is answered together, and when."""

from datetime import timedelta

from api.dialogue.burst import LONGEST, joined, next_burst
from api.dialogue.memory import Memory, Offered
from handoff.events import Event
from tests.api.stand import NOW

QUIET = timedelta(seconds=1.2)


def wrote(*texts: str, every: float = 0.5) -> list[Event]:
    """Messages of one customer, so many seconds apart."""
    moments = [NOW + timedelta(seconds=every) * number for number in range(len(texts))]
    return [
        Event("c", number + 1, "message", "customer", text, {}, None, 0, None, None, at)
        for number, (text, at) in enumerate(zip(texts, moments, strict=True))
    ]


def test_a_lone_message_is_due_after_the_quiet_time() -> None:
    [message] = wrote("hello")
    burst = next_burst([message], Memory(), QUIET, 2000)
    assert (burst.messages, burst.due_at) == ((message,), NOW + QUIET)


def test_what_follows_belongs_to_it_and_starts_the_quiet_time_anew() -> None:
    messages = wrote("hi", "my kettle", "it leaks")
    burst = next_burst(messages, Memory(), QUIET, 2000)
    assert (burst.messages, burst.due_at) == (tuple(messages), messages[-1].at + QUIET)


def test_who_never_stops_is_answered_all_the_same() -> None:
    burst = next_burst(wrote(*"abcdefghijkl", every=1), Memory(), QUIET, 2000)
    assert burst.due_at == NOW + LONGEST * QUIET


def test_without_a_quiet_time_each_message_is_answered_by_itself_at_once() -> None:
    messages = wrote("one", "two")
    burst = next_burst(messages, Memory(), timedelta(0), 2000)
    assert (burst.messages, burst.due_at) == ((messages[0],), NOW)


def test_a_pressed_button_is_answered_at_once_and_alone() -> None:
    memory = Memory(offered=[Offered("Yes, please", "affirm")])
    messages = wrote("Yes, please", "and quickly")
    burst = next_burst(messages, memory, QUIET, 2000)
    assert (burst.messages, burst.due_at) == ((messages[0],), NOW)


def test_what_was_written_before_a_button_is_not_joined_with_it() -> None:
    memory = Memory(offered=[Offered("Yes, please", "affirm")])
    messages = wrote("hm", "let me think", "Yes, please")
    burst = next_burst(messages, memory, QUIET, 2000)
    assert (burst.messages, burst.due_at) == (tuple(messages[:2]), NOW)


def test_no_more_is_joined_than_a_turn_reads() -> None:
    messages = wrote("a" * 15, "b" * 15, "c" * 15)
    burst = next_burst(messages, Memory(), QUIET, 31)
    assert (burst.messages, burst.due_at) == (tuple(messages[:2]), NOW)


def test_a_greeting_is_left_out_when_other_pieces_say_something() -> None:
    assert joined(wrote("hi", "my kettle leaks", "thanks!")) == "my kettle leaks"


def test_greetings_alone_stay_what_they_are() -> None:
    assert joined(wrote("hi")) == "hi"
    assert joined(wrote("hi", "hello?")) == "hi\nhello?"
