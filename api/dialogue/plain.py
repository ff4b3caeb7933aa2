"""The way without Rasa: the same actions, chosen by the simplest rules that still end well.

Used when Rasa is silent, slow, down or wrong. It reads no intents: it looks the question up, carries the ticket form
on, and knows a request for a person by its plain words. Every path ends in an answer or on the way to a person.
"""

import re

from api.actions import ACTIONS, Services
from api.dialogue.memory import ORDER_QUESTIONS
from api.dialogue.turn import Said, Turn
from api.orders.personal import asks_after_order
from handoff.phrases import says_no, says_yes

#: What a bare yes or no means, as in the bot's rules/replies.yml.
REPLIES = {
    ("helped", "affirm"): "action_that_helped",
    ("helped", "deny"): "action_did_not_help",
    ("choice", "affirm"): "action_which_one",
    ("choice", "deny"): "action_did_not_help",
    ("language_offer", "affirm"): "action_show_offered",
    ("language_offer", "deny"): "action_decline_offer",
    ("ticket_offer", "deny"): "action_decline_offer",
    **{(asked, "affirm"): "action_find_order" for asked in ORDER_QUESTIONS},
    **{(asked, "deny"): "action_without_order" for asked in ORDER_QUESTIONS},
    **{(asked, "refuse_details"): "action_without_order" for asked in ORDER_QUESTIONS},
}
_PERSON = re.compile(
    r"\b(human|agent|operator|representative|real person|(talk|speak) to (a |some)?(person|one|body))\b"
    r"|人工|真人|转接|客服人员|상담원|상담사|사람\s*(이랑|과|하고)|사람\s*연결",
    re.IGNORECASE,
)


class PlainEngine:
    """Rules by hand, no classifier, no other process."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def think(self, turn: Turn) -> list[Said]:
        said: list[Said] = []
        for name in self._first(turn):
            said += (await ACTIONS[name](turn, self._services)).said
            turn.acted.append(name)
        if turn.memory.intake is not None:
            said += await self._form(turn)
        return said

    def _first(self, turn: Turn) -> list[str]:
        intent = turn.known_intent
        memory, text = turn.memory, turn.text
        turn.trace["engine"] = "plain"
        if memory.intake is not None:
            turn.intent = intent
            return ["validate_ticket_form"]
        if intent is None and _PERSON.search(text):
            intent = "request_human"
        if intent is None and memory.awaiting:
            intent = "affirm" if says_yes(text) else "deny" if says_no(text) else None
        if intent is None and asks_after_order(text):
            intent = "order_status"
        turn.intent = intent or "ask_kb"
        wants_ticket = intent == "open_ticket" or (intent == "affirm" and memory.awaiting == "ticket_offer")
        if intent == "request_human":
            return ["action_request_person", "validate_ticket_form"]
        if wants_ticket:
            return ["validate_ticket_form"]
        if reply := REPLIES.get((memory.awaiting or "", intent or "")):
            return [reply]
        named = {
            "choose_article": "action_open_article",
            "that_helped": "action_that_helped",
            "did_not_help": "action_did_not_help",
            "wants_it_done": "action_cannot_do",
            "order_status": "action_find_order",
        }
        return [named.get(intent or "", "action_answer")]

    async def _form(self, turn: Turn) -> list[Said]:
        intake = turn.memory.intake
        wanted = intake.next_field() if intake else None
        name = f"action_ask_ticket_form_{wanted}" if wanted else "action_open_ticket"
        return (await ACTIONS[name](turn, self._services)).said
