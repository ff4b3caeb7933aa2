"""Meters: what this process counts while it serves, as Prometheus reads it."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

from api.dialogue.outcome import language_group
from api.steps import Steps
from handoff.figures import FAILED_TURN, ORDERS
from handoff.turns import Account

# When each series began says nothing that the start of the process does not, and doubles what is read.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library forgot it

#: Seconds a customer may wait for an answer, from instant to given up.
WAITS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
#: Seconds a part of a turn may take; a commit takes a few thousandths.
PARTS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
SEARCHES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1)


class Meters:
    """Counters of one process, in a registry of their own: two products in one process do not mix.

    docs/metrics.md says what each of them means.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = self._counter("turns", "Turns ended", "outcome", "language", "channel")
        self._turn_seconds = self._histogram(
            "turn_seconds", "From the message stored to the turn ended", WAITS, "language"
        )
        self._step_seconds = self._histogram("turn_step_seconds", "The parts of a turn", PARTS, "step")
        self._messages = self._counter("messages_received", "Customers' messages stored", "channel")
        self._engine_down = self._counter("engine_down", "Turns in which Rasa was of no use", "kind")
        self._tickets = self._counter("tickets_opened", "Tickets opened", "kind", "language")
        self._handoffs = self._counter("handoff_requests", "Customers who asked for a person", "language", "channel")
        self._look_ups = self._counter("order_lookups", "Orders looked up", "result")
        self._search_seconds = self._histogram("search_seconds", "Looking a question up in the articles", SEARCHES)
        self._requests = self._counter("http_requests", "HTTP requests answered", "method", "route", "status")
        self.watchers = self._gauge("event_watchers", "Pages that wait for news of a conversation")

    def message(self, channel: str) -> None:
        """A customer's message was stored for the first time."""
        self._messages.labels(channel).inc()

    def turn(self, account: Account, channel: str) -> None:
        """A turn was ended."""
        self._turns.labels(account.outcome, account.language, channel).inc()
        self._turn_seconds.labels(account.language).observe(account.milliseconds / 1000)
        if account.outcome == "person":
            self._handoffs.labels(account.language, channel).inc()
        kind = (account.trouble or "").partition(" ")[0]
        if kind and kind not in (FAILED_TURN, ORDERS):
            self._engine_down.labels(kind).inc()

    def steps(self, steps: Steps) -> None:
        """A turn was ended, and this is where its time went."""
        for step, seconds in steps.taken().items():
            self._step_seconds.labels(step).observe(seconds)

    def ticket(self, kind: str, language: str) -> None:
        """A ticket was opened."""
        self._tickets.labels(kind, language_group(language)).inc()

    def order_look_up(self, result: str) -> None:
        """An order was looked up."""
        self._look_ups.labels(result).inc()

    def searched(self, seconds: float) -> None:
        """A question was looked up in the articles."""
        self._search_seconds.observe(seconds)

    def request(self, method: str, route: str, status: int) -> None:
        """An HTTP request was answered. ``route`` is the template, never the address with its ids."""
        self._requests.labels(method, route, str(status)).inc()

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"frontdoor_{name}", meaning, labels, registry=self.registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(f"frontdoor_{name}", meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"frontdoor_{name}", meaning, labels, buckets=buckets, registry=self.registry)
