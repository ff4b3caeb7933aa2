"""What is known of a waiting customer: what the bot noted, and what they wrote since they wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.actions.matter import tells_a_matter
from api.actions.services import Services
from api.desk.wishes import wants_ticket
from api.dialogue.memory import Memory
from handoff.conversations import Conversation
from handoff.details import find_details
from handoff.events import Event
from handoff.facts import Fact
from handoff.intake import Intake
from handoff.questions import tells_something


@dataclass(frozen=True)
class Told:
    """The events so far, the bot's memory, what a ticket would hold, and details that nobody has noted yet."""

    story: Sequence[Event]
    memory: Memory
    intake: Intake
    facts: Sequence[Fact]


async def told_by(conversation: Conversation, services: Services, at: datetime) -> Told:
    """Everything a customer has told, so that nothing of it is asked again."""
    story: list[Event] = []
    while page := await services.events.after(conversation.id, story[-1].seq if story else 0):
        story += page
    memory = Memory.from_dict(conversation.dialogue)
    facts, matter = _since_waiting(conversation, services, story, at)
    known = {name: fact.value for name, fact in (await services.facts.current(conversation.id)).items()}
    question = memory.question or known.pop("question", None) or matter
    values = {**known, **{fact.field: fact.value for fact in facts}}
    values.pop("question", None)
    intake = memory.intake or Intake.start(conversation.language, memory.topic, question=question, known=values)
    return Told(story, memory, intake, facts)


def _since_waiting(
    conversation: Conversation, services: Services, story: Sequence[Event], at: datetime
) -> tuple[list[Fact], str | None]:
    """The details, and the matter, in what was written to the queue: no turn of the bot has read that."""
    began = max((one.seq for one in story if one.type == "owner" and one.data.get("to") == "queue"), default=0)
    language = conversation.language or conversation.locale
    facts: list[Fact] = []
    matter: list[str] = []
    for one in story:
        if one.seq <= began or one.role != "customer" or one.type != "message" or wants_ticket(one.text):
            continue
        found = find_details(one.text, services.regions(language), services.orders, None)
        facts += [Fact(name, hit.value, hit.raw, one.seq, at=at) for name, hit in found.found.items()]
        if tells_something(found.rest) or tells_a_matter(found.rest):
            matter.append(found.rest)
    return facts, "\n".join(matter) or None
