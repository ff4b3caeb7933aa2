"""Figures: what is counted is what happened, in the window asked for, without reading everything."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, insert, text
from sqlalchemy.pool import NullPool

from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Account, Events, Word
from handoff.figures import Figures, Tally, Trouble
from handoff.tables import conversations, outbox, traces
from handoff.tickets import Tickets

HOUR = timedelta(hours=1)


@dataclass
class Shop:
    """Customers who write, and a bot that ends turns."""

    database: Database
    now: datetime

    async def turn(
        self,
        outcome: str,
        language: str = "en",
        *,
        channel: str = "web",
        milliseconds: int = 100,
        trouble: str | None = None,
        at: datetime | None = None,
    ) -> str:
        """One conversation of one turn; its id."""
        at, events = at or self.now, Events(self.database)
        opened = await Conversations(self.database).open(channel, language, None, at)
        received = await events.receive(opened.id, None, "hello", at)
        await events.finish_turn(
            opened.id,
            [received.seq],
            opened.epoch,
            [Word("message", "bot", "hi", {})],
            {},
            [],
            [{"why": "a test"}],
            at,
            account=Account(outcome, language, milliseconds, trouble),
        )
        return opened.id

    async def ticket(self, conversation_id: str, kind: str, at: datetime, due: datetime | None) -> None:
        await Tickets(self.database).open(
            conversation_id,
            conversation_id=conversation_id,
            team="support",
            kind=kind,  # type: ignore[arg-type]  # the kinds are written out in the tests
            language="ko",
            subject="?",
            question="?",
            at=at,
            reply_by=due,
        )


@pytest.fixture
def shop(database: Database, now: datetime) -> Shop:
    return Shop(database, now)


@pytest.fixture
def figures(database: Database) -> Figures:
    return Figures(database)


async def test_every_turn_is_counted_by_outcome_language_and_channel(
    shop: Shop, figures: Figures, now: datetime
) -> None:
    for outcome, language, channel in [
        ("answer", "en", "web"),
        ("answer", "en", "web"),
        ("none", "ko", "web"),
        ("answer", "zh", "telegram"),
    ]:
        await shop.turn(outcome, language, channel=channel)
    found = await figures.tally(now, now + HOUR)
    assert found.turns == {("answer", "en", "web"): 2, ("none", "ko", "web"): 1, ("answer", "zh", "telegram"): 1}
    assert found.conversations == {("en", "web"): 2, ("ko", "web"): 1, ("zh", "telegram"): 1}


async def test_a_window_holds_its_first_moment_and_not_its_last(shop: Shop, figures: Figures, now: datetime) -> None:
    for at in (now - timedelta(microseconds=1), now, now + HOUR - timedelta(microseconds=1), now + HOUR):
        await shop.turn("answer", at=at)
    windows = [(now - HOUR, now), (now, now + HOUR), (now + HOUR, now + 2 * HOUR)]
    tallies = [await figures.tally(*window) for window in windows]
    assert [tally.turns.total() for tally in tallies] == [1, 2, 1]
    assert [tally.conversations.total() for tally in tallies] == [1, 2, 1]
    assert sum(tallies, Tally()) == await figures.tally(now - HOUR, now + 2 * HOUR)


async def test_waits_are_kept_one_by_one_so_that_percentiles_are_exact(
    shop: Shop, figures: Figures, now: datetime
) -> None:
    for milliseconds in (5, 5, 80, -3, 10**12):
        await shop.turn("answer", milliseconds=milliseconds)
    found = await figures.tally(now, now + HOUR)
    assert found.waits == {("en", "web", 5): 2, ("en", "web", 80): 1, ("en", "web", 0): 1, ("en", "web", 2**31 - 1): 1}


async def test_a_turn_without_the_bot_is_told_apart_from_one_that_failed(
    shop: Shop, figures: Figures, now: datetime
) -> None:
    await shop.turn("answer", trouble="slow 3 s", at=now)
    await shop.turn("error", "ko", trouble="failed ValueError", at=now + timedelta(minutes=1))
    await shop.turn("answer", at=now + timedelta(minutes=2))
    found = await figures.tally(now, now + HOUR)
    assert found.troubles == {("slow", "en", "web"): 1, ("failed", "ko", "web"): 1}
    assert found.turns["error", "ko", "web"] == 1
    assert await figures.troubles(now) == [
        Trouble(now + timedelta(minutes=1), "web", "error", "failed ValueError"),
        Trouble(now, "web", "answer", "slow 3 s"),
    ]


async def test_last_troubles_are_the_latest_and_no_more_than_asked_for(
    shop: Shop, figures: Figures, now: datetime
) -> None:
    for minute in range(5):
        await shop.turn("answer", trouble=f"slow {minute}", at=now + timedelta(minutes=minute))
    assert [one.why for one in await figures.troubles(now, limit=2)] == ["slow 4", "slow 3"]
    assert [one.why for one in await figures.troubles(now + timedelta(minutes=4))] == ["slow 4"]


async def test_a_word_that_will_never_be_delivered_is_an_error_without_its_reason(
    shop: Shop, database: Database, figures: Figures, now: datetime
) -> None:
    id_ = await shop.turn("answer", channel="telegram", at=now - HOUR)
    row = {"conversation_id": id_, "channel": "telegram", "attempts": 1, "parts_sent": 0, "sent": [], "at": now}
    rows = [
        {**row, "seq": 1, "status": "dead", "due_at": now, "done_at": now, "reason": 'can\'t parse "my card is 4111"'},
        {**row, "seq": 2, "status": "due", "due_at": now, "done_at": None, "reason": None},
        {**row, "seq": 3, "status": "sent", "due_at": now, "done_at": now, "reason": None},
    ]
    async with database.transaction() as connection:
        await connection.execute(insert(outbox), rows)
    assert (await figures.tally(now, now + HOUR)).undelivered == {"telegram": 1}
    assert (await figures.backlog(now)).undelivered == 1
    assert await figures.troubles(now) == [Trouble(now, "telegram", "undelivered", "undelivered")]


async def test_tickets_are_counted_by_kind_and_by_the_channel_they_came_from(
    shop: Shop, figures: Figures, now: datetime
) -> None:
    first, second = await shop.turn("ticket"), await shop.turn("ticket", channel="telegram")
    await shop.ticket(first, "question", now, now + HOUR)
    await shop.ticket(second, "person", now, now + 3 * HOUR)
    found = await figures.tally(now, now + HOUR)
    assert found.tickets == {("question", "ko", "web"): 1, ("person", "ko", "telegram"): 1}
    backlog = await figures.backlog(now + 2 * HOUR)
    assert (backlog.open_tickets, backlog.overdue_promises) == (2, 1)


async def test_a_message_nobody_answered_waits_from_the_moment_it_came(
    database: Database, figures: Figures, now: datetime
) -> None:
    assert (await figures.backlog(now)).oldest_unanswered is None
    opened = await Conversations(database).open("web", "en", None, now)
    for minute in (2, 1):
        await Events(database).receive(opened.id, None, "hello?", now + timedelta(minutes=minute))
    backlog = await figures.backlog(now)
    assert (backlog.unanswered_messages, backlog.oldest_unanswered) == (2, now + timedelta(minutes=1))
    assert backlog.waiting_conversations == 1
    another = await Conversations(database).open("web", "en", None, now)
    await Events(database).receive(another.id, None, "and me?", now)
    backlog = await figures.backlog(now)
    assert (backlog.unanswered_messages, backlog.waiting_conversations) == (3, 2)


async def test_a_letter_is_as_old_as_its_words_however_often_it_was_put_off(
    shop: Shop, database: Database, figures: Figures, now: datetime
) -> None:
    backlog = await figures.backlog(now)
    assert (backlog.undelivered, backlog.oldest_undelivered, backlog.dead_letters) == (0, None, 0)
    id_ = await shop.turn("answer", channel="telegram", at=now - HOUR)
    row = {"conversation_id": id_, "channel": "telegram", "attempts": 1, "parts_sent": 0, "sent": [], "done_at": None}
    late = {**row, "status": "due", "due_at": now + HOUR, "reason": "away"}
    rows = [
        {**late, "seq": 1, "at": now - 2 * HOUR},
        {**late, "seq": 2, "at": now},
        # Given up long before today: it is still nobody's until it is sent again.
        {**row, "seq": 3, "status": "dead", "due_at": now, "reason": "blocked", "at": now - 90 * 24 * HOUR},
    ]
    async with database.transaction() as connection:
        await connection.execute(insert(outbox), rows)
    backlog = await figures.backlog(now)
    assert (backlog.undelivered, backlog.oldest_undelivered, backlog.dead_letters) == (2, now - 2 * HOUR, 1)


@pytest.mark.parametrize(
    ("locale", "group"), [("ko-KR", "ko"), ("EN", "en"), ("zh_TW", "zh"), ("enm", "other"), ("fr", "other")]
)
async def test_languages_a_page_may_name_fall_into_four_groups(
    database: Database, figures: Figures, now: datetime, locale: str, group: str
) -> None:
    await Conversations(database).open("web", locale, None, now)
    assert (await figures.tally(now, now + HOUR)).conversations == {(group, "web"): 1}


async def test_turns_from_before_there_were_figures_are_counted_as_unknown(
    shop: Shop, database: Database, figures: Figures, now: datetime
) -> None:
    id_ = await shop.turn("answer", at=now - HOUR)
    async with database.transaction() as connection:
        await connection.execute(insert(traces).values(conversation_id=id_, seq=9, data={}, at=now))
    found = await figures.tally(now, now + HOUR)
    assert found.turns == {("other", "other", "other"): 1}
    assert found.waits == {}


MANY = 20_000


async def _fill(database: Database, now: datetime) -> None:
    """Turns of two months, one every few minutes, and the conversations and tickets they belong to."""
    step = timedelta(minutes=4)
    async with database.transaction() as connection:
        row = {"locale": "en", "language": "en", "owner": "bot", "epoch": 0, "channel": "web"}
        opened = [
            {**row, "id": f"c{n}", "created_at": now - n * 10 * step, "updated_at": now} for n in range(MANY // 10)
        ]
        await connection.execute(insert(conversations), opened)
        turns = [
            {"conversation_id": f"c{n // 10}", "seq": n, "data": {}, "at": now - n * step, "language": "en"}
            for n in range(MANY)
        ]
        await connection.execute(insert(traces), turns)
    if not database.is_sqlite:
        # As autovacuum does by itself; SQLite has no statistics in production either.
        async with database.transaction() as connection:
            await connection.execute(text("ANALYZE"))


async def test_todays_figures_are_found_by_an_index_and_not_by_reading_every_row(
    database: Database, figures: Figures, now: datetime
) -> None:
    await _fill(database, now)
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    found = await figures.tally(now - HOUR, now)
    event.remove(Engine, "before_cursor_execute", note)
    assert found.turns.total() == 15
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        plans = [
            "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))
            for statement, parameters in asked
            if statement.startswith("SELECT")
        ]
    engine.dispose()
    everything = [f"{scan} {table}" for scan in ("SCAN", "Seq Scan on") for table in ("traces", "conversations")]
    assert [plan for plan in plans if any(scan in plan for scan in everything)] == []
    assert sum("ix_traces_figures" in plan for plan in plans) == 1
    assert sum("ix_traces_trouble" in plan for plan in plans) == 1
