"""Refusals: what an agent asked for and cannot have, as a status, a code and a sentence in their language."""

import math
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from api import wording
from api.errors import language_of
from handoff.agents import Agents
from handoff.desk.saved_replies import UnknownReply, UnknownVariable
from handoff.desk.whose import NotYours
from handoff.lockout import LockedOut
from handoff.ownership import AlreadyClaimed, IllegalMove, StaleMove, UnknownConversation
from handoff.sessions import NoUsers, WrongSignIn

T = TypeVar("T")


class Refusal(Exception):
    """A request that is not served.

    Args:
        key: names the sentence in words/.
        more: what the answer says besides code and message.
        values: what the sentence mentions.
    """

    def __init__(
        self,
        status: int,
        code: str,
        key: str,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **values: str | int,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.key = status, code, key
        self.more, self.headers, self.values = dict(more or {}), dict(headers or {}), values


class Gone(Refusal):
    """What is asked for is not there."""

    def __init__(self) -> None:
        super().__init__(404, "not_found", "error-desk-not-found")


def install(app: FastAPI) -> None:
    """Every refusal leaves as {"code", "message"} and what else the desk needs to go on."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> JSONResponse:
        message = wording.say(language_of(request), error.key, **error.values)
        return JSONResponse({"code": error.code, "message": message, **error.more}, error.status, error.headers)


async def carried_out(work: Awaitable[T], agents: Agents) -> T:
    """What a move or a word came to; raises Refusal for whatever the desk's rooms refuse."""
    try:
        return await work
    except AlreadyClaimed as problem:
        display = (await agents.displays()).get(problem.by, problem.by)
        more = {"by": {"name": problem.by, "display": display}, **_now(problem)}
        raise Refusal(409, "already_claimed", "error-desk-already-claimed", more, agent=display) from problem
    except StaleMove as problem:
        raise Refusal(409, "stale", "error-desk-stale", _now(problem)) from problem
    except NotYours as problem:
        raise Refusal(409, "not_yours", "error-desk-not-yours", _now(problem)) from problem
    except IllegalMove as problem:
        raise Refusal(409, "not_possible", "error-desk-not-possible", _now(problem)) from problem
    except (UnknownConversation, UnknownReply) as problem:
        raise Gone from problem
    except UnknownVariable as problem:
        fields = [{"field": "text", "message": str(problem)}]
        raise Refusal(422, "invalid", "error-desk-variable", {"fields": fields}, name=problem.name) from problem


async def let_in(work: Awaitable[T]) -> T:
    """What signing in came to; raises Refusal likewise."""
    try:
        return await work
    except NoUsers as problem:
        raise Refusal(401, "no_users", "error-desk-no-users") from problem
    except WrongSignIn as problem:
        raise Refusal(401, "wrong_sign_in", "error-desk-wrong-sign-in") from problem
    except LockedOut as problem:
        minutes, headers = math.ceil(problem.seconds / 60), {"Retry-After": str(problem.seconds)}
        more = {"seconds": problem.seconds}
        raise Refusal(423, "locked_out", "error-desk-locked-out", more, headers, minutes=minutes) from problem


def _now(problem: IllegalMove) -> dict[str, Any]:
    return {"epoch": problem.conversation.epoch, "owner": problem.conversation.owner}
