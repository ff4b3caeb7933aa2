"""Going on: a question that plainly goes on with the last answer is taken as one, whatever its few words are like."""

import re

from api.actions.before import before
from api.actions.searching import look_up
from api.actions.services import Services
from api.dialogue.declining import declines
from api.dialogue.memory import ORDER_QUESTIONS
from api.dialogue.turn import Turn
from api.orders.personal import asks_after_order
from handoff.courtesies import is_courtesy
from handoff.phrases import never_minds, says_no, says_yes
from handoff.questions import looks_like_question
from kb_index.leaning_words import goes_on, points_back
from kb_index.matters import matters
from kb_index.vague_words import asks_something, gives_verdict, matter_words

#: What it is taken for.
MEANT = "ask_kb"
#: What is told and not asked must be nearer to a section than a question, which has only to be near enough.
PLAIN = 2.0
# Words about the bot itself, for a person, of thanks, of ideas and of complaint: what the bot was taught to read.
_OF_US = re.compile(
    r"\b(?:are|r) (?:you|u)\b|\b(?:human|person|someone|somebody|anyone|agent|operator|manager"
    r"|colleagues?|employees?|staff|robot|bot|ai|artificial|automated|computer|program|machine|chatgpt|chat|ticket|forward)\b"
    r"|\b(?:thank|thx|bye|goodbye|great|perfect|awesome|brilliant|lovely|suggest|complain)\w*\b"
    r"|机器人|人工|真人|客服|转接|智能|工单|你是|您是|有人|找人|经理|服务|谢|再见|拜拜|建议|投诉"
    r"|로봇|챗봇|상담|기계|자동|접수|담당자|직원|살아\s?있는|사람\s?(?:이랑|과|하고|연결|맞|이세|인가|이에)"
    r"|감사|고마|안녕|건의|제안|불만",
    re.IGNORECASE,
)


async def go_on(turn: Turn, services: Services) -> None:
    """Notes in the turn that it goes on with what was told, where the articles say so.

    "And the postage?" is like nothing the bot was taught, and was read as anything from an order to small talk. What is
    found here is not looked up again when it is answered.
    """
    words = turn.matter
    if turn.known_intent or turn.in_form or turn.memory.awaiting in ORDER_QUESTIONS or _is_reply(words):
        return
    was = before(turn)
    if was is None or not was.permalinks or asks_after_order(words) or len(matters(words)) > 1:
        return
    outcome = await look_up(turn, services, words, was)
    if not outcome.leans:
        return
    asked, cue = looks_like_question(words, turn.language), goes_on(words) or points_back(words)
    told = outcome.kind == "answer" and (asked or outcome.nearness >= PLAIN)
    if told or (asked and cue and outcome.choices):
        turn.meant = MEANT
        turn.trace["goes_on"] = True


def _is_reply(words: str) -> bool:
    """Whether it may be a yes or no, a thank-you, a verdict, or a word about the bot itself or for a person."""
    return (
        says_yes(words)
        or says_no(words)
        or never_minds(words)
        or declines(words)
        or is_courtesy(words)
        or _OF_US.search(words) is not None
        or not (matter_words(words) or asks_something(words) or goes_on(words))
        or gives_verdict(words)
    )
