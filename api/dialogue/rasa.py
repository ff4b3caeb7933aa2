"""Rasa as the dialogue engine: the message and its state go out, actions come back to us, words return."""

import asyncio
import unicodedata
from typing import Any

import httpx

from api.bot.fleet import Fleet, NobodyReady
from api.bot.member import MESSAGE_HEADER, TURN, Member
from api.dialogue.engine import EngineDown
from api.dialogue.turn import Button, Said, Turn
from api.logs import message_id


class OpenTurns:
    """The turns being thought about, so that an action call finds the turn it belongs to."""

    def __init__(self) -> None:
        self._turns: dict[str, Turn] = {}

    def find(self, key: str) -> Turn | None:
        return self._turns.get(key)

    def open(self, turn: Turn) -> None:
        self._turns[turn.key] = turn

    def close(self, turn: Turn) -> None:
        self._turns.pop(turn.key, None)


class RasaEngine:
    """Speaks to the Rasa processes through our own channel.

    Args:
        fleet: the processes.
        turns: where the action route finds the turn.
        timeout: seconds the whole turn may take.
    """

    def __init__(self, fleet: Fleet, turns: OpenTurns, timeout: float) -> None:
        self._fleet = fleet
        self._turns = turns
        self._timeout = timeout

    async def think(self, turn: Turn) -> list[Said]:
        self._turns.open(turn)
        try:
            outcome = await self._ask(turn)
        finally:
            self._turns.close(turn)
        try:
            turn.trace.update(actions=outcome["actions"], reading=outcome["reading"])
            turn.intent = outcome["reading"]["intent"]["name"]
            words = [_said(word) for word in outcome["words"] if word.get("text")]
        except (AttributeError, LookupError, TypeError) as problem:
            raise EngineDown(f"Rasa's answer has another shape: {problem!r}") from problem
        if turn.trouble:
            # Rasa swallows an action's failure and goes on; we served the action, so we know.
            raise EngineDown(turn.trouble, "action", turn.trouble)
        if not words:
            raise EngineDown("Rasa answered without a word", "silent")
        return words

    async def _ask(self, turn: Turn) -> dict[str, Any]:
        body: dict[str, Any] = {
            "sender": turn.key,
            # "Tom, tom@example.org, LL-20418837, the kettle is the wrong colour" is about a kettle.
            "text": plain_words(turn.matter),
            "slots": turn.slots(),
            "active_loop": "ticket_form" if turn.in_form else None,
        }
        if turn.known_intent:
            body["intent"] = {"name": turn.known_intent}
        try:
            # The client's own limit starts anew with each piece that arrives; a customer's patience does not.
            async with asyncio.timeout(self._timeout):
                with turn.steps.timed("engine"):
                    answer = await self._send(turn, body)
        except NobodyReady as problem:
            raise EngineDown(f"no Rasa process is ready: {problem}", "away") from problem
        except (TimeoutError, httpx.TimeoutException) as problem:
            limit = f"{self._timeout:g} s"
            raise EngineDown(f"Rasa did not answer within {limit}", "slow", limit) from problem
        except httpx.HTTPError as problem:
            raise EngineDown(f"Rasa cannot be reached: {type(problem).__name__}", "away") from problem
        if answer.status_code != 200:
            raise EngineDown(
                f"Rasa answered {answer.status_code}: {answer.text[:200]}", "refused", str(answer.status_code)
            )
        try:
            result: dict[str, Any] = answer.json()
        except ValueError as problem:
            raise EngineDown("Rasa answered something that is not JSON") from problem
        return result

    async def _send(self, turn: Turn, body: dict[str, Any]) -> httpx.Response:
        tried: set[Member] = set()
        named = {MESSAGE_HEADER: message_id(turn.conversation.id, turn.message.seq)}
        while True:
            member = self._fleet.pick(turn.conversation.id, frozenset(tried))
            turn.trace["model"] = member.model_version
            try:
                async with member.turn() as client:
                    return await client.post(TURN, json=member.asked(body), headers=named, timeout=self._timeout)
            except httpx.ConnectError:
                # It went away and has not heard of the turn: another one may take it.
                member.unreachable()
                tried.add(member)


def plain_words(text: str) -> str:
    """The text as the bot reads it: without what stands before the first word and would make it look like a command.

    Spaces, marks of no width and slashes in any disguise go; "/restart" is read as the word it is.
    """
    for at, char in enumerate(text):
        if unicodedata.category(char) != "Cf" and unicodedata.normalize("NFKC", char).strip() not in ("", "/"):
            return text[at:]
    return text


def response(said: Said) -> dict[str, Any]:
    """Our words in Rasa's action protocol."""
    custom = {"type": said.type, "sources": said.sources, "ticket": said.ticket}
    buttons = [{"title": b.text, "payload": b.intent, "value": b.value} for b in said.buttons]
    return {"text": said.text, "buttons": buttons, "custom": custom}


def _said(word: dict[str, Any]) -> Said:
    custom = word.get("custom") or {}
    return Said(
        text=word["text"],
        buttons=[Button(b["title"], b["payload"], b.get("value")) for b in word.get("buttons") or []],
        sources=custom.get("sources") or [],
        type=custom.get("type") or "message",
        ticket=custom.get("ticket"),
    )
