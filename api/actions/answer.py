"""Answering: the customer's question is looked up, and what came of it is remembered."""

from api import wording
from api.actions.offers import offer_ticket, or_person
from api.actions.person import to_queue
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from api.why.look_ups import note_look_up
from handoff.phrases import plain
from kb_index.answers import Answer, Outcome, Suggestion

#: Matters where something went wrong: the feeling is acknowledged before the business.
SORRY = ("damaged_item", "wrong_item", "delivery_late", "payment_failed")
#: The sign that the customer asks the same again, as detection names it, and the reason with which a person is fetched.
AGAIN = "repeated_question"
#: From this miss in a row a person is offered, whatever else is said.
OFFER_FROM = 2


async def answer(turn: Turn, services: Services) -> Result:
    """Looks the message up: an answer, a few suggestions, or an honest "I don't know" with a way on."""
    memory, again = turn.memory, _asks_again(turn)
    # Whoever asks the same again was not helped by what they got.
    memory.misses += again
    memory.question, memory.topic, memory.awaiting = turn.text, turn.intent, None
    outcome = await look_up(turn, services, turn.matter)
    stuck = again and outcome.kind != "answer" and not _fresh(turn, outcome, again)
    if stuck and _offered(turn) and (said := await _fetched(turn, services)):
        return Result([said])
    first = [wording.say(turn.language, f"ack-{turn.intent}")] if turn.intent in SORRY and not again else []
    return tell(turn, services, outcome, first, again)


def _asks_again(turn: Turn) -> bool:
    """Whether it is the question of before, by its words or by its meaning."""
    before = turn.memory.question
    if before and plain(before).casefold() == plain(turn.text).casefold():
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


async def did_not_help(turn: Turn, services: Services) -> Result:
    """Another route, never the same answer again; when there is none, a person."""
    memory = turn.memory
    memory.awaiting = None
    memory.misses += 1
    for tried in memory.tried[-3:]:
        if tried.outcome in ("shown", "suggested"):
            tried.outcome = "rejected"
    sorry = wording.say(turn.language, "not-helped")
    if not memory.question:
        return offer_ticket(turn, services, [sorry])
    outcome = await look_up(turn, services, memory.question)
    if outcome.kind == "answer":
        return tell(turn, services, outcome, [sorry, wording.say(turn.language, "another-answer")], again=True)
    return offer_ticket(turn, services, [sorry])


async def that_helped(turn: Turn, services: Services) -> Result:
    """Only the customer can say that it is solved; it is noted that they did."""
    turn.memory.awaiting = None
    turn.memory.misses = 0
    if turn.memory.tried:
        turn.memory.tried[-1].outcome = "helped"
    return Result([Said(wording.say(turn.language, "glad-it-helped"))])


async def open_article(turn: Turn, services: Services) -> Result:
    """The customer chose an article from the suggestions."""
    permalink = turn.pressed.value if turn.pressed else None
    found = await services.knowledge.answer_from(permalink, turn.memory.question) if permalink else None
    if found is None:
        return Result([Said(wording.say(turn.language, "article-gone"))])
    turn.memory.tried = [t for t in turn.memory.tried if t.permalink != found.permalink or t.passage]
    return _give(turn, services, found, 1.0, [])


async def which_one(turn: Turn, services: Services) -> Result:
    """A bare yes to several suggestions: which one?"""
    offered = [Button(o.text, o.intent, o.value) for o in turn.memory.offered]
    return Result([Said(wording.say(turn.language, "which-one"), offered)])


async def show_offered(turn: Turn, services: Services) -> Result:
    """The customer wants the article that exists in another language only."""
    permalink, turn.memory.other_article = turn.memory.other_article, None
    found = await services.knowledge.answer_from(permalink, turn.memory.question) if permalink else None
    if found is None:
        return Result([Said(wording.say(turn.language, "article-gone"))])
    return _give(turn, services, found, 1.0, [])


async def look_up(turn: Turn, services: Services, question: str) -> Outcome:
    """Asks the knowledge base, leaving out what was already told, and keeps the reasons in the trace."""
    outcome = await services.knowledge.ask(question, turn.asked_in, turn.memory.given())
    note_look_up(turn.trace, question, outcome, services.knowledge.version)
    return outcome


def tell(turn: Turn, services: Services, outcome: Outcome, first: list[str], again: bool = False) -> Result:
    """Puts an outcome of the knowledge base into words. `again`: what was said before did not help."""
    memory, language = turn.memory, turn.language
    if outcome.kind == "answer" and outcome.answer:
        memory.misses = memory.misses if again else 0
        return _give(turn, services, outcome.answer, outcome.confidence, first)
    suggestions = _fresh(turn, outcome, again)
    if suggestions:
        memory.misses = memory.misses if again else 0
        memory.tried += [Tried(s.permalink, s.title, "", "suggested") for s in suggestions]
        buttons = [Button(s.title, "choose_article", s.permalink) for s in suggestions]
        buttons.append(Button(wording.say(language, "suggest-none"), "did_not_help"))
        sources = [services.knowledge.source(s.permalink, s.title, s.score) for s in suggestions]
        # Unlike anything the bot was taught: said as a doubt about the question, and still with a way on.
        doubt = "suggest-off-topic" if turn.intent == "out_of_scope" else "suggest"
        text = " ".join([*first, wording.say(language, doubt, shop=services.shop_name)])
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
            [Said(" ".join([*first, text]), [Button(yes, "affirm"), Button(no, "deny")])],
        )
    memory.misses += not again
    if turn.intent == "out_of_scope" and memory.misses < OFFER_FROM:
        text = wording.say(language, "unknown-off-topic", shop=services.shop_name)
        button = Button(wording.say(language, "ask-person-button"), "request_human")
        return Result([Said(" ".join([*first, text]), [button])])
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
    known = {tried.permalink for tried in turn.memory.tried}
    new = [one for one in found if one.permalink not in known]
    return new if again or not new else found


def _told_best(turn: Turn) -> bool:
    return bool(turn.trace.get("knowledge", {}).get("excluded_best"))


def _give(turn: Turn, services: Services, found: Answer, score: float, first: list[str]) -> Result:
    memory, language = turn.memory, turn.language
    memory.awaiting = "helped"
    memory.tried.append(Tried(found.permalink, found.title, found.passage_id))
    text = "\n\n".join([*([" ".join(first)] if first else []), found.text])
    buttons = [
        Button(wording.say(language, "answer-helped"), "that_helped"),
        Button(wording.say(language, "answer-not-it"), "did_not_help"),
    ]
    source = services.knowledge.source(found.permalink, found.title, score, found.anchor)
    return Result([or_person(turn, Said(text, buttons, [source]), memory.misses >= OFFER_FROM)])
