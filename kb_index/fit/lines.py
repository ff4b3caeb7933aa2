"""Lines: from which confidence on the bot answers, and from which it names articles, for a stated cost of mistakes."""

from __future__ import annotations

from collections.abc import Sequence

from kb_index.fit.certainty import VARIANTS
from kb_index.fit.folds import Verdict
from kb_index.fit.ranking import ALIKE, COUNTS, shares

#: What an installation may suffer at most: answers to questions that no article answers, and wrong answers.
WRONG_ANSWERS, RIGHT_ANSWERS = 0.05, 0.92
#: On lists of questions the line is drawn for fewer: a new list has more entries that ask nearly the same.
WRONG_AMONG_ENTRIES = 0.03
#: What naming articles to a question without an answer costs, when naming the right one is worth 1.
NEEDLESS = 0.5


def answer_line(judged: Sequence[Verdict], wrong_at_most: float = WRONG_ANSWERS) -> float:
    """The lowest confidence at which few unanswerable questions are answered and most answers are right.

    When no such confidence was seen, it lies above all that were: then only articles are named.
    """
    counts = counted(judged)
    cannot = sum(count for each, count in counts if not each.case.query.gold)
    answered = wrong = right = 0.0
    best = min(max(each.sure for each in judged) + 0.01, 0.99)
    for each, count in counts:
        answered += count
        right += count * (each.rank == 1)
        wrong += count * (not each.case.query.gold)
        if wrong <= wrong_at_most * cannot and right >= RIGHT_ANSWERS * answered:
            best = each.sure
    return round(best, 4)


def suggest_line(judged: Sequence[Verdict]) -> float:
    """The confidence that best parts questions with the right article among three from unanswerable ones."""
    best, most, worth = 0.0, 0.0, 0.0
    for each, count in counted(judged):
        worth += count * (0 < each.rank <= 3)
        # Naming articles for nothing costs a glance, not trust: a part of what help is worth.
        worth -= count * NEEDLESS * (not each.case.query.gold)
        if worth >= most:
            best, most = each.sure, worth
    return round(best, 4)


def counted(judged: Sequence[Verdict]) -> list[tuple[Verdict, float]]:
    """Take verdicts; give them with what each counts, the surest first: every family counts alike."""
    counts = shares([each.case for each in judged], {**COUNTS, **VARIANTS})
    return sorted(zip(judged, map(float, counts), strict=True), key=lambda pair: -pair[0].sure)


def lines(judged: Sequence[Verdict], kind: str) -> dict[str, dict[str, float]]:
    """Take verdicts and their kind of search; give the lines of each language, and those of all together under "*"."""
    wrong_at_most = WRONG_AMONG_ENTRIES if kind.endswith("entries") else WRONG_ANSWERS
    told = [each for each in judged if each.case.data not in ALIKE] or list(judged)
    groups: dict[str, list[Verdict]] = {"*": told}
    for each in told:
        groups.setdefault(each.case.query.lang, []).append(each)
    found = {}
    for lang, part in groups.items():
        answer = answer_line(part, wrong_at_most)
        found[lang] = {"answer": answer, "suggest": min(answer, suggest_line(part))}
    return found
