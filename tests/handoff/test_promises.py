"""A time is promised only when the hours back it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handoff.conversations import Conversation
from handoff.database import Database
from handoff.hours import Team, load_hours
from handoff.promises import Promises, UnknownPromise, reply_promise

_SUPPORT = load_hours().default


@pytest.mark.parametrize(
    ("asked", "due", "open_now"),
    [
        # Monday morning: the same day.
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 11, 23, 14, 0, tzinfo=UTC), True),
        # Monday 17:30 in Amsterdam: half an hour today, the rest tomorrow.
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), datetime(2026, 11, 24, 11, 30, tzinfo=UTC), True),
        # Saturday night: Monday at 13:00 in Amsterdam.
        (datetime(2026, 11, 21, 22, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC), False),
        # Christmas Eve 16:00: two hours, then two holidays, a Saturday that is one of them, a Sunday.
        (datetime(2026, 12, 24, 15, 0, tzinfo=UTC), datetime(2026, 12, 28, 10, 0, tzinfo=UTC), True),
    ],
)
def test_a_reply_is_promised_from_the_hours(asked: datetime, due: datetime, open_now: bool) -> None:
    promise = reply_promise(_SUPPORT, asked)
    assert (promise.due_at, promise.open_now) == (due, open_now)


def test_a_promise_is_a_full_minute_so_that_what_is_said_is_what_is_stored() -> None:
    promise = reply_promise(_SUPPORT, datetime(2026, 11, 23, 10, 0, 37, tzinfo=UTC))
    assert promise.due_at == datetime(2026, 11, 23, 14, 1, tzinfo=UTC)


def test_a_team_that_is_never_there_promises_nothing(now: datetime) -> None:
    nobody = Team("nobody", ZoneInfo("UTC"), {}, timedelta(hours=4))
    promise = reply_promise(nobody, now)
    assert (promise.due_at, promise.open_now, promise.next_opening) == (None, False, None)


async def test_a_promise_is_kept_once_and_overdue_until_then(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Promises(database)
    promise = await store.make(conversation.id, "reply", "by 14:00", now + timedelta(hours=4), now)
    assert await store.overdue(now) == []
    assert await store.overdue(now + timedelta(hours=5)) == [promise]
    await store.keep(promise.id, now + timedelta(hours=6))
    await store.keep(promise.id, now + timedelta(hours=9))
    (kept,) = await store.for_conversation(conversation.id)
    assert kept.kept_at == now + timedelta(hours=6)
    assert await store.overdue(now + timedelta(hours=5)) == []


async def test_an_unknown_promise_cannot_be_kept(database: Database, now: datetime) -> None:
    with pytest.raises(UnknownPromise):
        await Promises(database).keep("none", now)
