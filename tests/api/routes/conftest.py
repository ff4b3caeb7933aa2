"""What the tests of the desk's routes share."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from handoff.conversations import Conversation

from ..stand import NOW, Stand
from .desk import Browser, Office


@pytest.fixture
async def office(app: FastAPI, stand: Stand) -> AsyncIterator[Office]:
    office = Office(app, stand)
    yield office
    await office.aclose()


@pytest.fixture
async def kim(office: Office) -> Browser:
    return await office.person("kim")


@pytest.fixture
async def lee(office: Office) -> Browser:
    return await office.person("lee")


@pytest.fixture
async def boss(office: Office) -> Browser:
    return await office.person("boss", "supervisor")


@pytest.fixture
async def waiting(stand: Stand, conversation: Conversation) -> str:
    """A conversation in the queue: the customer said what is wrong and asked for a person."""
    await stand.say(conversation.id, "my teapot is broken")
    moved = await stand.conversations.move(conversation.id, "queue", "bot", "explicit_request", None, at=NOW)
    return moved.id
