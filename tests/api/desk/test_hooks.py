"""The operator's own system is told, with a signature it can check, and once more when it was away."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from api.desk.hooks import BACKOFF, HookSender, signature
from api.settings import BadSetting, Settings
from handoff.hooks import Hook, Hooks, record_hook

from ..stand import Stand
from .receiver import Got, Receiver

SECRET = "whsec_" + base64.b64encode(b"twenty-four random bytes").decode()


@pytest.fixture
def hooks(stand: Stand) -> Hooks:
    return Hooks(stand.database)


@pytest.fixture
async def told(stand: Stand) -> None:
    """One fact to tell."""
    async with stand.database.transaction() as connection:
        data = {"conversation": "c1", "ticket": "FD-123", "subject": "주전자 뚜껑"}
        await record_hook(connection, "ticket.created", data, stand.now)


async def sender(stand: Stand, url: str) -> AsyncIterator[HookSender]:
    sender = HookSender(Hooks(stand.database), url, SECRET, stand.clock)
    sender._open()
    yield sender
    await sender.stop()


def checked(got: Got) -> bool:
    """What a receiver does, by the specification of Standard Webhooks and without our code."""
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    digest = hmac.new(b"twenty-four random bytes", signed, hashlib.sha256).digest()
    return got.headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()


def test_the_signature_is_the_one_of_the_specification() -> None:
    # The example that the specification's own libraries are tested with.
    secret, id_ = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    body = b'{"test": 2432232314}'
    assert signature(secret, id_, 1614265330, body) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_what_is_posted_is_signed_and_says_what_happened(stand: Stand, hooks: Hooks, told: None) -> None:
    async with Receiver([204]) as receiver:
        async for one in sender(stand, receiver.url):
            assert await one.send_due() == 1
            assert await one.send_due() == 0
    (got,) = receiver.got
    assert checked(got)
    body = json.loads(got.body)
    assert body["type"] == "ticket.created"
    assert body["data"]["subject"] == "주전자 뚜껑"
    assert body["timestamp"] == stand.now.isoformat()
    (hook,) = await hooks.list("sent")
    assert got.headers["webhook-id"] == hook.id


@pytest.mark.parametrize("answer", [500, 404, 301, 0])
async def test_while_it_is_not_received_it_is_tried_again_under_the_same_id(
    stand: Stand, hooks: Hooks, told: None, answer: int
) -> None:
    async with Receiver([answer, 200]) as receiver:
        async for one in sender(stand, receiver.url):
            assert await one.send_due() == 1
            assert await one.send_due() == 0
            (hook,) = await hooks.list("due")
            assert hook.reason
            stand.now += timedelta(seconds=BACKOFF[0])
            assert await one.send_due() == 1
    first, second = receiver.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert checked(first)
    assert checked(second)
    assert await hooks.counts() == {"sent": 1}


async def test_after_the_last_try_it_is_dead_and_says_why(stand: Stand, hooks: Hooks, told: None) -> None:
    async with Receiver([503]) as receiver:
        async for one in sender(stand, receiver.url):
            for seconds in (*BACKOFF, 0):
                assert await one.send_due() == 1
                stand.now += timedelta(seconds=seconds)
            assert await one.send_due() == 0
            (dead,) = await hooks.list("dead")
            assert (dead.reason, dead.attempts) == ("it answered 503", len(BACKOFF) + 1)
            assert await hooks.again(stand.now) == 1
            assert await one.send_due() == 1
    assert len(receiver.got) == len(BACKOFF) + 2


async def test_a_receiver_that_is_not_there_costs_nobody_anything(stand: Stand, hooks: Hooks, told: None) -> None:
    async for one in sender(stand, "http://127.0.0.1:9/"):
        await one.send_due()
    (hook,) = await hooks.list("due")
    assert hook.reason == "it cannot be reached: ConnectError"


async def test_it_is_posted_by_itself_soon_after_the_fact(stand: Stand, hooks: Hooks, told: None) -> None:
    async with Receiver([200]) as receiver:
        one = HookSender(hooks, receiver.url, SECRET, stand.clock)
        done = asyncio.Event()

        async def sent(hook: Hook, at: object) -> None:
            done.set()

        hooks.sent = sent  # type: ignore[method-assign,assignment]
        one.start()
        await asyncio.wait_for(done.wait(), 5)
        await one.stop()
    assert len(receiver.got) == 1


async def test_without_an_address_nothing_is_posted(stand: Stand, hooks: Hooks, told: None) -> None:
    one = HookSender(hooks, "", "", stand.clock)
    one.start()
    assert not one.on
    await one.stop()
    assert await hooks.counts() == {"due": 1}


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("https://example.com/hook", "", "at least 24"),
        ("https://example.com/hook", "short", "at least 24"),
        ("https://example.com/hook", "whsec_this is no base64 at all!", "base64"),
        ("ftp://example.com", "x" * 24, "pattern"),
    ],
)
def test_an_address_wants_a_secret_that_signs(monkeypatch: pytest.MonkeyPatch, url: str, secret: str, why: str) -> None:
    monkeypatch.setenv("FRONTDOOR_HOOK_URL", url)
    monkeypatch.setenv("FRONTDOOR_HOOK_SECRET", secret)
    with pytest.raises(BadSetting) as told:
        Settings.read()
    assert why in str(told.value)
    assert not secret or secret not in str(told.value).replace("whsec_ and", "")
