"""What detection learns from: only what is marked for it."""

import json
from pathlib import Path

from handoff.detection.fitting.samples import hash_of, of_dialogues, read_dialogues, read_examples, read_phrases
from handoff.detection.words import LANGUAGES

DATA = Path(__file__).parents[4] / "training_data"


def test_heldout_dialogues_are_never_learnt_from() -> None:
    rows = read_dialogues(DATA / "handoff")
    lines = "".join((DATA / "handoff" / f"{language}.jsonl").read_text("utf-8") for language in LANGUAGES)
    held = {row["id"] for row in map(json.loads, lines.splitlines()) if row["split"] == "heldout"}
    assert held and not held & {row["id"] for row in rows}


def test_turns_after_the_handover_are_not_learnt_from() -> None:
    rows = read_dialogues(DATA / "handoff")[:40]
    ends = {row["id"]: row["handoff_at"] for row in rows}
    for one in of_dialogues(rows, None):
        assert ends[one.group] is None or one.turn <= ends[one.group]
        assert one.wanted == (one.turn == ends[one.group])


def test_phrases_and_examples_are_of_known_kinds_in_three_languages() -> None:
    phrases = read_phrases(DATA / "handoff")
    assert {one.language for one in phrases} == set(LANGUAGES)
    assert {one.kind for one in phrases} == {"", "trouble", "request", "danger"}
    assert all(one.text.strip() for one in phrases)
    asked = [one for one in read_examples(DATA / "nlu") if one.kind == "request"]
    assert len(asked) > 300


def test_no_phrase_stands_in_two_places() -> None:
    texts = [(one.language, one.text) for one in read_phrases(DATA / "handoff")]
    assert len(texts) == len(set(texts)), [text for text in texts if texts.count(text) > 1]


def test_other_data_has_another_hash(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("x", "utf-8")
    before = hash_of(tmp_path)
    (tmp_path / "a.yml").write_text("y", "utf-8")
    assert hash_of(tmp_path) != before
