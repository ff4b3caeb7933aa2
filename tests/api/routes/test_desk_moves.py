"""A conversation at the desk: taken by one, refused to the other, passed, put aside, given back, and ended."""

import asyncio
from datetime import timedelta

import pytest

from ..stand import Stand
from .desk import Browser, Office, customers_view


async def test_a_waiting_conversation_is_taken_with_one_request_and_the_customer_is_told(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    (item,) = await kim.view("queue")
    assert item["id"] == waiting
    assert item["place"]["rank"] == 1
    assert item["reason"] == "explicit_request"
    taken = (await kim.move(waiting, "claim", epoch=item["epoch"])).json()["conversation"]
    assert taken["owner"] == "agent"
    assert taken["agent"] == {"name": "kim", "display": "Kim"}
    assert taken["epoch"] == item["epoch"] + 1
    assert taken["place"] is None
    assert "Kim" in (await customers_view(stand, waiting))[-1]
    assert await kim.view("queue") == []
    assert [one["id"] for one in await kim.view("mine")] == [waiting]


async def test_the_second_claimer_is_told_who_has_it(kim: Browser, lee: Browser, waiting: str) -> None:
    first, second = await asyncio.gather(
        kim.post(f"conversations/{waiting}/claim", epoch=1), lee.post(f"conversations/{waiting}/claim", epoch=1)
    )
    won, lost = (first, second) if first.status_code == 200 else (second, first)
    assert (won.status_code, lost.status_code) == (200, 409)
    holder = won.json()["conversation"]["agent"]
    assert lost.json()["code"] == "already_claimed"
    assert lost.json()["by"] == holder
    assert holder["display"] in lost.json()["message"]
    assert lost.json()["epoch"] == 2


async def test_claiming_twice_is_no_error_and_says_nothing_twice(kim: Browser, stand: Stand, waiting: str) -> None:
    await kim.move(waiting, "claim", epoch=1)
    before = await customers_view(stand, waiting)
    await kim.move(waiting, "claim", epoch=1)
    assert await customers_view(stand, waiting) == before


async def test_a_move_on_old_knowledge_is_refused_with_what_is_so_now(kim: Browser, waiting: str) -> None:
    answer = await kim.post(f"conversations/{waiting}/claim", epoch=0)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert answer.json()["epoch"] == 1
    assert answer.json()["owner"] == "queue"


@pytest.mark.parametrize("move", ["claim", "release", "pass", "close", "snooze", "reply", "note"])
async def test_a_conversation_nobody_opened_is_not_found(kim: Browser, move: str) -> None:
    bodies = {
        "release": {"to": "queue"},
        "pass": {"team": "support"},
        "close": {"outcome": "solved"},
        "snooze": {"until": None},
        "reply": {"id": "1", "text": "hello"},
        "note": {"id": "1", "text": "hello"},
    }
    answer = await kim.post(f"conversations/none/{move}", **{"epoch": 0, **bodies.get(move, {})})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_agents_words_reach_the_customer_once_however_often_they_are_sent(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    said = {"id": "c1", "epoch": 2, "text": "Hello, let me look."}
    first = (await kim.post(f"conversations/{waiting}/reply", **said)).json()
    again = (await kim.post(f"conversations/{waiting}/reply", **said)).json()
    assert first["fresh"]
    assert again == {"seq": first["seq"], "fresh": False}
    assert (await customers_view(stand, waiting)).count("Hello, let me look.") == 1
    event = (await kim.one(waiting))["events"][-1]
    assert event["role"] == "agent"
    assert event["speaker"] == {"name": "kim", "display": "Kim"}


async def test_who_has_it_no_more_is_refused_and_the_customer_sees_nothing(
    kim: Browser, lee: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    other = await lee.post(f"conversations/{waiting}/reply", id="1", epoch=2, text="me too")
    assert (other.status_code, other.json()["code"]) == (409, "already_claimed")
    await kim.move(waiting, "release", epoch=2, to="queue")
    late = await kim.post(f"conversations/{waiting}/reply", id="2", epoch=2, text="one more thing")
    assert (late.status_code, late.json()["code"]) == (409, "not_yours")
    await kim.move(waiting, "claim", epoch=3)
    old = await kim.post(f"conversations/{waiting}/reply", id="3", epoch=2, text="from before")
    assert (old.status_code, old.json()["code"]) == (409, "stale")
    said = await customers_view(stand, waiting)
    assert not {"me too", "one more thing", "from before"} & set(said)


async def test_while_an_agent_has_it_the_customers_words_wait_for_them_and_are_unread(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    await kim.one(waiting)
    await kim.post(f"conversations/{waiting}/reply", id="1", epoch=2, text="Which teapot?")
    assert [one["id"] for one in await kim.view("waiting")] == [waiting]
    stand.now += timedelta(minutes=1)
    await stand.events.receive(waiting, "x", "the blue one", stand.now)
    (item,) = await kim.view("mine")
    assert item["unread"] == 1
    assert item["waiting_since"] == stand.now.isoformat()
    assert item["last"] == {"text": "the blue one", "role": "customer", "at": stand.now.isoformat()}
    assert await kim.view("waiting") == []
    await kim.one(waiting)
    assert (await kim.view("mine"))[0]["unread"] == 0


async def test_a_note_is_seen_by_colleagues_and_never_by_the_customer(
    kim: Browser, lee: Browser, stand: Stand, waiting: str
) -> None:
    before = await customers_view(stand, waiting)
    for _ in range(2):
        answer = await kim.post(f"conversations/{waiting}/note", id="n", text="careful, third time")
        assert answer.status_code == 200
    notes = [e for e in (await lee.one(waiting))["events"] if e["type"] == "note"]
    assert [(e["text"], e["speaker"]["display"]) for e in notes] == [("careful, third time", "Kim")]
    assert await customers_view(stand, waiting) == before


async def test_given_back_to_the_bot_the_bot_answers_again(kim: Browser, stand: Stand, waiting: str) -> None:
    await kim.move(waiting, "claim", epoch=1)
    back = (await kim.move(waiting, "release", epoch=2, to="bot", note="knows all now")).json()["conversation"]
    assert back["owner"] == "bot"
    assert "Kim" in (await customers_view(stand, waiting))[-1]
    assert await stand.say(waiting, "and the lid?") == ["You said: and the lid?"]


async def test_passed_to_a_colleague_it_is_theirs_with_the_note(kim: Browser, lee: Browser, waiting: str) -> None:
    await kim.move(waiting, "claim", epoch=1)
    passed = (await kim.move(waiting, "pass", epoch=2, agent="lee", note="you know teapots")).json()["conversation"]
    assert passed["agent"]["name"] == "lee"
    assert [one["id"] for one in await lee.view("mine")] == [waiting]
    types = [(e["type"], e["text"]) for e in (await lee.one(waiting))["events"]]
    assert ("note", "you know teapots") in types


async def test_nobody_is_passed_what_they_are_not_there_for(
    kim: Browser, lee: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    await lee.post("presence", available=False)
    answer = await kim.post(f"conversations/{waiting}/pass", epoch=2, agent="lee")
    assert (answer.status_code, answer.json()["code"]) == (409, "full")
    assert "Lee" in answer.json()["message"]
    assert (await kim.post(f"conversations/{waiting}/pass", epoch=2, agent="nobody")).status_code == 422
    assert (await kim.post(f"conversations/{waiting}/pass", epoch=2, team="nobody")).status_code == 422
    assert (await kim.post(f"conversations/{waiting}/pass", epoch=2)).status_code == 422


async def test_passed_to_a_team_only_that_team_sees_it(office: Office, kim: Browser, waiting: str) -> None:
    money = await office.person("money", teams=["billing"])
    goods = await office.person("goods", teams=["support"])
    passed = (await kim.move(waiting, "pass", epoch=1, team="billing", note="a refund")).json()["conversation"]
    assert passed["owner"] == "queue"
    assert passed["team"] == "billing"
    assert [one["id"] for one in await money.view("queue")] == [waiting]
    assert await goods.view("queue") == []
    assert [one["id"] for one in await kim.view("queue")] == [waiting]


async def test_a_colleagues_conversation_is_changed_by_a_supervisor_and_by_no_other_agent(
    kim: Browser, lee: Browser, boss: Browser, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    for move, body in (("release", {"to": "queue"}), ("close", {"outcome": "solved"}), ("pass", {"agent": "lee"})):
        refused = await lee.post(f"conversations/{waiting}/{move}", epoch=2, **body)
        assert refused.status_code == 409
    taken = (await boss.move(waiting, "pass", epoch=2, agent="boss")).json()["conversation"]
    assert taken["agent"]["name"] == "boss"


async def test_what_is_put_aside_comes_back_by_itself_and_when_the_customer_writes(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    until = (stand.now + timedelta(hours=1)).isoformat()
    for wakes in ("time", "customer"):
        snoozed = (await kim.move(waiting, "snooze", until=until)).json()["conversation"]
        assert snoozed["snoozed_until"] == until
        assert await kim.view("mine") == []
        assert [one["id"] for one in await kim.view("waiting")] == [waiting]
        assert (await kim.get("agents")).json()["agents"][0]["load"] == 0
        if wakes == "time":
            stand.now += timedelta(hours=1)
            until = (stand.now + timedelta(hours=1)).isoformat()
        else:
            await stand.events.receive(waiting, "x", "are you there?", stand.now)
        assert [one["id"] for one in await kim.view("mine")] == [waiting]
    await kim.post("presence", available=True)
    await kim.move(waiting, "snooze", until=None)


async def test_ended_with_an_outcome_it_is_closed_and_opens_again_when_the_customer_writes(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    ended = (await kim.move(waiting, "close", epoch=2, outcome="solved")).json()["conversation"]
    assert (ended["owner"], ended["outcome"]) == ("closed", "solved")
    assert [one["id"] for one in await kim.view("closed")] == [waiting]
    await stand.events.receive(waiting, "x", "it broke again", stand.now)
    assert await kim.view("closed") == []
    found = (await kim.one(waiting))["conversation"]
    assert (found["owner"], found["outcome"]) == ("bot", None)
