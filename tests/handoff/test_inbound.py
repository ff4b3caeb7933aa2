"""What a messaging app delivers is kept once, with its message, whatever is sent again and whenever it comes."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Event, Events, Word
from handoff.inbound import Arrival, Inbound, Reaction, Situation, Taken
from handoff.tables import inbound

ID = "c" * 32
HELLO = Arrival("app", "u1", "text", '{"text": "hello"}', ID, "4711", "zh-hans", "hello")
PRESS = replace(HELLO, kind="press", text="", receipt={"query": "q1"})
CHOICE = Word("message", "bot", "Which?", {"buttons": [{"title": "Late", "text": "It is late"}, {"title": "No"}]})


def quiet(_: Situation) -> Reaction:
    return Reaction()


def says(*texts: str, key: str | None = None, handled: bool = True) -> Callable[[Situation], Reaction]:
    return lambda _: Reaction([Word("message", "bot", text) for text in texts], handled, key)


async def take(
    database: Database, arrival: Arrival, at: datetime, react: Callable[[Situation], Reaction] = quiet
) -> Taken:
    return await Inbound(database).take(arrival, react, at)


async def told(database: Database) -> list[Event]:
    return await Events(database).after(ID, 0, dropped=True)


async def test_the_first_message_opens_the_conversation_and_waits_for_its_answer(
    database: Database, now: datetime
) -> None:
    assert await take(database, HELLO, now) == Taken(True, ID, 1)
    conversation = await Conversations(database).find(ID)
    assert conversation is not None
    assert (conversation.channel, conversation.address, conversation.owner) == ("app", "4711", "bot")
    assert (conversation.locale, conversation.language) == ("zh-hans", "zh")
    [waiting] = await Events(database).unhandled(ID)
    assert (waiting.text, waiting.client_id) == ("hello", "app:u1")
    async with database.session() as connection:
        kept = (await connection.execute(select(inbound))).one()
    assert (kept.provider_id, kept.kind, kept.payload, kept.conversation_id) == ("u1", "text", HELLO.payload, ID)


async def test_the_same_delivery_many_times_at_once_is_taken_once(database_url: str, now: datetime) -> None:
    replicas = [Database(database_url) for _ in range(2)]
    for replica in replicas:
        await replica.connect()
    reaction = says("This is a bot.", handled=False)
    taken = await asyncio.gather(*(take(replicas[n % 2], HELLO, now, reaction) for n in range(20)))
    events = await told(replicas[0])
    for replica in replicas:
        await replica.dispose()
    assert sum(one.fresh for one in taken) == 1
    assert [(event.role, event.text) for event in events] == [("customer", "hello"), ("bot", "This is a bot.")]


async def test_the_same_id_in_another_channel_is_another_delivery(database: Database, now: datetime) -> None:
    assert (await take(database, HELLO, now)).fresh
    assert (await take(database, replace(HELLO, channel="other", conversation_id="d" * 32), now)).fresh


async def test_what_is_only_for_the_record_opens_nothing(database: Database, now: datetime) -> None:
    record = Arrival("app", "u2", "edited_message", "{}")
    assert await take(database, record, now) == Taken(True)
    assert await take(database, record, now) == Taken(False)
    assert await Events(database).conversations_with_unhandled() == []


async def test_a_reaction_knows_the_first_contact_and_only_that(database: Database, now: datetime) -> None:
    seen: list[Situation] = []

    def react(situation: Situation) -> Reaction:
        seen.append(situation)
        return Reaction()

    for number in range(3):
        await take(database, replace(HELLO, provider_id=f"u{number}"), now, react)
    assert [one.first for one in seen] == [True, False, False]


async def test_what_was_answered_at_once_waits_for_nothing(database: Database, now: datetime) -> None:
    await take(database, HELLO, now, says("Hello! I am a bot."))
    assert await Events(database).unhandled(ID) == []
    assert [event.turn for event in await told(database)] == [None, 1]


async def test_a_key_has_the_same_thing_said_once(database: Database, now: datetime) -> None:
    for number in range(3):
        await take(database, replace(HELLO, provider_id=f"u{number}"), now, says("Only text.", key="album 1"))
    assert [event.text for event in await told(database)] == ["hello", "Only text.", "hello", "hello"]


async def test_a_customer_who_writes_again_opens_the_conversation_again(database: Database, now: datetime) -> None:
    await take(database, HELLO, now)
    await Conversations(database).move(ID, "closed", "alice", "done", 0, at=now)
    await take(database, replace(HELLO, provider_id="u2"), now, says("Welcome back."))
    conversation = await Conversations(database).find(ID)
    assert conversation is not None
    assert (conversation.owner, conversation.epoch) == ("bot", 2)
    assert (await told(database))[-1].type == "message"


async def test_what_fails_half_way_never_happened(database: Database, now: datetime) -> None:
    def fails(_: Situation) -> Reaction:
        raise RuntimeError("a mistake of ours")

    with pytest.raises(RuntimeError, match="a mistake of ours"):
        await take(database, HELLO, now, fails)
    assert await Conversations(database).find(ID) is None
    assert (await take(database, HELLO, now)).fresh


async def asked(database: Database, now: datetime) -> int:
    """A conversation in which the bot has asked with buttons; the seq of the question."""
    await take(database, HELLO, now)
    [question] = await Events(database).finish_turn(ID, [1], 0, [CHOICE], {}, [], [], now)
    return question.seq


def press(number: int, seq: int, place: int = 0) -> Arrival:
    return replace(PRESS, provider_id=f"p{number}", pressed=(seq, place))


async def test_a_pressed_button_says_what_it_stands_for(database: Database, now: datetime) -> None:
    seq = await asked(database, now)
    await take(database, press(1, seq), now)
    [waiting] = await Events(database).unhandled(ID)
    assert waiting.text == "It is late"
    assert waiting.data["receipt"] == {"query": "q1", "notice": None}


async def test_two_taps_at_once_are_one_answer(database: Database, now: datetime) -> None:
    seq = await asked(database, now)
    await asyncio.gather(*(take(database, press(n, seq), now) for n in range(8)))
    assert len(await Events(database).unhandled(ID)) == 1


@pytest.mark.parametrize("pressed", [(2, 5), (1, 0), (77, 0), (0, 0)])
async def test_a_button_that_was_never_shown_says_nothing(
    database: Database, now: datetime, pressed: tuple[int, int]
) -> None:
    assert await asked(database, now) == 2
    await take(database, press(1, *pressed), now, lambda found: Reaction(notice="late" if found.late else "in time"))
    last = (await told(database))[-1]
    assert (last.type, last.role, last.data["receipt"]) == ("dropped", "customer", {"query": "q1", "notice": "late"})
    assert await Events(database).unhandled(ID) == []


@pytest.mark.parametrize("between", ["the customer writes", "the bot asks anew"])
async def test_a_button_of_an_earlier_question_does_not_answer_the_present_one(
    database: Database, now: datetime, between: str
) -> None:
    seq = await asked(database, now)
    await take(database, replace(HELLO, provider_id="u2"), now)
    waiting = len(await Events(database).unhandled(ID))
    if between == "the bot asks anew":
        await Events(database).finish_turn(ID, [3], 0, [CHOICE], {}, [], [], now)
        waiting = 0
    await take(database, press(1, seq), now)
    assert len(await Events(database).unhandled(ID)) == waiting
    assert (await told(database))[-1].type == "dropped"


async def test_a_late_press_does_not_open_a_closed_conversation_again(database: Database, now: datetime) -> None:
    seq = await asked(database, now)
    await take(database, replace(HELLO, provider_id="u2"), now)
    await Events(database).finish_turn(ID, [3], 0, [], {}, [], [], now)
    await Conversations(database).move(ID, "closed", "system", "silent for a week", 0, at=now)
    await take(database, press(1, seq), now)
    found = await Conversations(database).find(ID)
    assert found is not None
    assert found.owner == "closed"
    await take(database, replace(HELLO, provider_id="u3"), now)
    found = await Conversations(database).find(ID)
    assert found is not None
    assert found.owner == "bot"


async def test_what_was_taken_in_is_known_by_the_providers_id(database: Database, now: datetime) -> None:
    assert not await Inbound(database).known(HELLO.channel, HELLO.provider_id)
    await take(database, HELLO, now)
    assert await Inbound(database).known(HELLO.channel, HELLO.provider_id)
    assert not await Inbound(database).known("another", HELLO.provider_id)
