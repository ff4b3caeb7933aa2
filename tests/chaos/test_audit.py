"""The audit: a clean story passes, and each way of breaking a promise is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.events import DROPPED, Event

from .audit import LOST, ONCE, ONE_SPEAKER, ORDER, PATIENCE, SEEN, TICKETS, Finding, Kept, Shown, Story, audit

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def message(seq: int, handled: float | None) -> Event:
    at = None if handled is None else after(handled)
    return Event("c", seq, "message", "customer", f"text {seq}", {}, f"m{seq}", 0, None, at, NOON)


def word(seq: int, turn: int, at: float, *, type_: str = "message", epoch: int = 0, **data: object) -> Event:
    return Event("c", seq, type_, "bot", f"text {seq}", data, None, epoch, turn, after(at), after(at))


def takeover(seq: int, at: float) -> Event:
    return Event("c", seq, "owner", "system", "", {"to": "agent"}, None, 1, None, after(at), after(at))


def clean() -> tuple[Story, Kept]:
    """A question, two messages joined into one turn, a ticket, and a takeover during the last turn."""
    events = [
        message(1, 1.0),
        word(2, 1, 1.0),
        word(3, 1, 1.0),
        message(4, 2.0),
        message(5, 2.0),
        word(6, 5, 2.0, type_="ticket", ticket={"number": "T-1"}),
        message(7, 4.0),
        takeover(8, 3.0),
        word(9, 7, 4.0, type_=DROPPED),
        message(10, 5.0),
    ]
    kept = Kept(events, ["T-1"], [1, 5, 7])
    sent = {f"m{seq}": seq for seq in (1, 4, 5, 7, 10)}
    return (
        Story(
            "c",
            "taken",
            {id_: f"text {seq}" for id_, seq in sent.items()},
            {id_: [seq, seq] for id_, seq in sent.items()},
            [Shown(e.seq, e.type, e.role, e.text) for e in events if e.type != DROPPED],
            1,
            True,
        ),
        kept,
    )


def found(story: Story, kept: Kept) -> set[str]:
    return {finding.promise for finding in audit(story, kept)}


def test_a_clean_story_passes() -> None:
    assert audit(*clean()) == []


def with_event(kept: Kept, at: int, **changes: object) -> Kept:
    return replace(kept, events=[replace(e, **changes) if e.seq == at else e for e in kept.events])  # type: ignore[arg-type]


def without(kept: Kept, *seqs: int) -> Kept:
    return replace(kept, events=[e for e in kept.events if e.seq not in seqs])


def in_between(kept: Kept, event: Event) -> Kept:
    """An event put at the end, in its own place."""
    return replace(kept, events=[*kept.events, event])


DOCTORED: dict[str, tuple[str, Callable[[Kept], Kept]]] = {
    "a message that is not there": (LOST, lambda k: without(k, 10)),
    "a message with other words": (LOST, lambda k: with_event(k, 4, text="other")),
    "a message nobody handled": (LOST, lambda k: with_event(k, 10, handled_at=None)),
    "a message handled without an answer": (LOST, lambda k: without(k, 2, 3)),
    "a joined turn without an answer": (LOST, lambda k: without(k, 6)),
    "a message stored twice": (ONCE, lambda k: in_between(k, replace(message(11, 6.0), client_id="m1"))),
    "a message nobody sent": (ONCE, lambda k: in_between(k, message(11, 6.0))),
    "an answer dropped without a takeover": (LOST, lambda k: with_event(k, 6, type=DROPPED)),
    "a second turn for a message": (ONCE, lambda k: in_between(k, word(11, 1, 6.0, type_=DROPPED))),
    "a second turn for a part of a joined one": (ONCE, lambda k: with_event(k, 3, turn=4)),
    "a turn that was counted twice": (ONCE, lambda k: replace(k, traces=[1, 5, 5, 7])),
    "a word out of nowhere": (ONCE, lambda k: with_event(k, 2, turn=2)),
    "a gap": (ORDER, lambda k: without(k, 9)),
    "a double place": (ORDER, lambda k: with_event(k, 10, seq=9)),
    "an earlier message answered later": (ORDER, lambda k: in_between(k, word(11, 1, 6.0))),
    "a word before its message": (ORDER, lambda k: with_event(k, 2, turn=4)),
    "turns inside of each other": (ORDER, lambda k: with_event(k, 5, handled_at=after(1.0))),
    "a bot word after the takeover": (ONE_SPEAKER, lambda k: with_event(k, 9, type="message")),
    "a bot word of an old epoch": (
        ONE_SPEAKER,
        lambda k: with_event(with_event(k, 8, data={"to": "bot"}), 9, type="m"),
    ),
    "no ticket": (TICKETS, lambda k: replace(k, tickets=[])),
    "two tickets": (TICKETS, lambda k: replace(k, tickets=["T-1", "T-2"])),
    "a ticket the customer was not told of": (TICKETS, lambda k: replace(k, tickets=["T-2"])),
    "a ticket told twice": (TICKETS, lambda k: in_between(k, replace(k.events[5], seq=11))),
}


@pytest.mark.parametrize("what", DOCTORED)
def test_it_is_found_in_the_database(what: str) -> None:
    promise, doctor = DOCTORED[what]
    story, kept = clean()
    assert promise in found(story, doctor(kept))


SAW: dict[str, tuple[str, Callable[[Story], object]]] = {
    "an acknowledged message of which nothing is there": (LOST, lambda s: s.acknowledged.update(m99=[99])),
    "a resent message with another place": (ONCE, lambda s: s.acknowledged.update(m1=[1, 4])),
    "an event twice": (SEEN, lambda s: s.seen.insert(3, s.seen[2])),
    "events in another order": (SEEN, lambda s: s.seen.insert(0, s.seen.pop(1))),
    "an event missing": (SEEN, lambda s: s.seen.pop(3)),
    "a word that is not stored so": (SEEN, lambda s: s.seen.__setitem__(1, replace(s.seen[1], text="other"))),
    "a dropped word": (SEEN, lambda s: s.seen.insert(7, Shown(9, "message", "bot", "text 9"))),
    "silence": (PATIENCE, lambda s: s.complaints.append("silence")),
}


@pytest.mark.parametrize("what", SAW)
def test_it_is_found_in_what_the_customer_saw(what: str) -> None:
    promise, doctor = SAW[what]
    story, kept = clean()
    doctor(story)
    assert promise in found(story, kept)


def test_a_takeover_excuses_silence_only_from_its_moment_on() -> None:
    story, kept = clean()
    assert LOST in found(story, without(with_event(kept, 7, handled_at=after(2.5)), 9))


def test_the_bot_may_speak_unasked_only_when_it_gets_the_conversation_back() -> None:
    story, kept = clean()
    back = replace(takeover(11, 6.0), data={"to": "bot"}, epoch=2)
    word_ = replace(word(12, 0, 6.0, epoch=2), turn=None)
    story.seen += [Shown(11, "owner", "system", ""), Shown(12, "message", "bot", "text 12")]
    assert audit(story, in_between(in_between(kept, back), word_)) == []
    assert ONCE in found(story, in_between(in_between(kept, back), replace(word_, at=after(7.0))))


def test_a_finding_says_where_it_is() -> None:
    assert str(Finding(LOST, "abc", "message 3 is not handled")) == (
        "nothing is lost: message 3 is not handled (conversation abc)"
    )
