"""Confidence: what was learnt is there, ordered, and says where it comes from."""

from __future__ import annotations

import json

import pytest

from kb_index.confidence import PARAMETERS, Model, parameters
from kb_index.search import SIGNALS


@pytest.mark.parametrize(
    "kind", sorted({"dense", "lexical", *json.loads(PARAMETERS.read_text("utf-8"))} - {"provenance"})
)
def test_parameters_fit_the_signals_and_the_thresholds_are_in_order(kind: str) -> None:
    learnt = parameters(kind)
    assert set(learnt.ranking) <= set(SIGNALS)
    assert all(weight >= 0 for weight in learnt.ranking.values())
    for lang in ("en", "zh", "ko", "de"):
        limits = learnt.limits(lang)
        assert 0 < limits.suggest <= limits.answer < 1


def test_parameters_say_where_they_come_from() -> None:
    provenance = json.loads(PARAMETERS.read_text(encoding="utf-8"))["provenance"]
    assert {"script", "date", "encoder", "questions", "cost", "figures"} <= set(provenance)


def test_more_evidence_is_more_confidence() -> None:
    model = Model(("a",), (0.0,), (1.0,), (2.0,), -1.0)
    assert model.probability({"a": -1.0}) < model.probability({"a": 0.5}) == 0.5 < model.probability({"a": 3.0})
    assert model.probability({"a": 1e9}) <= 1
