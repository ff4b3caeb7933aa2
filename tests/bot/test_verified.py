"""Verified models: what is loaded is what was hashed, whatever is put in its place meanwhile."""

import hashlib
from pathlib import Path

import pytest
from verified import NotOurModel, own_copy

OURS, OTHERS = b"our model" * 300_000, b"their model"


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    file = tmp_path / "bot-1.tar.gz"
    file.write_bytes(OURS)
    return file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_the_copy_keeps_the_name_and_stays_when_the_file_is_exchanged(model: Path, own: Path) -> None:
    copy = own_copy(model, hash_of(OURS), own)
    model.write_bytes(OTHERS)
    assert copy.name == model.name and copy.read_bytes() == OURS


def test_a_link_that_is_turned_to_another_file_is_refused(model: Path, own: Path, tmp_path: Path) -> None:
    other, link = tmp_path / "other", tmp_path / "link.tar.gz"
    other.write_bytes(OTHERS)
    link.symlink_to(model)
    own_copy(link, hash_of(OURS), own).unlink()
    _link(tmp_path / "new", other).replace(link)
    with pytest.raises(NotOurModel, match="is not the one that was trained here"):
        own_copy(link, hash_of(OURS), own)
    assert list(own.iterdir()) == [], "nothing of it is left to be loaded by mistake"


def _link(place: Path, to: Path) -> Path:
    place.symlink_to(to)
    return place


@pytest.mark.parametrize("at", [0, 1_400_000, len(OURS) - 1])
def test_one_changed_byte_anywhere_is_refused(model: Path, own: Path, at: int) -> None:
    changed = bytearray(OURS)
    changed[at] ^= 1
    model.write_bytes(changed)
    with pytest.raises(NotOurModel, match="frontdoor train"):
        own_copy(model, hash_of(OURS), own)


def test_a_file_that_is_gone_is_named(tmp_path: Path, own: Path) -> None:
    with pytest.raises(NotOurModel, match="gone.tar.gz cannot be read: No such file"):
        own_copy(tmp_path / "gone.tar.gz", hash_of(OURS), own)
