"""Cleaning: no mark of a website's template reaches a customer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_index.articles import read_folder
from kb_index.cleaning import clean
from kb_index.passages import passages

LOGINGOV = Path(__file__).parents[3] / "shared" / "data" / "kb" / "logingov"
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a {{ site.baseurl }}b", "a b"),
        ("{: .number-list}\n1. one", "1. one"),
        ('[x](/y/){:class="out"}', "[x](/y/)"),
        (
            "{% capture note %}\nKeep **this**.\n{% endcapture %}\n{% include alert.html content=note %}",
            "Keep **this**.",
        ),
        ("{%\n include image.html\n text='no'\n%}\nafter", "after"),
        ("call (844)&nbsp;875&#8209;6446", "call (844) 875-6446"),
        ("<!-- hidden -->\ntext", "text"),
        ("see <https://example.com> now", "see <https://example.com> now"),
        ("<div><h3><button>Mobile</button></h3><p>Text</p></div>", "### Mobile\n\nText"),
        ("so <strong>bold</strong> here", "so **bold** here"),
        ("{{ page.title }} it is", "Returns it is"),
    ],
)
def test_marks_are_taken_out(marked: str, plain: str) -> None:
    assert clean(marked, {"title": "Returns"}).text == plain


def test_list_from_front_matter_is_written_in() -> None:
    body = "We accept:\n\n{% include list.html items=page.do_list size='md' %}\n\n## Next"
    cleaned = clean(body, {"do_list": ["A passport", "A **card**"]}, first_line=10)
    assert "* A passport\n* A **card**" in cleaned.text
    assert [mark.line for mark in cleaned.marks] == [12]
    assert "front matter" in cleaned.marks[0].reason


def test_every_mark_is_told_with_its_line() -> None:
    cleaned = clean("one\n{{ x }}\n<b>two</b>\n\n{: .y}", first_line=5)
    assert [mark.line for mark in cleaned.marks] == [6, 7, 9]


def test_code_in_fences_is_left_alone() -> None:
    body = "```\n{{ keep }} <b> {: .me}\n```"
    assert clean(body).text == body


def test_unclosed_tag_does_not_swallow_the_article() -> None:
    assert "## Next\n\n* item" in clean("<p>open\n\n## Next\n\n* item").text


def test_markdown_without_marks_is_left_alone() -> None:
    body = "# T\n\n* a < b and c > d\n  * deeper\n\n1. `code <b>`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said"
    assert clean(body).text == body


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("退款환불ありテ12 ab<>{}%:.&;\n*`[]()'\"/-=")))
def test_no_han_kana_or_hangul_is_lost_outside_of_marks(text: str) -> None:
    outside = re.sub(r"\{.*|<.*|`.*|&.*", "", text, flags=re.DOTALL)
    kept = clean(outside).text
    assert CJK.findall(kept) == CJK.findall(outside)


@pytest.mark.skipif(not LOGINGOV.is_dir(), reason="the shared help centre is not here")
def test_no_template_mark_of_a_real_help_centre_survives() -> None:
    articles, errors = read_folder(LOGINGOV)
    assert (len(articles), errors) == (110, [])
    marks = re.compile(r"\{%|%\}|\{\{|\}\}|\{:|</?[a-z]+[^>]*>|&[a-z]+;|&#\d+;|\]\(|\*\*")
    for article in articles:
        assert clean(article.body).text == article.body
        for passage in passages(article):
            assert not marks.search(passage.text), passage.id
