"""Sureness: how often a reading with such scores is right, as examples that were held out bear it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Tuple

import numpy as np
from scipy.optimize import minimize

from components.linear import fit_temperature, softmax

#: How much evidence stands against any change of what the temperature says: as much as some rows. Chosen among 0, 3 and
#: 10 on training rows (docs/decisions/0002).
DOUBT = 3.0
#: Slopes that rows can be believed in.
STEEPEST, FLATTEST = 3.0, 0.1
#: A row's sharpness is searched between even and so many times what the temperature makes it.
SHARPEST = 16.0
STEPS = 30


@dataclass(frozen=True)
class Sureness:
    """Turns scores into probabilities.

    A temperature makes probabilities of scores. It cannot be right at both ends: support vectors are too sure of what
    they are sure of, and too shy of the rest. So the best intent's log-odds are straightened by ``slope`` and
    ``offset``.
    """

    temperature: float = 1.0
    slope: float = 1.0
    offset: float = 0.0

    def chances(self, scores: np.ndarray) -> np.ndarray:
        """One message's scores, (n,), to probabilities that make 1, in the order of the scores.

        The row is sharpened or softened until its best says what it should: so no other can overtake it.
        """
        soft = softmax(scores[None, :], self.temperature)[0]
        if len(scores) == 1 or (self.slope, self.offset) == (1.0, 0.0):
            return soft
        wanted = 1.0 / (1.0 + np.exp(-(self.slope * _log_odds(soft.max()) + self.offset)))
        behind = (scores - scores.max()) / self.temperature
        even, sharp = 0.0, SHARPEST
        for _ in range(STEPS):
            middle = (even + sharp) / 2
            if 1.0 / np.exp(middle * behind).sum() < wanted:
                even = middle
            else:
                sharp = middle
        soft = np.exp(sharp * behind)
        return soft / soft.sum()

    @classmethod
    def fit(cls, scored: List[Tuple[np.ndarray, np.ndarray]], straighten: bool) -> "Sureness":
        """Takes for each round of held-out rows their scores (rows, n) and the places of the right classes.

        ``straighten``: learn slope and offset too. A logistic regression's scores are straight already.
        """
        temperature = fit_temperature(scored)
        if not straighten:
            return cls(temperature)
        best = [softmax(scores, temperature).max(axis=1) for scores, _ in scored]
        right = np.concatenate([scores.argmax(axis=1) == places for scores, places in scored])
        odds, sign = _log_odds(np.concatenate(best)), np.where(right, 1.0, -1.0)

        def loss(line: np.ndarray) -> float:
            evidence = np.logaddexp(0.0, -sign * (line[0] * odds + line[1])).sum()
            return float(evidence + DOUBT * ((line[0] - 1.0) ** 2 + line[1] ** 2))

        slope, offset = minimize(loss, [1.0, 0.0], method="L-BFGS-B", bounds=[(FLATTEST, STEEPEST), (-3.0, 3.0)]).x
        return cls(temperature, float(slope), float(offset))


def _log_odds(chances: np.ndarray) -> np.ndarray:
    held = np.clip(chances, 1e-6, 1.0 - 1e-6)
    return np.log(held / (1.0 - held))
