"""The packet says what the database says: why, what, who, what was tried and promised, on either database."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event, insert, update

from handoff.conversations import Conversation, Conversations, UnknownConversation
from handoff.database import Database
from handoff.events import Events, Word
from handoff.facts import Fact
from handoff.ownership import Handover
from handoff.packet import Packets, Passage
from handoff.packet.parts import Attempted, Evidence, Given, Telling, Understanding
from handoff.promises import Promises
from handoff.tables import conversations, events
from handoff.tickets import Tickets
from tests.handoff.packet.story import KETTLE, Teller, a_memory, a_reading, leaking_kettle
from tests.handoff.packet.test_schema import check


@pytest.fixture
async def teller(database: Database, conversation: Conversation, now: datetime) -> Teller:
    return await leaking_kettle(database, conversation, now)


async def test_an_agent_reads_why_they_were_asked_in_and_where_it_was_said(teller: Teller) -> None:
    packet = await Packets(teller.database).of(teller.conversation.id)
    assert (packet.reason.code, packet.reason.source, packet.reason.at) == ("anger", "owner", teller.at)
    assert packet.ledger == (
        Evidence(5, "rejected_answer", 1.2, "That wasn't it"),
        Evidence(9, "anger", 2.5, "really fed up"),
        Evidence(9, "explicit_request", 2.0, "Get me a human"),
    )
    assert (packet.owner, packet.epoch, packet.as_of_seq) == ("queue", 1, 11)


async def test_how_sure_detection_was_is_said(database: Database, conversation: Conversation, now: datetime) -> None:
    teller, packets = Teller(database, conversation, now), Packets(database)
    assert (await packets.of(conversation.id)).reason.probability is None
    await teller.turn("hm", ["…"], trace={"detection": {"probability": 0.8312}})
    await teller.turn("hm", ["…"], trace={"detection": {"probability": "high"}})
    assert (await packets.of(conversation.id)).reason.probability == 0.8312


async def test_three_sentences_tell_it_in_the_customers_words(teller: Teller) -> None:
    packet = await Packets(teller.database).of(teller.conversation.id)
    assert packet.telling == (
        Telling(3, "My kettle LK-310 leaks at the bottom since yesterday.", "problem"),
        Telling(9, "This is the third kettle from you and I am really fed up!", "signal"),
        Telling(9, "Is anybody going to replace it?", "question"),
    )


async def test_the_problem_and_the_details_are_there_with_how_sure_they_are(teller: Teller) -> None:
    packet = await Packets(teller.database).of(teller.conversation.id)
    assert packet.problem is not None
    assert (packet.problem.text, packet.problem.topic, packet.problem.confirmed, packet.problem.source) == (
        "My kettle LK-310 leaks at the bottom since yesterday.",
        "damaged_item",
        False,
        "dialogue",
    )
    assert packet.given == (
        Given("email", "jane@example.com", "claimed", "jane@example.com", 7),
        Given("phone", None, "refused", "no phone please", 7),
        Given("order_number", "LL-20418837", "claimed", "LL-20418837", 7),
    )
    assert packet.understanding == Understanding("damaged_item", 0.91, "warranty", 0.1, 3)


async def test_what_was_tried_is_there_with_its_outcome(teller: Teller) -> None:
    packet = await Packets(teller.database).of(teller.conversation.id)
    assert packet.tried == (
        Attempted("article", KETTLE["permalink"], KETTLE["title"], "rejected", 4),
        Attempted("step", "restart", "I descaled it already and restarted it twice.", "done", 7),
    )


async def test_the_mood_goes_down_with_what_was_said(teller: Teller) -> None:
    packet = await Packets(teller.database).of(teller.conversation.id)
    assert [(one.seq, one.why) for one in packet.mood] == [
        (1, ()),
        (3, ()),
        (5, ("rejected_answer",)),
        (7, ()),
        (9, ("anger",)),
    ]
    assert packet.mood[0].value == 0.0
    assert -1 < packet.mood[4].value < packet.mood[2].value < 0


async def test_a_summary_the_customer_agreed_to_confirms_what_was_in_it(teller: Teller) -> None:
    details = {
        "email": {"status": "given", "value": "jane@example.com"},
        "order_number": {"status": "given", "value": "another"},
        "confirmed": True,
    }
    ticket = await Tickets(teller.database).open(
        "k",
        conversation_id=teller.conversation.id,
        team="support",
        kind="question",
        language="en",
        subject="Leaking kettle",
        question="The kettle leaks",
        at=teller.at,
        details=details,
        intent="damaged_item",
        reply_by=teller.at + timedelta(hours=4),
        promise_text="You'll have a reply by 14:00.",
    )
    await Conversations(teller.database).remember(teller.conversation.id, a_memory())
    packet = await Packets(teller.database).of(teller.conversation.id, now=teller.at)
    assert packet.problem is not None
    assert (packet.problem.text, packet.problem.confirmed, packet.problem.source) == (
        "The kettle leaks",
        True,
        "ticket",
    )
    assert {one.field: one.status for one in packet.given} == {
        "email": "confirmed",
        "phone": "refused",
        "order_number": "claimed",
    }
    (promise,) = packet.promises
    assert (promise.text, promise.state, promise.ticket) == ("You'll have a reply by 14:00.", "open", ticket.number)
    (before,) = packet.earlier
    assert (before.id, before.about, before.known_by, before.identity) == (
        ticket.number,
        "Leaking kettle",
        "this_conversation",
        "same",
    )


async def test_a_promise_is_open_then_broken_then_kept_late(teller: Teller) -> None:
    store, id_ = Promises(teller.database), teller.conversation.id
    due = teller.at + timedelta(hours=1)
    late = await store.make(id_, "reply", "by eleven", due, teller.at)
    kept = await store.make(id_, "call", "a call", due, teller.at)
    await store.keep(kept.id, due)
    packets = Packets(teller.database)
    states = {}
    for hours in (0, 2):
        packet = await packets.of(id_, now=teller.at + timedelta(hours=hours))
        states[hours] = {one.kind: one.state for one in packet.promises}
    assert states == {0: {"reply": "open", "call": "kept"}, 2: {"reply": "broken", "call": "kept"}}
    await store.keep(late.id, due + timedelta(minutes=1))
    assert {one.state for one in (await packets.of(id_)).promises} == {"kept_late", "kept"}


async def test_the_form_in_progress_is_part_of_it(teller: Teller) -> None:
    intake = {
        "answers": {
            "question": {"status": "given", "value": "It leaks", "raw": "It leaks", "seq": 3},
            "name": {"status": "given", "value": "Jane", "raw": "I'm Jane", "seq": 12},
            "email": {"status": "invalid", "value": "jane@", "raw": "jane@", "seq": 12},
            "contact": {"status": "refused", "value": None, "raw": "no", "seq": 13},
        },
        "confirmed": None,
    }
    await Conversations(teller.database).remember(teller.conversation.id, a_memory(intake=intake))
    packet = await Packets(teller.database).of(teller.conversation.id)
    assert packet.problem is not None
    assert (packet.problem.text, packet.problem.source) == ("It leaks", "form")
    assert [(one.field, one.value, one.status) for one in packet.given] == [
        ("name", "Jane", "claimed"),
        ("email", "jane@example.com", "claimed"),
        ("phone", None, "refused"),
        ("contact", None, "refused"),
        ("order_number", "LL-20418837", "claimed"),
    ]


async def test_orders_looked_up_are_tried_things(database: Database, conversation: Conversation, now: datetime) -> None:
    teller = Teller(database, conversation, now)
    for number, outcome in (("LL-1", "not told"), ("LL-2", "told"), ("LL-3", "order system away"), ("LL-4", "asked")):
        await teller.turn(f"and {number}?", ["…"], trace={"order": {"number": number, "outcome": outcome}})
    told = {"permalink": "order:LL-2", "title": "Your order LL-2 is on its way.", "passage": "", "outcome": "shown"}
    await teller.turn("ok", ["…"], dialogue=a_memory(tried=[told]))
    packet = await Packets(database).of(conversation.id)
    assert [(one.kind, one.name, one.title, one.outcome, one.seq) for one in packet.tried] == [
        ("order", "LL-2", "Your order LL-2 is on its way.", "told", 3),
        ("order", "LL-1", "LL-1", "not_told", 1),
        ("order", "LL-3", "LL-3", "away", 5),
    ]


async def test_a_change_of_language_is_said(database: Database, conversation: Conversation, now: datetime) -> None:
    teller = Teller(database, conversation, now)
    await teller.turn("where is my parcel", ["…"], trace={"asked_in": "en"})
    await teller.turn("我的包裹在哪里", ["…"], trace={"asked_in": "zh"}, language="zh")
    packet = await Packets(database).of(conversation.id)
    assert (packet.language.now, packet.language.before, packet.language.changed) == ("zh", ("en",), True)
    assert packet.opening.startswith("您好！")


async def test_with_the_bot_nobody_was_asked_in_yet(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    packet = await Packets(database).of(conversation.id, now=now)
    assert (packet.reason.code, packet.reason.at, packet.problem, packet.telling) == ("none", None, None, ())
    assert (
        packet.opening == "Hello. You're talking to a person now, thank you for your patience. What can I do for you?"
    )
    check(json.loads(json.dumps(packet.to_dict())))


async def test_a_reason_in_words_leaves_the_code_to_the_signals_or_the_request(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    teller = Teller(database, conversation, now)
    move = Handover("queue", "bot", "the customer asked for a person")
    await teller.turn("a person please", ["…"], handover=move, dialogue=a_memory(kind="person"))
    packets = Packets(database)
    reason = (await packets.of(conversation.id)).reason
    assert (reason.code, reason.source, reason.words) == ("explicit_request", "request", move.reason)
    await teller.turn("useless", [], signals=[("insult", 2.0, "useless")])
    reason = (await packets.of(conversation.id)).reason
    assert (reason.code, reason.source) == ("insult", "signals")


async def test_what_the_customer_never_said_is_not_in_their_words(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    teller = Teller(database, conversation, now)
    await teller.turn("The lid of the teapot is broken", ["I can pass this on to a colleague of mine."])
    await Conversations(database).move(conversation.id, "agent", "kim", "claimed", None, at=now)
    note = Word("note", "agent", "This customer always complains about a broken lid, be careful please.")
    await Events(database).say(conversation.id, [note], 1, now)
    packet = await Packets(database).of(conversation.id)
    assert [one.text for one in packet.telling] == ["The lid of the teapot is broken"]
    assert (packet.owner, packet.agent) == ("agent", "kim")
    assert "always complains" not in json.dumps(packet.to_dict())


async def test_a_later_value_is_the_one_in_the_packet(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    teller = Teller(database, conversation, now)
    await teller.turn("a@example.com", ["…"], facts=[Fact("email", "a@example.com", "a@example.com")])
    await teller.turn("no, b@example.com", ["…"], facts=[Fact("email", "b@example.com", "b@…", None, True)])
    packet = await Packets(database).of(conversation.id)
    assert packet.given == (Given("email", "b@example.com", "confirmed", "b@…", 3),)


async def test_the_same_database_and_moment_make_the_same_packet(teller: Teller) -> None:
    packets, hits = Packets(teller.database), (Passage("/en/a/", "A", "text", 0.5),)
    first = await packets.of(teller.conversation.id, hits, teller.at)
    assert (await packets.of(teller.conversation.id, now=teller.at)).with_passages(hits) == first
    assert first == await packets.of(teller.conversation.id, hits, teller.at)
    assert first.passages == hits
    assert first.value("email") == "jane@example.com"
    assert first.value("phone") is None
    check(json.loads(json.dumps(first.to_dict(), allow_nan=False)))


async def test_a_conversation_nobody_opened_has_no_packet(database: Database) -> None:
    with pytest.raises(UnknownConversation):
        await Packets(database).of("nobody")


@pytest.mark.parametrize(
    "broken", [[], 7, "text", {"tried": {"a": 1}, "intake": 5}, {"tried": [None, {}], "question": 3}]
)
async def test_a_memory_that_cannot_be_read_makes_a_poorer_packet_and_never_none(
    teller: Teller, broken: object
) -> None:
    async with teller.database.transaction() as connection:
        await connection.execute(update(conversations).values(dialogue=broken))
    packet = await Packets(teller.database).of(teller.conversation.id)
    check(packet.to_dict())
    assert packet.value("order_number") == "LL-20418837"
    assert packet.problem is not None
    assert packet.problem.source == "words"


async def test_the_beginning_of_a_long_conversation_is_still_there_where_it_matters(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    teller = Teller(database, conversation, now)
    await teller.turn(
        "The teapot arrived in pieces and I am furious about it.",
        ["…"],
        facts=[Fact("name", "Jane", "I'm Jane"), Fact("question", "The teapot arrived in pieces", "…")],
        signals=[("anger", 5.0, "furious")],
        trace=a_reading("damaged_item", 0.9),
    )
    at = teller.at + timedelta(hours=1)
    base = {"conversation_id": conversation.id, "type": "message", "data": {}, "epoch": 0, "handled_at": at, "at": at}
    chat = [("customer", "ok then"), ("bot", "fine")] * 1000
    async with database.transaction() as connection:
        rows = [{**base, "seq": seq, "role": role, "text": text} for seq, (role, text) in enumerate(chat, 3)]
        await connection.execute(insert(events), rows)
    asked: list[str] = []

    def note(*what: object) -> None:
        asked.append(str(what[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        packet = await Packets(database).of(conversation.id)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert 0 < len([one for one in asked if one.startswith("SELECT")]) <= 13
    assert packet.value("name") == "Jane"
    assert packet.telling[0] == Telling(1, "The teapot arrived in pieces and I am furious about it.", "signal")
    assert packet.ledger[0].quote == "furious"
    assert (packet.reach.last_heard, packet.as_of_seq) == (at, 2002)
