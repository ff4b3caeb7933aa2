"""Snapshots: the whole knowledge base at one moment; the next one takes its place in one step."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_index.articles import Article
from kb_index.encoder import Encoder, for_passages, knows
from kb_index.files import write_atomically
from kb_index.passages import Passage, passages
from kb_index.progress import Progress, silent
from kb_index.shard import Layout, Shard, encodable
from kb_index.vectors import VectorStore

FORMAT = 1
_KEPT = 2


class WrongEncoder(Exception):
    """The stored index was made by another encoder than the one that would read it."""

    def __init__(self, folder: Path, made_by: str, now: str) -> None:
        super().__init__(
            f"The index in {folder} was made by the encoder {made_by}, but the encoder now is {now}. "
            "Rebuild it with: frontdoor kb rebuild"
        )


@dataclass(frozen=True)
class Snapshot:
    """All articles and passages, and the searchable shard of each language. Nothing in it changes."""

    version: str
    encoder: str
    articles: Mapping[str, Article]
    passages: Mapping[str, Passage]
    shards: Mapping[str, Shard]


def build(
    articles: Sequence[Article],
    encoder: Encoder,
    store: VectorStore,
    previous: Snapshot | None = None,
    progress: Progress = silent,
) -> Snapshot:
    """Take all articles; give their snapshot. A language in which nothing changed keeps its shard."""
    public: dict[str, list[Article]] = {}
    for article in articles:
        # What is internal never enters what is searched: it cannot leak from where it is not.
        if not article.internal:
            public.setdefault(article.lang, []).append(article)
    shards: dict[str, Shard] = {}
    for lang, own in sorted(public.items()):
        before = previous.shards.get(lang) if previous else None
        if before is not None and before.layout.articles == tuple(own):
            shards[lang] = before
            continue
        layout = Layout.of(own)
        dense = knows(encoder, lang)
        if dense:
            store.prepare(*encodable(layout), for_passages(encoder), progress)
        shards[lang] = Shard(lang, layout, store if dense else None)
    return Snapshot(
        version=version_of(articles, encoder.name),
        encoder=encoder.name,
        articles={article.permalink: article for article in articles},
        passages={passage.id: passage for article in articles for passage in passages(article)},
        shards=shards,
    )


def version_of(articles: Iterable[Article], encoder: str) -> str:
    """Take articles and the encoder's name; give the hash that names this state of the knowledge base."""
    digest = hashlib.sha256(f"{FORMAT}:{encoder}".encode())
    for line in sorted(repr(article) for article in articles):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Stored:
    """What a snapshot's folder holds: enough to stand up again without encoding anything."""

    version: str
    encoder: str
    segments: tuple[str, ...]
    articles: tuple[Article, ...]


def save(folder: Path, snapshot: Snapshot, segments: Sequence[str]) -> None:
    """Write the snapshot to a folder of its own and then point `current` at it; old ones are removed."""
    place = folder / "snapshots" / snapshot.version
    content = {
        "format": FORMAT,
        "version": snapshot.version,
        "encoder": snapshot.encoder,
        "segments": list(segments),
        "articles": [vars(article) for article in snapshot.articles.values()],
    }
    write_atomically(place / "snapshot.json", json.dumps(content, ensure_ascii=False).encode())
    write_atomically(folder / "current", f"{snapshot.version}\n".encode())
    others = [each for each in (folder / "snapshots").iterdir() if each.name != snapshot.version]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> Stored | None:
    """Take the store's folder; give what `current` points at, or None when there is nothing usable."""
    try:
        version = (folder / "current").read_text(encoding="utf-8").strip()
        content = json.loads((folder / "snapshots" / version / "snapshot.json").read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            return None
        return Stored(
            version=content["version"],
            encoder=content["encoder"],
            segments=tuple(content["segments"]),
            articles=tuple(_article(fields) for fields in content["articles"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def segments_in_use(folder: Path) -> set[str]:
    """Take the store's folder; give the segments that some kept snapshot needs."""
    used: set[str] = set()
    for path in (folder / "snapshots").glob("*/snapshot.json"):
        try:
            used.update(json.loads(path.read_text(encoding="utf-8"))["segments"])
        except (OSError, ValueError, KeyError):
            continue
    return used


def _article(fields: dict[str, object]) -> Article:
    lists = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    return Article(**lists)  # type: ignore[arg-type]
