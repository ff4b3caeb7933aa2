"""Passages: the pieces of an article that can answer a question, each with a link that stays the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sentencex import segment

from kb_index.articles import Article
from kb_index.sections import Section, sections


@dataclass(frozen=True)
class Passage:
    """One section of one article. `text` is plain; `sentences` are its parts, small enough to compare.

    `links` are where it sends the reader, and by what words.
    """

    id: str
    permalink: str
    anchor: str
    title: str
    heading: str
    text: str
    lang: str
    internal: bool
    sentences: tuple[str, ...]
    group: str
    trail: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """Title and headings above the text, as a reader would say where they are."""
        return " > ".join(part for part in (self.title, *self.trail, self.heading) if part)


@lru_cache(maxsize=50_000)
def passages(article: Article) -> tuple[Passage, ...]:
    """Take an article; give its passages in order, at least one, so that every article can be found.

    An id is the permalink, the heading's slug and, from the second of the same name on, a number: an edit
    elsewhere in the article changes no id.
    """
    seen: Counter[str] = Counter()
    found: list[Passage] = []
    for section in sections(article.body):
        if section.is_link_list:
            continue
        anchor = slug(section.heading) if section.heading else ""
        seen[anchor] += 1
        if seen[anchor] > 1:
            anchor = f"{anchor}-{seen[anchor]}"
        found.append(_passage(article, anchor, section))
    return tuple(found) or (_passage(article, "", Section("", (), (), ())),)


def links(article: Article) -> list[tuple[str, str]]:
    """Take an article; give where it links to and by what words: those words are names of the other article."""
    return [link for section in sections(article.body) for link in section.links]


def slug(heading: str) -> str:
    """Take a heading; give the anchor a website would make of it. Letters of every script are kept."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\s_-]+", "-", re.sub(r"[^\w\s-]", "", text)).strip("-") or "section"


def split_sentences(text: str, lang: str) -> list[str]:
    """Take plain text and its language; give its sentences."""
    parts = (part.strip() for line in text.split("\n") for part in segment(lang, line))
    return [part for part in parts if part]


def _passage(article: Article, anchor: str, section: Section) -> Passage:
    text = section.text or article.title
    sentences = tuple(s for line in section.lines for s in split_sentences(line.text, article.lang))
    return Passage(
        id=f"{article.permalink}#{anchor}" if anchor else article.permalink,
        permalink=article.permalink,
        anchor=anchor,
        title=article.title,
        heading="" if section.heading == article.title else section.heading,
        text=text,
        lang=article.lang,
        internal=article.internal,
        sentences=sentences or (article.title,),
        group=article.group,
        trail=tuple(name for name in section.trail if name != article.title),
        links=section.links,
    )
