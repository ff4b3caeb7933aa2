"""What customers said about themselves is kept with where they said it."""

from datetime import datetime

import pytest

from handoff.conversations import Conversation, UnknownConversation
from handoff.database import Database
from handoff.facts import Fact, Facts, facts_said
from handoff.intake import Intake


async def test_a_later_value_replaces_and_the_earlier_is_kept(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Facts(database)
    await store.record(conversation.id, [Fact("email", "a@example.com", "a@example.com", 1)], now)
    await store.record(conversation.id, [Fact("email", "b@example.com", "no, b@…", 3, confirmed=True)], now)
    current = await store.current(conversation.id)
    assert current == {"email": Fact("email", "b@example.com", "no, b@…", 3, True, now)}
    assert [fact.value for fact in await store.history(conversation.id, "email")] == [
        "a@example.com",
        "b@example.com",
    ]
    assert await store.history(conversation.id, "name") == []


async def test_facts_of_nobody_are_refused(database: Database, now: datetime) -> None:
    with pytest.raises(UnknownConversation):
        await Facts(database).record("nobody", [], now)


def test_what_the_intake_understood_becomes_facts() -> None:
    understood = Intake.start(question="where?").take("my name is Jane, jane@example.com", seq=4).understood
    assert [(fact.field, fact.value, fact.seq) for fact in facts_said(understood, 4)] == [
        ("email", "jane@example.com", 4),
        ("name", "Jane", 4),
    ]
