"""A tracker lives for one turn: it is rebuilt from what the product kept, and forgotten when the turn is over."""

import asyncio

import pytest
from components.turn_trackers import TurnTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

DOMAIN = """
slots:
  name: {type: text, mappings: [{type: custom}]}
  language: {type: text, mappings: [{type: custom}]}
forms:
  ticket_form: {required_slots: [name]}
"""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> TurnTrackerStore:
    monkeypatch.setattr(TurnTrackerStore, "current", None)
    return TurnTrackerStore(Domain.from_yaml(DOMAIN))


def test_the_tracker_stands_as_after_the_last_turn(store: TurnTrackerStore) -> None:
    store.begin("ana", {"name": "Ana", "language": "ko"}, "ticket_form")
    tracker = asyncio.run(store.retrieve("ana"))
    assert (tracker.get_slot("name"), tracker.get_slot("language")) == ("Ana", "ko")
    assert tracker.active_loop_name == "ticket_form" and tracker.latest_action_name == "action_listen"


def test_what_an_older_model_knew_and_this_one_does_not_is_left_behind(store: TurnTrackerStore) -> None:
    store.begin("ana", {"name": "Ana", "fax": "1"}, "fax_form")
    tracker = store.finish("ana")
    assert "fax" not in tracker.slots and tracker.get_slot("name") == "Ana" and tracker.active_loop is None


def test_after_the_turn_nothing_is_held(store: TurnTrackerStore) -> None:
    store.begin("ana", {"name": "Ana"}, None)
    assert store.holds("ana") and asyncio.run(store.keys()) == ["ana"]
    assert store.finish("ana").get_slot("name") == "Ana"
    assert not store.holds("ana") and asyncio.run(store.keys()) == []
    assert asyncio.run(store.retrieve("ana")) is None and store.finish("ana") is None


def test_a_turn_that_was_given_up_cannot_come_back(store: TurnTrackerStore) -> None:
    store.begin("ana", {}, None)
    late = store.finish("ana")
    asyncio.run(store.save(late))
    assert not store.holds("ana")


def test_two_turns_do_not_mix(store: TurnTrackerStore) -> None:
    store.begin("ana", {"name": "Ana"}, None)
    store.begin("ben", {}, "ticket_form")
    asyncio.run(store.retrieve("ben")).update(SlotSet("language", "zh"), store.domain)
    ana, ben = store.finish("ana"), store.finish("ben")
    assert (ana.get_slot("name"), ana.get_slot("language"), ana.active_loop_name) == ("Ana", None, None)
    assert (ben.get_slot("name"), ben.get_slot("language"), ben.active_loop_name) == (None, "zh", "ticket_form")
