"""Gauges: the overview in Prometheus's form, so that metrics and page say the same."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from api.operator.ledger import Book
from api.operator.overview import Overview
from api.operator.parts import Parts
from api.operator.summary import Summary, by_language, summarise

Labels = tuple[str, ...]


class Gauges(Collector):
    """One overview as metrics, after those that the process counted itself."""

    def __init__(self, counted: CollectorRegistry, overview: Overview) -> None:
        self._counted = counted
        self._overview = overview

    def collect(self) -> Iterator[Metric]:
        yield from self._counted.collect()
        yield from _parts(self._overview.parts)
        if self._overview.book:
            yield from _figures(self._overview, self._overview.book)


def _parts(parts: Parts) -> Iterator[Metric]:
    about = {"version": parts.version, "model": parts.model, "index": parts.index}
    about |= {"encoder": parts.encoder, "database": parts.database}
    yield InfoMetricFamily("frontdoor", "What is running", about)
    yield _one("start_time_seconds", "When this process started", parts.started_at.timestamp())
    bots = [((str(number),), bot) for number, bot in enumerate(parts.bots, 1)]
    yield _many("bot_ready", "Whether turns are sent to it", ("bot",), [(at, bot.ready) for at, bot in bots])
    restarts = CounterMetricFamily("frontdoor_bot_restarts", "Times it was started again", labels=("bot",))
    for at, bot in bots:
        restarts.add_metric(at, bot.restarts)
    yield restarts
    memory: dict[Labels, float] = {("api",): parts.memory}
    memory |= {(f"bot-{at[0]}",): bot.memory for at, bot in bots if bot.memory is not None}
    yield _many("process_memory_bytes", "Resident memory", ("process",), memory.items())
    yield _one("database_up", "Whether the database answers", parts.database_ready)
    if parts.redis != "off":
        yield _one("redis_up", "Whether Redis answers", parts.redis == "ready")
    by_lang = {(language,): count for language, count in parts.articles.by_language.items()}
    yield _many("articles", "Articles in use", ("language",), by_lang.items())
    yield _one("article_errors", "Article files that cannot be used", len(parts.articles.errors))
    if parts.articles.changed_at:
        changed = parts.articles.changed_at.timestamp()
        yield _one("articles_changed_timestamp_seconds", "When an article file last changed", changed)


def _figures(overview: Overview, book: Book) -> Iterator[Metric]:
    today, whole = book.today, summarise(book.today)
    place = ("language", "channel")
    yield _many("today_conversations", "Conversations opened today", place, today.conversations.items())
    yield _many("today_turns", "Turns ended today", ("outcome", *place), today.turns.items())
    yield _many("today_tickets", "Tickets opened today", ("kind", *place), today.tickets.items())
    kinds = ("kind", *place)
    yield _many("today_troubles", "Turns today that did not go as they should", kinds, today.troubles.items())
    lost = {(channel,): count for channel, count in today.undelivered.items()}
    yield _many("today_undelivered", "Messages to an app that will never be delivered", ("channel",), lost.items())
    shares = {"answered": whole.answered_share, "suggested": whole.suggested_share}
    shares |= {"unanswered": whole.unanswered_share}
    known = {(result,): share for result, share in shares.items() if share is not None}
    yield _many("today_question_ratio", "Share of the questions looked up today", ("result",), known.items())
    waits = _waits({"all": whole, **by_language(today)})
    yield _many("today_turn_wait_seconds", "Wait that so many turns did not exceed", ("quantile", "language"), waits)
    yield _one("tickets_open", "Tickets that nobody has closed", book.backlog.open_tickets)
    yield _one("promises_overdue", "Replies promised for a time that has passed", book.backlog.overdue_promises)
    yield _one("messages_unanswered", "Customers' messages not answered yet", book.backlog.unanswered_messages)
    waited = _age(overview, book.backlog.oldest_unanswered)
    yield _one("oldest_unanswered_seconds", "How long the first of them has waited", waited)
    yield _one("conversations_waiting", "Conversations those messages are in", book.backlog.waiting_conversations)
    yield _one("outbox_due", "Messages to an app on their way", book.backlog.undelivered)
    waited = _age(overview, book.backlog.oldest_undelivered)
    yield _one("outbox_oldest_seconds", "How long the first of them has been on its way", waited)
    yield _one("dead_letters", "Messages to an app that nobody sends any more", book.backlog.dead_letters)


def _age(overview: Overview, since: datetime | None) -> float:
    return max((overview.at - since).total_seconds(), 0) if since else 0


def _waits(summaries: dict[str, Summary]) -> Iterator[tuple[Labels, float]]:
    for language, summary in summaries.items():
        for quantile, wait in (("0.5", summary.wait_p50), ("0.95", summary.wait_p95)):
            if wait is not None:
                yield (quantile, language), wait


def _one(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"frontdoor_{name}", meaning, value=value)


def _many(name: str, meaning: str, labels: Labels, values: Iterable[tuple[Labels, float]]) -> Metric:
    family = GaugeMetricFamily(f"frontdoor_{name}", meaning, labels=labels)
    for place, value in values:
        family.add_metric(place, value)
    return family
