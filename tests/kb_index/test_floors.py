"""Answers on slices of real data are at least as good as they were. A floor may be raised, never lowered.

The slices are small so that they are quick; the whole is measured by `python -m kb_index.fit`. They keep what is
there from getting worse unseen: the parameters were fitted on these questions among others.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb_index.articles import read_folder
from kb_index.confidence import features, kind_of, parameters
from kb_index.encoder import Encoder
from kb_index.evaluate import auroc, read_queries
from kb_index.fit.cases import Blind, Case, cases
from kb_index.fit.sets import QuestionSet, covid, distinct, half, paired, parakqc

SHARED = Path(__file__).parents[3] / "shared" / "data"
HELD = Path(__file__).parents[2] / "training_data" / "heldout"
LOGINGOV = SHARED / "kb" / "logingov"


def measured(known: Sequence[Case]) -> dict[str, float]:
    """Hit rates, how well confidence parts what can be answered, and answers to what cannot."""
    ranks, can, cannot, wrong = [], [], [], 0
    for case in known:
        learnt = parameters(kind_of(case.asked, case.shard))
        hits = case.hits(dict(learnt.ranking))
        sure = learnt.right.probability(features(hits, case.asked, learnt.tenth))
        if case.query.gold:
            links = [hit.passage.permalink for hit in hits]
            ranks.append(next((at for at, link in enumerate(links, 1) if link in case.query.gold), 99))
            can.append(sure)
        else:
            wrong += sure >= learnt.limits(case.query.lang).answer
            cannot.append(sure)
    return {
        "hit1": sum(rank == 1 for rank in ranks) / len(ranks),
        "hit3": sum(rank <= 3 for rank in ranks) / len(ranks),
        "auroc": auroc(can, cannot) or 0.0,
        "answered_wrongly": wrong / max(len(cannot), 1),
    }


@pytest.fixture
def vectors(tmp_path: Path, minilm: Encoder) -> Path:
    """Where vectors are kept: encoding them takes most of the time, so FRONTDOOR_TEST_CACHE keeps them."""
    cache = os.environ.get("FRONTDOOR_TEST_CACHE")
    return Path(cache) / f"floors-{minilm.name}" if cache else tmp_path


def whole(data: QuestionSet | None) -> QuestionSet:
    if data is None:
        pytest.skip("the shared data is not here")
    return data


def help_centre(lang: str) -> QuestionSet:
    if not LOGINGOV.is_dir():
        pytest.skip("the shared data is not here")
    queries = tuple(read_queries(HELD / f"logingov_{lang}.jsonl"))
    return QuestionSet("logingov", tuple(read_folder(LOGINGOV)[0]), queries)


def held_to(found: dict[str, float], **floors: float) -> None:
    assert {name: value for name, value in found.items() if name in floors and value < floors[name]} == {}
    assert found["answered_wrongly"] <= 0.1


def test_korean_paraphrases_find_their_question(tmp_path: Path) -> None:
    held_to(measured(cases(whole(parakqc(SHARED, 1, 0)), Blind(), tmp_path)), hit1=0.9, hit3=0.97)


def test_chinese_help_centre(tmp_path: Path) -> None:
    held_to(measured(cases(help_centre("zh"), Blind(), tmp_path)), hit1=0.55, hit3=0.78, auroc=0.75)


def test_english_list_of_questions_with_half_hidden(minilm: Encoder, vectors: Path) -> None:
    shown = half(distinct(paired(whole(covid(SHARED))), minilm), seed=1)
    held_to(measured(cases(shown, minilm, vectors)), hit1=0.93, hit3=0.98, auroc=0.92)


def test_english_help_centre(minilm: Encoder, vectors: Path) -> None:
    held_to(measured(cases(help_centre("en"), minilm, vectors)), hit1=0.72, hit3=0.87, auroc=0.83)
