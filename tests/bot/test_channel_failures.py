"""A turn that goes wrong: Rasa swallows it and says 200; our doorway says what went wrong, and forgets the turn."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from action_server import says
from components import channel

QUESTION = "where is my refund?"


@pytest.fixture(autouse=True)
def nothing_is_left(bot):
    yield
    assert not bot.store._turns


@pytest.mark.parametrize("status", [403, 404, 409, 500])
def test_a_failed_action_is_not_silence_that_looks_like_success(bot, status: int) -> None:
    bot.actions.answers["action_answer"] = (status, {"error": "no", "action_name": "action_answer"})
    answer = bot.turn(QUESTION)
    assert answer.status_code == 502 and "Failed to execute custom action 'action_answer'" in answer.json()["error"]
    assert answer.json()["words"] == [] and answer.json()["reading"]["intent"]["name"]


def test_actions_that_cannot_be_reached_are_told(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.app.ctx.agent.processor.action_endpoint, "url", "http://127.0.0.1:9/nobody")
    answer = bot.turn(QUESTION)
    assert answer.status_code == 502 and "Couldn't connect" in answer.json()["error"]


@pytest.mark.parametrize("answer", [{"events": "none"}, {"events": [{"event": "slot"}]}, [], "words"])
def test_an_action_that_answers_nonsense_is_told(bot, answer) -> None:
    bot.actions.answers["action_answer"] = (200, answer)
    assert bot.turn(QUESTION).status_code == 502


def test_a_failure_after_words_is_told_with_the_words(bot) -> None:
    bot.actions.answers["validate_ticket_form"] = bot.actions.answers["action_ask_ticket_form_question"] = (500, {})
    answer = bot.turn("let me talk to a person", intent={"name": "request_human"})
    assert bot.actions.names()[0] == "action_request_person"
    assert answer.status_code == 502 and "action_request_person" in [w["text"] for w in answer.json()["words"]]


def test_an_action_without_a_word_is_visibly_without_a_word(bot) -> None:
    bot.actions.answers["action_answer"] = says()
    assert bot.said(QUESTION)["words"] == []


def test_the_failure_of_one_conversation_is_not_told_to_another(bot) -> None:
    both_are_here = threading.Barrier(2)

    def answer(asked: dict):
        both_are_here.wait(20)
        return (500, {}) if asked["sender_id"] == "ana" else says("ok")

    bot.actions.answers["action_answer"] = answer
    with ThreadPoolExecutor(2) as pool:
        turns = [pool.submit(bot.turn, QUESTION, sender) for sender in ("ana", "ben")]
        assert [turn.result().status_code for turn in turns] == [502, 200]


def test_an_error_of_rasas_own_is_told(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_):
        raise ValueError("the graph is torn")

    monkeypatch.setattr(bot.app.ctx.agent.processor, "predict_next_with_tracker_if_should", fails)
    answer = bot.turn(QUESTION)
    assert (answer.status_code, answer.json()) == (500, {"error": "ValueError: the graph is torn"})


def test_an_endless_turn_is_stopped_and_told(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.app.ctx.agent.processor, "max_number_of_predictions", 1)
    answer = bot.turn("let me talk to a person", intent={"name": "request_human"})
    assert answer.status_code == 502 and "Circuit breaker" in answer.json()["error"]


class Held:
    """An action that does not answer until it may."""

    def __init__(self, bot) -> None:
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        bot.actions.answers["action_answer"] = self

    def __call__(self, asked: dict):
        self.begun.set()
        self.may_go_on.wait(20)
        return says("at last")


def test_a_second_message_during_a_turn_is_refused_and_does_no_harm(bot) -> None:
    held = Held(bot)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(bot.said, QUESTION, slots={"name": "Ana"})
        assert held.begun.wait(20)
        second = bot.turn("hello")
        held.may_go_on.set()
        assert second.status_code == 409 and "still being thought about" in second.json()["error"]
        assert [w["text"] for w in first.result()["words"]] == ["at last"] and first.result()["slots"]["name"] == "Ana"


def test_a_turn_takes_no_longer_than_its_limit(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(bot)
    monkeypatch.setattr(channel, "TURN_SECONDS", 0.3)
    answer = bot.turn(QUESTION)
    held.may_go_on.set()
    assert (answer.status_code, answer.json()) == (504, {"error": "the turn took longer than 0.3 s"})


def test_a_turn_the_product_gave_up_is_forgotten_at_once(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    held, forgotten, finish = Held(bot), threading.Event(), bot.store.finish

    def finish_and_tell(sender: str):
        tracker = finish(sender)
        forgotten.set()
        return tracker

    monkeypatch.setattr(bot.store, "finish", finish_and_tell)
    with pytest.raises(requests.ReadTimeout):
        bot.turn(QUESTION, timeout=0.5)
    assert forgotten.wait(10), "the turn goes on although nobody waits for it"
    held.may_go_on.set()
    assert bot.said("hello")["words"]
