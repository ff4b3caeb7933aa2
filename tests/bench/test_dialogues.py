"""The script of the benchmark: the same on every machine, and of all kinds of messages."""

from tests.bench.dialogues import FORM, dialogues, mix
from tests.journeys.product import ROOT

DATA = ROOT / "training_data"


def test_customers_say_the_same_every_time() -> None:
    assert dialogues(DATA) == dialogues(DATA)


def test_every_kind_of_message_has_a_share() -> None:
    shares = mix(dialogues(DATA))
    assert abs(sum(shares.values()) - 1) < 1e-9
    assert min(shares.values()) > 0.2


def test_a_quarter_of_the_customers_want_a_ticket_and_give_all_details() -> None:
    found = dialogues(DATA)
    tickets = [each for each in found if each.wants_ticket]
    assert len(tickets) == len(found) / 4
    assert all(set(FORM) < set(each.kinds) for each in tickets)


def test_neither_bot_was_trained_on_what_is_asked() -> None:
    taught = "\n".join(file.read_text("utf-8").lower() for file in (DATA / "nlu" / "en").glob("*.yml")).splitlines()
    asked = {
        text
        for each in dialogues(DATA)
        for text, kind in zip(each.messages, each.kinds, strict=True)
        if kind == "matter"
    }
    assert {text for text in asked if f"    - {text.lower()}" in taught} == set()
