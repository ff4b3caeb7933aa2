"""Articles: the pages that answers link to, for shops that have no help centre of their own."""

from collections import Counter
from html import escape
from itertools import pairwise

import nh3
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markdown_it import MarkdownIt

from api.errors import NotFound
from api.state import Running
from kb_index.passages import slug

router = APIRouter(tags=["articles"])
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="/web/article.css"></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""


@router.get("/kb/{permalink:path}", summary="An article as a page", response_class=HTMLResponse)
async def article(permalink: str, state: Running) -> HTMLResponse:
    base = state.knowledge.base
    found = next((a for a in map(base.article, (f"/{permalink}", f"/{permalink}/", permalink)) if a), None)
    if found is None or found.internal:
        raise NotFound
    return HTMLResponse(
        PAGE.format(lang=escape(found.lang), title=escape(found.title), body=page(found.body)),
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src https: data:"},
    )


def page(body: str) -> str:
    """Markdown to safe HTML: headings carry the anchors that answers link to, links stay among these pages."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(body)
    seen: Counter[str] = Counter()
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            anchor = slug("".join(child.content for child in inline.children or []))
            seen[anchor] += 1
            heading.attrSet("id", anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    for token in (child for block in tokens for child in block.children or []):
        href = str(token.attrGet("href") or "")
        if token.type == "link_open" and href.startswith("/") and not href.startswith("//"):
            token.attrSet("href", f"/kb{href}")
    html = markdown.renderer.render(tokens, markdown.options, {})
    headings: dict[str, set[str]] = {f"h{level}": {"id"} for level in range(1, 7)}
    allowed = {**nh3.ALLOWED_ATTRIBUTES, **headings}
    return str(nh3.clean(html, attributes=allowed, link_rel="noopener"))
