"""Mood: how the customer's latest messages sounded, from the signals in them."""

import math
from collections.abc import Iterable, Sequence

from handoff.packet.parts import Evidence, Mood
from handoff.packet.signal_names import NO_MOODS

#: A packet shows the way a conversation took, not every step of a long one.
MOST = 12
#: The sum of weights at which a message counts as about two thirds of the way to the worst.
_SCALE = 2.0


def mood(seqs: Sequence[int], ledger: Iterable[Evidence]) -> tuple[Mood, ...]:
    """Takes the customer's messages, oldest first, and the ledger; returns the mood of the last of them."""
    by_message: dict[int, list[Evidence]] = {seq: [] for seq in seqs}
    for one in ledger:
        if one.name not in NO_MOODS and one.weight:
            by_message.setdefault(one.seq, []).append(one)
    latest = sorted(by_message)[-MOST:]
    return tuple(_of(seq, by_message[seq]) for seq in latest)


def _of(seq: int, found: list[Evidence]) -> Mood:
    weight = sum(one.weight for one in found)
    # math.tanh rather than a cut: two insults are worse than one, and no number leaves the scale.
    value = round(-math.tanh(weight / _SCALE), 2) if math.isfinite(weight) else 0.0
    heaviest = sorted(found, key=lambda one: (-abs(one.weight), one.name))
    return Mood(seq, value + 0.0, tuple(one.name for one in heaviest))
