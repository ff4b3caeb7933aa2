"""Pictures: the four charts of the page."""

from dataclasses import dataclass
from typing import Literal

from api.operator.charts import Chart, Number, Series
from api.operator.ledger import Book
from api.operator.summary import summarise
from api.operator.words import NOTHING, Words


@dataclass(frozen=True)
class Picture(Chart):
    """A chart, and what runs along its bottom: `hour` or `day`."""

    along: Literal["hour", "day"] = "hour"


def pictures(book: Book, words: Words) -> list[Picture]:
    """Turns and waits by hour, conversations with tickets and the unanswered share by day."""
    hours = [summarise(tally) for _, tally in book.hours]
    days = [summarise(tally) for _, tally in book.days]
    by_hour = [words.hour(window.start) for window, _ in book.hours]
    by_day = [words.day(window.start) for window, _ in book.days]

    def number(value: Number) -> str:
        return NOTHING if value is None else words.number(value)

    looked_up = [one.answered + one.suggested + one.unanswered for one in hours]
    return [
        Picture(
            "turns",
            words("chart-turns"),
            "stack",
            by_hour,
            [
                Series(words("answered"), "good", [one.answered for one in hours]),
                Series(words("suggested"), "fair", [one.suggested for one in hours]),
                Series(words("unanswered"), "poor", [one.unanswered for one in hours]),
                Series(words("other-turns"), "plain", [h.turns - n for h, n in zip(hours, looked_up, strict=True)]),
            ],
            6,
            number,
        ),
        Picture(
            "waits",
            words("chart-waits"),
            "lines",
            by_hour,
            [
                Series(words("wait-50-short"), "good", [one.wait_p50 for one in hours]),
                Series(words("wait-95-short"), "fair", [one.wait_p95 for one in hours]),
            ],
            6,
            words.wait,
        ),
        Picture(
            "days",
            words("chart-days"),
            "bars",
            by_day,
            [
                Series(words("conversations"), "plain", [one.conversations for one in days]),
                Series(words("tickets"), "fair", [one.tickets for one in days]),
            ],
            3,
            number,
            "day",
        ),
        Picture(
            "shares",
            words("chart-shares"),
            "lines",
            by_day,
            [Series(words("unanswered"), "poor", [one.unanswered_share for one in days])],
            3,
            words.share,
            "day",
        ),
    ]
