"""Asking back: a vague question brings one question with choices from the articles, twice at most in a matter."""

from api import wording
from api.actions.offers import or_person
from api.actions.restate import shorten
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from kb_index.answers import Outcome
from kb_index.choices import Choice
from kb_index.leaning import size

#: How often the bot asks back about one matter.
MOST_TIMES = 2
#: Choices at a time: more are not read.
MOST_CHOICES = 4
#: A subject of so many words is quoted.
_QUOTED_WORDS = 4
#: From this miss in a row a person is offered, whatever else is said.
OFFER_FROM = 2


def asks_back(turn: Turn, services: Services, outcome: Outcome, first: list[str]) -> Result | None:
    """The question back, or None where none is called for: it is clear, a person is needed, or it was asked twice."""
    memory, reading = turn.memory, turn.reading
    if not outcome.choices or memory.asked_back >= MOST_TIMES:
        return None
    if reading is not None and reading.decision in ("offer", "hand_over"):
        # Whoever needs a person is not sent through a menu.
        return None
    choices = fresh(turn, outcome)
    if len(choices) < 2:
        return None
    # Of what nobody has named yet nobody can say that it is a pity.
    named = outcome.trace.get("vague") == "only a subject"
    return asked(turn, services, outcome, choices, first if named else [], again=False)


def another_question(turn: Turn, services: Services, outcome: Outcome, first: list[str]) -> Result | None:
    """After none of the choices was it: other ones, or a request to tell more; None when that was asked already."""
    memory = turn.memory
    if not 0 < memory.asked_back < MOST_TIMES:
        return None
    choices = fresh(turn, outcome)
    if len(choices) > 1:
        return asked(turn, services, outcome, choices, [], again=True)
    memory.asked_back += 1
    # A bare "no" to this has nothing more to tell: a colleague is next.
    memory.awaiting = "choice"
    turn.trace["asked_back"] = {"time": memory.asked_back, "about": "more"}
    return Result([Said(wording.together(turn.language, [*first, wording.say(turn.language, "ask-back-more")]))])


def fresh(turn: Turn, outcome: Outcome) -> list[Choice]:
    """The likeliest choices that were neither offered nor told."""
    known = {tried.permalink for tried in turn.memory.tried} | turn.memory.given()
    return [one for one in outcome.choices if one.value not in known][:MOST_CHOICES]


def asked(
    turn: Turn, services: Services, outcome: Outcome, choices: list[Choice], first: list[str], again: bool
) -> Result:
    """The question with its choices, each as a button; a channel without buttons takes the words or the number."""
    memory, language = turn.memory, turn.language
    memory.asked_back += 1
    memory.awaiting = "choice"
    about = str(outcome.trace.get("vague", ""))
    turn.trace["asked_back"] = {"time": memory.asked_back, "about": about, "choices": [one.value for one in choices]}
    memory.tried += [Tried(one.value, one.text, "", "suggested") for one in choices]
    buttons = [Button(one.text, "choose_article", one.value) for one in choices]
    buttons.append(Button(wording.say(language, "ask-back-none"), "did_not_help"))
    links = {one.permalink: one for one in choices}
    sources = [services.knowledge.source(link, _title(outcome, one), outcome.confidence) for link, one in links.items()]
    asking = wording.say(language, "ask-back-again") if again else _words(turn, outcome, choices, about)
    text = wording.together(language, [*first, asking])
    return Result([or_person(turn, Said(text, buttons, sources), memory.misses >= OFFER_FROM)])


def _words(turn: Turn, outcome: Outcome, choices: list[Choice], about: str) -> str:
    language = turn.language
    if choices[0].passage_id:
        return wording.say(language, "ask-back-section", title=_title(outcome, choices[0]))
    if about == "only a subject" and size(turn.matter) <= _QUOTED_WORDS:
        return wording.say(language, "ask-back-subject", subject=shorten(turn.matter, 60).rstrip(" ?？!！.。"))
    return wording.say(language, "ask-back")


def _title(outcome: Outcome, choice: Choice) -> str:
    titles = {hit.passage.permalink: hit.passage.title for hit in outcome.hits}
    return titles.get(choice.permalink, choice.text)
