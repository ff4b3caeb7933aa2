"""Whoever is signed in at the desk is told why the bot said it, by any message of the turn; nobody else is."""

import httpx
import pytest
from sqlalchemy import update

from api import wording
from api.app import create_app
from handoff.agents import Role
from handoff.conversations import Conversation
from handoff.tables import traces

from ..stand import NOW, Stand, given_words
from ..why.thinking import looked_up, thinks
from .desk import Browser, Office

QUESTION = "how do I send it back"


@pytest.fixture
async def answered(stand: Stand, conversation: Conversation) -> str:
    stand.engine.does = thinks(stand)
    stand.base.outcomes[QUESTION] = [looked_up()]
    await stand.say(conversation.id, QUESTION)
    return conversation.id


async def why(who: Browser, id_: str, seq: int) -> httpx.Response:
    return await who.client.get(f"/api/v1/conversations/{id_}/messages/{seq}/why")


@pytest.mark.parametrize("role", ["agent", "supervisor", "operator", "knowledge_manager"])
async def test_every_role_is_told_and_both_messages_of_a_turn_tell_the_same(
    office: Office, answered: str, role: Role
) -> None:
    somebody = await office.person("lou", role, signed_in=False)
    await somebody.sign_in()
    question, answer = await why(somebody, answered, 1), await why(somebody, answered, 2)
    assert question.status_code == 200, question.text
    told = question.json()
    assert told == answer.json()
    assert told["intent"]["name"] == "return_item"
    assert told["intent"]["runner_up"] == {"name": "refund", "probability": 0.11}
    assert told["intent"]["margin"] == pytest.approx(0.71)
    assert told["scope"] == {"score": 0.9, "threshold": 0.4, "rejected": False}
    assert [one["similarity"] for one in told["nearest"]] == pytest.approx([0.9, 0.8, 0.7])
    assert told["rule"]["actions"] == [{"name": "action_answer", "policy": "RulePolicy", "confidence": 1.0}]
    passages = told["look_ups"][0]["passages"]
    assert [one["told"] for one in passages] == [True] + 9 * [False]
    assert passages[1]["permalink"] == "/en/help/returns-1/"
    assert passages[0]["parts"]["sentence"] == 0.5
    words = given_words("Send it back within 30 days.", "Returns 0 – How")
    assert (told["turn"], told["words"][0]["text"]) == (1, words)
    assert told["replay"] == f"frontdoor replay {answered} --turn 1"


async def test_nobody_is_told_without_signing_in(client: httpx.AsyncClient, office: Office, answered: str) -> None:
    await office.person("lou", signed_in=False)
    answer = await client.get(f"/api/v1/conversations/{answered}/messages/1/why")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


async def test_what_is_not_there_is_said_in_the_callers_language(kim: Browser, stand: Stand, answered: str) -> None:
    unread = await stand.events.receive(answered, None, "and then?", NOW)
    asked = [("0" * 32, 1, "not_found"), (answered, 9, "no_message"), (answered, unread.seq, "not_of_the_bot")]
    for id_, seq, code in asked:
        answer = await why(kim, id_, seq)
        assert (answer.status_code, answer.json()["code"]) == (404, code)
    assert answer.json()["message"] == wording.say("en", "error-why-not-of-the-bot", seq=unread.seq)
    path = f"/api/v1/conversations/{answered}/messages/9/why"
    korean = await kim.client.get(path, headers={"Accept-Language": "ko"})
    assert korean.json()["message"] == wording.say("ko", "error-why-no-message", seq=9)


@pytest.mark.parametrize("data", [{}, {"failed": True}, {"intent": "refund", "model": "old"}, {"reading": None}])
async def test_a_turn_that_kept_little_says_what_there_is(
    kim: Browser, stand: Stand, answered: str, data: dict[str, object]
) -> None:
    async with stand.database.transaction() as connection:
        await connection.execute(update(traces).values(data=data))
    told = (await why(kim, answered, 1)).json()
    assert told["failed"] is bool(data.get("failed"))
    assert (told["replay"] is None) is told["failed"]
    assert (told["intent"] or {}).get("name") == data.get("intent")


async def test_a_version_that_is_another_now_is_named(kim: Browser, stand: Stand, answered: str) -> None:
    stand.base.version = "another"
    told = (await why(kim, answered, 1)).json()
    assert told["changed"] == [
        {"what": "model", "was": "abc", "now": "told"},
        {"what": "index", "was": "told", "now": "another"},
    ]


def test_it_is_documented(stand: Stand) -> None:
    schema = create_app(stand.settings, stand.running).openapi()
    told = schema["paths"]["/api/v1/conversations/{conversation_id}/messages/{seq}/why"]["get"]
    assert "404" in told["responses"]
    assert "WhyShape" in str(told["responses"]["200"])


async def test_the_view_is_served_and_nothing_beside_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/why/view.js")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/javascript")
    for name in ("nothing.js", "..%2fwidget.js", "x" * 300):
        assert (await client.get(f"/why/{name}")).status_code == 404
