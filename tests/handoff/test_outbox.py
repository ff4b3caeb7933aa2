"""Every word on its way to a messaging app is written with its event, sent in order, once, and not too late."""

import asyncio
from datetime import datetime, timedelta

import pytest

from handoff.conversations import Conversation, Conversations, Handover
from handoff.database import Database
from handoff.events import Events, Word
from handoff.inbound import Arrival, Inbound, Reaction
from handoff.outbox import Letter, Outbox

SECOND = timedelta(seconds=1)
LATER = timedelta(minutes=1)


@pytest.fixture
async def chat(database: Database, now: datetime) -> Conversation:
    """A conversation in a messaging app."""
    return await Conversations(database).open("app", "ko", None, now, address="4711")


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


def word(text: str, role: str = "bot", type_: str = "message") -> Word:
    return Word(type_, role, text)


async def say(database: Database, chat: Conversation, at: datetime, *words: Word, epoch: int = 0) -> None:
    await Events(database).say(chat.id, words, epoch, at)


async def head(outbox: Outbox, chat: Conversation, at: datetime) -> Letter:
    found = await outbox.head(chat.id, at)
    assert found is not None
    return found


async def claimed(outbox: Outbox, chat: Conversation, at: datetime) -> Letter:
    found = await outbox.claim(await head(outbox, chat, at), at, at + LATER)
    assert found is not None
    return found


async def texts(outbox: Outbox) -> list[str]:
    return [letter.event.text for letter in await outbox.letters()]


async def test_a_turn_puts_its_words_in_the_outbox_and_nothing_else(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    store = Events(database)
    await store.receive(chat.id, "m1", "hello", now)
    words = [word("Hello!"), word("Your ticket is T-1.", type_="ticket"), word(" ")]
    handover = Handover("queue", "bot", "asked")
    await store.finish_turn(chat.id, [1], 0, words, {}, [], [], now, handover=handover)
    assert await texts(outbox) == ["Hello!", "Your ticket is T-1."]
    [first, _] = await outbox.letters()
    assert (first.channel, first.address, first.language, first.status) == ("app", "4711", "ko", "due")
    assert (first.parts_sent, first.attempts, list(first.sent), first.due_at) == (0, 0, [], now)


async def test_a_turn_that_does_not_happen_sends_nothing(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await Events(database).receive(chat.id, "m1", "hello", now)
    with pytest.raises(Exception, match="JSON"):
        await Events(database).finish_turn(chat.id, [1], 0, [word("Hi")], {}, [], [{"x": float("nan")}], now)
    assert await outbox.letters() == []


async def test_the_website_has_no_outbox(
    database: Database, outbox: Outbox, conversation: Conversation, now: datetime
) -> None:
    await say(database, conversation, now, word("Hello!"))
    assert await outbox.letters() == []


async def test_a_dropped_word_is_not_put_in_and_an_agents_word_is(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await Conversations(database).move(chat.id, "agent", "alice", "took over", 0, at=now)
    await say(database, chat, now, word("too late"), word("Alice here.", "agent"), epoch=1)
    assert await texts(outbox) == ["Alice here."]


async def test_of_a_conversation_only_the_first_letter_is_due(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    other = await Conversations(database).open("app", "en", None, now, address="4712")
    await say(database, chat, now, word("one"), word("two"))
    await say(database, other, now, word("elsewhere"))
    assert sorted(await outbox.due(now)) == sorted([chat.id, other.id])
    assert await outbox.due(now - SECOND) == []
    letter = await claimed(outbox, chat, now)
    await outbox.put_off(letter, now + LATER, "away")
    # The second word of a conversation never overtakes the first; other conversations do not wait for it.
    assert await outbox.due(now) == [other.id]
    assert await outbox.head(chat.id, now) is None
    assert await outbox.next_due(now) == now + LATER
    later = now + LATER
    assert (await head(outbox, chat, later)).event.text == "one"
    await outbox.finished(await claimed(outbox, chat, later), "sent", later, {"id": "9"})
    assert (await head(outbox, chat, later)).event.text == "two"


async def test_one_of_many_senders_gets_a_letter(
    database: Database, database_url: str, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("one"))
    other = Database(database_url)
    await other.connect()
    letter = await head(outbox, chat, now)
    senders = [outbox, Outbox(other)] * 4
    got = await asyncio.gather(*(sender.claim(letter, now, now + LATER) for sender in senders))
    await other.dispose()
    assert len([one for one in got if one]) == 1


async def test_a_letter_whose_sender_died_is_due_again(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("one"))
    lost = await claimed(outbox, chat, now)
    assert await outbox.due(now + SECOND) == []
    assert await outbox.due(now + LATER) == [chat.id]
    taken_over = await claimed(outbox, chat, now + LATER)
    assert taken_over.attempts == 2
    # Should the first sender live after all, it has nothing to say any more.
    assert not await outbox.finished(lost, "sent", now)
    assert await outbox.finished(taken_over, "sent", now)


async def test_parts_that_are_out_are_remembered(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("long"))
    await outbox.part_sent(await claimed(outbox, chat, now), {"id": "1"}, now)
    letter = await claimed(outbox, chat, now)
    assert (letter.parts_sent, list(letter.sent)) == (1, [{"id": "1"}])
    await outbox.finished(letter, "sent", now, {"id": "2"})
    [letter] = await outbox.letters(status="sent")
    assert (letter.parts_sent, list(letter.sent), letter.done_at) == (2, [{"id": "1"}, {"id": "2"}], now)


async def test_a_bots_word_is_dropped_once_a_person_took_over(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("I am the bot."), word("Still me."))
    letter = await head(outbox, chat, now)
    await Conversations(database).move(chat.id, "agent", "alice", "took over", 0, at=now)
    await Conversations(database).move(chat.id, "bot", "alice", "gave back", 1, at=now)
    assert await outbox.claim(letter, now, now + LATER) is None
    [first, second] = await outbox.letters()
    assert (first.status, second.status) == ("dropped", "due")
    assert first.reason
    assert await outbox.claim(await head(outbox, chat, now), now, now + LATER) is None


async def test_a_long_word_is_stopped_in_the_middle_when_a_person_takes_over(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("long"))
    await outbox.part_sent(await claimed(outbox, chat, now), {"id": "1"}, now)
    await Conversations(database).move(chat.id, "agent", "alice", "took over", 0, at=now)
    assert await outbox.claim(await head(outbox, chat, now), now, now + LATER) is None


async def test_the_bots_farewell_on_the_way_to_a_person_arrives(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await Events(database).receive(chat.id, "m1", "a person please", now)
    goodbye = [word("A colleague will be with you.")]
    handover = Handover("queue", "bot", "asked")
    await Events(database).finish_turn(chat.id, [1], 0, goodbye, {}, [], [], now, handover=handover)
    assert (await claimed(outbox, chat, now)).event.text == "A colleague will be with you."


async def test_an_agents_word_arrives_also_after_the_conversation_moved_on(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await Conversations(database).move(chat.id, "agent", "alice", "took over", 0, at=now)
    await say(database, chat, now, word("Goodbye.", "agent"), epoch=1)
    await Conversations(database).move(chat.id, "closed", "alice", "done", 1, at=now)
    assert (await claimed(outbox, chat, now)).event.text == "Goodbye."


async def test_what_is_dead_lets_the_next_one_pass_and_can_be_sent_after_all(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("one"), word("two"))
    dead = await claimed(outbox, chat, now)
    await outbox.finished(dead, "dead", now, reason="blocked")
    assert (await head(outbox, chat, now)).event.text == "two"
    assert await outbox.counts() == {"dead": 1, "due": 1}
    assert await outbox.again(dead.id, now + LATER)
    assert not await outbox.again(dead.id, now)
    again = await head(outbox, chat, now + LATER)
    assert (again.event.text, again.attempts, again.reason) == ("one", 0, None)


async def test_a_letter_brings_what_the_channel_kept_of_the_message_it_answers(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    arrival = Arrival("app", "u1", "text", "{}", chat.id, "4711", text="hello", data={"channel": {"reply": "r1"}})
    await Inbound(database).take(arrival, lambda _: Reaction(), now)
    await Events(database).finish_turn(chat.id, [1], 0, [word("Hi")], {}, [], [], now)
    assert (await head(outbox, chat, now)).answering == {"channel": {"reply": "r1"}}


async def seen_by_the_desk(database: Database, chat: Conversation) -> list[tuple[str, str, object]]:
    """What the conversation says of words that did or did not arrive."""
    found = await Events(database).after(chat.id, 0, dropped=True)
    return [(e.type, e.role, dict(e.data)) for e in found if e.type in ("undelivered", "delivered")]


async def test_an_agent_is_told_that_the_customer_has_not_got_it_and_later_that_they_have(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await Conversations(database).move(chat.id, "agent", "alice", "took over", 0, at=now)
    await say(database, chat, now, word("Alice here.", "agent"), epoch=1)
    dead = await claimed(outbox, chat, now)
    assert await outbox.finished(dead, "dead", now, reason="the customer has blocked us")
    told = [("undelivered", "system", {"seq": dead.seq, "reason": "the customer has blocked us"})]
    assert await seen_by_the_desk(database, chat) == told
    await outbox.again(dead.id, now + SECOND)
    assert await seen_by_the_desk(database, chat) == told
    await outbox.finished(await claimed(outbox, chat, now + SECOND), "sent", now + SECOND, {"id": "1"})
    assert await seen_by_the_desk(database, chat) == [*told, ("delivered", "system", {"seq": dead.seq})]
    # The notices themselves are nothing to send.
    assert await texts(outbox) == ["Alice here."]


async def test_what_arrives_at_once_or_is_dropped_is_no_news(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("one"), word("two"))
    await outbox.finished(await claimed(outbox, chat, now), "sent", now, {"id": "1"})
    letter = await head(outbox, chat, now)
    await Conversations(database).move(chat.id, "agent", "alice", "took over", 0, at=now)
    await outbox.claim(letter, now, now + LATER)
    assert await seen_by_the_desk(database, chat) == []


async def test_a_sender_that_lost_a_letter_tells_nobody_how_it_ended(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("one"))
    lost = await claimed(outbox, chat, now)
    await claimed(outbox, chat, now + LATER)
    assert not await outbox.finished(lost, "dead", now + LATER, reason="blocked")
    assert await seen_by_the_desk(database, chat) == []


async def test_the_receipt_of_a_button_is_nobodys_word(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    arrival = Arrival("app", "u1", "press", "{}", chat.id, "4711", text="yes", receipt={"callback": "c1"})
    await Inbound(database).take(arrival, lambda _: Reaction(), now)
    await outbox.finished(await claimed(outbox, chat, now), "dead", now, reason="too old")
    assert await seen_by_the_desk(database, chat) == []


async def test_attempts_are_those_of_the_part_that_is_next(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    await say(database, chat, now, word("long"))
    await outbox.put_off(await claimed(outbox, chat, now), now, "busy")
    letter = await claimed(outbox, chat, now)
    assert letter.attempts == 2
    await outbox.part_sent(letter, {"id": "1"}, now)
    letter = await claimed(outbox, chat, now)
    assert (letter.parts_sent, letter.attempts) == (1, 1)
    await outbox.finished(letter, "dead", now, reason="blocked")
    await outbox.again(letter.id, now + SECOND)
    assert (await claimed(outbox, chat, now + SECOND)).attempts == 1


async def test_what_was_given_up_is_listed_with_its_cause_and_can_be_sent_all_at_once(
    database: Database, outbox: Outbox, chat: Conversation, now: datetime
) -> None:
    other = await Conversations(database).open("app", "en", None, now, address="4712")
    await say(database, chat, now, word("one"))
    await say(database, other, now, word("elsewhere"), word("on its way"))
    for minute, one in enumerate((chat, other)):
        letter = await claimed(outbox, one, now)
        await outbox.finished(letter, "dead", now + minute * LATER, reason=f"cause {minute}")
    [last, first] = await outbox.undelivered(10)
    assert (last.channel, last.role, last.attempts, last.reason) == ("app", "bot", 1, "cause 1")
    assert (first.said_at, first.given_up_at, last.given_up_at) == (now, now, now + LATER)
    assert await outbox.undelivered(1) == [last]
    assert await outbox.again_all(now + LATER) == 2
    assert await outbox.undelivered(10) == []
    assert await outbox.counts() == {"due": 3}
