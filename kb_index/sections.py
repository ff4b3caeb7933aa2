"""Sections: an article cut at its headings, each part as the plain lines a customer could read in a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb_index.language import is_cjk

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_PIPES = re.compile(r"^\s*\|(.+?)\|?\s*$")


@dataclass(frozen=True)
class Line:
    """One paragraph, list item or table row. `marker` is "1." or "•" for list items, else empty."""

    text: str
    marker: str = ""
    depth: int = 0
    only_links: bool = False

    @property
    def shown(self) -> str:
        """The line as it is shown: indented by depth, with its marker."""
        return "  " * max(self.depth - 1, 0) + (f"{self.marker} " if self.marker else "") + self.text


@dataclass(frozen=True)
class Section:
    """A heading, the headings above it, and the lines below it up to the next heading."""

    heading: str
    trail: tuple[str, ...]
    lines: tuple[Line, ...]
    links: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All lines as plain text."""
        return "\n".join(line.shown for line in self.lines)

    @property
    def is_link_list(self) -> bool:
        """True for "Related articles": a list of links tells a reader where to go, but answers nothing."""
        return bool(self.lines) and all(line.only_links for line in self.lines)


@dataclass
class _Draft:
    heading: str = ""
    trail: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


# An edit of one article asks for the sections of all, so they are kept.
@lru_cache(maxsize=50_000)
def sections(body: str) -> tuple[Section, ...]:
    """Take an article's cleaned Markdown; give its sections in order, those without any text left out."""
    return tuple(
        Section(draft.heading, draft.trail, tuple(draft.lines), tuple(draft.links))
        for draft in _drafts(_MARKDOWN.parse(body))
        if draft.lines
    )


def _drafts(tokens: list[Token]) -> Iterator[_Draft]:
    draft = _Draft()
    above: list[tuple[int, str]] = []
    lists: list[int | None] = []
    marker = ""
    row: list[str] | None = None
    heading_level = 0
    for token in tokens:
        kind = token.type
        if kind == "heading_open":
            yield draft
            heading_level = int(token.tag[1])
        elif kind in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_open":
            number = lists[-1]
            marker = "•" if number is None else f"{number}."
            lists[-1] = None if number is None else number + 1
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close" and row is not None:
            draft.lines.append(Line(" – ".join(cell for cell in row if cell)))
            row = None
        elif kind in ("fence", "code_block"):
            draft.lines.append(Line(token.content.rstrip("\n"), depth=len(lists)))
        elif kind == "inline" and heading_level:
            text = _plain(token.children or [])[0]
            above = [(level, name) for level, name in above if level < heading_level]
            draft = _Draft(text, tuple(name for _, name in above))
            above.append((heading_level, text))
            heading_level = 0
        elif kind == "inline":
            text, links, only_links = _plain(token.children or [])
            draft.links += links
            if row is not None:
                row.append(text)
            elif text:
                rows = [_row(part) for part in text.split("\n")]
                draft.lines += [Line(part, marker, len(lists), only_links) for part in rows if part]
                marker = ""
    yield draft


def _row(text: str) -> str:
    """A table typed without its dashed line comes as text with bars; a reader gets its cells."""
    found = _PIPES.match(text)
    return " – ".join(cell.strip() for cell in found[1].split("|") if cell.strip()) if found else text


def _plain(children: list[Token]) -> tuple[str, list[tuple[str, str]], bool]:
    parts: list[str] = []
    links: list[tuple[str, str]] = []
    outside = ""
    target, begun = "", 0
    for at, child in enumerate(children):
        if child.type == "link_open":
            target, begun = str(child.attrs.get("href", "")), len(parts)
        elif child.type == "link_close":
            links.append((target, "".join(parts[begun:])))
            target = ""
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(_break(children, at))
        elif child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
            outside += "" if target else child.content
    text = "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n"))
    # Markdown leaves **…** standing between Chinese characters; a chat should not.
    text = _BOLD.sub(r"\2", text)
    return text.strip(), links, bool(links) and not re.sub(r"\W", "", outside)


def _break(children: list[Token], at: int) -> str:
    before = children[at - 1].content[-1:] if at else ""
    after = children[at + 1].content if at + 1 < len(children) else ""
    if children[at].type == "hardbreak" or after.lstrip().startswith("|"):
        return "\n"
    # Chinese and Japanese put no space where a line is wrapped.
    return "" if is_cjk(before) and is_cjk(after[:1]) and not re.match("[\uac00-\ud7ff]", after) else " "
