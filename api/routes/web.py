"""Web: the widget's file and the demo page."""

import hashlib
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from api.errors import NotFound
from api.widget import widget

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


@router.get("/web/widget.js")
async def script(request: Request) -> Response:
    text = widget()
    # Browsers ask each time, and are sent it only when it changed.
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=TYPES[".js"], headers=headers)


@router.get("/web/{name}")
async def file(name: str) -> FileResponse:
    place = FOLDER / name
    # Looked for among the files there are: asked for one with an endless name, the system itself would refuse.
    if place not in FOLDER.iterdir() or place.suffix not in TYPES:
        raise NotFound
    return FileResponse(place, media_type=TYPES[place.suffix], headers={"Cache-Control": "no-cache"})
