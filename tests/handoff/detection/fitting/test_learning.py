"""Learning and judging, on figures small enough to check by hand."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from handoff.detection.fitting import judging, learning
from handoff.detection.fitting.samples import Sample
from handoff.detection.ledger import Said
from handoff.detection.moment import Moment


def sample(group: str, turn: int, kind: str, text: str = "hm", language: str = "zh") -> Sample:
    return Sample(group, turn, language, kind, "", Moment(Said("customer", text, turn), language, {}))  # type: ignore[arg-type]


def test_the_weights_are_those_of_the_library_when_nothing_is_forbidden() -> None:
    random = np.random.default_rng(1)
    table = random.normal(size=(200, 3))
    wanted = table[:, 0] - 0.5 * table[:, 1] + random.normal(size=200) > 0
    counts = random.uniform(0.5, 2, 200)
    weights, bias = learning.fit_signs(table, wanted, counts, 0.7)
    spread = table.std(0)
    theirs = LogisticRegression(C=0.7, max_iter=5000, tol=1e-8).fit(table / spread, wanted, sample_weight=counts)
    assert weights * spread == pytest.approx(theirs.coef_[0], abs=1e-3)
    assert bias == pytest.approx(theirs.intercept_[0], abs=1e-3)


def test_a_weight_never_goes_the_forbidden_way() -> None:
    table = np.array([[1.0], [1.0], [0.0], [0.0], [1.0]])
    wanted = np.array([False, False, True, True, False])
    weights, _ = learning.fit_signs(table, wanted, np.ones(5), 10.0, [1])
    assert weights[0] == 0


def test_a_dialogue_stays_in_one_fold() -> None:
    assert learning.fold_of(sample("a", 0, "")) == learning.fold_of(sample("a", 4, "trouble"))


def test_a_tone_tells_what_it_has_learnt_apart() -> None:
    texts = [("气死了", "trouble"), ("气死我了", "trouble"), ("谢谢了", ""), ("谢谢你", "")]
    tone = learning.fit_tone(
        [sample(str(n), -1, kind, text) for n, (text, kind) in enumerate(texts)], "zh", lambda one: bool(one.kind)
    )
    assert tone.of("真气死", "zh") > tone.of("好谢谢", "zh")


def test_a_handover_is_judged_once_a_dialogue_at_its_first_turn() -> None:
    turns = [sample("a", 0, ""), sample("a", 2, "trouble"), sample("b", 0, ""), sample("b", 2, "")]
    first = judging.outcomes(turns, np.array([0.1, 0.9, 0.2, 0.6]), np.zeros(4, dtype=bool), 0.5)
    assert first == {"a": 2, "b": 2}
    assert judging.figures_of(turns, first) == {
        "precision": 0.5, "recall": 1.0, "f1": 0.6667, "false_alarm_rate": 1.0, "early": 0.0,
    }  # fmt: skip


def test_what_is_fetched_at_once_is_sure_enough() -> None:
    chance = np.array([0.9, 0.8, 0.7, 0.6])
    assert judging.sure_from(chance, np.array([True, True, False, False]), 0.9) == 0.8
    assert judging.sure_from(chance, np.array([False, False, False, False]), 0.9) == 1.0
