"""Learning and judging, on figures small enough to check by hand."""

import json

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from handoff.detection.fitting import hearing, judging, learning
from handoff.detection.fitting.samples import Sample, fold_of
from handoff.detection.ledger import Said
from handoff.detection.moment import Moment
from handoff.detection.tone import Letters


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
    assert fold_of(sample("a", 0, "")) == fold_of(sample("a", 4, "trouble"))


def many(pairs: list[tuple[str, str]]) -> list[Sample]:
    return [sample(str(number), -1, kind, text) for number, (text, kind) in enumerate(pairs)]


def test_letters_tell_what_they_have_learnt_apart() -> None:
    known = many([("气死了", "trouble"), ("气死我了", "trouble"), ("谢谢了", ""), ("谢谢你", "")])
    letters = hearing.fit_letters({"trouble": known}, "zh", {"trouble": lambda one: bool(one.kind)})
    assert letters.of("真气死", "zh")["trouble"] > letters.of("好谢谢", "zh")["trouble"]


def test_weights_stand_in_the_order_in_which_the_file_keeps_the_tones() -> None:
    known = many([("气死了", "trouble"), ("气死我了", "trouble"), ("要真人", "request"), ("找真人", "request")])
    wants = {"trouble": lambda one: one.kind == "trouble", "request": lambda one: one.kind == "request"}
    letters = hearing.fit_letters({"trouble": known, "request": known}, "zh", wants)
    kept = Letters(json.loads(json.dumps(letters.bases, sort_keys=True)), letters.weights)
    assert kept.of("气死", "zh") == letters.of("气死", "zh")
    assert kept.of("气死", "zh")["trouble"] > kept.of("气死", "zh")["request"]


def test_a_sense_tells_meanings_apart_and_is_kept_in_bytes() -> None:
    known = many([("a", "trouble"), ("b", "trouble"), ("c", ""), ("d", "")])
    places = {"a": (1.0, 0.0), "b": (0.96, 0.28), "c": (0.0, 1.0), "d": (0.28, 0.96)}
    sense = hearing.fit_sense({"trouble": known}, "zh", {"trouble": lambda one: bool(one.kind)}, places.__getitem__)
    assert sense.of((1.0, 0.0))["trouble"] > sense.of((0.0, 1.0))["trouble"]
    again, small, scale = hearing.in_bytes(sense.landmarks)
    assert again == pytest.approx(sense.landmarks, abs=1e-4)
    assert small.itemsize == 1 and scale > 0


def test_what_is_told_of_a_sample_is_learnt_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "LANGUAGES", ("zh",))
    known = many([(f"好{number}", "trouble" if number % 2 else "") for number in range(20)])
    known[7] = sample("7", -1, "trouble", "独一无二")
    wants = {"trouble": lambda one: bool(one.kind)}
    told = hearing.unheard(known, {"trouble": known}, wants, None)["trouble"]
    rest = [one for one in known if fold_of(one) != fold_of(known[7])]
    letters = hearing.fit_letters({"trouble": rest}, "zh", wants)
    assert told[7] == pytest.approx(2 * letters.of("独一无二", "zh")["trouble"])


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
