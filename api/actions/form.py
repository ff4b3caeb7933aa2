"""The ticket form: one question at a time, nothing asked that was already said."""

from unicodedata import category

from api import wording
from api.actions.form_asides import in_passing, no_answer, not_confirmed, without_empty_words
from api.actions.form_replies import as_told
from api.actions.matter import matter_beside_request
from api.actions.person import to_queue
from api.actions.result import Result
from api.actions.searching import look_up
from api.actions.services import Services
from api.dialogue.turn import Said, Turn
from handoff.facts import facts_said
from handoff.intake import Intake
from handoff.intake_changes import refuse
from handoff.phrases import refuses_outright
from handoff.questions import tells_something

#: Intents that tell of a matter. Their words are never taken for a failed answer.
MATTERS = {
    "order_status",
    "delivery_late",
    "return_item",
    "refund",
    "damaged_item",
    "wrong_item",
    "invoice",
    "payment_failed",
    "account_access",
    "cancel_order",
    "change_order",
    "complaint",
}
#: How sure the bot must be that a customer wants to leave the form, when they do not say so in plain words.
SURE = 0.8
#: How sure it must be that they ask for a person there, or tell more of their story.
SURE_OF_PERSON = 0.6
MISSED = ("not_a_name", "no_contact", "no_order_number")
#: Fields of the form as the dialogue engine knows them.
FIELDS = ("question", "name", "contact", "order_number", "confirmation")
#: The form has nothing to ask any more.
OVER = Result([], {**dict.fromkeys(FIELDS, "known"), "requested_slot": None})


async def validate(turn: Turn, services: Services) -> Result:
    """Takes what the customer said into the intake; answers a question asked in the middle; says what is next."""
    memory = turn.memory
    said: list[Said] = []
    if turn.handover:
        # Somebody at the desk has it already: nothing is left to ask.
        return OVER
    if memory.intake is None:
        memory.intake = await _begin(turn, services)
        memory.asked_for = turn.seqs[0]
    elif _wants_person(turn) and (word := await to_queue(turn, services)):
        return Result([word], OVER.slots)
    elif _wants_person(turn) and not turn.trace.get("person_noted"):
        # They are on their way to a person already: say so and ask only what is still needed.
        memory.kind = "person"
        turn.trace["person_noted"] = True
        said.append(Said(wording.say(turn.language, "person-noted")))
    else:
        said = await _take(turn, services, memory.intake)
    memory.awaiting = None
    return Result(said, _slots(memory.intake))


def _wants_person(turn: Turn) -> bool:
    # "Ana" and other short answers look a little like a request; only a sure one is none.
    return turn.intent == "request_human" and (turn.fetch is not None or turn.confidence >= SURE_OF_PERSON)


async def _begin(turn: Turn, services: Services) -> Intake:
    memory = turn.memory
    known = await services.facts.current(turn.conversation.id)
    # What it was about last time is not what it is about now.
    values = {name: fact.value for name, fact in known.items() if name != "question"}
    values |= {fact.field: fact.value for fact in turn.facts}
    question = memory.question
    if turn.intent == "request_human" and (beside := matter_beside_request(turn)):
        # Told with the request, it is not asked again.
        question = beside if question is None or turn.text in question else f"{question}\n{beside}"
    intake = Intake.start(turn.language, memory.topic, question=question, known=values, seq=turn.message.seq)
    number = known.get("order_number")
    if number is not None and number.value is None and not intake.value("order_number"):
        # Whoever said that they have no order number when the bot would look it up is not asked for it again.
        intake = refuse(intake, "order_number", number.raw, number.seq)
    return intake


async def _take(turn: Turn, services: Services, before: Intake) -> list[Said]:
    said = no_answer(turn, before)
    if said is not None:
        return said
    requested = before.next_field()
    # What is filled in is neither thrown away nor sent on a guess: "?" and "1" mean nothing by themselves.
    wordless = not turn.pressed and not any(category(letter)[0] in "LS" for letter in turn.text)
    guessed = wordless or (turn.intent == "never_mind" and turn.confidence < SURE)
    if requested == "question" and turn.intent == "refuse_details" and not refuses_outright(turn.text):
        # "What data do you store about me?" is a matter, however much it is like a refusal.
        guessed = True
    after = before.take(
        as_told(turn.text),
        None if guessed else turn.intent,
        requested,
        seq=turn.message.seq,
        region_hints=services.regions(turn.language),
        order_pattern=services.orders,
    )
    told_more = turn.confidence >= SURE_OF_PERSON or tells_something(turn.text)
    if turn.intent in MATTERS and told_more and any(u.reason in MISSED for u in after.understood):
        # Not an answer to what we asked but more of their story: it belongs to the question, and nothing was wrong.
        after = before.add(turn.text, turn.message.seq)
        turn.memory.intake = after
        return [Said(wording.say(turn.language, "ack-complaint" if turn.intent == "complaint" else "added"))]
    after = without_empty_words(after, turn.message.seq)
    if any((u.field, u.reason) == ("confirmation", "yes_or_no") for u in after.understood):
        return not_confirmed(turn, before, after)
    turn.memory.intake = after
    turn.facts = facts_said(after.understood, turn.message.seq, turn.at)
    turn.trace["understood"] = [f"{u.field}:{u.how}" for u in after.understood]
    said = []
    for aside in (u for u in after.understood if u.how == "aside" and u.value):
        outcome = await look_up(turn, services, aside.value or "")
        said.append(in_passing(turn, services, outcome))
    if noted := _beside_what_was_asked(requested, after):
        said.append(Said(wording.say(turn.language, "noted-for-it", details=noted)))
    if any(u.how == "replaced" and u.field != "question" and before.value(u.field) for u in after.understood):
        said.append(Said(wording.say(turn.language, "took-correction")))
    return said


def _beside_what_was_asked(requested: str | None, after: Intake) -> str:
    """The details that came instead of what was asked for; unless they are said back, nobody seems to listen."""
    if requested is None or after.next_field() != requested:
        return ""
    details = ("name", "email", "phone", "order_number")
    return ", ".join(u.value for u in after.understood if u.how == "given" and u.field in details and u.value)


def _slots(intake: Intake) -> dict[str, str | None]:
    wanted = intake.next_field()
    filled: dict[str, str | None] = {
        name: ("known" if intake.has(name) else None) for name in FIELDS if name != "confirmation"
    }
    filled["confirmation"] = "known" if intake.done else None
    return {**filled, "requested_slot": wanted}
