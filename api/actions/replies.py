"""Replies: what the customer says to an answer or to a choice."""

import re

from api import wording
from api.actions.answer import answer, give, tell
from api.actions.asking_back import another_question
from api.actions.before import before
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.searching import look_up
from api.actions.services import Services
from api.actions.several import which_part
from api.dialogue.turn import Button, Said, Turn
from handoff.questions import looks_like_question
from kb_index.vague_words import gives_verdict

#: How sure the bot must be of "that helped" when no word of it says so.
SURE = 0.9
_GLAD = re.compile(
    r"\b(?:help\w*|work\w*|thank\w*|thx|great|good|solved|fixed|perfect|got it|found|sorted|nice|clear)\b"
    r"|解决|好|谢|可以|懂|明白|找到|搞定|有用|清楚|됐|해결|감사|고마|도움|찾았|알겠|좋|이해",
    re.IGNORECASE,
)


# "The first one isn't answered" is near to "that answered it", and says the opposite.
_NOT_SOLVED = re.compile(
    r"\b(?:not|isn'?t|didn'?t|doesn'?t|wasn'?t|never)\s+(?:\w+\s+)?(?:help|work|answer|solv|fix)\w*"
    r"|[没未](?:有)?(?:能)?(?:解决|回答|帮到|帮上)|(?:해결|답변?)\S*\s?(?:이|가|은|는)?\s?(?:안|못)\s?\S+",
    re.IGNORECASE,
)


async def did_not_help(turn: Turn, services: Services) -> Result:
    """Another route, never the same answer again; when there is none, a person."""
    memory = turn.memory
    if told_more := await _told_more(turn, services):
        return told_more
    if asked := which_part(turn, services):
        return asked
    memory.awaiting = None
    asking = memory.asked_back
    # Whoever is asked what they mean has not been failed yet.
    memory.misses += not asking
    for tried in memory.tried[-3:]:
        if tried.outcome in ("shown", "suggested"):
            tried.outcome = "rejected"
    sorry = wording.say(turn.language, "not-helped")
    if not memory.question:
        return offer_ticket(turn, services, [sorry])
    outcome = await look_up(turn, services, memory.question)
    if asking and (more := another_question(turn, services, outcome, [wording.say(turn.language, "ask-back-sorry")])):
        return more
    if outcome.kind == "answer":
        return tell(turn, services, outcome, [sorry, wording.say(turn.language, "another-answer")], again=True)
    return offer_ticket(turn, services, [sorry])


async def _told_more(turn: Turn, services: Services) -> Result | None:
    """What is no verdict on an answer but a matter: "it doesn't work" as the first word, "but no mail came"."""
    if turn.pressed is not None:
        return None
    if not turn.memory.question:
        turn.trace["taken_as"] = "a matter"
        return await answer(turn, services)
    was = before(turn)
    if was is None or gives_verdict(turn.matter):
        return None
    if (await look_up(turn, services, turn.matter, was)).kind != "answer":
        return None
    turn.trace["taken_as"] = "a matter"
    return await answer(turn, services)


async def that_helped(turn: Turn, services: Services) -> Result:
    """Only the customer can say that it is solved; it is noted that they did."""
    if turn.pressed is None and not turn.meant and _asks_on(turn):
        turn.trace["taken_as"] = "a matter"
        return await answer(turn, services)
    if turn.pressed is None and _NOT_SOLVED.search(turn.text):
        return await did_not_help(turn, services)
    turn.memory.awaiting = None
    turn.memory.misses = turn.memory.asked_back = 0
    turn.memory.matters = []
    if turn.memory.tried:
        turn.memory.tried[-1].outcome = "helped"
    return Result([Said(wording.say(turn.language, "glad-it-helped"))])


def _asks_on(turn: Turn) -> bool:
    """Whether what was read as "that helped" asks something, or says nothing good: "what now", "I clicked it"."""
    return looks_like_question(turn.text, turn.language) or (turn.confidence < SURE and not _GLAD.search(turn.text))


async def open_article(turn: Turn, services: Services) -> Result:
    """The customer chose an article from the suggestions, or a section of one."""
    chosen = turn.pressed.value if turn.pressed else None
    found = await services.knowledge.answer_from(chosen, turn.memory.question) if chosen else None
    if found is None:
        return Result([Said(wording.say(turn.language, "article-gone"))])
    turn.memory.tried = [t for t in turn.memory.tried if t.permalink not in (found.permalink, chosen) or t.passage]
    turn.memory.matters = []
    return give(turn, services, found, 1.0, [])


async def which_one(turn: Turn, services: Services) -> Result:
    """A bare yes to several suggestions: which one? To a request to tell more: what, then."""
    offered = [Button(o.text, o.intent, o.value) for o in turn.memory.offered]
    if not any(one.intent == "choose_article" for one in offered):
        return Result([Said(wording.say(turn.language, "tell-more"))])
    return Result([Said(wording.say(turn.language, "which-one"), offered)])


async def show_offered(turn: Turn, services: Services) -> Result:
    """The customer wants the article that exists in another language only."""
    permalink, turn.memory.other_article = turn.memory.other_article, None
    found = await services.knowledge.answer_from(permalink, turn.memory.question) if permalink else None
    if found is None:
        return Result([Said(wording.say(turn.language, "article-gone"))])
    return give(turn, services, found, 1.0, [])
