"""Summary: what a tally says in the operator's terms, as a whole, for one language, or for one channel."""

import math
from collections import Counter
from dataclasses import dataclass

from api.dialogue.outcome import LANGUAGE_GROUPS, OUTCOMES
from handoff.figures import FAILED, FAILED_TURN, ORDERS, Tally


@dataclass(frozen=True)
class Summary:
    """Counts of a window. Shares are of the questions that were looked up, None without one; waits in seconds."""

    conversations: int
    turns: int
    outcomes: dict[str, int]
    answered: int
    suggested: int
    unanswered: int
    answered_share: float | None
    suggested_share: float | None
    unanswered_share: float | None
    tickets: int
    handoff_requests: int
    without_bot: int
    failed: int
    orders_away: int
    undelivered: int
    wait_p50: float | None
    wait_p95: float | None

    @property
    def errors(self) -> int:
        """Everything that did not go as it should."""
        return self.without_bot + self.failed + self.orders_away + self.undelivered


def summarise(tally: Tally, language: str | None = None, channel: str | None = None) -> Summary:
    """The summary of a tally, or of what in it belongs to a language or a channel."""

    def mine(its_language: str, its_channel: str) -> bool:
        return language in (None, its_language) and channel in (None, its_channel)

    outcomes: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    for (outcome, spoken, where), count in tally.turns.items():
        if mine(spoken, where):
            outcomes[outcome] += count
    waits: Counter[int] = Counter()
    for (spoken, where, milliseconds), count in tally.waits.items():
        if mine(spoken, where):
            waits[milliseconds] += count
    troubles: Counter[str] = Counter()
    for (kind, spoken, where), count in tally.troubles.items():
        if mine(spoken, where):
            troubles[kind] += count
    questions = outcomes["answer"] + outcomes["suggest"] + outcomes["none"]
    # What is delivered to an app has no language of its own.
    lost = sum(n for where, n in tally.undelivered.items() if language is None and channel in (None, where))
    return Summary(
        conversations=sum(n for key, n in tally.conversations.items() if mine(*key)),
        turns=sum(outcomes.values()),
        outcomes=dict(outcomes),
        answered=outcomes["answer"],
        suggested=outcomes["suggest"],
        unanswered=outcomes["none"],
        answered_share=_share(outcomes["answer"], questions),
        suggested_share=_share(outcomes["suggest"], questions),
        unanswered_share=_share(outcomes["none"], questions),
        tickets=sum(n for (_, spoken, where), n in tally.tickets.items() if mine(spoken, where)),
        handoff_requests=outcomes["person"],
        without_bot=sum(count for kind, count in troubles.items() if kind not in (FAILED_TURN, ORDERS)),
        failed=outcomes[FAILED],
        orders_away=troubles[ORDERS],
        undelivered=lost,
        wait_p50=percentile(waits, 0.5),
        wait_p95=percentile(waits, 0.95),
    )


def by_language(tally: Tally) -> dict[str, Summary]:
    """A summary for each language, also those in which nothing happened."""
    return {language: summarise(tally, language=language) for language in LANGUAGE_GROUPS}


def by_channel(tally: Tally) -> dict[str, Summary]:
    """A summary for each channel in which something happened, and always for the website."""
    seen = {key[-1] for counts in (tally.turns, tally.conversations, tally.tickets) for key in counts}
    return {name: summarise(tally, channel=name) for name in ["web", *sorted({*seen, *tally.undelivered} - {"web"})]}


def percentile(waits: Counter[int], share: float) -> float | None:
    """The wait in seconds that this share of the turns did not exceed (nearest rank); None without a turn."""
    wanted, seen = math.ceil(share * waits.total()), 0
    for milliseconds in sorted(waits):
        seen += waits[milliseconds]
        if seen >= wanted:
            return milliseconds / 1000
    return None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
