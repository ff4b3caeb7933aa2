"""Detection timed: what reading a turn costs beside the encoding. `python -m tests.bench.detection`."""

import statistics
import sys
import time
from itertools import cycle
from pathlib import Path

from handoff.detection import Detector, Said
from handoff.detection.replay import read_dialogues

DATA = Path(__file__).parents[2] / "training_data" / "handoff"
TURNS = 400


def main() -> None:
    """Reads long conversations made of labelled dialogues turn by turn; each message is read for the first time."""
    detector = Detector()
    for language in ("en", "zh", "ko"):
        lines = [one for dialogue in read_dialogues(DATA / f"{language}.jsonl") for one in dialogue.said]
        said: list[Said] = []
        taken: list[float] = []
        for number, one in enumerate(cycle(lines)):
            # A number makes it a message not seen before, so that nothing is remembered of it.
            said.append(Said(one.role, f"{one.text} {number}", number))
            if one.role == "customer":
                begun = time.thread_time()
                detector.read(said, language)
                taken.append((time.thread_time() - begun) * 1000)
            if len(taken) == TURNS:
                break
        middle, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        sys.stdout.write(f"{language}: p50 {middle:.2f} ms, p95 {most:.2f} ms over {TURNS} turns of one conversation\n")


if __name__ == "__main__":
    main()
