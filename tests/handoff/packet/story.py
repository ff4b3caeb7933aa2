"""A story: a customer whose kettle leaks, told through the product's own rooms, so that a packet has all its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.events import Events, Word
from handoff.facts import Fact
from handoff.ownership import Handover
from handoff.packet.signals import record_signals
from handoff.turns import Account


@dataclass(frozen=True)
class Signal:
    """A signal as detection raises it."""

    name: str
    weight: float
    quote: str
    seq: int


def a_reading(intent: str, confidence: float, second: str = "other_matter") -> dict[str, object]:
    """What a turn notes of how the bot read it."""
    ranking = [{"name": intent, "confidence": confidence}, {"name": second, "confidence": 0.1}]
    return {"reading": {"intent": {"name": intent, "confidence": confidence}, "ranking": ranking}, "asked_in": "en"}


class Teller:
    """Tells a conversation step by step."""

    def __init__(self, database: Database, conversation: Conversation, at: datetime) -> None:
        self.database, self.conversation, self.at = database, conversation, at
        self.events, self.conversations = Events(database), Conversations(database)

    async def turn(
        self,
        said: str,
        answers: Sequence[Word | str] = (),
        *,
        dialogue: object = None,
        facts: Sequence[Fact] = (),
        trace: Mapping[str, object] | None = None,
        signals: Sequence[tuple[str, float, str]] = (),
        handover: Handover | None = None,
        language: str = "en",
    ) -> int:
        """The customer says something and the bot answers; returns where the customer said it."""
        self.at += timedelta(minutes=1)
        received = await self.events.receive(self.conversation.id, None, said, self.at)
        found = await self.conversations.find(self.conversation.id)
        assert found is not None
        words = [one if isinstance(one, Word) else Word("message", "bot", one) for one in answers]
        given = [Fact(one.field, one.value, one.raw, received.seq, one.confirmed) for one in facts]
        await self.events.finish_turn(
            found.id,
            [received.seq],
            found.epoch,
            words,
            found.dialogue if dialogue is None else dialogue,
            given,
            [dict(trace or {})],
            self.at,
            language=language,
            handover=handover,
            account=Account("answer", language, 100),
        )
        async with self.database.transaction() as connection:
            noticed = [Signal(name, weight, quote, received.seq) for name, weight, quote in signals]
            await record_signals(connection, found.id, noticed, self.at)
        return received.seq


def a_memory(**values: Any) -> dict[str, Any]:
    """The bot's memory as it is stored."""
    return {"question": None, "topic": None, "kind": "question", "intake": None, "tried": [], **values}


KETTLE = {
    "permalink": "/en/help/kettle/",
    "title": "Kettle LK-310: care and cleaning",
    "passage": "/en/help/kettle/#scale",
}


async def leaking_kettle(database: Database, conversation: Conversation, at: datetime) -> Teller:
    """Greeting, problem, an article that did not help, details, anger, and a person is asked for."""
    teller = Teller(database, conversation, at)
    question = "My kettle LK-310 leaks at the bottom since yesterday."
    memory = a_memory(question=question, topic="damaged_item", tried=[{**KETTLE, "outcome": "shown"}])
    await teller.turn("Hello there!", ["Hello! What can I do for you?"], trace=a_reading("greet", 0.99))
    shown = Word(
        "message",
        "bot",
        "Descale it.",
        {
            "sources": [{"permalink": KETTLE["permalink"], "title": KETTLE["title"]}],
            "buttons": [{"title": "That wasn't it", "text": "That wasn't it"}],
        },
    )
    await teller.turn(question, [shown], dialogue=memory, trace=a_reading("damaged_item", 0.91, "warranty"))
    rejected = {**memory, "tried": [{**KETTLE, "outcome": "rejected"}]}
    await teller.turn(
        "That wasn't it",
        ["I'm sorry."],
        dialogue=rejected,
        trace=a_reading("did_not_help", 1.0),
        signals=[("rejected_answer", 1.2, "That wasn't it")],
    )
    await teller.turn(
        "I descaled it already and restarted it twice. jane@example.com, order LL-20418837",
        ["Thanks."],
        facts=[
            Fact("email", "jane@example.com", "jane@example.com"),
            Fact("order_number", "LL-20418837", "LL-20418837"),
            Fact("phone", None, "no phone please"),
        ],
    )
    await teller.turn(
        "This is the third kettle from you and I am really fed up! Is anybody going to replace it? Get me a human.",
        ["A colleague will take over."],
        signals=[("anger", 2.5, "really fed up"), ("explicit_request", 2.0, "Get me a human")],
        handover=Handover("queue", "bot", "anger"),
        trace=a_reading("request_human", 0.97),
    )
    return teller
