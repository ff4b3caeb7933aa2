"""A turn that is played again comes out the same or says what differs, and writes nothing anywhere."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from api.cli.replay import _print
from api.desk.staff import Standing, There
from api.dialogue.memory import Memory
from api.dialogue.turn import Said, Turn
from api.why.comparison import Difference, changes, differences
from api.why.moment import Moment, NotKept, moment_of
from api.why.presence import NotedStaff, StaffThen
from api.why.rehearsal import NO_NUMBER, EventsThen, FactsThen, Played, TicketsThen, Unwritten
from handoff.conversations import Conversation
from handoff.facts import Fact, Facts
from handoff.reasons import KeptTurn, Reasons
from handoff.tables import metadata, traces

from ..stand import NOW, Stand, given_words
from .thinking import looked_up, thinks

QUESTION = "how do I send it back"


async def again(stand: Stand, turn: KeptTurn) -> tuple[Moment, Played]:
    """Plays a turn once more with what the stand's engine and articles are now."""
    database = Unwritten(f"sqlite:///{stand.settings.data_dir / 'frontdoor.db'}")
    await database.connect()
    before = stand.services
    try:
        moment = await moment_of(turn, database)
        events = EventsThen(database)
        stand.services = replace(
            before,
            facts=FactsThen(database, turn.messages[0].seq, moment.at),
            tickets=TicketsThen(database),
            staff=NotedStaff(StaffThen(moment.staff)),
        )
        bot = stand.bot_with(stand.engine)
        bot._events, bot._clock = events, lambda: moment.at
        await bot.answer(moment.conversation, *turn.messages)
        assert events.played is not None
        return moment, events.played
    finally:
        stand.services = before
        await database.dispose()


async def found(stand: Stand, id_: str, number: int | None = None) -> list[Difference]:
    turn = await Reasons(stand.database).of_turn(id_, number)
    _, played = await again(stand, turn)
    seqs = [one.seq for one in turn.messages]
    facts = [fact for fact in await Facts(stand.database).history(id_) if fact.seq in seqs]
    return differences(turn, facts, played)


async def rows(stand: Stand) -> dict[str, int]:
    async with stand.database.session() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


@pytest.fixture
async def talked(stand: Stand, conversation: Conversation) -> str:
    """A question with its answer, and a second one after "that's not it"."""
    stand.services = replace(stand.services, staff=NotedStaff(stand.staff))
    stand.bot = stand.bot_with(stand.engine)
    stand.engine.does = thinks(stand)
    stand.base.outcomes[QUESTION] = [looked_up()]
    await stand.say(conversation.id, QUESTION)
    stand.now += timedelta(minutes=5)
    stand.engine.does = thinks(stand, "action_did_not_help")
    await stand.say(conversation.id, "That's not it. I am Jane Miller, jane@example.com")
    return conversation.id


async def test_a_turn_comes_out_the_same_and_nothing_is_written(stand: Stand, talked: str) -> None:
    was = await rows(stand)
    for number, action in ((1, "action_answer"), (2, "action_did_not_help")):
        stand.engine.does = thinks(stand, action)
        assert await found(stand, talked, number) == []
    assert await rows(stand) == was


@pytest.mark.parametrize("there", ["nobody", "free", "busy"])
async def test_whoever_was_at_the_desk_then_is_there_again(stand: Stand, talked: str, there: There) -> None:
    stand.staff.is_there, stand.staff.stands = there, Standing(2, 10)
    stand.engine.does = thinks(stand, "action_request_person")
    await stand.say(talked, "I want to talk to a human")
    stand.staff.is_there, stand.staff.stands = "free" if there == "nobody" else "nobody", None
    assert await found(stand, talked) == []


def answer(days: int) -> str:
    return given_words(f"Send it back within {days} days.", "Returns 0 – How")


async def test_another_answer_is_told_with_what_it_was(stand: Stand, talked: str) -> None:
    stand.engine.does = thinks(stand)
    stand.base.outcomes[QUESTION] = [looked_up("Send it back within 45 days.", count=9)]
    told = {one.what: (one.was, one.now) for one in await found(stand, talked, 1)}
    assert told["words[0].text"] == tuple(answer(days) for days in (30, 45))
    assert "look_ups[0].passages" in told
    assert not any(name.startswith("intent") for name in told)


async def test_another_reading_is_told(stand: Stand, talked: str) -> None:
    does = thinks(stand)

    async def read_otherwise(turn: Turn) -> list[Said]:
        said = await does(turn)
        reading = turn.trace["reading"]
        turn.trace["reading"] = {**reading, "ranking": [{"name": "return_item", "confidence": 0.4}]}
        turn.trace["reading"]["intent"] = {"name": "return_item", "confidence": 0.4}
        return said

    stand.engine.does = read_otherwise
    told = {one.what: (one.was, one.now) for one in await found(stand, talked, 1)}
    assert told["intent.probability"] == (0.82, 0.4)
    assert told["intent.runner_up"] == ({"name": "refund", "probability": 0.11}, None)


async def test_versions_and_articles_that_changed_since_are_named(stand: Stand, talked: str) -> None:
    turn = await Reasons(stand.database).of_turn(talked, 1)
    stand.engine.does = thinks(stand)
    stand.base.version = "newer"
    _, played = await again(stand, turn)

    class Base:
        def passage(self, passage_id: str) -> object:
            hits = looked_up().hits
            kept = {hit.passage.id: hit.passage for hit in hits[2:]}
            first = hits[0].passage
            return {**kept, first.id: replace(first, text="45 days")}.get(passage_id)

    told = {one.what: one.now for one in changes(turn, played, Base())}  # type: ignore[arg-type]  # a told twin
    assert told["index"] == "newer"
    assert told["article /en/help/returns-1/#how"] == "gone"
    assert set(told) == {"index", "article /en/help/returns-0/#how", "article /en/help/returns-1/#how"}


async def test_what_was_said_later_is_not_known_yet(stand: Stand, talked: str) -> None:
    turn = await Reasons(stand.database).of_turn(talked, 1)
    facts = FactsThen(stand.database, turn.messages[0].seq, turn.at)
    assert await facts.current(talked) == {}
    later = FactsThen(stand.database, 99, NOW + timedelta(days=1))
    assert (await later.current(talked))["email"].value == "jane@example.com"


async def test_a_ticket_is_found_again_and_never_made(stand: Stand, conversation: Conversation) -> None:
    values = {"conversation_id": conversation.id, "team": "support", "language": "en", "subject": "x", "question": "x"}
    real = await stand.tickets.open("key", kind="question", at=NOW, **values)  # type: ignore[arg-type]
    then = TicketsThen(stand.database)
    assert (await then.open("key", kind="question", at=NOW, **values)).number == real.number  # type: ignore[arg-type]
    assert (await then.open("new", kind="question", at=NOW, **values)).number == NO_NUMBER  # type: ignore[arg-type]
    assert len(await stand.tickets.for_conversation(conversation.id)) == 1


async def test_a_rehearsals_database_refuses_to_be_written_to(stand: Stand, conversation: Conversation) -> None:
    database = Unwritten(f"sqlite:///{stand.settings.data_dir / 'frontdoor.db'}")
    await database.connect()
    with pytest.raises(PermissionError):
        await Facts(database).record(conversation.id, [Fact("name", "Jane", "Jane")], NOW)
    await database.dispose()


Change = Callable[[dict[str, object]], Awaitable[None]]


async def with_data(stand: Stand, id_: str, number: int, **data: object) -> KeptTurn:
    """A turn as it would have been kept otherwise; None takes a part out."""
    turn = await Reasons(stand.database).of_turn(id_, number)
    kept = {name: value for name, value in {**turn.data, **data}.items() if value is not None}
    async with stand.database.transaction() as connection:
        here = (traces.c.conversation_id == id_, traces.c.seq == turn.seq)
        await connection.execute(update(traces).where(*here).values(data=kept))
    return await Reasons(stand.database).of_turn(id_, number)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"failed": True}, "it failed"),
        ({"before": None}, "before the bot's memory was kept"),
        ({"before": {"at": NOW.isoformat(), "seqs": [3]}}, "too large"),
    ],
)
async def test_a_turn_that_kept_too_little_says_so(
    stand: Stand, talked: str, data: dict[str, object], why: str
) -> None:
    turn = await with_data(stand, talked, 2, **data)
    with pytest.raises(NotKept, match=why):
        await moment_of(turn, stand.database)


async def test_the_first_turn_needs_no_memory(stand: Stand, talked: str) -> None:
    moment = await moment_of(await with_data(stand, talked, 1, before=None), stand.database)
    assert Memory.from_dict(moment.conversation.dialogue) == Memory()
    assert len(moment.notes) == 1


async def test_a_text_that_was_cut_is_made_whole_from_what_the_customer_wrote(stand: Stand, talked: str) -> None:
    long = "I bought a kettle from you and " + "it leaks and " * 200
    stand.engine.does = thinks(stand)
    await stand.say(talked, long)
    await stand.say(talked, "and now?")
    turn = await Reasons(stand.database).of_turn(talked, 4)
    assert turn.data["before"]["memory"]["question"] == long
    cut = {**turn.data["before"], "memory": {"question": long[:100] + "…"}}
    moment = await moment_of(await with_data(stand, talked, 4, before=cut), stand.database)
    assert (Memory.from_dict(moment.conversation.dialogue).question, moment.notes) == (long, ())
    lost = {**turn.data["before"], "memory": {"question": "Nobody ever wrote that to anybody at all, not even once…"}}
    moment = await moment_of(await with_data(stand, talked, 4, before=lost), stand.database)
    assert moment.notes == ("a long text of the bot's memory was not kept whole",)


def test_the_result_is_read_by_people(capsys: pytest.CaptureFixture[str]) -> None:
    told = {
        "conversation": "c", "turn": 2, "seq": 3, "at": NOW.isoformat(), "messages": ["where is it"], "notes": [],
        "words": {"was": ["Wait."], "now": ["Wait one day."]},
    }  # fmt: skip
    _print({**told, "same": True, "differences": [], "changed": []})
    assert "\nsame\n" in capsys.readouterr().out
    difference = {"what": "words[0].text", "was": "Wait.", "now": "Wait one day."}
    _print({**told, "same": False, "differences": [difference], "changed": [{"what": "index", "was": "a", "now": "b"}]})
    out = capsys.readouterr().out
    assert "different (1)\n  words[0].text: Wait. -> Wait one day." in out
    assert "changed since:\n  index: a -> b" in out
    assert json.loads(json.dumps(told)) == told
