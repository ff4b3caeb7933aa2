"""Cleaning: what a website's templates left in an article is taken out before a customer could see it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb_index.html_text import html_to_markdown

_RAW = re.compile(r"\{%-?\s*(?:raw|endraw)\s*-?%\}")
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|<!--.*?-->", re.DOTALL)
_CAPTURE = re.compile(r"\{%-?\s*(?:capture\b[^%]*|endcapture)\s*-?%\}")
_INCLUDE = re.compile(r"\{%-?\s*include(?:_relative|_cached)?\s+(?P<name>\S+)(?P<rest>.*?)-?%\}", re.DOTALL)
_PAGE_LIST = re.compile(r"\w+\s*=\s*page\.(\w+)")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_PAGE_VALUE = re.compile(r"\{\{-?\s*page\.(\w+)[^{}]*\}\}")
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{::?[^{}\n]*\}")
_ENTITY = re.compile(r"&(?!lt;|gt;|amp;|quot;)(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_FENCE = re.compile(r"^(?P<mark>```+|~~~+)[^\n]*\n.*?^(?P=mark)[^\n]*$", re.DOTALL | re.MULTILINE)

_SPACES = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-", "\u00ad": "", "\ufeff": "", "\u200b": ""}
)


@dataclass(frozen=True)
class Mark:
    """One thing that was taken out or put in: the line in the file, and a sentence about it."""

    line: int
    reason: str


@dataclass(frozen=True)
class Cleaned:
    """An article's text without template marks, and what was done to it."""

    text: str
    marks: tuple[Mark, ...]


def clean(body: str, front: Mapping[str, object] | None = None, first_line: int = 1) -> Cleaned:
    """Take an article's Markdown, its front matter and the line it begins at; give the text a reader sees.

    Lists that an include draws from the front matter (`items=page.do_list`) are written in as bullets.
    Fenced code is left as it is. Cleaning what is already clean changes nothing.
    """
    front = front or {}
    marks = list(_marks(body, front, first_line))
    fences: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        fences.append(found.group(0))
        return f"\ue000{len(fences) - 1}\ue001"

    text = _FENCE.sub(put_by, body.replace("\r\n", "\n").replace("\r", "\n"))
    text = _COMMENT.sub("", text)
    text = _CAPTURE.sub("", _RAW.sub("", text))
    text = _INCLUDE.sub(lambda found: _included(found, front), text)
    text = _TAG.sub("", text)
    text = _PAGE_VALUE.sub(lambda found: _one_line(front.get(found.group(1))), text)
    text = _ATTRIBUTES.sub("", _VALUE.sub("", text))
    text = _ENTITY.sub(lambda found: _entity(found.group(0)), text)
    text = html_to_markdown(text).translate(_SPACES)
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    text = re.sub("\ue000(\\d+)\ue001", lambda found: fences[int(found.group(1))], text)
    return Cleaned(text, tuple(marks))


def plain_line(value: str) -> str:
    """Take a title or a heading; give it on one line without marks."""
    text = _ATTRIBUTES.sub("", _VALUE.sub("", _TAG.sub("", value)))
    return " ".join(html.unescape(re.sub(r"<[^<>]+>", "", text)).translate(_SPACES).split())


def _entity(entity: str) -> str:
    # A vertical bar or an angle bracket written as an entity was written so to stay text.
    plain = html.unescape(entity)
    return entity if plain in "<>" else "-" if plain == "|" else plain


def _included(found: re.Match[str], front: Mapping[str, object]) -> str:
    lists = [front.get(name) for name in _PAGE_LIST.findall(found.group("rest"))]
    lines: list[str] = []
    for value in lists:
        if isinstance(value, list):
            lines += [f"* {_one_line(item)}" for item in value if _one_line(item)]
        elif _one_line(value):
            lines.append(_one_line(value))
    return "\n\n" + "\n".join(lines) + "\n\n" if lines else ""


def _one_line(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _marks(body: str, front: Mapping[str, object], first_line: int) -> list[Mark]:
    hidden = _FENCE.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), body)
    found_marks: list[Mark] = []

    def note(start: int, reason: str) -> None:
        found_marks.append(Mark(first_line + hidden.count("\n", 0, start), reason))

    for found in re.finditer(r"\{%.*?%\}|\{\{.*?\}\}|\{::?[^{}\n]*\}|<!--.*?-->", hidden, re.DOTALL):
        mark = found.group(0)
        include = _INCLUDE.fullmatch(mark)
        if include and _included(include, front).strip():
            note(found.start(), f"the list of {include['name']} was written in from the front matter")
        elif include:
            note(found.start(), f"{include['name']} belongs to the website's templates and was left out")
        elif _CAPTURE.fullmatch(mark):
            note(found.start(), "the template mark was taken out, its text was kept")
        else:
            note(found.start(), f"the template mark {_shown(mark)} was taken out")
    tags = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", lambda m: re.sub(r"[^\n]", " ", m.group(0)), hidden, flags=re.DOTALL)
    for found in re.finditer(r"<[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>", tags):
        note(found.start(), f"the HTML tag {_shown(found.group(0))} became plain text")
    for found in _ENTITY.finditer(hidden):
        note(found.start(), f"{found.group(0)} became a plain character")
    return sorted(found_marks, key=lambda mark: mark.line)


def _shown(mark: str) -> str:
    line = " ".join(mark.split())
    return line if len(line) <= 60 else line[:57] + "…"
