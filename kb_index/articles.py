"""Articles: what the support team wrote, as Markdown files with a few lines of front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import frontmatter
import yaml

from kb_index.cleaning import clean, plain_line
from kb_index.language import detect

LARGEST = 2_000_000
_LANGUAGE_IN_NAME = re.compile(r"^(?P<stem>.+?)\._(?P<lang>[A-Za-z]{2,3})(?:[-_][A-Za-z]+)?$")
_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*\s*$", re.MULTILINE)
_WORDS_IN_LINK = re.compile(r"[-_]+")


class ArticleError(Exception):
    """An article that cannot be used: which file, which line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True)
class Article:
    """One article in one language, cleaned. Translations of each other share a `group`.

    `questions` are the ways customers ask that the author wrote down. `aliases` are names the article had
    before (old links, keywords): they help to find it and are never shown.
    """

    title: str
    lang: str
    permalink: str
    category: str
    internal: bool
    questions: tuple[str, ...]
    body: str
    source: str
    group: str
    aliases: tuple[str, ...] = ()


def article_files(folder: Path) -> Iterator[Path]:
    """Take a folder; give its Markdown files in a fixed order, without hidden ones."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in (".md", ".markdown") and not hidden and path.is_file():
            yield path


def read_folder(folder: Path) -> tuple[list[Article], list[ArticleError]]:
    """Take a folder; give its articles and the errors of those that cannot be used. Nothing stops the rest."""
    if not folder.is_dir():
        return [], [ArticleError(str(folder), 1, "this folder does not exist")]
    articles: dict[str, Article] = {}
    errors: list[ArticleError] = []
    for path in article_files(folder):
        try:
            article = read_article(path, folder)
        except ArticleError as error:
            errors.append(error)
            continue
        first = articles.setdefault(article.permalink, article)
        if first is not article:
            errors.append(duplicate(article, first))
    return list(articles.values()), errors


def duplicate(article: Article, first: Article) -> ArticleError:
    """Take an article and the one that has its permalink already; give the error that names both files."""
    reason = f"its permalink {article.permalink} already belongs to {first.source}"
    return ArticleError(article.source, 1, reason)


def read_article(path: Path, root: Path) -> Article:
    """Take a Markdown file below `root`; give the article, or raise ArticleError with file, line and reason."""
    front, body, first_line = read_parts(path, root)
    name = _name(path, root)
    text = clean(body, front, first_line).text
    title = plain_line(_text(front, "title", name)) or _first_heading(text)
    if not title:
        raise ArticleError(name, 1, "it has neither a title nor a heading")
    group, in_name = _group(path, root)
    lang = (_text(front, "lang", name) or in_name or detect(f"{title}\n{text}")).split("-")[0].lower()
    if not re.fullmatch(r"[a-z]{2,3}", lang):
        raise ArticleError(name, _line_of(path, "lang"), f"lang must be a code such as en, zh or ko, not {lang!r}")
    permalink = _text(front, "permalink", name) or _permalink(group, lang)
    return Article(
        title=title,
        lang=lang,
        permalink=permalink,
        category=_text(front, "category", name),
        internal=_truth(front, "internal", path, name),
        questions=_texts(front, "questions", path, name),
        body=text,
        source=name,
        group=group,
        aliases=_aliases(front, permalink, path, name),
    )


def read_parts(path: Path, root: Path) -> tuple[Mapping[str, object], str, int]:
    """Take a file; give its front matter, its body and the line where the body begins."""
    name = _name(path, root)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(name, 1, f"it cannot be opened: {error.strerror}") from error
    if len(raw) > LARGEST:
        raise ArticleError(name, 1, f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ArticleError(name, line, f"byte {raw[error.start]:#04x} is not UTF-8 text") from error
    if "\0" in text:
        raise ArticleError(name, text.count("\n", 0, text.index("\0")) + 1, "it holds a NUL character")
    if not text.startswith("---"):
        return {}, text, 1
    head = _FRONT.match(text)
    if head is None:
        raise ArticleError(name, 1, "its front matter is never closed with ---")
    try:
        # Read without stripping dates or numbers into other types than text needs.
        post = frontmatter.loads(text)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ArticleError(name, at, f"its front matter is not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
        raise ArticleError(name, 1, f"its front matter cannot be read: {error}") from error
    return dict(post.metadata), text[head.end() :], text.count("\n", 0, head.end()) + 1


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _group(path: Path, root: Path) -> tuple[str, str]:
    name = Path(_name(path, root)).with_suffix("")
    found = _LANGUAGE_IN_NAME.match(name.name)
    if not found:
        return name.as_posix(), ""
    return name.with_name(found["stem"]).as_posix(), found["lang"].lower()


def _permalink(group: str, lang: str) -> str:
    return f"/{group}/" if lang == "en" else f"/{lang}/{group}/"


def _first_heading(text: str) -> str:
    found = _HEADING.search(text)
    return plain_line(found["text"]) if found else ""


def _line_of(path: Path, key: str) -> int:
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return next((at for at, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


def _text(front: Mapping[str, object], key: str, name: str) -> str:
    value = front.get(key)
    if value is None:
        return ""
    if isinstance(value, list | dict):
        raise ArticleError(name, 1, f"{key} must be one line of text")
    return " ".join(str(value).split())


def _truth(front: Mapping[str, object], key: str, path: Path, name: str) -> bool:
    value = front.get(key, False)
    if isinstance(value, bool):
        return value
    # Shown to customers by mistake is worse than a complaint, so an unclear word is refused.
    raise ArticleError(name, _line_of(path, key), f"{key} must be true or false, not {value!r}")


def _texts(front: Mapping[str, object], key: str, path: Path, name: str) -> tuple[str, ...]:
    value = front.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or any(isinstance(item, list | dict) for item in value):
        raise ArticleError(name, _line_of(path, key), f"{key} must be a list of lines")
    return tuple(line for line in (" ".join(str(item).split()) for item in value if item is not None) if line)


def _aliases(front: Mapping[str, object], permalink: str, path: Path, name: str) -> tuple[str, ...]:
    """Old links of an article (`redirect_from`) read like questions; keywords are names, too."""
    keywords = front.get("keywords")
    words = keywords.split(",") if isinstance(keywords, str) else list(_texts(front, "keywords", path, name))
    old = front.get("redirect_from")
    links = (
        [old]
        if isinstance(old, str)
        else [item for item in old if isinstance(item, str)]
        if isinstance(old, list)
        else []
    )
    slugs = [_WORDS_IN_LINK.sub(" ", link.strip("/").split("/")[-1]) for link in [*links, permalink]]
    names = dict.fromkeys(" ".join(word.split()) for word in [*words, *slugs] if word.strip())
    return tuple(names)
