"""The library: the article files of one or more folders, read again only when they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_index.articles import Article, ArticleError, article_files, duplicate, read_article

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """All articles that can be used now, and the errors of those that cannot."""

    articles: tuple[Article, ...]
    errors: tuple[ArticleError, ...]


class Library:
    """Reads folders; keeps the last good version of a file that was broken by an edit."""

    def __init__(self, folders: Sequence[Path], known: Iterable[Article] = ()) -> None:
        self._folders = tuple(folders)
        self._stamps: dict[Path, Stamp] = {}
        self._good: dict[Path, Article] = {}
        self._broken: dict[Path, ArticleError] = {}
        self._remembered = {article.source: article for article in known}

    def read(self) -> Reading:
        """Look at every file, read those that changed; give what there is now."""
        present: list[Path] = []
        missing: list[ArticleError] = []
        for folder in self._folders:
            if not folder.is_dir():
                missing.append(ArticleError(str(folder), 1, "this folder does not exist"))
                continue
            for path in article_files(folder):
                present.append(path)
                self._look_at(path, folder)
        for gone in set(self._stamps) - set(present):
            for known in (self._stamps, self._good, self._broken):
                known.pop(gone, None)
        taken: dict[str, Article] = {}
        errors = [*missing, *(self._broken[path] for path in present if path in self._broken)]
        for path in present:
            article = self._good.get(path)
            if article and taken.setdefault(article.permalink, article) is not article:
                errors.append(duplicate(article, taken[article.permalink]))
        return Reading(tuple(taken.values()), tuple(errors))

    def _look_at(self, path: Path, folder: Path) -> None:
        try:
            state = path.stat()
        except OSError:
            return  # It went away between listing and looking; the next look finds it gone.
        stamp = (state.st_mtime_ns, state.st_size)
        if self._stamps.get(path) == stamp:
            return
        self._stamps[path] = stamp
        try:
            self._good[path] = read_article(path, folder)
            self._broken.pop(path, None)
        except ArticleError as error:
            self._broken[path] = error
            before = self._remembered.get(error.file)
            if path not in self._good and before:
                self._good[path] = before
