"""Snapshots: whole, switched in one step, refused when made by another encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index import snapshot as snapshots
from kb_index.base import KnowledgeBase
from kb_index.snapshot import WrongEncoder
from tests.kb_index.letters import LetterEncoder


def test_index_of_another_encoder_is_refused_with_the_command(shop: Path, base: KnowledgeBase, tmp_path: Path) -> None:
    other = KnowledgeBase(shop, LetterEncoder("other"), tmp_path / "store")
    with pytest.raises(WrongEncoder, match="frontdoor kb rebuild"):
        other.load()
    other.load(rebuild=True)
    assert snapshots.load(tmp_path / "store").encoder == "other"


def test_same_articles_have_the_same_version(shop: Path, base: KnowledgeBase, tmp_path: Path) -> None:
    twin = KnowledgeBase(shop, LetterEncoder(), tmp_path / "elsewhere")
    twin.load()
    assert twin.version == base.version


def test_current_points_at_a_whole_snapshot_and_old_ones_go(base: KnowledgeBase, write, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for number in range(4):
        write("new._en.md", f"Text {number}.", title="New")
        base.refresh()
        assert snapshots.load(store).version == base.version
    assert len(list((store / "snapshots").iterdir())) == 2
    assert not list(store.rglob("*.draft"))


def test_failed_write_leaves_the_last_snapshot(
    base: KnowledgeBase, write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshots.load(tmp_path / "store")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    write("new._en.md", "Text.", title="New")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        base.refresh()
    monkeypatch.undo()
    assert snapshots.load(tmp_path / "store") == before


def test_unreadable_store_is_built_again(shop: Path, base: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "store" / "current").write_text("nonsense", encoding="utf-8")
    again = KnowledgeBase(shop, LetterEncoder(), tmp_path / "store")
    again.load()
    assert again.version == base.version
