"""Webhooks: an app that shakes hands by GET and posts several messages at once fits the same door."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.channels.port import BadSignature, IncomingMessage, Limits, OutgoingWord, Part, Reply, Request, conversation_id
from api.settings import Settings
from tests.api.stand import Stand

KEY = b"parrot"


class Parrot:
    """A channel of another kind than Telegram: signed bodies, a challenge, many messages in one POST, reply tokens."""

    name = "parrot"
    limits = Limits(640, len, per_chat=0.0, overall=0.0)
    acknowledgement = Reply('{"status": "success"}', "application/json")

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.words: list[OutgoingWord] = []
        self.answered = asyncio.Event()

    def simulated(self, _: str) -> bool:
        return True

    def verify(self, request: Request) -> None:
        self.urls.append(request.url)
        told = request.headers.get("x-parrot", "") if request.method == "POST" else request.query.get("token", "")
        if not hmac.compare_digest(told.encode(), signature(request.body).encode()):
            raise BadSignature

    def handshake(self, request: Request) -> Reply | None:
        return Reply(request.query["challenge"]) if request.method == "GET" else None

    def read(self, request: Request) -> Sequence[IncomingMessage]:
        return [
            IncomingMessage(
                m["id"], "text", "words", json.dumps(m), "shop", m["who"], text=m["text"], data={"reply": m["id"]}
            )
            for m in json.loads(request.body)
        ]

    def render(self, word: OutgoingWord) -> Sequence[Part]:
        self.words.append(word)
        if word.text.startswith("You said"):
            self.answered.set()
        return [Part("say", {"text": word.text})]

    async def aclose(self) -> None:
        """There is nothing to let go of."""


def signature(body: bytes) -> str:
    return hmac.new(KEY, body, hashlib.sha256).hexdigest()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": "https://shop.example/support/"})


@pytest.fixture
def parrot(monkeypatch: pytest.MonkeyPatch) -> Parrot:
    bird = Parrot()
    monkeypatch.setattr("api.channels.messaging.CHANNELS", {"parrot": lambda _: bird})
    return bird


@pytest.fixture
async def app(parrot: Parrot, stand: Stand) -> AsyncIterator[FastAPI]:
    app = create_app(stand.settings, stand.running)
    async with app.router.lifespan_context(app):
        yield app


async def test_a_handshake_by_get_is_answered_only_when_it_is_signed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/webhooks/parrot", params={"challenge": "42", "token": signature(b"")})
    assert (answer.status_code, answer.text) == (200, "42")
    answer = await client.get("/webhooks/parrot", params={"challenge": "42", "token": "wrong"})
    assert answer.status_code == 401
    assert "42" not in answer.text


async def test_all_messages_of_one_post_are_taken_in_and_answered_where_they_came_from(
    client: httpx.AsyncClient, stand: Stand, parrot: Parrot
) -> None:
    sent = [{"id": f"m{n}", "who": who, "text": f"한국어 {n}"} for n, who in enumerate(["ann", "ben", "ann"])]
    body = json.dumps(sent).encode()
    for _ in range(2):
        answer = await client.post("/webhooks/parrot", content=body, headers={"X-Parrot": signature(body)})
        assert (answer.status_code, answer.json()) == (200, {"status": "success"})
    ann, ben = (conversation_id("parrot", "shop", who) for who in ("ann", "ben"))
    assert (await stand.heard(ben, 2)) == ["You said: 한국어 1"]
    events = await stand.events.after(ann, 0)
    assert [event.text for event in events if event.role == "customer"] == ["한국어 0", "한국어 2"]


async def test_an_answer_brings_the_reply_token_of_the_message_it_answers(
    client: httpx.AsyncClient, parrot: Parrot
) -> None:
    body = json.dumps([{"id": "m1", "who": "ann", "text": "hello"}]).encode()
    await client.post("/webhooks/parrot", content=body, headers={"X-Parrot": signature(body)})
    async with asyncio.timeout(15):
        await parrot.answered.wait()
    assert [word.answering for word in parrot.words] == [{"reply": "m1"}] * len(parrot.words)


async def test_the_address_is_the_one_the_provider_posted_to(client: httpx.AsyncClient, parrot: Parrot) -> None:
    await client.get("/webhooks/parrot", params={"a": "1", "b": "ä"})
    assert parrot.urls == ["https://shop.example/support/webhooks/parrot?a=1&b=%C3%A4"]
