"""What the board shows follows from what happened, and from what was felt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from handoff.conversations import Conversation
from handoff.database import Database
from handoff.desk.alerts import Alerts
from handoff.desk.board import Board
from handoff.desk.cases import Cases
from handoff.desk.items import Item
from handoff.desk.replies import Replies
from handoff.desk.view import Viewer
from handoff.events import Events
from handoff.packet import record_signals
from handoff.tables import traces

from .people import KIM

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Signal:
    name: str
    weight: float
    quote: str = "…"
    seq: int = 1


async def felt(database: Database, id_: str, at: datetime, *signals: Signal, reading: object = None) -> None:
    async with database.transaction() as connection:
        await record_signals(connection, id_, signals, at)
        if reading is not None:
            row = {"conversation_id": id_, "seq": 1, "data": {"detection": reading}, "at": at}
            await connection.execute(insert(traces).values(**row))


async def shown(database: Database, id_: str, at: datetime) -> Item:
    return (await Board(database).item(id_, at))[0]


@pytest.mark.parametrize(
    ("signals", "risks"),
    [
        ([Signal("safety", 3.5)], ("safety",)),
        ([Signal("safety", -0.2), Signal("threat", 1.4)], ()),
        ([Signal("threat", 1.5), Signal("anger", 4.0)], ("threat",)),
    ],
)
async def test_only_what_speaks_for_a_risk_is_one(
    database: Database, waiting: Conversation, now: datetime, signals: list[Signal], risks: tuple[str, ...]
) -> None:
    await felt(database, waiting.id, now, *signals)
    assert (await shown(database, waiting.id, now)).risks == risks
    assert tuple(one.name for one in await Alerts(database).risks(now)) == risks
    later = now + timedelta(hours=25)
    assert (await shown(database, waiting.id, later)).risks == ()
    assert await Alerts(database).risks(later) == []


@pytest.mark.parametrize(
    ("reading", "signals", "frustration"),
    [
        ({"probability": 0.83, "reason": "anger"}, [], 0.83),
        # Somebody who simply asks for a person is not unhappy.
        ({"probability": 0.99, "reason": "explicit_request"}, [Signal("explicit_request", 6.0)], 0.0),
        ({"probability": 0.99, "reason": "explicit_request"}, [Signal("anger", 4.0)], 0.964),
        (None, [Signal("anger", 2.0), Signal("calm", -1.0), Signal("how_far", -1.0)], 0.762),
        (None, [], 0.0),
        ({"probability": "high", "reason": "anger"}, [], 0.0),
        ("nonsense", [], 0.0),
    ],
)
async def test_a_mood_is_what_detection_said_last(
    database: Database,
    waiting: Conversation,
    now: datetime,
    reading: object,
    signals: list[Signal],
    frustration: float,
) -> None:
    await felt(database, waiting.id, now, *signals, reading=reading)
    item = await shown(database, waiting.id, now)
    assert item.frustration == pytest.approx(frustration, abs=0.001)
    page = await Board(database).page("unhappy", Viewer("kim"), now)
    # Detection keeps the signals with the reading; without any nobody is looked for.
    expected = frustration >= 0.5 and any(signal.weight > 0 for signal in signals)
    assert [one.conversation.id for one, _ in page.items] == ([waiting.id] if expected else [])


async def test_a_customer_waits_from_the_queue_on_until_a_person_speaks(
    database: Database, cases: Cases, replies: Replies, waiting: Conversation, now: datetime
) -> None:
    async def since(at: datetime) -> datetime | None:
        return (await shown(database, waiting.id, at)).waiting_since

    assert await since(now) == now
    await cases.claim(waiting.id, KIM, 1, now + MINUTE)
    assert await since(now + MINUTE) == now
    await replies.reply(waiting.id, KIM, "1", 2, "Hello", now + 2 * MINUTE)
    assert await since(now + 2 * MINUTE) is None
    await Events(database).receive(waiting.id, "a", "hm", now + 3 * MINUTE)
    await Events(database).receive(waiting.id, "b", "and?", now + 4 * MINUTE)
    assert await since(now + 5 * MINUTE) == now + 3 * MINUTE
    await cases.release(waiting.id, KIM, 2, "queue", now + 6 * MINUTE)
    await cases.claim(waiting.id, KIM, 3, now + 7 * MINUTE)
    assert await since(now + 8 * MINUTE) == now + 6 * MINUTE
    await cases.release(waiting.id, KIM, 4, "bot", now + 9 * MINUTE)
    assert await since(now + 9 * MINUTE) is None


async def test_an_empty_conversation_is_shown_too(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    item = await shown(database, conversation.id, now)
    assert (item.last, item.unread, item.reason, item.ticket) == (None, 0, "", None)
