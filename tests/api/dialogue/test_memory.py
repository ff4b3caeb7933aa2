"""Memory: what the bot remembers survives the database, and an older version of itself."""

import json

import pytest

from api.dialogue.memory import ANSWERS, Memory, Offered, Tried
from handoff.intake import Intake

FULL = Memory(
    awaiting="helped",
    question="where is my parcel",
    topic="delivery_late",
    kind="person",
    intake=Intake.start("ko", "refund", question="환불", known={"name": "김민수"}).take("nope@", requested="contact"),
    tried=[Tried("/en/late/", "Late", "/en/late/#x", "rejected"), Tried("/en/other/", "Other", "", "suggested")],
    offered=[Offered("Late", "choose_article", "/en/late/"), Offered("No", "deny")],
    other_article="/zh/late/",
    misses=2,
    ticket_round=1,
    tickets=["FD-ABC234"],
    told_of_trouble=True,
)


@pytest.mark.parametrize("memory", [Memory(), FULL])
def test_what_was_remembered_comes_back_as_it_was(memory: Memory) -> None:
    stored = json.loads(json.dumps(memory.to_dict(), ensure_ascii=False, allow_nan=False))
    assert Memory.from_dict(stored).to_dict() == memory.to_dict()
    assert Memory.from_dict(stored).tried == memory.tried


@pytest.mark.parametrize("stored", [None, {}, [], "x", {"from_a_later_version": 1}, {"misses": 3}])
def test_what_an_older_or_later_version_stored_is_no_error(stored: object) -> None:
    assert Memory.from_dict(stored).tried == []


@pytest.mark.parametrize("typed", ["Late", " late ", "LATE", "la te"])
def test_a_button_is_pressed_by_its_words(typed: str) -> None:
    pressed = FULL.pressed(typed)
    assert (pressed.value if pressed else None) == (None if typed == "la te" else "/en/late/")


def test_only_passages_that_were_told_are_not_told_again() -> None:
    assert FULL.given() == {"/en/late/#x"}


def test_a_conversation_without_end_is_not_remembered_without_end() -> None:
    memory, sizes = Memory(), []
    for number in range(2_000):
        memory.tried.append(Tried(f"/en/{number}/", f"Article {number}", f"/en/{number}/#x"))
        memory.tried += [Tried(f"/en/named/{n}/", "Named", "", "suggested") for n in range(number, number + 3)]
        memory.tickets.append(f"FD-{number:06}")
        memory.told_orders.append(f"LL-{number:08}")
        memory = Memory.from_dict(json.loads(json.dumps(memory.to_dict())))
        sizes.append(len(json.dumps(memory.to_dict())))
    assert max(sizes) < 20_000
    # It stopped growing long before the end.
    assert max(sizes[200:]) - min(sizes[200:]) < 2_000
    assert "/en/1999/#x" in memory.given() and len(memory.given()) == ANSWERS


def test_what_was_tried_again_counts_as_tried_last_and_keeps_what_came_of_it() -> None:
    memory = Memory(
        tried=[
            Tried("/a/", "A", "", "rejected"),
            Tried("/b/", "B", "/b/#x", "rejected"),
            Tried("/a/", "A", "", "suggested"),
            Tried("/a/", "A", "/a/#y", "shown"),
        ]
    )
    kept = Memory.from_dict(memory.to_dict()).tried
    assert [(t.passage or t.permalink, t.outcome) for t in kept] == [
        ("/b/#x", "rejected"),
        ("/a/", "suggested"),
        ("/a/#y", "shown"),
    ]


@pytest.mark.parametrize("typed", ["the first one", "第一个", "1"])
def test_a_question_of_theirs_is_named_by_its_place(typed: str) -> None:
    shown = [Offered("the kettle", "did_not_help", "the kettle"), Offered("the refund", "did_not_help", "the refund")]
    pressed = Memory(offered=shown).pressed(typed)
    assert pressed is not None and pressed.value == "the kettle"


def test_the_way_to_no_answer_is_not_chosen_by_a_number() -> None:
    assert Memory(offered=[Offered("That's not it", "did_not_help")]).pressed("1") is None
