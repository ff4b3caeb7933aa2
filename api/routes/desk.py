"""The desk's routes, in one."""

from fastapi import APIRouter

from api.routes import (
    desk_conversations,
    desk_moves,
    desk_overview,
    desk_page,
    desk_session,
    desk_shelf,
    desk_words,
    place,
)

router = APIRouter()
for part in (
    desk_session,
    desk_overview,
    desk_shelf,
    desk_conversations,
    desk_moves,
    desk_words,
    desk_page,
    place,
):
    router.include_router(part.router)
