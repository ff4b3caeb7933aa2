"""Attention: who needs a person is seen, told so, and given one when one is there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from api import wording
from api.dialogue.attention import Attention
from api.dialogue.bot import Bot
from api.dialogue.memory import Memory
from api.dialogue.plain import PlainEngine
from api.meanings import Meanings
from handoff.conversations import Conversation
from handoff.detection import Context, Reading
from handoff.intake import Intake
from handoff.tables import conversations, signals
from tests.api.stand import DETECTOR, Stand, an_article, answered, given_words, suggests

ASKS = {
    "en": "I want to talk to a human please",
    "zh": "我要转人工客服",
    "ko": "상담원 연결해 주세요",
}


@pytest.fixture
def bot(stand: Stand) -> Bot:
    """The bot as it is without Rasa."""
    return stand.bot_with(PlainEngine(stand.services))


async def now(stand: Stand, conversation: Conversation) -> Conversation:
    found = await stand.conversations.find(conversation.id)
    assert found is not None
    return found


@pytest.mark.parametrize("language", list(ASKS))
@pytest.mark.parametrize(("there", "sentence"), [("free", "person-coming"), ("busy", "person-queue")])
async def test_who_asks_for_a_person_goes_to_the_desk_when_somebody_is_there(
    stand: Stand, bot: Bot, language: str, there: str, sentence: str
) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.staff.is_there = there  # type: ignore[assignment]
    words = await stand.say(conversation.id, ASKS[language], bot)
    # Who has to wait is told that they need not.
    keys = ("fetch-asked", sentence) if there == "free" else ("fetch-asked", sentence, "queue-or-ticket")
    assert words == [wording.together(language, [wording.say(language, key) for key in keys])]
    after = await now(stand, conversation)
    assert (after.owner, after.epoch) == ("queue", 1)
    [change] = await stand.conversations.changes(conversation.id)
    assert (change.actor, change.reason) == ("bot", "explicit_request")


@pytest.mark.parametrize("language", list(ASKS))
async def test_when_nobody_is_there_a_ticket_is_the_way(stand: Stand, bot: Bot, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    await stand.say(conversation.id, ASKS[language], bot)
    after = await now(stand, conversation)
    assert after.owner == "bot"
    assert Memory.from_dict(after.dialogue).kind == "person"
    assert Memory.from_dict(after.dialogue).intake is not None


async def test_in_the_middle_of_the_form_the_desk_takes_over_when_somebody_has_come(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    await stand.say(conversation.id, ASKS["en"], bot)
    stand.staff.is_there = "free"
    words = await stand.say(conversation.id, "I want a person, not a form", bot)
    assert len(words) == 1
    assert wording.say("en", "person-coming") in words[0]
    after = await now(stand, conversation)
    assert after.owner == "queue"
    assert Memory.from_dict(after.dialogue).intake is None


async def test_the_signs_are_kept_with_the_words_that_raised_them(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    await stand.say(conversation.id, ASKS["en"], bot)
    async with stand.database.session() as connection:
        rows = (await connection.execute(select(signals.c.seq, signals.c.name, signals.c.quote))).all()
    assert any(row.name == "explicit_request" and row.quote in ASKS["en"] for row in rows)


async def test_safety_is_named_first_and_fetches_a_person(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    stand.staff.is_there = "free"
    words = await stand.say(conversation.id, "the kettle gave me an electric shock and my hand is burnt", bot)
    assert words[0].startswith(wording.say("en", "fetch-safety"))
    assert (await now(stand, conversation)).owner == "queue"


async def test_who_is_content_is_left_with_the_bot(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    stand.staff.is_there = "free"
    stand.base.outcomes["where is my parcel"] = [answered()]
    for text in ("where is my parcel", "THANK YOU SO MUCH!!! THAT WAS QUICK!!!", "bye then"):
        await stand.say(conversation.id, text, bot)
    assert (await now(stand, conversation)).owner == "bot"


async def test_an_offer_is_made_once_until_it_is_calm_again(
    stand: Stand, bot: Bot, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = wording.say("en", "offer-person")

    def reads(decision: str) -> None:
        reading = Reading(0.6, decision, "rejected_answer", ())  # type: ignore[arg-type]
        monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: reading)

    made = []
    for number, decision in enumerate(("offer", "offer", "go_on", "offer")):
        reads(decision)
        stand.base.outcomes[f"q{number}"] = [suggests(f"/en/{number}/")]
        made.append(offer in await stand.say(conversation.id, f"q{number}", bot))
    assert made == [True, False, False, True]


async def test_a_feeling_is_named_once_before_the_answer(
    stand: Stand, bot: Bot, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    felt = wording.say("en", "felt")
    stand.base.outcomes["q"] = [suggests("/en/late/")]
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: Reading(0.3, "acknowledge", "anger", ()))
    assert (await stand.say(conversation.id, "q", bot))[0] == felt
    assert felt not in await stand.say(conversation.id, "q", bot)


async def test_a_detector_that_fails_costs_nobody_an_answer(
    stand: Stand, bot: Bot, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(DETECTOR, "read", broken)
    stand.base.outcomes["where is my parcel"] = [answered()]
    assert await stand.say(conversation.id, "where is my parcel", bot) == [given_words()]


async def test_nobody_is_taken_off_the_way_they_chose(
    stand: Stand, bot: Bot, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No answer, twice: a ticket is offered, which is a way to a colleague.
    shown = await stand.say(conversation.id, "where is my parcel", bot)
    assert shown
    memory = Memory.from_dict((await now(stand, conversation)).dialogue)
    assert memory.awaiting == "ticket_offer"
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: Reading(0.9, "hand_over", "explicit_request", ()))
    await stand.say(conversation.id, "yes please", bot)
    assert Memory.from_dict((await now(stand, conversation)).dialogue).kind == "question"


@pytest.mark.parametrize(("there", "owner"), [("nobody", "bot"), ("free", "queue")])
async def test_who_goes_in_circles_is_fetched_when_somebody_is_there_and_else_offered_a_person(
    stand: Stand, bot: Bot, conversation: Conversation, monkeypatch: pytest.MonkeyPatch, there: str, owner: str
) -> None:
    stand.staff.is_there = there  # type: ignore[assignment]
    stand.base.outcomes["q"] = [suggests("/en/late/")]
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: Reading(0.9, "hand_over", "rejected_answer", ()))
    words = await stand.say(conversation.id, "q", bot)
    assert (await now(stand, conversation)).owner == owner
    assert (wording.say("en", "offer-person") in words) == (there == "nobody")
    assert Memory.from_dict((await now(stand, conversation)).dialogue).intake is None


class Numbers:
    """A detector that wants the encoder's numbers, and keeps what it was told besides the words."""

    def __init__(self) -> None:
        self.contexts: list[Context] = []

    def reads_meaning(self, language: str) -> bool:
        return language == "en"

    def read(self, _said: object, _language: str, context: Context, *, by_meaning: bool) -> Reading:
        self.meant = by_meaning
        self.contexts.append(context)
        return Reading(0.0, "go_on", "", ())


class Encoder:
    """Gives numbers, or fails; remembers what it was asked for."""

    def __init__(self, fails: bool = False) -> None:
        self.fails, self.asked = fails, list[str]()

    async def encode(self, texts: list[str]) -> list[list[float]]:
        if self.fails:
            raise RuntimeError("no memory left")
        self.asked += texts
        return [[1.0] for _ in texts]


def bot_that_reads(stand: Stand, detector: Numbers, encoder: Encoder) -> Bot:
    plain = PlainEngine(stand.services)
    attention = Attention(detector, Meanings(encoder.encode), stand.events, stand.staff)  # type: ignore[arg-type]
    return Bot(plain, plain, stand.services, stand.events, stand.clock, stand.meters, attention)


async def test_each_message_of_a_language_the_encoder_knows_is_encoded_once(stand: Stand) -> None:
    encoder = Encoder()
    reading = bot_that_reads(stand, Numbers(), encoder)
    for language, text in (("en", "where is my parcel"), ("en", "and my refund"), ("ko", "택배가 안 와요")):
        chat = await stand.conversations.open("web", language, "hash", stand.now, id=f"chat-{language}")
        await stand.say(chat.id, text, reading)
    assert encoder.asked == ["where is my parcel", "and my refund"]


async def test_without_the_encoder_the_words_alone_are_read(stand: Stand, conversation: Conversation) -> None:
    detector = Numbers()
    await stand.say(conversation.id, "where is my parcel", bot_that_reads(stand, detector, Encoder(fails=True)))
    assert len(detector.contexts) == 1
    assert not detector.meant


async def test_detection_knows_how_long_the_customer_waited(stand: Stand, conversation: Conversation) -> None:
    detector = Numbers()
    await stand.events.receive(conversation.id, None, "hello", stand.now - timedelta(minutes=6))
    await stand.events.receive(conversation.id, None, "anybody?", stand.now)
    both = await stand.events.unhandled(conversation.id)
    await bot_that_reads(stand, detector, Encoder()).answer(conversation, *both)
    assert [context.waited for context in detector.contexts] == [360]


async def test_detection_knows_how_often_the_form_asked(stand: Stand, conversation: Conversation) -> None:
    detector, encoder = Numbers(), Encoder()
    reading = bot_that_reads(stand, detector, encoder)
    await stand.say(conversation.id, "open a ticket", stand.bot_with(PlainEngine(stand.services)))
    memory = Memory.from_dict((await now(stand, conversation)).dialogue)
    memory.intake = Intake.start("en", question="it broke", known={"name": "Ana"})
    async with stand.database.transaction() as connection:
        await connection.execute(update(conversations).values(dialogue=memory.to_dict()))
    for text in ("ana@@example", "ana@@example"):
        await stand.say(conversation.id, text, reading)
    assert [context.form_asked for context in detector.contexts] == [1, 2]
    assert encoder.asked == [], "a detail in the form needs no encoding"


@pytest.mark.parametrize(
    ("text", "said"), [("the second one", 1), ("and how long does that take?", 1), ("another thing", 2)]
)
async def test_a_choice_or_a_follow_up_is_not_taken_for_impatience(
    stand: Stand, conversation: Conversation, bot: Bot, monkeypatch: pytest.MonkeyPatch, text: str, said: int
) -> None:
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: Reading(0.0, "go_on", "", ()))
    stand.base.outcomes |= {"things": [suggests("/en/early/", "/en/late/")], "another thing": [answered()]}
    stand.base.pages["/en/late/"] = an_article()
    stand.base.outcomes["and how long does that take?"] = [
        replace(answered(), leans=True, nearness=1.0, trace={"follow_up": {"leans": True}})
    ]
    await stand.say(conversation.id, "things", bot)
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: Reading(0.1, "acknowledge", "waiting", ()))
    assert len(await stand.say(conversation.id, text, bot)) == said
