"""A turn's reasons are found by any of its messages and by its number, on both databases."""

from datetime import datetime

import pytest

from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.events import Events, Word
from handoff.ownership import UnknownConversation
from handoff.reasons import NoSuchMessage, NoSuchTurn, NotOfTheBot, Reasons


class Chat:
    """A conversation in which the bot, and at times a person, answers."""

    def __init__(self, database: Database, of: Conversation, now: datetime) -> None:
        self.events, self.conversations, self.id, self.now = Events(database), Conversations(database), of.id, now

    async def writes(self, text: str) -> int:
        return (await self.events.receive(self.id, None, text, self.now)).seq

    async def bot(self, seqs: list[int], *words: str, epoch: int = 0, **data: object) -> None:
        kept = {"before": {"seqs": seqs}, **data}
        said = [Word("message", "bot", word) for word in words]
        await self.events.finish_turn(self.id, seqs, epoch, said, {}, [], [kept], self.now)


@pytest.fixture
def chat(database: Database, conversation: Conversation, now: datetime) -> Chat:
    return Chat(database, conversation, now)


@pytest.fixture
def reasons(database: Database) -> Reasons:
    return Reasons(database)


async def test_every_message_of_a_turn_leads_to_it(chat: Chat, reasons: Reasons) -> None:
    await chat.bot([await chat.writes("hello")], "hi")
    burst = [await chat.writes("my kettle"), await chat.writes("is broken")]
    await chat.bot(burst, "oh", "what now?", mark="second")
    for seq in range(3, 7):
        found = await reasons.of_message(chat.id, seq)
        assert (found.number, found.seq, found.data["mark"]) == (2, 4, "second")
        assert [one.text for one in found.messages] == ["my kettle", "is broken"]
        assert [one.text for one in found.words] == ["oh", "what now?"]


async def test_a_message_that_a_person_answered_leads_to_no_turn_even_when_the_bot_answers_later_ones(
    chat: Chat, reasons: Reasons
) -> None:
    await chat.bot([await chat.writes("hello")], "hi")
    held = await chat.conversations.move(chat.id, "queue", "bot", "asked", None, at=chat.now)
    theirs = await chat.writes("is anybody there?")
    back = await chat.conversations.move(chat.id, "bot", "kim", "given back", held.epoch, at=chat.now)
    await chat.bot([await chat.writes("and now?")], "yes", epoch=back.epoch)
    for seq in (theirs, await chat.writes("nobody has answered this")):
        with pytest.raises(NotOfTheBot, match=f"Message {seq} "):
            await reasons.of_message(chat.id, seq)
    said = await chat.events.say(chat.id, [Word("message", "bot", "welcome")], back.epoch, chat.now)
    with pytest.raises(NotOfTheBot):
        await reasons.of_message(chat.id, said[0].seq)


async def test_turns_are_counted_from_one_and_the_last_needs_no_number(chat: Chat, reasons: Reasons) -> None:
    for n in range(3):
        await chat.bot([await chat.writes(f"message {n}")], f"answer {n}")
    assert [(await reasons.of_turn(chat.id, n)).words[0].text for n in (1, 2, 3)] == [
        "answer 0",
        "answer 1",
        "answer 2",
    ]
    assert (await reasons.of_turn(chat.id, None)).number == 3
    with pytest.raises(NoSuchTurn, match="no turn 4 of the bot: it has 3"):
        await reasons.of_turn(chat.id, 4)


async def test_what_is_not_there_is_named(chat: Chat, reasons: Reasons) -> None:
    with pytest.raises(NoSuchTurn, match="has not answered"):
        await reasons.of_turn(chat.id, None)
    with pytest.raises(NoSuchMessage, match="no message 7"):
        await reasons.of_message(chat.id, 7)
    for asked in (reasons.of_message("x" * 32, 1), reasons.of_turn("x" * 32, 1)):
        with pytest.raises(UnknownConversation):
            await asked


async def test_what_was_written_before_comes_as_it_was_read_together(chat: Chat, reasons: Reasons) -> None:
    await chat.bot([await chat.writes("one"), await chat.writes("two")], "both")
    await chat.bot([await chat.writes("three")], "yes")
    await chat.bot([await chat.writes("four")], "no")
    said = await reasons.said_before(await reasons.of_turn(chat.id, 3), 10)
    assert [[event.text for event in burst] for burst in said] == [["three"], ["one", "two"]]
