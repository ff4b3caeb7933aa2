"""The corpus of the benchmark: real sentences put together anew, the same every time, and honestly encoded."""

from pathlib import Path

import pytest

from kb_index.articles import read_folder
from kb_index.encoder import OnnxEncoder
from kb_index.passages import passages
from tests.bench.corpus import PiecewiseEncoder, Pool, pages, pieces, write
from tests.bench.search import ARTICLES


@pytest.fixture(scope="module")
def pool() -> Pool:
    return Pool.of(ARTICLES)


def test_the_same_articles_are_made_every_time(pool: Pool) -> None:
    assert list(pages(pool, 100)) == list(pages(pool, 100))


def test_as_many_passages_are_made_as_were_asked_for(pool: Pool, tmp_path: Path) -> None:
    assert write(pages(pool, 50), tmp_path) == 7
    articles, errors = read_folder(tmp_path)
    assert errors == []
    assert sum(len(passages(article)) for article in articles) == 50


def test_every_text_of_the_index_is_made_of_known_pieces(pool: Pool, tmp_path: Path) -> None:
    write(pages(pool, 200), tmp_path)
    known = set(pool.pieces())
    texts = [f"{p.path}: {p.text}" for article in read_folder(tmp_path)[0] for p in passages(article)]
    assert [text for text in texts if not known.issuperset(pieces(text))] == []


def test_a_composed_row_is_nearest_to_its_own_text(pool: Pool, encoder: OnnxEncoder) -> None:
    texts = [text for page in pages(pool, 24) for text in page.texts()]
    needed = list(dict.fromkeys(piece for text in texts for piece in pieces(text)))
    nearness = PiecewiseEncoder(encoder, needed).encode(texts) @ encoder.encode(texts).T
    assert (nearness.argmax(axis=1) == range(24)).mean() > 0.9
    assert nearness.diagonal().mean() > 0.7
