"""Neighbours: when nothing in the customer's language helps, an article in another one may."""

from __future__ import annotations

from dataclasses import replace

from kb_index.answers import Outcome, decide, suggestion
from kb_index.encoder import Encoder, knows
from kb_index.language import is_cjk
from kb_index.search import Asked, Hit, search
from kb_index.shard import Shard
from kb_index.snapshot import Snapshot

# A name is worth an offer when it is at least this much of what the question says.
_TELLING = 0.3


def in_another_language(
    now: Snapshot, outcome: Outcome, text: str, encoder: Encoder, exclude: frozenset[str] = frozenset()
) -> Outcome:
    """Take an outcome that is no answer; give it with an offer from another language, if there is a good one.

    When the article found has a translation in the customer's language, that one is suggested instead.
    """
    best: tuple[float, Hit] | None = None
    for lang, shard in now.shards.items():
        if lang == outcome.lang:
            continue
        found = _found(shard, text, encoder, exclude)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return outcome
    score, hit = best
    own = now.shards.get(outcome.lang)
    for article in own.layout.articles if own else ():
        if article.group != hit.passage.group or article.permalink in exclude:
            continue
        if outcome.kind != "none":
            return outcome
        first = next(p for p in now.passages.values() if p.permalink == article.permalink)
        return replace(outcome, kind="suggest", suggestions=(suggestion(first, score),))
    return replace(outcome, other_language=suggestion(hit.passage, score))


def _found(shard: Shard, text: str, encoder: Encoder, exclude: frozenset[str]) -> tuple[float, Hit] | None:
    understood = knows(encoder, shard.lang) and ("*" in encoder.languages or not is_cjk(text))
    if understood:
        outcome = decide(shard, text, encoder, exclude)
        if outcome.kind != "none":
            return outcome.confidence, outcome.hits[0]
    # Names and codes are the same in every language: "LK-220", "PayPal".
    asked = Asked.of(text, shard.lang, encoder)
    known = {token for token in _latin(asked) if shard.words.is_telling(token)}
    told = sum(shard.words.rarity(token) for token in known)
    most = sum(shard.words.rarity(token) for token in set(_latin(asked)))
    if not known or not most or told / most < _TELLING:
        return None
    hits = search(shard, asked, {"words": 1.0, "name_words": 0.5}, 1 + len(exclude))
    hits = [hit for hit in hits if hit.passage.permalink not in exclude and hit.score > 0]
    return (told / most * min(hits[0].score, 1.0), hits[0]) if hits else None


def _latin(asked: Asked) -> list[str]:
    return [token for token in asked.tokens if token.isascii() and token.isalnum() and len(token) > 2]
