"""Before: what the conversation was about when a message came, and how it goes on from there."""

import re

from api.actions.searching import look_up
from api.actions.services import Services
from api.dialogue.turn import Turn
from api.orders.personal import asks_after_order
from handoff.phrases import plain
from handoff.questions import tells_something
from kb_index.answers import Outcome
from kb_index.leaning import Before

# Said of the page or the button that was just told of, and not of a parcel.
_WHERE = re.compile(
    r"(?:and |but |so |ok )?where(?:'s| is| are|s)? ?(?:that|it|this|they|those)?(?: exactly)?"
    r"|(?:这个|那个|那|这)?(?:是)?在?(?:哪儿?|哪里)(?:啊|呢|呀|找)?|(?:그게|그거|이게|거기)?\s?어디(?:에|예요|죠|요)?(?:\s?있(?:어요|나요|죠|습니까))?",
    re.IGNORECASE,
)
#: Of a long story so much is enough to know what it was about.
LONGEST = 300


def before(turn: Turn) -> Before | None:
    """What a message may lean on: the question of before, and the articles that were told or offered last."""
    memory = turn.memory
    if not memory.root:
        return None
    offered = [one.value.partition("#")[0] for one in memory.offered if one.intent == "choose_article" and one.value]
    told = [one.permalink for one in memory.tried if one.passage and one.outcome != "rejected"]
    if memory.tried and memory.tried[-1].permalink.startswith("order:"):
        # The order that was told is what "when does it come?" is about.
        return None
    # What was just offered is the nearer one; an order or a ticket in between has no article to go on from.
    return Before(memory.root[:LONGEST], tuple(dict.fromkeys(offered or told[-1:])))


def went_on(turn: Turn, outcome: Outcome) -> None:
    """Notes what the customer's matter is now: the same one with more to it, or another one."""
    memory = turn.memory
    if outcome.leans and memory.root:
        # A ticket would say little that only quoted "how long does that take?".
        memory.question = f"{memory.root}\n{turn.text}"
        return
    if not outcome.choices:
        memory.asked_back = 0
    if memory.root and outcome.kind != "answer" and not outcome.choices and not tells_something(turn.text):
        # "They don't have it" is no matter of its own: an agent reads it below the one it belongs to.
        memory.question = f"{memory.root}\n{turn.text}"
        return
    memory.question, memory.root, memory.topic = turn.text, turn.matter, turn.intent


async def goes_on_with_articles(turn: Turn, services: Services) -> bool:
    """Whether a message that looks as if it asked after an order goes on with the article that was told before it.

    "How long does that take?" after an answer about returns is about the return.
    """
    was = before(turn)
    if was is None or not was.permalinks or asks_after_order(turn.matter):
        return False
    if turn.memory.awaiting == "helped" and _WHERE.fullmatch(plain(turn.matter).strip(" .?!？！。~")):
        # Nothing could be found by "where?" alone.
        turn.read_as = f"{turn.memory.root}: {turn.matter}"
        return True
    # What is found here is not looked up again when it is answered.
    return (await look_up(turn, services, turn.matter, was)).leans
