"""The active model: only what its product trained is served, and replicas exchange it one after the other."""

import hashlib
import json
import os
import threading
from pathlib import Path

import active
import pytest
from active import ActiveModel, NoActiveModel


def product_trains(folder: Path, name: str) -> str:
    """What the product writes beside a model when it makes it live; gives its version."""
    made_from = hashlib.sha256(name.encode()).hexdigest()
    file = folder / f"bot-{made_from[:12]}.tar.gz"
    file.write_text(name)
    known = json.loads((folder / active.MANIFEST).read_text()) if (folder / active.MANIFEST).exists() else []
    entry = {"file": file.name, "made_from": made_from, "sha256": hashlib.sha256(name.encode()).hexdigest()}
    (folder / active.MANIFEST).write_text(json.dumps([*known, entry]))
    (folder / active.ACTIVE).write_text(json.dumps({"history": [made_from[:12]]}))
    return made_from[:12]


def test_the_live_model_is_the_one_that_is_served(tmp_path: Path) -> None:
    product_trains(tmp_path, "first")
    version = product_trains(tmp_path, "second")
    models = ActiveModel(tmp_path)
    assert models.version() == version and models.file().read_text() == "second"


@pytest.mark.parametrize("wrong", ["nothing", "no file", "another file", "half a manifest"])
def test_what_is_not_ours_is_not_served(tmp_path: Path, wrong: str) -> None:
    if wrong != "nothing":
        product_trains(tmp_path, "first")
        file = ActiveModel(tmp_path).file()
        if wrong == "no file":
            file.unlink()
        elif wrong == "another file":
            file.write_text("from somewhere")
        else:
            (tmp_path / active.MANIFEST).write_text("[{")
    with pytest.raises(NoActiveModel):
        ActiveModel(tmp_path).file()


def test_two_replicas_do_not_leave_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(active, "LOOK_EVERY", 0.01)
    turns = tmp_path / "turns"
    turns.mkdir()
    first = product_trains(tmp_path, "first")
    left: "list[str]" = []
    gone = threading.Event()

    def replica(name: str) -> None:
        ActiveModel(tmp_path, turns, name).wait_for_another(than=first)
        left.append(name)
        gone.set()

    replicas = [threading.Thread(target=replica, args=(name,), daemon=True) for name in ("a", "b")]
    for one in replicas:
        one.start()
    product_trains(tmp_path, "second")
    assert gone.wait(10)
    assert len(left) == 1
    other = "b" if left == ["a"] else "a"
    ActiveModel(tmp_path, turns, other).arrived()
    assert list(turns.iterdir()), "only whoever left may say that it is back"
    gone.clear()
    ActiveModel(tmp_path, turns, left[0]).arrived()
    assert gone.wait(10)
    assert sorted(left) == ["a", "b"]


def test_one_that_never_came_back_does_not_hold_the_others_for_ever(tmp_path: Path) -> None:
    lost = ActiveModel(tmp_path, tmp_path, "lost")
    assert lost._take_turn()
    assert not ActiveModel(tmp_path, tmp_path, "next")._take_turn()
    long_ago = (tmp_path / active.TURN).stat().st_mtime - active.LOST_AFTER - 1
    os.utime(tmp_path / active.TURN, (long_ago, long_ago))
    assert ActiveModel(tmp_path, tmp_path, "next")._take_turn()


def lost(turns: Path) -> None:
    """Whoever has the turn took it long ago."""
    long_ago = (turns / active.TURN).stat().st_mtime - active.LOST_AFTER - 1
    os.utime(turns / active.TURN, (long_ago, long_ago))


def test_a_crash_before_the_turn_is_written_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(active.json, "dump", crash)
        with pytest.raises(MemoryError):
            ActiveModel(tmp_path, tmp_path, "unlucky")._take_turn()
    assert list(tmp_path.iterdir()) == []
    assert ActiveModel(tmp_path, tmp_path, "next")._take_turn()


@pytest.mark.parametrize("gone_at", ["stat", "rename"])
def test_a_turn_that_another_replica_clears_at_the_same_moment_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone_at: str
) -> None:
    assert ActiveModel(tmp_path, tmp_path, "lost")._take_turn()
    lost(tmp_path)
    done = getattr(Path, gone_at)

    def too_late(self: Path, *more: object, **others: object) -> object:
        (tmp_path / active.TURN).unlink(missing_ok=True)
        return done(self, *more, **others)

    monkeypatch.setattr(Path, gone_at, too_late)
    assert ActiveModel(tmp_path, tmp_path, "next")._take_turn()


def test_a_turn_taken_while_a_lost_one_is_cleared_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ActiveModel(tmp_path, tmp_path, "lost")._take_turn()
    lost(tmp_path)
    quicker, rename = ActiveModel(tmp_path, tmp_path, "quicker"), Path.rename

    def too_late(self: Path, target: Path) -> object:
        monkeypatch.undo()
        assert quicker._take_turn()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", too_late)
    assert not ActiveModel(tmp_path, tmp_path, "slower")._take_turn()
    assert quicker._whose() == "quicker"
    assert [file.name for file in tmp_path.iterdir()] == [active.TURN]


def test_a_turn_that_is_gone_when_it_is_given_back_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ActiveModel(tmp_path, tmp_path, "here")
    monkeypatch.setattr(here, "_whose", lambda: "here")
    here.arrived()
    assert list(tmp_path.iterdir()) == []


def test_the_wait_goes_on_after_any_error_which_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(active, "LOOK_EVERY", 0.0)
    first = product_trains(tmp_path, "first")
    product_trains(tmp_path, "second")
    models = ActiveModel(tmp_path, tmp_path / "not there", "here")
    looks = iter(range(5))

    def look() -> str:
        if next(looks) == 3:
            (tmp_path / "not there").mkdir()
        return "second"

    monkeypatch.setattr(models, "version", look)
    models.wait_for_another(than=first)
    assert models._whose() == "here"
    assert [record.message for record in caplog.records] == [
        "The turn to fetch another model could not be taken; it is tried again."
    ]


@pytest.mark.parametrize("content", ["[]", '{"history": "abc"}', "3", "{"])
def test_a_choice_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / active.ACTIVE).write_text(content)
    assert ActiveModel(tmp_path).version() is None
