"""Told: a section or a sentence that an article tells its readers, and which line of its file it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kb_index.articles import Article, read_parts
from kb_index.claims import without_claims
from kb_index.cleaning import plain_line
from kb_index.language import is_cjk
from kb_index.likeness import figures, said, shared
from kb_index.passages import Passage

#: A sentence with fewer words, or pairs of characters, says too little to be recognised: "Wait two days."
_WORDS, _PAIRS = 4, 8
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^\s*(?:\d+\.|[•*-])\s|[*`]")


@dataclass(frozen=True)
class Told:
    """A section or a sentence of an article that customers may read."""

    article: Article
    passage: Passage
    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """What it says, without its figures and its "no"s."""
        return said(without_claims(self.text), self.article.lang)

    @cached_property
    def about(self) -> frozenset[str]:
        """What it says, with what title and headings say."""
        return self.words | said(without_claims(self.passage.path), self.article.lang)

    @property
    def is_full(self) -> bool:
        """Whether it says enough to be recognised in another article."""
        return len(self.words) >= (_PAIRS if is_cjk(self.text) else _WORDS)

    def sentences(self) -> list[Told]:
        """Its sentences, each told once."""
        return [replace(self, text=text) for text in dict.fromkeys(self.passage.sentences)]

    def line(self, folder: Path) -> int:
        """Take the folder the articles are in; give the line of the article's file that has most of it."""
        _, body, first = read_parts(folder / self.article.source, folder)
        text = _MARKS.sub("", self.text.partition("\n")[0])
        typed = [_MARKS.sub("", _LINK.sub(r"\1", plain_line(line))) for line in body.splitlines()]
        if has := next((at for at, line in enumerate(typed) if text in line), None):
            return first + has
        wanted, lines = self._marks(text), [self._marks(line) for line in typed] or [frozenset()]
        # A line may hold several sentences; of two that hold all of it, the one that holds less else is it.
        nearness = [len(wanted & line) + shared(wanted, line) for line in lines]
        return first + nearness.index(max(nearness))

    def _marks(self, text: str) -> frozenset[str]:
        return said(text, self.article.lang) | figures(text)
