"""The knowledge base: ask it a question, and it answers from the articles as they are now."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits

from kb_index import snapshot as snapshots
from kb_index.answers import Answer, Outcome, decide, opening, told_from
from kb_index.articles import Article, ArticleError
from kb_index.encoder import Encoder
from kb_index.language import detect
from kb_index.leaning import Before
from kb_index.library import Library
from kb_index.neighbours import in_another_language
from kb_index.passages import Passage
from kb_index.progress import Progress, silent
from kb_index.questions import cleaned, says_something
from kb_index.recent import RecentReadings
from kb_index.snapshot import Snapshot, WrongEncoder
from kb_index.vectors import VectorStore


class NotLoaded(Exception):
    """The knowledge base was asked before it was loaded."""

    def __init__(self) -> None:
        super().__init__("The knowledge base is not loaded yet.")


class NoSuchArticle(Exception):
    """There is no such article for customers."""

    def __init__(self, permalink: str) -> None:
        super().__init__(f"There is no article {permalink} that customers may read.")


@dataclass(frozen=True)
class Changes:
    """What a refresh found: permalinks by what happened to them, broken files, and what it cost."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    errors: tuple[ArticleError, ...]
    version: str
    encoded: int
    seconds: float


class KnowledgeBase:
    """Articles in folders, an encoder, and a folder of our own for what was computed. Safe for threads."""

    def __init__(self, folders: Path | Sequence[Path], encoder: Encoder, store_folder: Path) -> None:
        # The numerical libraries would split each of our small sums over all cores and wait for each other by spinning:
        # measured, a search took twice the time and six times the processor while customers were served.
        threadpool_limits(1)
        self._folders = [folders] if isinstance(folders, Path) else list(folders)
        self._encoder = encoder
        self._recent = RecentReadings(encoder)
        self._store_folder = store_folder
        self._vectors = VectorStore(store_folder / "segments", encoder.dimensions)
        self._library = Library(self._folders)
        self._snapshot: Snapshot | None = None
        self._errors: tuple[ArticleError, ...] = ()
        # One writer at a time; readers take the snapshot they find and need no lock.
        self._writing = threading.Lock()

    @property
    def encoder(self) -> Encoder:
        """What questions and messages are encoded with."""
        return self._recent

    def load(self, progress: Progress = silent, rebuild: bool = False) -> Changes:
        """Read all articles, encode what was never encoded, and stand ready.

        Raises WrongEncoder when the stored index was made by another encoder, unless told to rebuild.
        """
        with self._writing:
            stored = snapshots.load(self._store_folder)
            if stored and stored.encoder != self._encoder.name:
                if not rebuild:
                    raise WrongEncoder(self._store_folder, stored.encoder, self._encoder.name)
                stored = None
            if stored:
                progress("opening the stored index", 0, 1)
                self._vectors.open(stored.segments)
                self._library = Library(self._folders, stored.articles)
            return self._follow(progress)

    def refresh(self) -> Changes:
        """Read the files that changed and switch to the new state in one step. Questions go on meanwhile."""
        with self._writing:
            return self._follow(silent)

    def _follow(self, progress: Progress) -> Changes:
        begun = time.monotonic()
        reading = self._library.read()
        before = self._snapshot
        self._errors = reading.errors
        old = before.articles if before else {}
        new = {article.permalink: article for article in reading.articles}
        self._vectors.encoded = 0
        if before is None or old != new:
            fresh = snapshots.build(reading.articles, self._encoder, self._vectors, before, progress)
            self._snapshot = fresh
            self._store(fresh)
        return Changes(
            added=tuple(link for link in new if link not in old),
            changed=tuple(link for link in new if link in old and old[link] != new[link]),
            removed=tuple(link for link in old if link not in new),
            errors=reading.errors,
            version=self._now.version,
            encoded=self._vectors.encoded,
            seconds=time.monotonic() - begun,
        )

    def _store(self, fresh: Snapshot) -> None:
        segments = self._vectors.save()
        snapshots.save(self._store_folder, fresh, segments)
        self._vectors.prune(snapshots.segments_in_use(self._store_folder))

    @property
    def _now(self) -> Snapshot:
        if self._snapshot is None:
            raise NotLoaded
        return self._snapshot

    @property
    def version(self) -> str:
        """The hash that names the articles and the encoder as they are now."""
        return self._now.version

    def ask(
        self,
        question: str,
        lang: str | None = None,
        exclude: frozenset[str] = frozenset(),
        before: Before | None = None,
    ) -> Outcome:
        """Take a question, perhaps the language of the page or chat, what was tried and what was before; answer it."""
        begun = time.perf_counter()
        now = self._now
        text = cleaned(question)
        spoken = detect(text, lang)
        if not says_something(text):
            return Outcome("none", spoken, 0.0, trace={"reason": "there is no word in it", "version": now.version})
        shard = now.shards.get(spoken)
        if shard is None:
            outcome = Outcome("none", spoken, 0.0, trace={"reason": f"no article is in {spoken}"})
        else:
            outcome = decide(shard, text, self._recent, exclude, before)
        if outcome.kind != "answer":
            outcome = in_another_language(now, outcome, text, self._recent, exclude)
        outcome.trace.update(
            question=text,
            version=now.version,
            encoder=now.encoder,
            milliseconds=round((time.perf_counter() - begun) * 1000, 2),
        )
        return outcome

    def article(self, permalink: str) -> Article | None:
        """Take a permalink; give the article, internal ones too, or None."""
        return self._now.articles.get(permalink)

    def articles(self) -> tuple[Article, ...]:
        """All articles, internal ones too."""
        return tuple(self._now.articles.values())

    def passage(self, passage_id: str) -> Passage | None:
        """Take a passage's id; give the passage, of internal articles too, or None."""
        return self._now.passages.get(passage_id)

    def answer_from(self, permalink: str, question: str | None = None) -> Answer:
        """Take the permalink of an article that a customer chose, and what they had asked.

        Give the passage of it that is nearest to the question; without a question, or with one in another
        language, its beginning.
        """
        now = self._now
        article = now.articles.get(permalink)
        if article is None or article.internal:
            raise NoSuchArticle(permalink)
        shard = now.shards.get(article.lang)
        if question and shard is not None and detect(question, article.lang) == article.lang:
            nearest = told_from(shard, permalink, cleaned(question), self._recent)
            if nearest is not None:
                return nearest
        found = [passage for passage in now.passages.values() if passage.permalink == permalink]
        return opening(article, found)

    def stats(self) -> dict[str, object]:
        """How much there is, in which languages, and what is broken."""
        now = self._now
        return {
            "version": now.version,
            "encoder": now.encoder,
            "articles": len(now.articles),
            "internal": sum(article.internal for article in now.articles.values()),
            "passages": len(now.passages),
            "languages": {lang: len(shard.layout.articles) for lang, shard in now.shards.items()},
            "errors": [str(error) for error in self._errors],
        }
