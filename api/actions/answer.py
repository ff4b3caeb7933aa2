"""Answering: the customer's question is looked up, and what came of it is remembered."""

from api import wording
from api.actions.apology import apology
from api.actions.asking_back import OFFER_FROM, asks_back
from api.actions.before import before, went_on
from api.actions.giving import asked_if_it_helped, given
from api.actions.offers import offer_ticket, or_person
from api.actions.person import to_queue
from api.actions.result import Result
from api.actions.searching import look_up
from api.actions.services import Services
from api.actions.several import several, tell_several
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from handoff.phrases import plain
from kb_index.answers import Answer, Outcome, Suggestion

#: The sign that the customer asks the same again, as detection names it, and the reason with which a person is fetched.
AGAIN = "repeated_question"
#: How sure the bot must be that a message is none of its business, to name no articles for it at all.
NOT_FOR_US = 0.85


async def answer(turn: Turn, services: Services) -> Result:
    """Looks the message up: an answer, a few suggestions, or an honest "I don't know" with a way on."""
    memory, again = turn.memory, _asks_again(turn)
    # Whoever asks the same again was not helped by what they got.
    memory.misses += again
    memory.awaiting, memory.matters = None, []
    sorry = [] if again else apology(turn)
    if not again and (parts := await several(turn, services)):
        return tell_several(turn, services, parts, sorry)
    outcome = await look_up(turn, services, turn.matter, None if again else before(turn))
    went_on(turn, outcome)
    stuck = again and outcome.kind != "answer" and not _fresh(turn, outcome, again)
    if stuck and _offered(turn) and (said := await _fetched(turn, services)):
        return Result([said])
    # A feeling was named when the matter was told; what goes on with it needs no second apology.
    first = [] if outcome.leans else sorry
    if not again and (asked := asks_back(turn, services, outcome, first)):
        return asked
    return tell(turn, services, outcome, first, again)


def _asks_again(turn: Turn) -> bool:
    """Whether it is the question of before, by its words or by its meaning."""
    was, now = plain(turn.memory.question or "").casefold(), plain(turn.text).casefold()
    # A question that leaned on the one before it is kept below that one.
    if was and (was == now or was.endswith(f"\n{now}")):
        return True
    return any(sign.name == AGAIN and sign.weight > 0 for sign in (turn.reading.ledger if turn.reading else ()))


def _offered(turn: Turn) -> bool:
    """Whether the last words offered a person or a ticket; whoever asks the same instead is past offers."""
    return any(button.intent in ("request_human", "open_ticket") for button in turn.memory.offered)


async def _fetched(turn: Turn, services: Services) -> Said | None:
    """A person takes over, if there is one."""
    turn.fetch = turn.fetch or AGAIN
    said = await to_queue(turn, services)
    if said is None:
        turn.fetch = None
    return said


def tell(turn: Turn, services: Services, outcome: Outcome, first: list[str], again: bool = False) -> Result:
    """Puts an outcome of the knowledge base into words. `again`: what was said before did not help."""
    memory, language = turn.memory, turn.language
    if outcome.kind == "answer" and outcome.answer:
        memory.misses = memory.misses if again else 0
        memory.asked_back = 0
        return give(turn, services, outcome.answer, outcome.confidence, first, outcome.again)
    suggestions = _fresh(turn, outcome, again)
    if suggestions:
        memory.misses = memory.misses if again else 0
        memory.tried += [Tried(s.permalink, s.title, "", "suggested") for s in suggestions]
        buttons = [Button(s.title, "choose_article", s.permalink) for s in suggestions]
        buttons.append(Button(wording.say(language, "suggest-none"), "did_not_help"))
        sources = [services.knowledge.source(s.permalink, s.title, s.score) for s in suggestions]
        # Unlike anything the bot was taught: said as a doubt about the question, and still with a way on.
        doubt = "suggest-off-topic" if turn.intent == "out_of_scope" else "suggest"
        text = wording.together(language, [*first, wording.say(language, doubt, shop=services.shop_name)])
        memory.awaiting = "choice"
        return Result([or_person(turn, Said(text, buttons, sources), memory.misses >= OFFER_FROM)])
    other = outcome.other_language
    if other and other.permalink not in {tried.permalink for tried in memory.tried}:
        memory.tried.append(Tried(other.permalink, other.title, "", "suggested"))
        memory.awaiting, memory.other_article = "language_offer", other.permalink
        name = wording.say(language, f"language-{wording.spoken(other.lang)}")
        text = wording.say(language, "other-language", language=name, title=other.title)
        yes, no = wording.say(language, "yes"), wording.say(language, "no")
        return Result(
            [Said(wording.together(language, [*first, text]), [Button(yes, "affirm"), Button(no, "deny")])],
        )
    memory.misses += not again
    if not wording.speaks(turn.asked_in):
        # No want of an answer alone: said in their own language, it could not have been read well.
        first = [*first, wording.say(language, "languages-spoken")]
    if _not_for_us(turn, outcome) or (turn.intent == "out_of_scope" and memory.misses < OFFER_FROM):
        # A colleague is not offered for a poem, only one to talk to.
        key = "unknown-off-topic" if memory.misses < OFFER_FROM else "unknown-off-topic-again"
        text = wording.say(language, key, shop=services.shop_name)
        button = Button(wording.say(language, "ask-person-button"), "request_human")
        return Result([Said(wording.together(language, [*first, text]), [button])])
    return offer_ticket(turn, services, [*first, wording.say(language, _nothing(turn, outcome, again))])


def _nothing(turn: Turn, outcome: Outcome, again: bool) -> str:
    """The sentence that says why there is no answer."""
    if again and _offered(turn):
        return "still-nothing-new"
    if outcome.suggestions or outcome.other_language:
        return "nothing-new"
    return "no-other-answer" if turn.memory.given() and _told_best(turn) else "unknown"


def _fresh(turn: Turn, outcome: Outcome, again: bool) -> list[Suggestion]:
    """The suggestions to show: never only such as were shown or told, and to the same question again none of those."""
    found = list(outcome.suggestions) if outcome.kind == "suggest" else []
    if _not_for_us(turn, outcome):
        # Whoever asks after the weather is not sent to the delivery times.
        return []
    known = {tried.permalink for tried in turn.memory.tried}
    new = [one for one in found if one.permalink not in known]
    return new if again or not new else found


def _not_for_us(turn: Turn, outcome: Outcome) -> bool:
    """Whether it is surely none of the shop's business."""
    return turn.intent == "out_of_scope" and turn.confidence >= NOT_FOR_US and not outcome.leans


def _told_best(turn: Turn) -> bool:
    return "told_already" in turn.trace.get("knowledge", {})


def give(turn: Turn, services: Services, found: Answer, score: float, first: list[str], again: bool = False) -> Result:
    """Tells an answer: what was understood, the step, its source, and the question whether it helped."""
    said = asked_if_it_helped(turn, given(turn, services, found, score, again), first)
    return Result([or_person(turn, said, turn.memory.misses >= OFFER_FROM)])
