"""The widget: one file for a shop's page, put together from the rooms it is written in."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "web" / "widget"
#: In the order in which they need each other.
PARTS = ("words.js", "dom.js", "events.js", "memory.js", "line.js", "rows.js", "chat.js")


@cache
def widget() -> str:
    """The script that defines the element; read from its parts once a process.

    Everything stands in one function, so that it leaves no name behind on the page that loads it.
    """
    intro = (FOLDER / "intro.js").read_text("utf-8")
    style = f"const CSS = {json.dumps((FOLDER / 'style.css').read_text('utf-8'), ensure_ascii=False)};\n"
    parts = [(FOLDER / name).read_text("utf-8") for name in PARTS]
    return "(() => {\n" + "\n".join([intro, style, *parts]) + "})();\n"
