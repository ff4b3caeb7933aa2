"""Health: whether the product is alive, and which part is not ready."""

import asyncio
from collections.abc import Coroutine

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import text

from api.patience import at_most
from api.state import Running, State

router = APIRouter(prefix="/health", tags=["health"])

#: Seconds a part may take to say that it is there.
LIMIT = 2.0
#: Customers are served without these. A balancer that took every replica out for one of them would be the outage.
DISPENSABLE = frozenset({"redis"})


@router.get("/live", summary="The process answers")
async def live() -> dict[str, str]:
    return {"status": "ok"}


@router.get(
    "/ready",
    summary="Each part, and which one is missing",
    description="200 while customers are served as they should be, 503 otherwise. Redis away is `degraded` with 200: "
    "it is named in `missing`, and limits and news go on without it.",
)
async def ready(state: Running) -> JSONResponse:
    questions = {"database": _database(state)}
    if state.settings.redis_url:
        questions["redis"] = _redis(state)
    parts = dict(zip(questions, await asyncio.gather(*map(_answer, questions.values())), strict=True))
    parts["bot"] = state.fleet.in_short
    stats = state.knowledge.base.stats()
    parts["knowledge"] = "ready" if stats["articles"] else "no articles"
    missing = [name for name, how in parts.items() if how != "ready"]
    served = DISPENSABLE.issuperset(missing)
    about = {"model": state.fleet.model_version, "index": state.knowledge.version, "articles": stats["articles"]}
    status = {
        "status": ("degraded" if served else "not ready") if missing else "ready",
        "missing": missing,
        "parts": parts,
        "versions": about,
        "models": _models(state),
    }
    return JSONResponse(status, 200 if served else 503)


async def _answer(question: Coroutine[None, None, str]) -> str:
    """What a part says of itself, or that it says nothing: one that has frozen must not hold up the others."""
    try:
        return await at_most(LIMIT, question)
    except TimeoutError as problem:
        return f"away: {problem}"


async def _database(state: State) -> str:
    try:
        async with state.database.session() as connection:
            await connection.execute(text("SELECT 1"))
    except Exception as problem:  # noqa: BLE001
        # Whatever the driver raises, the operator wants the part's name.
        return f"away: {type(problem).__name__}"
    return "ready"


async def _redis(state: State) -> str:
    try:
        await state.rates.ping()
    except Exception as problem:  # noqa: BLE001
        # The same.
        return f"away: {type(problem).__name__}"
    if state.neighbours and not state.neighbours.connected:
        return "away: news of other processes is not heard"
    return "ready"


def _models(state: State) -> dict[str, object]:
    """Which model serves, which one is being started, and which one could not be.

    Everybody may read this: the bot's own words stay in its log.
    """
    live = state.live
    refused = live.refused if live else None
    return {
        "live": state.fleet.model_version,
        "starting": live.starting if live else None,
        "refused": {"version": refused.version, "reason": refused.in_short} if refused else None,
    }
