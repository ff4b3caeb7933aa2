"""Passages: the pieces that answer."""

from __future__ import annotations

from dataclasses import replace

from kb_index.articles import Article
from kb_index.passages import links, passages, slug, split_sentences

ARTICLE = Article("Returns", "en", "/returns/", "", False, (), "", "returns._en.md", "returns")


def of(body: str, **changes: object) -> tuple:
    return passages(replace(ARTICLE, body=body, **changes))


def test_article_is_cut_at_its_headings() -> None:
    found = of("Intro.\n\n## Send it\n\nText one. Text two.\n\n### By post\n\nStamp it.")
    assert [(p.id, p.heading, p.text) for p in found] == [
        ("/returns/", "", "Intro."),
        ("/returns/#send-it", "Send it", "Text one. Text two."),
        ("/returns/#by-post", "By post", "Stamp it."),
    ]
    assert found[1].sentences == ("Text one.", "Text two.")
    assert found[2].path == "Returns > Send it > By post"


def test_ids_stay_when_another_part_is_edited() -> None:
    before = of("## One\n\na\n\n## Same\n\nb\n\n## Same\n\nc\n\n## Two\n\nd")
    after = of("New intro.\n\n## One\n\nquite different\n\n## New\n\nx\n\n## Same\n\nb\n\n## Same\n\nc\n\n## Two\n\nd")
    assert {p.id for p in before} < {p.id for p in after}
    assert [p.id for p in before] == ["/returns/#one", "/returns/#same", "/returns/#same-2", "/returns/#two"]


def test_lists_tables_and_code_read_as_lines() -> None:
    body = "Do:\n\n3. first\n4. second\n   * deep\n\n| Code | Means |\n|---|---|\n| E3 | blocked |\n\n```\ncode\n```"
    assert of(body)[0].text == "Do:\n3. first\n4. second\n  • deep\nCode – Means\nE3 – blocked\ncode"


def test_list_of_links_is_no_passage_but_names_other_articles() -> None:
    article = replace(ARTICLE, body="Text.\n\n## Related articles\n\n* [Track it](/track/)\n* [Late parcel](/late/)")
    assert [p.heading for p in passages(article)] == [""]
    assert links(article) == [("/track/", "Track it"), ("/late/", "Late parcel")]


def test_article_without_text_can_still_be_found() -> None:
    assert [p.text for p in of("")] == ["Returns"]


def test_anchors_keep_letters_of_every_script() -> None:
    assert slug("How do I *do* it?") == "how-do-i-do-it"
    assert slug("如何 重设密码？") == "如何-重设密码"
    assert slug("환불은 언제?") == "환불은-언제"
    assert slug("???") == "section"


def test_sentences_are_split_in_every_language() -> None:
    assert split_sentences("It costs 3.50 (e.g. by card). Then leave!", "en") == [
        "It costs 3.50 (e.g. by card).",
        "Then leave!",
    ]
    assert split_sentences("你好。我的包裹在哪里？请查看 3.5 天内的邮件！", "zh") == [
        "你好。",
        "我的包裹在哪里？",
        "请查看 3.5 天内的邮件！",
    ]
    assert split_sentences("배송은 3.5일 걸립니다. 언제 오나요?", "ko") == ["배송은 3.5일 걸립니다.", "언제 오나요?"]


def test_bold_between_chinese_characters_leaves_no_stars() -> None:
    assert of("**警告：**我们不建议。", lang="zh")[0].text == "警告：我们不建议。"


def test_internal_stays_internal() -> None:
    assert all(p.internal for p in of("a\n\n## b\n\nc", internal=True))
