"""Articles, as they are read from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index.articles import ArticleError, read_article, read_folder


def read(path: Path, text: str | bytes) -> object:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_article(path, path.parent)


def refused(path: Path, text: str | bytes) -> ArticleError:
    with pytest.raises(ArticleError) as caught:
        read(path, text)
    return caught.value


def test_language_comes_from_front_matter_then_name_then_text(tmp_path: Path) -> None:
    front = "---\ntitle: x\nlang: ko\n---\n"
    assert read(tmp_path / "a._zh.md", front).lang == "ko"
    assert read(tmp_path / "a._zh.md", "---\ntitle: x\n---\ntext").lang == "zh"
    assert read(tmp_path / "a.md", "# 怎么退货\n\n收到后可以退货").lang == "zh"


def test_translations_lie_in_one_group(tmp_path: Path) -> None:
    english = read(tmp_path / "start._en.md", "# Returns")
    chinese = read(tmp_path / "start._zh.md", "# 退货")
    assert english.group == chinese.group == "start"
    assert english.permalink != chinese.permalink


def test_missing_title_is_the_first_heading(tmp_path: Path) -> None:
    article = read(tmp_path / "a.md", "text before\n\n## Send it **back**\n\ntext")
    assert article.title == "Send it **back**" or article.title == "Send it back"
    assert article.permalink == "/a/"


def test_old_links_and_keywords_become_names(tmp_path: Path) -> None:
    front = "---\ntitle: x\nkeywords: visa, travel pass\nredirect_from:\n  - /help/i-lost-my-phone/\n---\ntext"
    assert {"visa", "travel pass", "i lost my phone"} <= set(read(tmp_path / "a._en.md", front).aliases)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: [a\nlang: en\n---\ntext", 4, "not valid YAML"),
        ("---\ntitle: a\ntext", 1, "never closed"),
        (b"# a\nline\n\xff\xfe", 3, "0xff is not UTF-8"),
        ("# a\n\nb\0c", 3, "NUL"),
        ("just text", 1, "neither a title nor a heading"),
        ("---\ntitle: a\ninternal: maybe\n---\n", 3, "true or false"),
        ("---\ntitle: a\nquestions: how\n---\n", 3, "list of lines"),
        ("---\ntitle: a\nlang: english!\n---\n", 3, "code such as en"),
        ("---\ntitle: {a: b}\n---\n", 1, "one line of text"),
    ],
)
def test_broken_article_is_told_with_file_line_and_reason(
    tmp_path: Path, text: str | bytes, line: int, reason: str
) -> None:
    error = refused(tmp_path / "broken._en.md", text)
    assert (error.file, error.line) == ("broken._en.md", line)
    assert reason in error.reason


def test_one_broken_article_never_stops_the_rest(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"good{number}.md").write_text(f"# Good {number}\n\ntext", encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff")
    articles, errors = read_folder(tmp_path)
    assert len(articles) == 5
    assert [error.file for error in errors] == ["bad.md"]


def test_same_permalink_twice_names_both_files(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.md").write_text("---\ntitle: a\npermalink: /same/\n---\n", encoding="utf-8")
    articles, errors = read_folder(tmp_path)
    assert [article.source for article in articles] == ["first.md"]
    assert "first.md" in str(errors[0])
    assert "second.md" in str(errors[0])


def test_missing_folder_is_an_error_not_a_crash(tmp_path: Path) -> None:
    articles, errors = read_folder(tmp_path / "nowhere")
    assert articles == []
    assert "does not exist" in errors[0].reason


def test_windows_line_ends_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    article = read(tmp_path / "a._en.md", b"\xef\xbb\xbf---\r\ntitle: Returns\r\n---\r\n\r\nText here\r\n")
    assert article.title == "Returns"
    assert article.body == "Text here"
