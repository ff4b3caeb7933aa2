"""The doorway: who may enter, what goes in, and what comes out of a turn that goes well."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from action_server import says
from components.channel import SECRET_VARIABLE, FrontdoorChannel
from rasa.shared.exceptions import RasaException
from served import SECRET


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "ключ".encode(), b"\xff\xfe"])
@pytest.mark.parametrize(("path", "body"), [("ready", None), ("turn", {"sender": "ana", "text": "hi"})])
def test_a_wrong_secret_is_turned_away(bot, secret, path: str, body) -> None:
    answer = bot.call(path, body, secret)
    assert (answer.status_code, answer.json()) == (403, {"error": "wrong secret"})
    assert not bot.actions.asked


@pytest.mark.parametrize("secret", [None, "", "short", "x" * 31])
def test_without_a_proper_secret_the_channel_does_not_open(monkeypatch: pytest.MonkeyPatch, secret) -> None:
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    if secret is not None:
        monkeypatch.setenv(SECRET_VARIABLE, secret)
    with pytest.raises(RasaException, match="at least 32 characters"):
        FrontdoorChannel.from_credentials(None)


def test_ready_names_the_model(bot) -> None:
    assert bot.call("ready").json()["model"] == "bot.tar.gz"


def test_without_a_model_it_says_so(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.app.ctx, "agent", None)
    assert bot.call("ready").status_code == bot.turn("hi").status_code == 503


@pytest.mark.parametrize("body", [{"text": "hi"}, {"sender": None, "text": "hi"}, {"sender": "ana"}, [], "hi", 7])
def test_a_message_without_a_sender_or_a_text_is_refused(bot, body) -> None:
    assert bot.call("turn", body).status_code == 400


def test_malformed_json_is_refused(bot) -> None:
    answer = requests.post(f"{bot.url}/webhooks/frontdoor/turn", "{", headers={"X-Frontdoor-Secret": SECRET}, timeout=9)
    assert answer.status_code == 400


@pytest.mark.parametrize(("language", "word"), [("en", "Hello"), ("zh", "您好"), ("ko", "안녕하세요"), (None, "Hello")])
def test_small_talk_is_spoken_in_the_customers_language(bot, language, word: str) -> None:
    outcome = bot.said("hello", slots={"language": language})
    assert [w["text"].startswith(word) for w in outcome["words"]] == [True]
    assert outcome["reading"]["intent"]["name"] == "greet" and not bot.actions.asked


def test_every_turn_can_say_why(bot) -> None:
    outcome = bot.said("where is my refund?")
    assert [a["name"] for a in outcome["actions"]] == ["action_answer", "action_listen"]
    assert {a["policy"] for a in outcome["actions"]} <= {"RulePolicy", None}
    reading = outcome["reading"]
    assert reading["ranking"][0]["name"] == reading["intent"]["name"]
    assert 0 < reading["scope"]["threshold"] <= reading["scope"]["score"] <= 1 and reading["scope"]["nearest"]


def test_an_actions_words_arrive_whole(bot) -> None:
    button = {"title": "Refunds", "payload": "choose_article", "value": "refunds"}
    hung = {"type": "suggestion", "sources": [{"permalink": "refunds"}]}
    bot.actions.answers["action_answer"] = says("One of these?", "Or this?", buttons=[button], custom=hung)
    words = bot.said("where is my refund")["words"]
    assert [(w["text"], w["buttons"], w["custom"]) for w in words] == [
        ("One of these?", [button], hung),
        ("Or this?", [button], hung),
    ]


def test_actions_are_asked_with_the_secret_and_the_customers_words(bot) -> None:
    bot.said("where is my refund?", sender="conversation-7")
    [asked] = bot.actions.asked
    assert (asked["next_action"], asked["sender_id"], asked["secret"]) == ("action_answer", "conversation-7", SECRET)
    assert asked["tracker"]["latest_message"]["text"] == "where is my refund?" and "domain" not in asked


def test_a_button_says_what_is_meant_and_the_classifier_is_not_asked(bot) -> None:
    outcome = bot.said("Where is my parcel?", intent="choose_article")
    assert bot.actions.names() == ["action_open_article"]
    assert outcome["reading"] == {"intent": {"name": "choose_article", "confidence": 1.0}, "ranking": [], "scope": None}


def test_state_goes_in_and_comes_out(bot) -> None:
    known = {"language": "ko", "name": "Ana", "question": "Where is it?", "fax": "a slot of an older model"}
    events = [{"event": "slot", "name": "order_number", "value": "LL-20418837"}]
    bot.actions.answers["validate_ticket_form"] = says(events=events)
    outcome = bot.said("LL-20418837", slots=known, active_loop="ticket_form", intent="give_details")
    del known["fax"]
    assert {name: outcome["slots"][name] for name in known} == known
    assert outcome["slots"]["order_number"] == "LL-20418837" and "fax" not in outcome["slots"]
    assert outcome["active_loop"] == "ticket_form" and outcome["slots"]["requested_slot"] == "contact"
    assert [w["text"] for w in outcome["words"]] == ["action_ask_ticket_form_contact"]


def test_a_form_that_is_complete_ends_in_its_ticket(bot) -> None:
    known = {"question": "q", "name": "n", "contact": "c", "order_number": "o"}
    bot.actions.answers["validate_ticket_form"] = says(
        events=[{"event": "slot", "name": "confirmation", "value": "yes"}]
    )
    outcome = bot.said("yes", slots=known, active_loop="ticket_form", intent="affirm")
    assert outcome["active_loop"] is None and [w["text"] for w in outcome["words"]] == ["action_open_ticket"]


def test_a_form_of_an_older_model_does_not_break_the_turn(bot) -> None:
    outcome = bot.said("hello", active_loop="fax_form")
    assert outcome["active_loop"] is None and outcome["words"]


def test_nothing_is_remembered_between_turns(bot) -> None:
    bot.actions.answers["action_answer"] = says("ok", events=[{"event": "slot", "name": "name", "value": "Ana"}])
    first = bot.said("where is my refund?", slots={"language": "zh"}, active_loop=None)
    assert first["slots"]["name"] == "Ana" and asyncio.run(bot.store.keys()) == []
    second = bot.said("where is my refund?")
    before, now = (asked["tracker"] for asked in bot.actions.asked)
    assert now["slots"]["name"] is now["slots"]["language"] is None and second["slots"] == {"name": "Ana"}
    # So the three-hundredth turn costs what the first did.
    assert len(now["events"]) == len(before["events"]) - 1


def test_two_conversations_at_once_do_not_mix(bot) -> None:
    both_are_here = threading.Barrier(2)

    def answer(asked: dict):
        both_are_here.wait(20)
        name = {"event": "slot", "name": "name", "value": asked["sender_id"]}
        return says(f"for {asked['sender_id']}, who writes {asked['tracker']['slots']['language']}", events=[name])

    bot.actions.answers["action_answer"] = answer
    with ThreadPoolExecutor(2) as pool:
        turns = [
            pool.submit(bot.said, "where is my refund?", sender=sender, slots={"language": language})
            for sender, language in (("ana", "ko"), ("ben", "zh"))
        ]
        ana, ben = (turn.result() for turn in turns)
    assert [w["text"] for w in ana["words"]] == ["for ana, who writes ko"] and ana["slots"]["name"] == "ana"
    assert [w["text"] for w in ben["words"]] == ["for ben, who writes zh"] and ben["slots"]["name"] == "ben"
