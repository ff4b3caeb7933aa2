"""Answers: sure, the bot tells it; half sure, it names articles; else it says that it does not know."""

from __future__ import annotations

from collections.abc import Sequence

from kb_index.articles import Article
from kb_index.choices import competing, known, vagueness
from kb_index.compose import compose
from kb_index.confidence import LOOKED_AT, Parameters, Thresholds, features, kind_of, parameters
from kb_index.encoder import Encoder
from kb_index.following import Followed, follow
from kb_index.language import is_cjk
from kb_index.leaning import Before, Leaning, leaning
from kb_index.likeness import are_twins
from kb_index.outcome import Answer, Kind, Outcome, Suggestion
from kb_index.passages import Passage
from kb_index.search import Asked, Hit, search
from kb_index.shard import Shard
from kb_index.vague_words import matter_words

__all__ = ["Answer", "Outcome", "Suggestion", "decide", "opening", "passage_answer", "suggestion", "told_from"]

MOST_SUGGESTIONS = 3
# So much nearer than needed, a section is meant whatever other words there are.
_PLAIN = 2.5


def decide(
    shard: Shard, text: str, encoder: Encoder, exclude: frozenset[str] = frozenset(), before: Before | None = None
) -> Outcome:
    """Take a cleaned question and its language's shard; give the outcome.

    `exclude` holds permalinks and passage ids that were tried and did not help. `before` is what the conversation was
    about, which the question may lean on.
    """
    asked = Asked.of(text, shard.lang, encoder)
    learnt = parameters(kind_of(asked, shard))
    found = search(shard, asked, learnt.ranking, LOOKED_AT + len(exclude))
    lean = _leaning(found, asked, learnt, before)
    if before and lean and lean.leans:
        followed = follow(shard, asked, before, learnt, encoder, exclude)
        if _better(followed, before, lean, learnt.limits(shard.lang)) and _meant(shard, text, followed, lean):
            return _followed(followed, shard, lean, learnt, kind_of(asked, shard))
    allowed = _allowed(found, exclude)
    outcome = _alone(shard, asked, learnt, allowed, exclude)
    if found and found[0] not in allowed:
        # What fits best was told: a "don't know" to the same question is "nothing more", and not "nothing".
        outcome.trace["told_already"] = found[0].passage.id
    if lean:
        outcome.trace["follow_up"] = lean.reasons()
    return outcome


def _alone(shard: Shard, asked: Asked, learnt: Parameters, hits: Sequence[Hit], exclude: frozenset[str]) -> Outcome:
    if not hits:
        return Outcome("none", shard.lang, 0.0, trace={"reason": "nothing in this language"})
    seen = features(hits, asked, learnt.tenth)
    sure = learnt.right.probability(seen)
    kind = _kind(hits[0], sure, learnt, shard.lang)
    vague = vagueness(shard, asked.text, hits, sure, learnt.limits(shard.lang))
    choices = competing(shard, hits, vague, exclude) if vague else ()
    trace = _trace(learnt, shard.lang, kind_of(asked, shard))
    trace["features"] = {name: round(value, 4) for name, value in seen.items()}
    if vague:
        trace["vague"] = vague
    return Outcome(
        kind=kind,
        lang=shard.lang,
        confidence=sure,
        answer=_answer(shard, hits[0].passage, asked) if kind == "answer" else None,
        suggestions=_suggestions(shard, hits, sum(learnt.ranking.values())) if kind == "suggest" else (),
        hits=tuple(hits),
        trace=trace,
        choices=choices,
    )


def _leaning(found: Sequence[Hit], asked: Asked, learnt: Parameters, before: Before | None) -> Leaning | None:
    """Whether the question leans on what was before; what was told already counts as found here."""
    if before is None:
        return None
    best = found[:LOOKED_AT]
    sure = learnt.right.probability(features(best, asked, learnt.tenth)) if best else 0.0
    return leaning(asked.text, before, best, sure, learnt.limits(asked.lang).answer)


def _better(followed: Followed, before: Before, lean: Leaning, limits: Thresholds) -> bool:
    """Whether both together say more than the question alone; without an article of before, the search must show it."""
    if followed.kind == "none" or followed.sure < limits.suggest:
        return False
    return bool(before.permalinks) or followed.sure > lean.sure_alone * limits.answer


def _meant(shard: Shard, text: str, followed: Followed, lean: Leaning) -> bool:
    """Whether the message is about these articles at all: "what is the meaning of life?" goes on with none of them."""
    cue = lean.goes_on or lean.points
    if followed.kind == "answer" and (cue or followed.nearness >= _PLAIN):
        return True
    # Chinese and Korean are cut into letters and not words, so that an unknown piece tells little beside a cue.
    return (cue and is_cjk(text)) or ((cue or followed.kind == "answer") and known(shard, matter_words(text)))


def _followed(followed: Followed, shard: Shard, lean: Leaning, learnt: Parameters, kind: str) -> Outcome:
    most = sum(learnt.ranking.values())
    trace = _trace(learnt, shard.lang, kind)
    trace["follow_up"] = {
        **lean.reasons(),
        "together": round(followed.sure, 4),
        "section": followed.passage.id if followed.passage else None,
        "section_near": round(followed.nearness, 4),
        "again": followed.again,
    }
    if followed.passage is None:
        trace["vague"] = "several sections"
    return Outcome(
        kind="answer" if followed.passage else "suggest",
        lang=shard.lang,
        confidence=followed.sure,
        answer=_told(followed.passage, followed.text) if followed.passage else None,
        suggestions=_suggestions(shard, followed.hits, most) if followed.passage is None else (),
        hits=followed.hits,
        trace=trace,
        leans=True,
        nearness=followed.nearness,
        again=followed.again,
        choices=followed.choices,
    )


def _trace(learnt: Parameters, lang: str, kind: str) -> dict[str, object]:
    limits = learnt.limits(lang)
    return {"evidence": kind, "thresholds": {"answer": limits.answer, "suggest": limits.suggest}}


def suggestion(passage: Passage, score: float) -> Suggestion:
    """Take a passage and a score; give its article as a suggestion."""
    return Suggestion(passage.title, passage.permalink, passage.lang, round(score, 4))


def passage_answer(passage: Passage) -> Answer:
    """Take a passage a customer chose; give its beginning as an answer."""
    return _told(passage, compose(passage, [1.0] * len(passage.sentences)))


def opening(article: Article, found: Sequence[Passage]) -> Answer:
    """Take an article a customer chose and its passages; give its beginning as an answer."""
    return passage_answer(found[0])


def told_from(shard: Shard, permalink: str, text: str, encoder: Encoder) -> Answer | None:
    """Take an article and a cleaned question; give its nearest passage as an answer, None when it was not found."""
    asked = Asked.of(text, shard.lang, encoder)
    learnt = parameters(kind_of(asked, shard))
    hits = search(shard, asked, learnt.ranking, len(shard.layout.articles))
    nearest = next((hit.passage for hit in hits if hit.passage.permalink == permalink), None)
    return None if nearest is None else _answer(shard, nearest, asked)


def _allowed(hits: Sequence[Hit], exclude: frozenset[str]) -> list[Hit]:
    kept = [hit for hit in hits if hit.passage.permalink not in exclude and hit.passage.id not in exclude]
    return kept[:LOOKED_AT]


def _kind(first: Hit, sure: float, learnt: Parameters, lang: str) -> Kind:
    limits = learnt.limits(lang)
    if sure >= limits.answer:
        # An article without text can be named, but it says nothing.
        return "suggest" if first.passage.text == first.passage.title else "answer"
    return "suggest" if sure >= limits.suggest else "none"


def _suggestions(shard: Shard, hits: Sequence[Hit], most: float) -> tuple[Suggestion, ...]:
    """The best articles by name; of two that say the same from end to end only the first."""
    named: list[Article] = []
    found: list[Suggestion] = []
    for hit in hits:
        article = shard.article(hit.passage.permalink)
        if not any(are_twins(article, other) for other in named):
            named.append(article)
            found.append(suggestion(hit.passage, hit.score / most))
        if len(found) == MOST_SUGGESTIONS:
            break
    return tuple(found)


def _answer(shard: Shard, passage: Passage, asked: Asked) -> Answer:
    return _told(passage, compose(passage, shard.nearness(passage, asked.row, asked.text)))


def _told(passage: Passage, text: str) -> Answer:
    return Answer(
        text=text,
        title=passage.title,
        heading=passage.heading,
        permalink=passage.permalink,
        anchor=passage.anchor,
        lang=passage.lang,
        passage_id=passage.id,
    )
