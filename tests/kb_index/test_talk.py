"""How turns of conversations are understood on the sample shop: floors that may only rise."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder
from kb_index.talk import Turn, measure, read_turns

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "zh", "ko")
# Shares of the turns written for testing: docs/conversation.md has what was measured.
FLOORS = {
    "en": {"follow": 0.9, "alone": 0.9, "double": 0.85, "single": 0.9, "found": 0.85},
    "zh": {"follow": 0.75, "alone": 0.85, "double": 0.85, "single": 0.9, "found": 0.7},
    "ko": {"follow": 0.8, "alone": 0.85, "double": 0.85, "single": 0.9, "found": 0.75},
}


@pytest.fixture(scope="module")
def sample(minilm: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The sample shop; what was encoded before is taken from where the tests keep it."""
    store = tmp_path_factory.mktemp("talk") / "index"
    kept = Path(os.environ.get("FRONTDOOR_TEST_CACHE", "")) / "index"
    if (kept / "segments").is_dir():
        shutil.copytree(kept, store)
    base = KnowledgeBase(ROOT / "training_data/articles", minilm, store)
    base.load(rebuild=True)
    return base


@pytest.mark.parametrize("lang", LANGUAGES)
def test_turns_are_understood_as_well_as_they_were(sample: KnowledgeBase, lang: str) -> None:
    turns = [turn for turn in read_turns(ROOT / f"training_data/heldout/turns_{lang}.jsonl") if turn.use == "test"]
    figures = measure(sample, turns)
    floors = FLOORS[lang]
    for kind in ("follow", "alone", "double", "single"):
        counted = figures[kind]
        assert counted["turns"] >= 30
        assert counted["understood"] / counted["turns"] >= floors[kind], (kind, counted)
    follow = figures["follow"]
    assert follow["found"] / follow["turns"] >= floors["found"], follow
    assert follow["found"] > follow["found without context"]


def test_a_broken_line_is_named_with_file_and_number(tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    file.write_text('{"kind": "single", "lang": "en", "query": "q", "gold": ["/a/"]}\n{"kind": 1}\n', "utf-8")
    with pytest.raises(ValueError, match=r"turns\.jsonl:2: not a turn"):
        read_turns(file)


def test_a_turn_is_read_with_what_was_before_it(tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    file.write_text('{"kind": "follow", "lang": "en", "query": "q", "gold": ["/a/"], "before": "b"}\n', "utf-8")
    assert read_turns(file) == [Turn("follow", "en", "q", ("/a/",), "b")]
