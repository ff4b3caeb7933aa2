"""Whatever sentence-transformers model is set, the exported one gives its numbers, in the product and in the bot."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from kb_index.base import KnowledgeBase
from kb_index.encoder import Manifest, OnnxEncoder, for_passages, knows
from kb_index.export import export_encoder, prompts_of
from tests.kb_index import tiny

TEXTS = ["my parcel is late", "包裹还没有到", "배송이 늦어요", "How do I send it back?", "refund"]
RECIPES = {
    "mean": tiny.Recipe(),
    "cls, prompts": tiny.Recipe(pooling="cls", prompts={"query": "query: ", "passage": "passage: "}),
    "max, dense": tiny.Recipe(pooling="max", dense=32),
    "English": tiny.Recipe(languages=("en",)),
}
BOT_ENCODER = Path(__file__).parents[2] / "bot" / "components" / "encoder.py"

#: sentence-transformers and the exporter warn of their own deprecations.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture(scope="module", params=list(RECIPES))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """A recipe's name, its model's folder, and the folder it was exported to."""
    folder = tmp_path_factory.mktemp("tiny")
    prompts = ["query: passage: "]
    model = tiny.make(folder, [*TEXTS, *prompts], RECIPES[request.param])
    export_encoder(str(model), folder / "exported")
    return request.param, model, folder / "exported"


def test_questions_and_passages_come_out_as_the_model_reads_them(made: tuple[str, Path, Path]) -> None:
    from sentence_transformers import SentenceTransformer

    name, model, folder = made
    whole, encoder = SentenceTransformer(str(model), device="cpu"), OnnxEncoder(folder)
    prompts = RECIPES[name].prompts
    for ours, side in ((encoder, "query"), (for_passages(encoder), "passage")):
        theirs = whole.encode(TEXTS, prompt=prompts.get(side, ""), normalize_embeddings=True, show_progress_bar=False)
        assert encoder.dimensions == theirs.shape[1]
        # int8 costs a little.
        assert ((ours.encode(TEXTS) * theirs).sum(axis=1) > 0.97).all()
        for row, reading in zip(ours.encode(TEXTS), ours.read(TEXTS), strict=True):
            assert reading.words.shape[1] == encoder.dimensions
            assert float(row @ reading.row) > 0.99


def test_a_prompt_is_no_word_of_the_customers(made: tuple[str, Path, Path]) -> None:
    name, _, folder = made
    lengths = [len(reading.words) for reading in OnnxEncoder(folder).read(["refund", "it"])]
    # A model whose words are wider than its sentences is read by sentences alone.
    assert lengths == ([1, 1] if RECIPES[name].dense else [len("refund"), len("it")])


def test_the_bot_reads_a_question_as_the_product_does(made: tuple[str, Path, Path]) -> None:
    _, _, folder = made
    bot, product = bots().SentenceEncoder(folder), OnnxEncoder(folder)
    assert [bot.knows(lang) for lang in ("en", "zh", "ko")] == [knows(product, lang) for lang in ("en", "zh", "ko")]
    for text in TEXTS:
        np.testing.assert_allclose(bot.encode([text])[0], product.encode([text])[0], atol=1e-5)


def test_its_model_card_says_which_languages_it_reads(made: tuple[str, Path, Path]) -> None:
    name, _, folder = made
    assert [knows(OnnxEncoder(folder), lang) for lang in ("en", "zh", "ko")] == [True, *[name != "English"] * 2]


def test_articles_in_every_language_it_reads_get_vectors(
    made: tuple[str, Path, Path], shop: Path, tmp_path: Path
) -> None:
    name, _, folder = made
    base = KnowledgeBase(shop, OnnxEncoder(folder), tmp_path / "store")
    base.load()
    for lang, question in (("en", "parcel late"), ("zh", "怎么退货"), ("ko", "배송이 늦어요")):
        hits = base.ask(question, lang).hits
        with_vectors = any(hit.parts["sentence"] for hit in hits)
        assert hits
        assert with_vectors is (lang == "en" or name != "English"), (lang, hits[0].parts)


def test_the_manifest_of_an_older_export_is_still_read(made: tuple[str, Path, Path], tmp_path: Path) -> None:
    _, _, folder = made
    kept = [line for line in (folder / "encoder.json").read_text("utf-8").splitlines() if "prompt" not in line]
    (tmp_path / "encoder.json").write_text("\n".join(kept).replace('"quantised": true,', '"quantised": true'), "utf-8")
    assert Manifest.read(tmp_path).query_prompt == ""


@pytest.mark.parametrize(
    ("prompts", "default", "query", "passage"),
    [
        ({}, None, "", ""),
        ({"query": "", "document": ""}, None, "", ""),
        ({"query": "query: ", "passage": "passage: "}, None, "query: ", "passage: "),
        ({"query": "Find: ", "document": ""}, None, "Find: ", ""),
        ({"all": "text: "}, "all", "text: ", "text: "),
    ],
)
def test_a_default_prompt_stands_where_no_other_does(
    prompts: dict[str, str], default: str | None, query: str, passage: str
) -> None:
    assert prompts_of(prompts, default) == {"query_prompt": query, "passage_prompt": passage}


def bots() -> ModuleType:
    """The bot's own reader, which lives in another environment and needs nothing of it."""
    found = importlib.util.spec_from_file_location("bot_encoder", BOT_ENCODER)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
