"""Steps: how long each part of a turn took, from the customer's message stored to the answer stored."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

Step = Literal[
    "waiting",  # from the first message stored to the turn begun: the quiet time, and others who were first
    "engine",  # Rasa, without the actions it asked us for
    "actions",  # our actions, the search in the articles among them
    "plain",  # thinking without Rasa, actions included
    "commit",  # the transaction that makes the turn true
]
STEPS: tuple[Step, ...] = get_args(Step)


class Steps:
    """The stopwatch of one turn."""

    def __init__(self) -> None:
        self._seconds: defaultdict[Step, float] = defaultdict(float)

    def add(self, step: Step, seconds: float) -> None:
        """Takes a step and seconds that were measured elsewhere."""
        self._seconds[step] += seconds

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        """What happens inside belongs to the step, also when it fails."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[step] += time.perf_counter() - begun

    def taken(self) -> dict[Step, float]:
        """Returns the seconds of each step that was taken, in the order of STEPS; none is counted twice."""
        found = {step: max(self._seconds[step], 0.0) for step in STEPS if step in self._seconds}
        if "engine" in found:
            # Rasa asks us for the actions while we wait for Rasa.
            found["engine"] = max(found["engine"] - found.get("actions", 0.0), 0.0)
        return found

    def milliseconds(self) -> dict[str, int]:
        """Returns the same in whole milliseconds, for the log."""
        return {step: round(1000 * seconds) for step, seconds in self.taken().items()}
