"""What happened is told to the operator's own system, by the transaction that made it so."""

from datetime import datetime, timedelta

from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.events import Events, Word
from handoff.hooks import Hooks
from handoff.outbox import Outbox
from handoff.tickets import Tickets


async def told(database: Database) -> list[tuple[str, dict[str, object]]]:
    return [(hook.type, dict(hook.data)) for hook in await Hooks(database).list()]


async def test_each_change_of_hands_is_told_once(database: Database, conversation: Conversation, now: datetime) -> None:
    store = Conversations(database)
    for to, actor in (("queue", "bot"), ("agent", "kim"), ("agent", "kim"), ("bot", "kim"), ("closed", "bot")):
        await store.move(conversation.id, to, actor, "because", None, at=now)  # type: ignore[arg-type]
    found = sorted(await told(database), key=lambda one: str(one[1]["epoch"]))
    assert [type_ for type_, _ in found] == ["handoff.requested", "handoff.claimed", "handoff.closed"]
    assert found[1][1] == {
        "conversation": conversation.id,
        "channel": "web",
        "language": "en",
        "epoch": 2,
        "from": "queue",
        "to": "agent",
        "agent": "kim",
        "actor": "kim",
        "reason": "because",
    }


async def test_a_ticket_is_told_once_however_often_it_is_asked_for(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    for _ in range(2):
        ticket = await Tickets(database).open(
            "key",
            conversation_id=conversation.id,
            team="support",
            kind="person",
            language="ko",
            subject="뚜껑",
            question="뚜껑이 깨졌어요",
            at=now,
            reply_by=now + timedelta(hours=4),
        )
    ((type_, data),) = await told(database)
    assert type_ == "ticket.created"
    assert data["ticket"] == ticket.number
    assert data["conversation"] == conversation.id
    assert data["subject"] == "뚜껑"


async def test_a_word_that_will_not_arrive_is_told(database: Database, now: datetime) -> None:
    chat = await Conversations(database).open("telegram", "en", None, now, address="42")
    await Events(database).say(chat.id, [Word("message", "bot", "hello")], 0, now)
    outbox = Outbox(database)
    letter = await outbox.head(chat.id, now)
    assert letter is not None
    claimed = await outbox.claim(letter, now, now + timedelta(seconds=9))
    assert claimed is not None
    await outbox.finished(claimed, "dead", now, reason="the bot was blocked")
    assert await told(database) == [
        (
            "message.undelivered",
            {"conversation": chat.id, "seq": 1, "channel": "telegram", "reason": "the bot was blocked"},
        )
    ]
