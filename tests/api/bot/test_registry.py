"""The registry: which model is live is one file, and the way back is kept."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from api.bot.registry import ACTIVE, KEPT, REMEMBERED, AlreadyTraining, Model, Registry, UnknownModel
from api.settings import ROOT


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path)


def made(registry: Registry, name: str) -> Model:
    """A trained model, as a training leaves it."""
    hashed = hashlib.sha256(name.encode()).hexdigest()
    file = registry.folder / f"bot-{hashed[:12]}.tar.gz"
    file.write_text(name)
    model = Model(file.name, hashed, hashlib.sha256(name.encode()).hexdigest(), 1.0, 1.0)
    registry.add(model)
    return model


def test_there_is_none_before_the_first_training(registry: Registry) -> None:
    assert (registry.active(), registry.previous(), registry.models()) == (None, None, [])


def test_one_that_was_trained_is_not_live_until_it_is_chosen(registry: Registry) -> None:
    first = made(registry, "first")
    registry.activate(first)
    second = made(registry, "second")
    assert registry.active() == first
    registry.activate(second)
    assert (registry.active(), registry.previous()) == (second, first)


def test_going_back_goes_one_further_each_time(registry: Registry) -> None:
    models = [made(registry, name) for name in ("first", "second", "third")]
    for model in models:
        registry.activate(model)
    for live, before in ((models[1], models[0]), (models[0], None)):
        back = registry.previous()
        assert back == live
        registry.activate(live, rejected="what was taken back")
        assert (registry.active(), registry.previous()) == (live, before)
    assert registry.rejected == ("what was taken back",)


def test_each_one_that_was_taken_back_stays_so_until_it_is_chosen_on_purpose(registry: Registry) -> None:
    first, second, third = (made(registry, name) for name in ("first", "second", "third"))
    registry.activate(first, rejected=second.made_from)
    registry.activate(first, rejected=third.made_from)
    registry.activate(first)
    assert list(registry.rejected) == [second.made_from, third.made_from]
    registry.activate(second)
    assert list(registry.rejected) == [third.made_from]


def test_the_last_that_were_taken_back_are_remembered(registry: Registry) -> None:
    first = made(registry, "first")
    for number in range(REMEMBERED + 2):
        registry.activate(first, rejected=f"bad {number}")
    registry.activate(first, rejected="bad 5")
    assert len(registry.rejected) == REMEMBERED
    assert (registry.rejected[0], registry.rejected[-1]) == ("bad 2", "bad 5")


def test_what_was_taken_back_when_one_was_remembered_is_still_known(registry: Registry) -> None:
    first = made(registry, "first")
    (registry.folder / ACTIVE).write_text(json.dumps({"history": [first.version], "rejected": "bad"}))
    assert list(registry.rejected) == ["bad"]
    registry.activate(first, rejected="worse")
    assert list(registry.rejected) == ["bad", "worse"]


def test_the_same_choice_made_again_can_be_told_from_the_one_before(registry: Registry) -> None:
    assert registry.chosen_at is None
    first = made(registry, "first")
    registry.activate(first)
    before = registry.chosen_at
    assert registry.chosen_at == before is not None
    registry.activate(first)
    assert registry.chosen_at != before


def test_the_live_model_is_never_deleted(registry: Registry) -> None:
    live = made(registry, "live")
    registry.activate(live)
    for number in range(KEPT + 3):
        made(registry, f"candidate {number}")
    assert registry.active() == live
    assert (registry.folder / live.file).is_file()
    assert len(list(registry.folder.glob("*.tar.gz"))) == KEPT + 1


def test_one_whose_file_is_gone_is_no_way_back(registry: Registry) -> None:
    first, second, third = (made(registry, name) for name in ("first", "second", "third"))
    for model in (first, second, third):
        registry.activate(model)
    (registry.folder / second.file).unlink()
    assert registry.previous() == first


def test_another_file_under_its_name_is_refused(registry: Registry) -> None:
    model = made(registry, "first")
    (registry.folder / model.file).write_text("from somewhere")
    with pytest.raises(UnknownModel, match="not the one that was trained here"):
        registry.activate(model)
    assert not (registry.folder / ACTIVE).exists()


def test_a_folder_from_before_there_was_a_choice_serves_its_newest(registry: Registry) -> None:
    made(registry, "first")
    second = made(registry, "second")
    (registry.folder / ACTIVE).unlink()
    assert registry.active() == second
    made(registry, "third")
    assert registry.active() == second


@pytest.mark.parametrize("content", ["", "{", "[]", '{"history": 3}', '{"history": ["gone"]}', '{"rejected": 3}'])
def test_a_choice_that_cannot_be_read_is_no_crash(registry: Registry, content: str) -> None:
    made(registry, "first")
    (registry.folder / ACTIVE).write_text(content)
    active = registry.active()
    assert active is None or active.version == registry.models()[-1].version
    assert registry.rejected == ()


def test_two_trainings_at_once_are_one_too_many_and_the_second_is_told(registry: Registry) -> None:
    ask = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from api.bot.registry import AlreadyTraining, Registry
try:
    with Registry(Path({str(registry.folder)!r})).training(): print("got it")
except AlreadyTraining as told: print(told)
"""
    with registry.training():
        told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert told.startswith("A training is already under way")
    assert issubclass(AlreadyTraining, Exception)
    assert subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout == "got it\n"
