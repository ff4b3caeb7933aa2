"""Arrivals: when each message of a steady stream is meant to be sent, and by whom, however the product does."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

#: Seconds between two messages of one customer. Many customers who write seldom are a steady stream.
PERIOD = 10.0


@dataclass(frozen=True)
class Arrivals:
    """A stream of `rate` messages a second: `warm_up` seconds that are not counted, then `seconds` that are."""

    rate: float
    seconds: float
    warm_up: float = 5.0

    @property
    def customers(self) -> int:
        """How many it takes."""
        return max(1, math.ceil(self.rate * PERIOD))

    @property
    def counted(self) -> int:
        """Messages that are counted."""
        return sum(self.counts(at) for number in range(self.customers) for at in self.of(number))

    def of(self, customer: int) -> Iterator[float]:
        """The moments at which one customer writes, in seconds after the begin; one after the other, evenly spread.

        They do not depend on answers. Who is still waiting for one writes late, and that is part of the wait: an
        answer is timed from the moment its message was meant to be sent, or a slow product would be asked less and
        look fast.
        """
        place = customer
        while (at := place / self.rate) < self.warm_up + self.seconds:
            yield at
            place += self.customers

    def counts(self, at: float) -> bool:
        """Whether a message that was meant for this moment is counted."""
        return at >= self.warm_up
