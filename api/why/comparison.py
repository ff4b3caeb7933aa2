"""Comparison: what a turn was and what it is when it is played again, and what has changed between the two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.why.before import CUT
from api.why.explanation import changed, thought
from api.why.look_ups import text_mark
from api.why.rehearsal import Played
from handoff.events import DROPPED
from handoff.facts import Fact
from handoff.reasons import KeptTurn
from kb_index.base import KnowledgeBase

#: Scores closer than this are the same: the last digits depend on the processor.
CLOSE = 0.0005
#: What differs from run to run and says nothing, or is compared as a version.
IDLE = ("version", "quote", "text_mark")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was. ``what``: where it stands, such as ``intent.probability``."""

    what: str
    was: Any
    now: Any


def differences(turn: KeptTurn, facts: Sequence[Fact], played: Played) -> list[Difference]:
    """Everything of a turn that came out differently, words first.

    Args:
        facts: that the turn kept.
    """
    was, now = thought(turn.data), thought(played.data)
    said = [_word(one.data.get("was", one.type) if one.type == DROPPED else one.type, one) for one in turn.words]
    pairs: list[tuple[str, Any, Any]] = [
        ("words", said, [_word(one.type, one) for one in played.words]),
        ("outcome", None if turn.outcome == DROPPED else turn.outcome, played.outcome),
        ("facts", _facts(facts), _facts(played.facts)),
        *((name, was[name], now[name]) for name in was),
    ]
    found = []
    for name, before, after in pairs:
        if name == "outcome" and before is None:
            continue
        found += list(_between(name, before, after))
    return found


def changes(turn: KeptTurn, played: Played, base: KnowledgeBase) -> list[Difference]:
    """The versions that are others now: of the model, the index, each setting, and the articles that were looked at."""
    was = turn.data.get("versions") or {"model": turn.data.get("model")}
    found = [Difference(**one) for one in changed(was, played.data.get("versions") or {})]
    for kept in (turn.data.get("knowledge") or {}).get("passages") or []:
        passage = base.passage(kept.get("id", ""))
        mark = text_mark(passage) if passage else None
        if kept.get("text") and kept["text"] != mark:
            found.append(Difference(f"article {kept['id']}", kept["text"], mark or "gone"))
    return found


def _word(type_: object, word: Any) -> dict[str, Any]:
    kept = {name: word.data.get(name) or [] for name in ("buttons", "sources")}
    return {"type": type_, "text": word.text, **kept, "ticket": word.data.get("ticket")}


def _facts(facts: Sequence[Fact]) -> dict[str, Any]:
    return {fact.field: fact.value for fact in facts}


def _between(what: str, was: Any, now: Any) -> Iterator[Difference]:
    """The differences of two values, as deep as they go."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys([*was, *now]):
            if name not in IDLE:
                yield from _between(f"{what}.{name}", was.get(name), now.get(name))
    elif isinstance(was, list | tuple) and isinstance(now, list | tuple) and len(was) == len(now):
        for place, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _between(f"{what}[{place}]", one, other)
    elif not _same(was, now):
        yield Difference(what, was, now)


def _same(was: Any, now: Any) -> bool:
    numbers = (int, float)
    if isinstance(was, numbers) and isinstance(now, numbers) and not isinstance(was, bool):
        return abs(was - now) <= CLOSE
    if isinstance(was, str) and isinstance(now, str) and was.endswith(CUT):
        return now.startswith(was.removesuffix(CUT))
    return bool((was or None) == (now or None))
