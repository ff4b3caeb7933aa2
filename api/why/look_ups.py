"""Look-ups: what the articles said to a question, with every passage that was looked at and its scores."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.why.versions import mark
from kb_index.answers import Outcome
from kb_index.confidence import parameters
from kb_index.passages import Passage
from kb_index.search import POINTED, Hit

#: Look-ups before the last one of a turn that are kept, without their passages.
EARLIER = 2


def note_look_up(trace: dict[str, Any], question: str, outcome: Outcome, version: str) -> None:
    """Keeps a look-up in a turn's trace: the last one whole, those before it in short."""
    if before := trace.get("knowledge"):
        short = {name: before[name] for name in ("question", "outcome", "confidence", "thresholds") if name in before}
        trace["earlier_look_ups"] = [*trace.get("earlier_look_ups", []), short][-EARLIER:]
    trace["knowledge"] = {
        "question": question,
        **outcome.trace,
        "outcome": outcome.kind,
        "confidence": round(outcome.confidence, 4),
        "language": outcome.lang,
        **_seen(outcome.hits, str(outcome.trace.get("evidence", ""))),
        "version": version,
    }


def _seen(hits: Sequence[Hit], evidence: str) -> dict[str, Any]:
    if not hits:
        return {"passages": []}
    # One row of numbers a passage, and the names once: ten passages then need two kilobytes and not five.
    names = list(hits[0].parts)
    weights = {**(parameters(evidence).ranking if evidence else {}), POINTED: 1.0}
    return {
        "signals": names,
        "weights": [round(weights.get(name, 0.0), 4) for name in names],
        "passages": [_passage(hit, names) for hit in hits],
    }


def _passage(hit: Hit, names: Sequence[str]) -> dict[str, Any]:
    passage = hit.passage
    return {
        "id": passage.id,
        "title": passage.title,
        "text": text_mark(passage),
        "score": round(hit.score, 4),
        "parts": [hit.parts.get(name, 0.0) for name in names],
    }


def text_mark(passage: Passage) -> str:
    """Another mark for every change of a passage's words."""
    return mark(f"{passage.title}\n{passage.heading}\n{passage.text}".encode())


def rows(look_up: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A kept look-up's passages as staff are shown them: parts by name, and the article each is of."""
    names = look_up.get("signals") or []
    return [
        {
            "passage": one.get("id", ""),
            "permalink": str(one.get("id", "")).partition("#")[0],
            "title": one.get("title", ""),
            "score": one.get("score", 0.0),
            "parts": dict(zip(names, one.get("parts") or [], strict=False)),
        }
        for one in look_up.get("passages") or []
    ]
