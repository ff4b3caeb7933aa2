"""The way back: a turn's actions are asked of the product that asked for it, however many share the bot."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Iterator

import pytest
from action_server import ActionServer, says

QUESTION = "where is my refund?"


@pytest.fixture
def other() -> Iterator[ActionServer]:
    """A second product."""
    with ActionServer() as actions:
        yield actions


def test_a_turn_that_names_no_address_asks_the_product_of_the_settings(bot, other: ActionServer) -> None:
    bot.said(QUESTION)
    assert (bot.actions.names(), other.names()) == (["action_answer"], [])


def test_every_action_of_a_turn_is_asked_where_the_turn_came_from(bot, other: ActionServer) -> None:
    outcome = bot.said("let me talk to a person", intent="request_human", actions_url=other.url)
    assert other.names() == [w["text"] for w in outcome["words"]] != []
    assert not bot.actions.asked


def test_the_next_turn_is_not_led_where_the_one_before_came_from(bot, other: ActionServer) -> None:
    bot.said(QUESTION, actions_url=other.url)
    bot.said(QUESTION)
    assert (bot.actions.names(), other.names()) == (["action_answer"], ["action_answer"])


def test_turns_of_two_products_at_once_do_not_mix(bot, other: ActionServer) -> None:
    all_are_here = threading.Barrier(8)

    def by(name: str):
        def answer(asked: dict):
            all_are_here.wait(20)
            return says(f"{name} for {asked['sender_id']}")

        return answer

    bot.actions.answers["action_answer"], other.answers["action_answer"] = by("one"), by("other")
    products = {"one": bot.actions, "other": other}
    asked = [(name, f"{name}-{number}") for number in range(4) for name in products]
    with ThreadPoolExecutor(len(asked)) as pool:
        said = pool.map(lambda a: bot.said(QUESTION, sender=a[1], actions_url=products[a[0]].url), asked)
        assert [w["text"] for outcome in said for w in outcome["words"]] == [f"{n} for {sender}" for n, sender in asked]


def test_a_product_that_has_gone_is_told_by_its_address_and_harms_no_other(bot, other: ActionServer) -> None:
    gone = bot.turn(QUESTION, actions_url="http://127.0.0.1:9/actions")
    assert gone.status_code == 502 and "Couldn't connect" in gone.json()["error"]
    assert "http://127.0.0.1:9/actions" in gone.json()["error"]
    bot.said(QUESTION, actions_url=other.url)
    assert other.names() == ["action_answer"]


@pytest.mark.parametrize("url", ["", "127.0.0.1:8000", "file:///etc/passwd", 7, ["http://127.0.0.1"]])
def test_what_is_no_address_is_refused(bot, url) -> None:
    assert bot.turn(QUESTION, actions_url=url).status_code == 400
