"""Importing: a folder of somebody's help centre becomes clean articles of ours, with a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import frontmatter

from kb_index.articles import Article, ArticleError, article_files, duplicate, read_article, read_parts
from kb_index.cleaning import clean
from kb_index.files import write_atomically
from kb_index.progress import Progress, silent


@dataclass(frozen=True)
class Note:
    """One line of the report: a file, a line in it, and what happened there."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """What came in, what was cleaned on the way, and what was refused."""

    imported: tuple[Note, ...]
    cleaned: tuple[Note, ...]
    refused: tuple[Note, ...]


def import_folder(src: Path, dest: Path, progress: Progress = silent) -> ImportReport:
    """Take a folder of Markdown and a folder of ours; write each article cleaned, each file whole or not at all.

    Importing the same folder again changes no file. What is in `dest` already and not in `src` stays.
    """
    if not src.is_dir():
        return ImportReport((), (), (Note(str(src), 1, "this folder does not exist"),))
    if dest.resolve() == src.resolve() or src.resolve() in dest.resolve().parents:
        return ImportReport((), (), (Note(str(dest), 1, "articles cannot be imported into their own folder"),))
    imported: list[Note] = []
    cleaned: list[Note] = []
    refused: list[Note] = []
    taken: dict[str, Article] = {}
    files = list(article_files(src))
    for at, path in enumerate(files):
        progress("importing articles", at, len(files))
        try:
            article = read_article(path, src)
            if taken.setdefault(article.permalink, article) is not article:
                raise duplicate(article, taken[article.permalink])
        except ArticleError as error:
            refused.append(Note(error.file, error.line, error.reason))
            continue
        target = dest / f"{article.group}._{article.lang}.md"
        content = _content(article)
        changed = not target.is_file() or target.read_bytes() != content
        if changed:
            write_atomically(target, content)
        shown = target.relative_to(dest).as_posix()
        imported.append(Note(article.source, 1, f"imported as {shown}" if changed else f"unchanged in {shown}"))
        front, body, first_line = read_parts(path, src)
        cleaned += [Note(article.source, mark.line, mark.reason) for mark in clean(body, front, first_line).marks]
    progress("importing articles", len(files), len(files))
    return ImportReport(tuple(imported), tuple(cleaned), tuple(refused))


def _content(article: Article) -> bytes:
    front: dict[str, object] = {
        "title": article.title,
        "lang": article.lang,
        "permalink": article.permalink,
        "category": article.category or None,
        "internal": article.internal or None,
        "questions": list(article.questions) or None,
        "keywords": list(article.aliases) or None,
    }
    post = frontmatter.Post(article.body)
    post.metadata.update({key: value for key, value in front.items() if value is not None})
    text: str = frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=10_000)
    return (text.rstrip("\n") + "\n").encode()
