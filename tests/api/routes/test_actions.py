"""Actions over HTTP: served to our own bot, in the form Rasa wants, and to nobody else."""

from typing import Any

import httpx
import jsonschema
import pytest
import yaml
from sqlalchemy.exc import OperationalError

from api.actions import ACTIONS
from api.dialogue.memory import Awaiting, Memory, Offered, Tried
from api.dialogue.turn import Turn
from api.settings import ROOT
from handoff.conversations import Conversation
from handoff.intake import Intake
from tests.api.rasa import action_schema
from tests.api.stand import NOW, SECRET, Stand, an_article, answered, suggests

PLACE = "/internal/actions"
QUESTION = "where is my parcel"


def call(name: str, turn: Turn, intent: str | None = "ask_kb") -> dict[str, Any]:
    """What Rasa posts, as far as anybody reads it."""
    tracker = {"sender_id": turn.key, "latest_message": {"intent": {"name": intent, "confidence": 0.9}}, "slots": {}}
    return {"next_action": name, "sender_id": turn.key, "tracker": tracker, "domain": {}, "version": "3.6.21"}


async def a_turn(stand: Stand, conversation: Conversation, text: str = QUESTION, **memory: Any) -> Turn:
    await stand.events.receive(conversation.id, None, text, NOW)
    [message] = await stand.events.unhandled(conversation.id)
    return Turn(conversation, message, Memory(**memory), "en", "en", NOW)


async def post(client: httpx.AsyncClient, body: Any, secret: str = SECRET) -> httpx.Response:
    return await client.post(PLACE, json=body, headers={"X-Frontdoor-Secret": secret})


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1]])
async def test_without_the_secret_nothing_is_done(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation, secret: str
) -> None:
    turn = await a_turn(stand, conversation)
    stand.turns.open(turn)
    answer = await post(client, call("action_answer", turn), secret)
    assert answer.status_code == 403
    assert turn.said == []


async def test_an_unknown_action_is_404_and_named(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation
) -> None:
    turn = await a_turn(stand, conversation)
    stand.turns.open(turn)
    answer = await post(client, call("action_dance", turn))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_dance"


async def test_a_turn_that_is_over_is_409_and_changes_nothing(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation
) -> None:
    given_up = await a_turn(stand, conversation)
    stand.turns.open(given_up)
    late = call("action_request_person", given_up)
    stand.turns.close(given_up)
    assert (await post(client, late)).status_code == 409


async def test_a_late_call_of_a_turn_given_up_does_not_reach_the_next_turn(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation
) -> None:
    given_up = await a_turn(stand, conversation)
    late = call("action_request_person", given_up)
    following = Turn(conversation, given_up.message, Memory(), "en", "en", NOW)
    stand.turns.open(following)
    assert (await post(client, late)).status_code == 409
    assert following.memory == Memory()


@pytest.mark.parametrize("body", [{}, {"next_action": "action_answer"}, {"next_action": ["x"], "sender_id": {}}])
async def test_a_call_without_what_belongs_in_it_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert 400 <= (await post(client, body)).status_code < 500


async def test_an_action_that_fails_is_500_and_the_turn_remembers(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setitem(ACTIONS, "action_answer", broken)  # type: ignore[arg-type]
    turn = await a_turn(stand, conversation)
    stand.turns.open(turn)
    assert (await post(client, call("action_answer", turn))).status_code == 500
    assert turn.trouble is not None
    assert "action_answer" in turn.trouble


async def test_an_action_that_meets_no_database_is_no_fault_of_the_turn(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OperationalError("SELECT 1", None, OSError("away"))

    monkeypatch.setitem(ACTIONS, "action_answer", away)  # type: ignore[arg-type]
    turn = await a_turn(stand, conversation)
    stand.turns.open(turn)
    assert (await post(client, call("action_answer", turn))).status_code == 503
    assert turn.trouble is None
    assert isinstance(turn.away, OperationalError)


FORM = Intake.start("en", "refund", question="my refund", known={"name": "Jane Miller", "email": "jane@example.com"})
FULL = FORM.take("LL-20418837", requested="order_number", order_pattern=r"LL-\d{8}")
STATES: dict[str, dict[str, Any]] = {
    "fresh": {},
    "after an answer": {
        "awaiting": "helped",
        "question": QUESTION,
        "tried": [Tried("/en/late/", "Late", "/en/late/#x")],
    },
    "after suggestions": {"awaiting": "choice", "offered": [Offered("Late", "choose_article", "/en/late/")]},
    "after an offer in another language": {"awaiting": "language_offer", "other_article": "/en/late/"},
    "in the form": {"intake": FORM},
    "before the confirmation": {"intake": FULL},
    "the form complete": {"intake": FULL.take("yes", requested="confirmation")},
    "the form given up": {"intake": FORM.take("never mind", requested="order_number")},
    "a typo in the form": {"intake": FORM.take("jane@gmial.com", requested="contact")},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ACTIONS)
async def test_every_answer_is_what_rasas_own_schema_wants(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation, name: str, state: str
) -> None:
    stand.base.outcomes[QUESTION] = [answered(), suggests("/en/late/", "/en/other/")]
    stand.base.pages["/en/late/"] = an_article()
    turn = await a_turn(stand, conversation, **STATES[state])
    stand.turns.open(turn)
    answer = await post(client, call(name, turn))
    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), action_schema())
    slots = yaml.safe_load((ROOT / "bot" / "domain" / "slots.yml").read_text("utf-8"))["slots"]
    assert {e["name"] for e in answer.json()["events"]} <= {*slots, "requested_slot"}


def test_the_bots_domain_and_our_table_name_the_same_actions() -> None:
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "actions.yml").read_text("utf-8"))
    assert set(domain["actions"]) == set(ACTIONS)


def test_what_can_be_awaited_is_what_the_bots_slot_can_hold() -> None:
    slots = yaml.safe_load((ROOT / "bot" / "domain" / "slots.yml").read_text("utf-8"))["slots"]
    assert set(slots["awaiting"]["values"]) == set(Awaiting.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 20_000,
        b"null",
        b"[]",
        b"{}",
        b'{"tracker": 1}',
        b'{"tracker": {"latest_message": {}}}',
    ],
)
async def test_a_call_of_another_shape_is_refused_with_a_reason(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post(PLACE, content=body, headers={"X-Frontdoor-Secret": SECRET})
    assert answer.status_code == 422
    assert {"code", "message"} <= answer.json().keys()


async def test_a_stranger_is_refused_before_the_body_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(PLACE, content=b"no JSON", headers={"X-Frontdoor-Secret": "guessed"})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_secret")
