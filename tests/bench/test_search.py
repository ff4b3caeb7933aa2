"""The measuring of search: what it calls right, and that a small run gives every figure."""

import numpy as np

from kb_index.encoder import OnnxEncoder
from tests.bench.search import ARTICLES, feasible, markdown
from tests.bench.sizes import index_alone, questions, recall, whole


def test_recall_counts_what_is_as_near_as_the_true_best() -> None:
    exact = np.array([[0.9, 0.8]], dtype=np.float32)
    assert recall(np.array([[0.9, 0.8]], dtype=np.float32), exact) == 1.0
    assert recall(np.array([[0.9, 0.7]], dtype=np.float32), exact) == 0.5


def test_what_does_not_fit_into_memory_is_left_out() -> None:
    assert feasible([100, 10**12]) == [100]


def test_a_small_run_gives_every_figure(encoder: OnnxEncoder) -> None:
    index, all_of_it = index_alone(60, ARTICLES, encoder), whole(60, ARTICLES, encoder)
    assert index["recall_at_10"] == 1.0
    assert index["kind"] == "flat"
    assert all_of_it["articles"] == 8
    table = markdown({"index": [index], "whole": [all_of_it], "too_large_for_memory": [10**6]})
    assert "| 60 passages, flat |" in table
    assert "| 60 passages of 8 articles |" in table
    assert "1,000,000 passages | not measured" in table


def test_no_question_stands_in_the_articles() -> None:
    known = "".join(file.read_text("utf-8") for file in ARTICLES.rglob("*._en.md"))
    assert [asked for asked in questions() if asked in known] == []
