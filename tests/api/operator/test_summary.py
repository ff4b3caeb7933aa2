"""Summaries: shares are of questions, waits are exact, and parts add up to the whole."""

from collections import Counter

import pytest

from api.operator.summary import by_channel, by_language, percentile, summarise
from handoff.figures import Tally

TALLY = Tally(
    turns=Counter(
        {
            ("answer", "en", "web"): 3,
            ("suggest", "en", "telegram"): 1,
            ("none", "ko", "web"): 1,
            ("form", "zh", "web"): 7,
            ("person", "zh", "web"): 2,
            ("error", "other", "web"): 1,
        }
    ),
    waits=Counter({("en", "web", 100): 3, ("en", "telegram", 900): 1, ("zh", "web", 50): 9}),
    troubles=Counter({("slow", "en", "web"): 2, ("failed", "other", "web"): 1, ("orders", "ko", "telegram"): 4}),
    conversations=Counter({("en", "web"): 4, ("zh", "telegram"): 1}),
    tickets=Counter({("person", "zh", "web"): 1}),
    undelivered=Counter({"telegram": 5}),
)


def test_shares_are_of_the_questions_that_were_looked_up() -> None:
    found = summarise(TALLY)
    assert (found.answered, found.suggested, found.unanswered) == (3, 1, 1)
    assert (found.answered_share, found.suggested_share, found.unanswered_share) == (0.6, 0.2, 0.2)
    assert (found.turns, found.handoff_requests, found.tickets) == (15, 2, 1)


def test_without_a_question_there_is_no_share_and_without_a_turn_no_wait() -> None:
    found = summarise(TALLY, language="zh")
    assert found.unanswered_share is None
    empty = summarise(Tally())
    assert (empty.turns, empty.answered_share, empty.wait_p50, empty.wait_p95) == (0, None, None, None)


def test_errors_are_what_went_wrong_with_the_bot_a_turn_the_orders_or_an_app() -> None:
    found = summarise(TALLY)
    assert (found.without_bot, found.failed, found.orders_away, found.undelivered) == (2, 1, 4, 5)
    assert found.errors == 2 + 1 + 4 + 5


@pytest.mark.parametrize("name", ["conversations", "turns", "answered", "unanswered", "tickets", "without_bot"])
def test_languages_and_channels_add_up_to_the_whole(name: str) -> None:
    whole = getattr(summarise(TALLY), name)
    assert sum(getattr(one, name) for one in by_language(TALLY).values()) == whole
    assert sum(getattr(one, name) for one in by_channel(TALLY).values()) == whole


def test_every_language_has_its_row_and_every_channel_that_was_used() -> None:
    assert list(by_language(Tally())) == ["en", "zh", "ko", "other"]
    assert list(by_channel(Tally())) == ["web"]
    assert list(by_channel(TALLY)) == ["web", "telegram"]


@pytest.mark.parametrize(
    ("waits", "share", "seconds"),
    [
        ({10: 1}, 0.5, 0.01),
        ({10: 1, 20: 1}, 0.5, 0.01),
        ({10: 1, 20: 1, 30: 1}, 0.5, 0.02),
        (dict.fromkeys(range(1, 101), 1), 0.95, 0.095),
        ({10: 95, 2000: 5}, 0.95, 0.01),
        ({10: 94, 2000: 6}, 0.95, 2.0),
    ],
)
def test_percentile_is_the_wait_that_so_many_did_not_exceed(
    waits: dict[int, int], share: float, seconds: float
) -> None:
    assert percentile(Counter(waits), share) == seconds
