"""Knowledge: the door to the knowledge base, and the one place where thinking leaves the event loop."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import urljoin

from kb_index.answers import Answer, Outcome, passage_answer
from kb_index.base import Changes, KnowledgeBase, NoSuchArticle
from kb_index.encoder import Vectors
from kb_index.leaning import Before

#: Encoding and search keep a core busy; more threads than this would only take turns.
THREADS = 2

T = TypeVar("T")


class Knowledge:
    """Asks the knowledge base without holding up anybody else's conversation.

    Args:
        base: a loaded knowledge base.
        articles_url: where customers read articles; empty for this product's own pages.
    """

    def __init__(self, base: KnowledgeBase, articles_url: str = "") -> None:
        self.base = base
        self._articles_url = articles_url
        #: Told how many seconds each question took.
        self.searched: Callable[[float], None] = lambda _: None
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="knowledge")

    async def _away(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def ask(
        self, question: str, language: str, told: frozenset[str] = frozenset(), before: Before | None = None
    ) -> Outcome:
        """The outcome for a question, leaving out passages the customer was told already.

        Args:
            before: what the conversation was about, which the question may lean on.
        """
        begun = time.perf_counter()
        outcome = await self._away(lambda: self.base.ask(question, language, told, before))
        self.searched(time.perf_counter() - begun)
        return outcome

    async def encode(self, texts: list[str]) -> list[Vectors]:
        """A row of numbers for each text, by the encoder of the articles."""
        # One at a time: a quantised model's numbers depend on what is encoded beside a text, and a turn that is played
        # again must come to the same.
        return await self._away(lambda: [self.base.encoder.encode([text])[0] for text in texts])

    async def answer_from(self, permalink: str, question: str | None) -> Answer | None:
        """What an article says to a question; None when customers may not read it or it is gone.

        Args:
            permalink: of the article, or a passage's id for that section of it.
        """
        if "#" in permalink:
            passage = self.base.passage(permalink)
            return passage_answer(passage) if passage and not passage.internal else None
        try:
            return await self._away(lambda: self.base.answer_from(permalink, question))
        except NoSuchArticle:
            return None

    async def refresh(self) -> Changes:
        return await self._away(self.base.refresh)

    @property
    def version(self) -> str:
        return self.base.version

    def source(self, permalink: str, title: str, score: float, anchor: str = "") -> dict[str, Any]:
        """A source as the customer API shows it."""
        place = urljoin(self._articles_url, permalink) if self._articles_url else f"/kb{permalink}"
        return {
            "permalink": permalink,
            "title": title,
            "score": round(score, 3),
            "url": f"{place}#{anchor}" if anchor else place,
        }

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
