"""Answering: the customer's question is looked up, and what came of it is remembered."""

from api import wording
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from kb_index.answers import Answer, Outcome

#: Matters where something went wrong: the feeling is acknowledged before the business.
SORRY = ("damaged_item", "wrong_item", "delivery_late", "payment_failed")


async def answer(turn: Turn, services: Services) -> Result:
    """Looks the message up: an answer, a few suggestions, or an honest "I don't know" with a way on."""
    turn.memory.question = turn.text
    turn.memory.topic = turn.intent
    turn.memory.awaiting = None
    outcome = await look_up(turn, services, turn.matter)
    first = [wording.say(turn.language, f"ack-{turn.intent}")] if turn.intent in SORRY else []
    return tell(turn, services, outcome, first)


async def did_not_help(turn: Turn, services: Services) -> Result:
    """Another route, never the same answer again; when there is none, a person."""
    memory = turn.memory
    memory.awaiting = None
    for tried in memory.tried[-3:]:
        if tried.outcome in ("shown", "suggested"):
            tried.outcome = "rejected"
    sorry = wording.say(turn.language, "not-helped")
    if not memory.question:
        return offer_ticket(turn, services, [sorry])
    outcome = await look_up(turn, services, memory.question)
    if outcome.kind == "answer":
        return tell(turn, services, outcome, [sorry, wording.say(turn.language, "another-answer")])
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
    turn.trace["knowledge"] = {"question": question, **outcome.trace, "version": services.knowledge.version}
    return outcome


def tell(turn: Turn, services: Services, outcome: Outcome, first: list[str]) -> Result:
    """Puts an outcome of the knowledge base into words."""
    memory, language = turn.memory, turn.language
    if outcome.kind == "answer" and outcome.answer:
        return _give(turn, services, outcome.answer, outcome.confidence, first)
    if outcome.kind == "suggest" and outcome.suggestions:
        memory.misses = 0
        memory.tried += [Tried(s.permalink, s.title, "", "suggested") for s in outcome.suggestions]
        buttons = [Button(s.title, "choose_article", s.permalink) for s in outcome.suggestions]
        buttons.append(Button(wording.say(language, "suggest-none"), "did_not_help"))
        sources = [services.knowledge.source(s.permalink, s.title, s.score) for s in outcome.suggestions]
        # Unlike anything the bot was taught: said as a doubt about the question, and still with a way on.
        doubt = "suggest-off-topic" if turn.intent == "out_of_scope" else "suggest"
        text = " ".join([*first, wording.say(language, doubt, shop=services.shop_name)])
        memory.awaiting = "choice"
        return Result([Said(text, buttons, sources)])
    if outcome.other_language:
        other = outcome.other_language
        memory.awaiting, memory.other_article = "language_offer", other.permalink
        name = wording.say(language, f"language-{wording.spoken(other.lang)}")
        text = wording.say(language, "other-language", language=name, title=other.title)
        yes, no = wording.say(language, "yes"), wording.say(language, "no")
        return Result(
            [Said(" ".join([*first, text]), [Button(yes, "affirm"), Button(no, "deny")])],
        )
    memory.misses += 1
    if turn.intent == "out_of_scope" and memory.misses < 2:
        text = wording.say(language, "unknown-off-topic", shop=services.shop_name)
        button = Button(wording.say(language, "ask-person-button"), "request_human")
        return Result([Said(" ".join([*first, text]), [button])])
    told_before = "no-other-answer" if memory.given() and _again(turn) else "unknown"
    return offer_ticket(turn, services, [*first, wording.say(language, told_before)])


def _again(turn: Turn) -> bool:
    return bool(turn.trace.get("knowledge", {}).get("excluded_best"))


def _give(turn: Turn, services: Services, found: Answer, score: float, first: list[str]) -> Result:
    memory, language = turn.memory, turn.language
    memory.misses, memory.awaiting = 0, "helped"
    memory.tried.append(Tried(found.permalink, found.title, found.passage_id))
    text = "\n\n".join([*([" ".join(first)] if first else []), found.text])
    buttons = [
        Button(wording.say(language, "answer-helped"), "that_helped"),
        Button(wording.say(language, "answer-not-it"), "did_not_help"),
    ]
    source = services.knowledge.source(found.permalink, found.title, score, found.anchor)
    return Result([Said(text, buttons, [source])])
