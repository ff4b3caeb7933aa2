"""Web: the widget's file and the demo page."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse

from api.errors import NotFound

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).resolve().parent.parent / "web"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
}


@router.get("/")
async def home() -> RedirectResponse:
    return RedirectResponse("/demo")


@router.get("/demo")
async def demo() -> FileResponse:
    return FileResponse(FOLDER / "demo.html", media_type=TYPES[".html"])


@router.get("/web/{name}")
async def file(name: str) -> FileResponse:
    place = FOLDER / name
    # Looked for among the files there are: asked for one with an endless name, the system itself would refuse.
    if place not in FOLDER.iterdir() or place.suffix not in TYPES:
        raise NotFound
    return FileResponse(place, media_type=TYPES[place.suffix], headers={"Cache-Control": "no-cache"})
