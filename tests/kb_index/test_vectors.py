"""Vectors are kept: nothing is encoded twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kb_index.vectors import VectorStore


def test_text_is_encoded_once(tmp_path: Path, letters) -> None:
    store = VectorStore(tmp_path, letters.dimensions)
    store.prepare(["a line", "b line"], ["whole text"], letters)
    assert store.encoded == 3
    store.prepare(["b line", "c line"], ["whole text"], letters)
    assert store.encoded == 1


def test_what_was_saved_is_there_after_a_restart(tmp_path: Path, letters) -> None:
    store = VectorStore(tmp_path, letters.dimensions)
    store.prepare(["a line"], ["whole text here"], letters)
    segments = store.save()
    again = VectorStore(tmp_path, letters.dimensions)
    again.open(segments)
    again.prepare(["a line"], ["whole text here"], letters)
    assert again.encoded == 0
    np.testing.assert_array_equal(again.rows(["a line"]), store.rows(["a line"]))
    np.testing.assert_array_equal(again.words("whole text here"), store.words("whole text here"))


def test_an_edit_writes_only_what_is_new(tmp_path: Path, letters) -> None:
    store = VectorStore(tmp_path, letters.dimensions)
    store.prepare([f"line {n}" for n in range(50)], [], letters)
    store.save()
    store.prepare(["one new line"], [], letters)
    segments = store.save()
    sizes = [np.load(tmp_path / name / "rows.npy").shape[0] for name in segments]
    assert sizes == [50, 1]


def test_lost_segment_is_encoded_again(tmp_path: Path, letters) -> None:
    store = VectorStore(tmp_path, letters.dimensions)
    store.open(["gone"])
    store.prepare(["a line"], [], letters)
    assert store.encoded == 1


def test_segments_nobody_needs_are_removed(tmp_path: Path, letters) -> None:
    store = VectorStore(tmp_path, letters.dimensions)
    store.prepare(["a"], [], letters)
    first = store.save()
    store.prepare(["b"], [], letters)
    second = store.save()
    store.prune(second[1:])
    assert [p.name for p in tmp_path.iterdir()] == second[1:]
    assert first[0] not in second[1:]
