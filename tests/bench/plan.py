"""Plan: how long and how often is measured, in full or in a hurry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Rounds of starting, warming up and loading each system.

    Args:
        clients: how many customers write at once, one stretch for each number.
        seconds: of one stretch; a round has one for each number of clients.
        rounds: how often each system is started anew, by turns.
        variants: also trackers in SQLite for plain Rasa, and PostgreSQL for Frontdoor.
        epochs: of the plain bot's training; None as Rasa has them.
        examples: most examples an intent, for both like-for-like trainings; None for all. With all of them the plain
            bot alone trains for more than ten minutes; answering takes as long.
    """

    clients: tuple[int, ...] = (1, 4, 16)
    seconds: float = 7.0
    warm_up: float = 3.0
    idle: float = 3.0
    rounds: int = 2
    variants: bool = True
    epochs: int | None = None
    examples: int | None = 20


FULL = Plan()
#: Fewer examples and epochs: good to see the benchmark work, not to compare training or understanding.
QUICK = Plan(seconds=4.0, warm_up=2.0, idle=2.0, rounds=1, variants=False, epochs=30, examples=8)
