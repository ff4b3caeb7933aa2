"""What the desk's tests share: an agent, and a conversation that waits for one."""

from datetime import datetime

import pytest

from handoff.agents import Agent, Agents
from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.desk.cases import Cases
from handoff.desk.replies import Replies


@pytest.fixture
def cases(database: Database) -> Cases:
    return Cases(database)


@pytest.fixture
def replies(database: Database) -> Replies:
    return Replies(database)


@pytest.fixture
async def kim(database: Database, now: datetime) -> Agent:
    """An agent who is at the desk."""
    agents = Agents(database)
    agent = await agents.add("kim", "agent", "hash", now, display="Kim", languages=["en"], capacity=2)
    await agents.heard(agent.id, now, available=True)
    return agent


@pytest.fixture
async def waiting(database: Database, conversation: Conversation, now: datetime) -> Conversation:
    """A conversation in the queue."""
    return await Conversations(database).move(conversation.id, "queue", "bot", "explicit_request", 0, at=now)
