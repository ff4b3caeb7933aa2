"""Comparison: what a freshly trained bot reads better and worse than the one before it, counted row by row."""

from collections.abc import Iterable
from dataclasses import dataclass

from training_data.readings import Reading, Score, score

#: A fall of more than this many of a hundred rows keeps a model from going live. The sample shop has 320 rows a
#: language. When a twentieth of them changes sides by chance, their balance varies by about 1.3 points (one standard
#: deviation: the root of 0.05 / 320), so a fall of 3 is hardly chance, while smaller ones come and go.
LARGEST_FALL = 3.0
#: With few rows one of them is worth more than 3 points, so at least this many must be lost.
FEWEST_LOST = 3
#: A single intent can be lost while its language hardly moves: a "no" that is read as "yes" is 2 points of Korean. By
#: chance (a twentieth of 10 rows) an intent changes by one or two; 4 and a third of its rows are not chance.
FEWEST_LOST_OF_INTENT = 4
LARGEST_SHARE_OF_INTENT = 1 / 3


@dataclass(frozen=True)
class LanguageChange:
    """A language before and after: all rows, and those of them that are none of our business."""

    language: str
    before: Score | None
    after: Score
    strangers_before: Score | None
    strangers_after: Score

    @property
    def points(self) -> float | None:
        """The change in points of a hundred; None without a before."""
        if self.before is None or not self.after.rows:
            return None
        return 100 * (self.after.right - self.before.right) / self.after.rows

    @property
    def worse(self) -> bool:
        """Whether the fall is more than chance explains."""
        if self.before is None or self.points is None:
            return False
        return self.points < -LARGEST_FALL and self.before.right - self.after.right >= FEWEST_LOST


@dataclass(frozen=True)
class IntentChange:
    """An intent in a language: rows that are read right only now, and rows that are not any more."""

    language: str
    intent: str
    before: Score
    after: Score
    gained: tuple[Reading, ...]
    lost: tuple[Reading, ...]

    @property
    def worse(self) -> bool:
        """Whether so much of the intent is lost that customers would notice."""
        fall = self.before.right - self.after.right
        return fall >= FEWEST_LOST_OF_INTENT and fall > LARGEST_SHARE_OF_INTENT * self.after.rows


@dataclass(frozen=True)
class Comparison:
    """All there is to tell. ``left_out``: rows not counted because one of the two bots was taught them."""

    languages: tuple[LanguageChange, ...]
    intents: tuple[IntentChange, ...]
    left_out: int

    @property
    def worse(self) -> tuple[LanguageChange | IntentChange, ...]:
        """The languages and intents that fell too far; empty when the new bot may serve."""
        languages = [change for change in self.languages if change.worse]
        return (*languages, *(change for change in self.intents if change.worse))


def compare(before: Iterable[Reading] | None, after: Iterable[Reading]) -> Comparison:
    """Takes the readings of the live bot (None when there is none) and of the new one; returns what changed.

    Only rows that both have read, and neither was taught, are counted.
    """
    new = {reading.key: reading for reading in after}
    old = {reading.key: reading for reading in before} if before is not None else None
    common = [key for key in new if old is None or key in old]
    keys = [key for key in common if not (new[key].taught or (old and old[key].taught))]
    pairs = [(old[key] if old else None, new[key]) for key in keys]
    languages = dict.fromkeys(reading.language for _, reading in pairs)
    return Comparison(
        tuple(_language(language, [p for p in pairs if p[1].language == language]) for language in languages),
        tuple(_intents(pairs)),
        len(common) - len(keys),
    )


_Pairs = list[tuple[Reading | None, Reading]]


def _language(language: str, pairs: _Pairs) -> LanguageChange:
    strange = [pair for pair in pairs if pair[1].stranger]
    return LanguageChange(language, _old(pairs), _new(pairs), _old(strange), _new(strange))


def _old(pairs: _Pairs) -> Score | None:
    known = [old for old, _ in pairs if old is not None]
    return score(known) if known else None


def _new(pairs: _Pairs) -> Score:
    return score([new for _, new in pairs])


def _intents(pairs: _Pairs) -> Iterable[IntentChange]:
    """The intents of which something changed, those that lost most first."""
    found = []
    for place in dict.fromkeys((new.language, new.label) for _, new in pairs):
        own = [(old, new) for old, new in pairs if old and (new.language, new.label) == place]
        gained = tuple(new for old, new in own if new.right and not old.right)
        lost = tuple(new for old, new in own if old.right and not new.right)
        if gained or lost:
            before, after = score([old for old, _ in own]), score([new for _, new in own])
            found.append(IntentChange(*place, before, after, gained, lost))
    return sorted(found, key=lambda change: (change.after.right - change.before.right, change.language, change.intent))
