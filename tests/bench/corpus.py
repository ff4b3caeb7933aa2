"""Corpus: help centres of any size, made by putting sentences of real articles together anew, always the same."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb_index.articles import read_folder
from kb_index.encoder import Encoder, Reading, Vectors
from kb_index.passages import passages

SEED = 11
#: Passages of an article, and sentences of a passage, about as in the sample shop.
PASSAGES, SENTENCES = 8, (2, 5)
#: What stands between the pieces of a text: title, headings and sentences.
_BETWEEN = re.compile(r"\n| > |: ")


@dataclass(frozen=True)
class Pool:
    """The pieces of real articles: their titles, names of sections, and each category's sentences."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, folder: Path, lang: str = "en") -> "Pool":
        """Take a folder of articles; give the pieces of those in one language that customers may see."""
        found = [each for each in read_folder(folder)[0] if each.lang == lang and not each.internal]
        headings = dict.fromkeys(asked for each in found for asked in each.questions if _simple(asked))
        by_category: dict[str, dict[str, None]] = {}
        for article in found:
            own = by_category.setdefault(article.category, {})
            for passage in passages(article):
                if _simple(passage.heading):
                    headings.setdefault(passage.heading)
                own.update((sentence, None) for sentence in passage.sentences if _simple(sentence))
        titles = dict.fromkeys(each.title for each in found if _simple(each.title))
        return cls(tuple(titles), tuple(headings), tuple(tuple(own) for own in by_category.values()))

    def pieces(self) -> list[str]:
        """Every piece once, cut where texts are cut."""
        texts = [*self.titles, *self.headings, *(sentence for own in self.sentences for sentence in own)]
        return list(dict.fromkeys(piece for text in texts for piece in pieces(text)))


@dataclass(frozen=True)
class Page:
    """An article that was put together: its title, and for each section the heading and the sentences."""

    number: int
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    def markdown(self) -> str:
        """The article as a file. Every sentence is a paragraph, so that it stays one."""
        parts = [f"## {heading}\n\n" + "\n\n".join(own) for heading, own in self.sections]
        return (
            f'---\ntitle: "{self.title}"\nlang: en\npermalink: /{self.number}/help/\n---\n\n'
            + "\n\n".join(parts)
            + "\n"
        )

    def texts(self) -> list[str]:
        """The passages, as the index encodes them."""
        return [f"{self.title} > {heading}: " + "\n".join(own) for heading, own in self.sections]


def pages(pool: Pool, count: int) -> Iterator[Page]:
    """Take the pieces; give articles with that many passages in all, no title twice."""
    pick = random.Random(SEED)
    seen: set[str] = set()
    left = count
    while left > 0:
        title = f"{pick.choice(pool.titles)}: {pick.choice(pool.headings)}"
        if title in seen:
            continue
        seen.add(title)
        own = pick.choice(pool.sentences)
        many = min(PASSAGES, left)
        headings = pick.sample(pool.headings, many)
        sections = tuple((heading, _some(own, pick)) for heading in headings)
        left -= many
        yield Page(len(seen), title, sections)


def _simple(text: str) -> bool:
    """Whether a text stays as it is in Markdown and in front matter."""
    return bool(text) and not set(text) & set("\"'*_`[]<>|#\\\n")


def _some(sentences: Sequence[str], pick: random.Random) -> tuple[str, ...]:
    return tuple(pick.sample(sentences, min(pick.randint(*SENTENCES), len(sentences))))


def pieces(text: str) -> list[str]:
    """A text, cut into its pieces."""
    return [piece for piece in _BETWEEN.split(text) if piece.strip()]


class PiecewiseEncoder:
    """Reads every piece once with the real encoder; a text of known pieces is the mean of theirs, by length.

    That is what mean pooling does but for the words' influence on each other across pieces. A text with an unknown
    piece, as every question is, goes to the real encoder.
    """

    def __init__(self, real: Encoder, known: Sequence[str]) -> None:
        self._real = real
        self._known = dict(zip(known, real.read(known), strict=True))
        self.name = f"{real.name}-piecewise"
        self.languages = real.languages
        self.dimensions = real.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Take texts; give one row for each."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        unknown = [at for at, text in enumerate(texts) if not self._composed(text, rows[at])]
        if unknown:
            rows[unknown] = self._real.encode([texts[at] for at in unknown])
        return rows

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Take texts; give each as one row and word by word."""
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> Reading:
        row = np.zeros(self.dimensions, dtype=np.float32)
        if not self._composed(text, row):
            return self._real.read([text])[0]
        return Reading(row, np.concatenate([self._known[piece].words for piece in pieces(text)]))

    def _composed(self, text: str, into: Vectors) -> bool:
        parts = [self._known.get(piece) for piece in pieces(text)]
        if not parts or any(part is None for part in parts):
            return False
        for part in parts:
            if part is not None:
                into += part.row * (len(part.words) + 2)
        into /= max(float(np.linalg.norm(into)), 1e-9)
        return True


def write(found: Iterator[Page], folder: Path) -> int:
    """Writes articles as Markdown files; how many."""
    count = 0
    for page in found:
        # A folder of ten thousand files is slow on some disks.
        place = folder / f"{page.number // 500:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{page.number}.md").write_text(page.markdown(), "utf-8")
        count += 1
    return count
