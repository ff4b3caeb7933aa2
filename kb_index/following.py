"""Following: a message that leans on what was before is looked up together with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kb_index.choices import Choice, by_heading
from kb_index.compose import compose
from kb_index.confidence import LOOKED_AT, Parameters, features
from kb_index.encoder import Encoder
from kb_index.leaning import Before
from kb_index.passages import Passage
from kb_index.search import Asked, Hit, search
from kb_index.shard import Shard
from kb_index.within import Near, sections_near, told_and_new

#: A section is meant from this nearness on. With vectors every section has some.
_MEANT = {True: 0.45, False: 0.2}
#: A section that was told before is pointed at again only when it is this much nearer than any new one.
_PLAINLY = 1.4
#: An article of before stays the subject while it scores at least this share of the best one; another one is looked at,
#: too, when it is this much better.
_STILL, _AHEAD = 0.75, 1.15
#: Of a section that was told already only this many characters are told, the nearest ones.
_ONCE_MORE = 160


@dataclass(frozen=True)
class Followed:
    """What a message and what was before it lead to together: a section to tell, or sections to choose from.

    `kind`: "answer", "choices", or "none", when together they are no better than the message alone. `again`: the
    section was told before, and `text` is the line of it that is meant now. `nearness`: of the nearest section, 1 and
    more when it is taken to be meant.
    """

    kind: str
    sure: float
    hits: tuple[Hit, ...] = ()
    passage: Passage | None = None
    text: str = ""
    again: bool = False
    choices: tuple[Choice, ...] = ()
    nearness: float = 0.0


def follow(
    shard: Shard, asked: Asked, before: Before, learnt: Parameters, encoder: Encoder, told: Collection[str]
) -> Followed:
    """Take a message that leans, and what was before; look both up together, other sections of the same article first.

    `told` holds the passages and articles the customer was given already.
    """
    both = Asked.of(f"{before.question} {asked.text}", shard.lang, encoder)
    hits = search(shard, both, learnt.ranking, LOOKED_AT)
    if not hits:
        return Followed("none", 0.0)
    sure = learnt.right.probability(features(hits, both, learnt.tenth))
    meant = _MEANT[asked.row is not None and shard.dense]
    # More than one article may go on with it: "and what does that cost?" has an article of its own.
    best: tuple[Near, bool] | None = None
    first: list[Near] = []
    for link in _subjects(hits, before):
        near = sections_near(shard, link, asked)
        first = first or near
        found = _section(near, told)
        if found and found[0].score >= meant and (best is None or found[0].score > 1.5 * best[0].score):
            best = found
    if best is not None:
        section, again = best
        passage = section.passage
        rows = shard.nearness(passage, asked.row, asked.text)
        text = compose(passage, rows, _ONCE_MORE) if again else compose(passage, rows)
        return Followed("answer", sure, tuple(hits), passage, text, again, nearness=section.score / meant)
    choices = by_heading([one.passage for one in first if one.passage.id not in told])
    near_by = first[0].score / meant if first else 0.0
    return Followed("choices" if choices else "none", sure, tuple(hits), choices=choices, nearness=near_by)


def _subjects(hits: list[Hit], before: Before) -> list[str]:
    """The articles that may be meant: those of before while they keep up, then the best one."""
    best = hits[0]
    kept = [h for h in hits if h.passage.permalink in before.permalinks and h.score >= _STILL * best.score]
    ahead = best not in kept and (not kept or best.score >= _AHEAD * kept[0].score)
    return [hit.passage.permalink for hit in ([*kept, best] if ahead else kept)]


def _section(near: list[Near], told: Collection[str]) -> tuple[Near, bool] | None:
    seen, new = told_and_new(near, told)
    if seen and (new is None or seen.score > _PLAINLY * new.score) and len(seen.passage.text) > _ONCE_MORE:
        return seen, True
    return (new, False) if new else None
