"""A secret is made once, whole, and for nobody else's eyes."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.channels.secret import kept_secret


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "app.secret"
    first = kept_secret(file)
    assert len(first) >= 40
    assert kept_secret(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_many_who_ask_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(kept_secret, [tmp_path / "app.secret"] * 64))
    assert len(found) == 1


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_file_is_no_secret(tmp_path: Path, content: str) -> None:
    file = tmp_path / "app.secret"
    file.write_text(content)
    assert len(kept_secret(file)) >= 40
    assert kept_secret(file) == kept_secret(file)


def test_a_secret_the_operator_wrote_is_kept(tmp_path: Path) -> None:
    (tmp_path / "app.secret").write_text("mine-and-long-enough\n")
    assert kept_secret(tmp_path / "app.secret") == "mine-and-long-enough"
