"""Article pages: answers link into them, and nothing in an article can do harm."""

import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from api.routes.articles import page
from api.settings import ROOT
from kb_index.articles import Article, read_folder
from kb_index.passages import passages
from tests.api.stand import Stand, an_article

SAMPLE = ROOT / "training_data" / "articles"


class Tags(HTMLParser):
    """What a browser would see: each tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def anchors(html: str) -> list[str]:
    return re.findall(r'<h\d id="([^"]+)"', html)


def sample() -> list[Article]:
    articles, errors = read_folder(Path(SAMPLE))
    assert errors == []
    return articles


def test_every_passage_of_every_sample_article_has_its_anchor_on_the_page() -> None:
    for article in sample():
        there = anchors(page(article.body))
        assert len(there) == len(set(there))
        assert {p.anchor for p in passages(article) if p.anchor} <= set(there), article.source


@pytest.mark.parametrize(
    "body",
    [
        "## Costs\n\nOne.\n\n## Costs\n\nTwo.",
        "## Related\n\n- [a](/a/)\n\n## Related\n\nText.",
        "## Empty\n\n## Empty\n\nText.",
        "## **Bold** and `code` & more\n\nText.",
        "## 배송 비용\n\n글.\n\n## 退货？\n\n字。",
        "## A\n\nx\n\n### A\n\ny\n\n# A\n\nz",
        "Setext\n======\n\ntext\n\nTwo\n---\n\ntext",
        "## [A link](/x/) in it\n\nText.",
        "## !!!\n\nText.",
    ],
)
def test_the_anchors_of_odd_headings_match_too(body: str) -> None:
    there = anchors(page(body))
    assert {p.anchor for p in passages(an_article(body=body)) if p.anchor} <= set(there)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        "<svg onload=alert(1)>",
        "## <img src=x onerror=alert(1)>",
        '[x](/a/ "\\" onmouseover=alert(1)")',
        "<iframe src=//evil></iframe>",
        "```html\n<script>alert(1)</script>\n```",
    ],
)
async def test_a_script_in_an_article_is_inert(client: httpx.AsyncClient, stand: Stand, bad: str) -> None:
    stand.base.pages["/en/late/"] = an_article(body=bad, title=f"Title {bad}")
    answer = await client.get("/kb/en/late/")
    assert answer.status_code == 200
    seen = Tags()
    seen.feed(answer.text)
    assert not {"script", "iframe", "svg", "object", "embed"} & {tag for tag, _ in seen.found}
    given = [(name, value or "") for _, attributes in seen.found for name, value in attributes]
    assert [name for name, _ in given if name.startswith("on")] == []
    assert [
        value for name, value in given if name in ("href", "src") and re.match(r"\s*(javascript|data):", value, re.I)
    ] == []
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("place", ["/kb/en/late/", "/kb/en/late"])
async def test_an_article_is_a_page_under_its_permalink(client: httpx.AsyncClient, stand: Stand, place: str) -> None:
    stand.base.pages["/en/late/"] = an_article(body="Read [this](/en/other/) and [that](https://x.org/).")
    answer = await client.get(place)
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert 'href="/kb/en/other/"' in answer.text
    assert 'href="https://x.org/"' in answer.text


@pytest.mark.parametrize(
    "place", ["/kb/en/secret/", "/kb/nowhere/", "/kb/", "/kb/../etc/passwd", "/kb/%00", "/kb/%ED%A0%80"]
)
async def test_an_internal_or_unknown_article_is_404(client: httpx.AsyncClient, stand: Stand, place: str) -> None:
    stand.base.pages["/en/secret/"] = an_article("/en/secret/", internal=True, body="the secret")
    answer = await client.get(place)
    assert answer.status_code == 404
    assert "the secret" not in answer.text
