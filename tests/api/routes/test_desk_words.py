"""What surrounds a reply: drafts are looked at, articles found, saved replies kept, and typing is seen."""

import httpx
import pytest

from handoff.facts import Fact

from ..stand import NOW, Stand, an_article, answered, suggests
from .desk import Browser, Office


async def test_a_draft_that_asks_for_what_is_known_is_told_before_it_is_sent(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    facts = [Fact("order_number", "LL-20418837", "LL-20418837", 1)]
    await stand.services.facts.record(waiting, facts, NOW)
    kim.client.headers["accept-language"] = "ko"
    answer = await kim.post(f"conversations/{waiting}/check", text="What is your order number?")
    (warning,) = answer.json()["warnings"]
    assert (warning["field"], warning["value"]) == ("order_number", "LL-20418837")
    assert warning["draft"] == "What is your order number?"
    assert "주문" in warning["sentence"]
    fine = await kim.post(f"conversations/{waiting}/check", text="Which lid do you mean?")
    assert fine.json() == {"warnings": []}


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\x00"])
async def test_nothing_is_not_said(kim: Browser, waiting: str, text: str) -> None:
    await kim.move(waiting, "claim", epoch=1)
    answer = await kim.post(f"conversations/{waiting}/reply", id="1", epoch=2, text=text)
    assert answer.status_code == 422


async def test_an_article_goes_with_a_reply_when_customers_may_read_it(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    stand.base.pages = {"/en/late/": an_article(), "/en/inside/": an_article("/en/inside/", internal=True)}
    await kim.move(waiting, "claim", epoch=1)
    said = {"id": "1", "epoch": 2, "text": "See here."}
    for hidden in ("/en/inside/", "/en/none/"):
        refused = await kim.post(f"conversations/{waiting}/reply", **said, sources=[{"permalink": hidden}])
        assert refused.status_code == 422
    sent = await kim.post(f"conversations/{waiting}/reply", **said, sources=[{"permalink": "/en/late/"}])
    assert sent.status_code == 200
    (event,) = [e for e in await stand.events.after(waiting, 0) if e.text == "See here."]
    assert event.data["sources"][0]["title"] == "Late parcels"  # type: ignore[index]


async def test_articles_are_found_for_a_question(kim: Browser, stand: Stand) -> None:
    stand.base.outcomes = {"where is it": [answered()], "hm": [suggests("/en/late/")]}
    stand.base.pages = {"/en/late/": an_article()}
    found = (await kim.get("articles", q="where is it", lang="en")).json()["articles"]
    assert [(one["permalink"], one["text"], one["url"]) for one in found] == [
        ("/en/late/", "Wait one day.", "/kb/en/late/")
    ]
    assert len((await kim.get("articles", q="hm")).json()["articles"]) == 1
    assert (await kim.get("articles", q=" ")).json() == {"articles": []}


async def test_a_saved_reply_is_added_changed_and_deleted_by_who_wrote_it(
    kim: Browser, lee: Browser, boss: Browser
) -> None:
    added = await kim.post("replies", language="zh", title="问候", text="{name}您好")
    assert added.status_code == 201
    reply = added.json()
    mine = {one["id"]: one for one in (await kim.get("replies", lang="zh")).json()["replies"]}
    assert mine[reply["id"]] == {**reply, "mine": True}
    assert len(mine) > 5
    body = {"language": "zh", "title": "问候", "text": "{name}，您好！"}
    assert (await lee.post(f"replies/{reply['id']}", **body)).status_code == 403
    assert (await lee.post(f"replies/{reply['id']}/delete")).status_code == 403
    assert (await boss.post(f"replies/{reply['id']}", **body)).json()["text"] == "{name}，您好！"
    assert (await kim.post(f"replies/{reply['id']}/delete")).status_code == 204
    assert (await kim.post(f"replies/{reply['id']}/delete")).status_code == 404
    wrong = await kim.post("replies", language="en", title="x", text="Hello {customer}")
    assert wrong.status_code == 422
    assert "customer" in wrong.json()["message"]


async def test_while_an_agent_writes_the_customer_sees_it_and_it_ends(
    office: Office, kim: Browser, stand: Stand, client: httpx.AsyncClient
) -> None:
    opened = (await client.post("/api/v1/conversations", json={"locale": "en"})).json()
    id_, key = opened["id"], {"Authorization": f"Bearer {opened['token']}"}
    await stand.conversations.move(id_, "queue", "bot", "explicit_request", None, at=NOW)

    async def typing() -> bool:
        found = (await client.get(f"/api/v1/conversations/{id_}/place", headers=key)).json()
        return bool(found["typing"])

    assert (await kim.post(f"conversations/{id_}/typing")).status_code == 204
    assert not await typing()
    await kim.move(id_, "claim", epoch=1)
    await kim.post(f"conversations/{id_}/typing")
    assert await typing()
    await kim.post(f"conversations/{id_}/reply", id="1", epoch=2, text="Hello")
    assert not await typing()
