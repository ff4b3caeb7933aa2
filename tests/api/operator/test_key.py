"""The key: made once, kept to oneself, and never said in an error."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.operator.key import FILE, Key, operator_key
from api.settings import BadSetting, Settings


def test_the_key_in_the_folder_stays_the_same(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert operator_key(settings).value == operator_key(settings).value == (tmp_path / FILE).read_text("utf-8").strip()


def test_an_empty_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("\n", "utf-8")
    key = operator_key(Settings(data_dir=tmp_path))
    assert len(key.value) >= 32
    assert not key.is_it("")


def test_processes_that_start_together_have_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with ThreadPoolExecutor(8) as threads:
        keys = {key.value for key in threads.map(lambda _: operator_key(settings), range(24))}
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_a_key_that_could_be_guessed_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_OPERATOR_KEY", "hunter2")
    with pytest.raises(BadSetting) as told:
        Settings.read()
    assert "FRONTDOOR_OPERATOR_KEY" in str(told.value)
    assert "16" in str(told.value)
    assert "hunter2" not in str(told.value)


def test_the_cookie_of_one_key_does_not_open_another() -> None:
    one, other = Key("a" * 16), Key("b" * 16)
    assert one.is_cookie(one.cookie)
    assert not other.is_cookie(one.cookie)
    assert not one.is_it(one.cookie)
