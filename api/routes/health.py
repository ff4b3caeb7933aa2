"""Health: whether the product is alive, and which part is not ready."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.state import Running, State

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="The process answers")
async def live() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready", summary="Each part, and which one is missing")
async def ready(state: Running) -> JSONResponse:
    parts: dict[str, str] = {}
    try:
        async with state.database.session():
            parts["database"] = "ready"
    except Exception as problem:  # noqa: BLE001
        # Whatever the driver raises, the operator wants the part's name.
        parts["database"] = f"away: {type(problem).__name__}"
    parts["bot"] = state.fleet.in_short
    stats = state.knowledge.base.stats()
    parts["knowledge"] = "ready" if stats["articles"] else "no articles"
    missing = [name for name, how in parts.items() if how != "ready"]
    about = {"model": state.fleet.model_version, "index": state.knowledge.version, "articles": stats["articles"]}
    status = {
        "status": "not ready" if missing else "ready",
        "missing": missing,
        "parts": parts,
        "versions": about,
        "models": _models(state),
    }
    return JSONResponse(status, 503 if missing else 200)


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
