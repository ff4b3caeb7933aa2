"""HTML inside an article: accordions, lists and tables become the Markdown they stand for."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdownify import markdownify

_BLOCKS = (
    "div|ol|ul|li|table|p|section|details|summary|noscript|h[1-6]|dl|dt|dd|blockquote|figure|figcaption|article|aside|"
    "main|nav|header|footer|form|fieldset|script|style|iframe|video|center|button"
)
_OPENS = re.compile(rf"^\s{{0,3}}<(?:{_BLOCKS})\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
_SILENT = re.compile(r"<(script|style|noscript|iframe|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_KEPT_ENTITIES = {"&lt;": "\ue002", "&gt;": "\ue003", "&amp;": "\ue004", "&quot;": "\ue005"}


class _Depth(HTMLParser):
    """Counts how many tags are still open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag not in _VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in _VOID


def html_to_markdown(text: str) -> str:
    """Take Markdown with HTML in it; give Markdown without HTML. Text outside the tags stays as it is."""
    if not _TAG.search(text):
        return text
    lines = _SILENT.sub("", text).split("\n")
    out: list[str] = []
    at = 0
    while at < len(lines):
        if _OPENS.match(lines[at]):
            end = _fragment_end(lines, at)
            out += ["", _convert("\n".join(lines[at:end])).strip("\n"), ""]
            at = end
        else:
            out.append(_inline(lines[at]))
            at += 1
    return "\n".join(out)


def _fragment_end(lines: list[str], start: int) -> int:
    counter = _Depth()
    for at in range(start, len(lines)):
        counter.feed(lines[at] + "\n")
        if counter.depth <= 0:
            return at + 1
    # A tag that is never closed reaches only to the next empty line, not to the end of the article.
    return next((at for at in range(start + 1, len(lines)) if not lines[at].strip()), len(lines))


def _inline(line: str) -> str:
    if not _TAG.search(line):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    # Code spans and <https://…> links are Markdown, not HTML.
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found.group(0))
        return f"\ue006{len(held) - 1}\ue007"

    guarded = re.sub(r"`[^`]*`|<(?:https?://|mailto:)[^<>\s]+>|<[^<>\s@]+@[^<>\s]+>", hold, line.strip())
    plain = _convert(guarded).strip("\n") if _TAG.search(guarded) else guarded
    return indent + re.sub("\ue006(\\d+)\ue007", lambda found: held[int(found.group(1))], plain)


def _convert(fragment: str) -> str:
    for entity, mark in _KEPT_ENTITIES.items():
        fragment = fragment.replace(entity, mark)
    fragment = re.sub(r"<(https?://[^<>\s]+)>", r"\1", fragment)
    plain: str = markdownify(
        fragment,
        heading_style="ATX",
        bullets="*",
        strip=["img", "button", "input", "iframe"],
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    for entity, mark in _KEPT_ENTITIES.items():
        plain = plain.replace(mark, entity)
    return plain
