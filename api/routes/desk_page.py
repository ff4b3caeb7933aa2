"""The desk's page and its files."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.errors import NotFound
from api.routes.web import FOLDER, TYPES

router = APIRouter(include_in_schema=False)
PAGE = FOLDER / "desk"
TYPES_HERE = {**TYPES, ".json": "application/json", ".woff2": "font/woff2", ".png": "image/png"}
#: Nothing in it comes from elsewhere, and it is shown inside no other site.
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/desk")
async def page() -> FileResponse:
    return _file("index.html")


@router.get("/desk/{name}")
async def file(name: str) -> FileResponse:
    return _file(name)


def _file(name: str) -> FileResponse:
    place: Path = PAGE / name
    # Looked for among the files there are: asked for one with an endless name, the system itself would refuse.
    if not PAGE.is_dir() or place not in PAGE.iterdir() or place.suffix not in TYPES_HERE:
        raise NotFound
    return FileResponse(place, media_type=TYPES_HERE[place.suffix], headers=HEADERS)
