"""Intents are read from the domain, and a mistyped one is recognised."""

from pathlib import Path

import pytest

from training_data.intents import NoIntents, declared, nearest

DOMAIN = Path(__file__).parents[2] / "bot" / "domain" / "intents.yml"


def test_what_only_a_button_says_needs_no_examples() -> None:
    names = declared(DOMAIN)
    assert "refund" in names and "out_of_scope" in names
    assert "choose_article" not in names


def test_an_intent_with_settings_of_its_own_is_read_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "intents.yml"
    file.write_text("intents:\n- greet\n- refund:\n    use_entities: []\n")
    assert declared(file) == ("greet", "refund")


@pytest.mark.parametrize("content", ["", "intents: 3", "nothing: here", "intents: [", "intents:\n- {}\n"])
def test_a_domain_without_a_list_of_intents_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "intents.yml"
    file.write_text(content)
    with pytest.raises(NoIntents, match=r"intents\.yml"):
        declared(file)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refunds", "refund"),
        ("odrer_status", "order_status"),
        ("Request-Human", "request_human"),
        ("greetings", "greet"),
    ],
)
def test_a_mistyped_name_finds_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, declared(DOMAIN)) == meant


@pytest.mark.parametrize("typed", ["weather", "xyz", "预约"])
def test_a_new_name_is_not_taken_for_a_mistyped_one(typed: str) -> None:
    assert nearest(typed, declared(DOMAIN)) is None
