"""The bot's model: trained when something changed, and loaded only when it is ours."""

import sys
from pathlib import Path

import pytest

from api.bot.model import TrainingFailed, ensure, train
from api.bot.registry import KEPT, MANIFEST, Model, Registry, UnknownModel, checked

TRAINER = """#!{python}
import pathlib, sys
print('{{"step": "learning", "seconds": 1}}')
with open({log!r}, "a") as log:
    log.write("trained\\n")
if {fails}:
    print("the examples are empty", file=sys.stderr)
    sys.exit(3)
pathlib.Path(sys.argv[sys.argv.index("--out") + 1]).write_text("a model")
"""


class Place:
    """A folder with examples, an encoder and a trainer that counts how often it was called."""

    def __init__(self, root: Path) -> None:
        self.models, self.examples, self.encoder = root / "models", root / "nlu", root / "encoder"
        self.log, self.python = root / "log", root / "python"
        self.registry = Registry(self.models)
        self.told: list[str] = []
        self.wrong: list[str] = []
        (self.examples / "en").mkdir(parents=True)
        (self.examples / "en" / "greet.yml").write_text("- hi")
        self.encoder.mkdir()
        (self.encoder / "encoder.json").write_text("{}")
        self.trainer()

    def trainer(self, fails: bool = False) -> None:
        self.python.write_text(TRAINER.format(python=sys.executable, log=str(self.log), fails=fails))
        self.python.chmod(0o755)

    def ensure(self) -> Model:
        return ensure(self.registry, self.python, self.examples, self.encoder, self.told.append, lambda: self.wrong)

    def train(self, example: str) -> Model:
        """A model of another example, registered and not live."""
        (self.examples / "en" / "greet.yml").write_text(example)
        return train(self.registry, self.python, self.examples, self.encoder, self.told.append)

    @property
    def trainings(self) -> int:
        return len(self.log.read_text().splitlines()) if self.log.is_file() else 0


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_it_is_trained_once_and_says_what_it_is_doing(place: Place) -> None:
    first, second = place.ensure(), place.ensure()
    assert first == second
    assert place.trainings == 1
    assert place.told == ["learning (1 s)"]
    assert checked(place.models, first).read_text() == "a model"


@pytest.mark.parametrize("change", ["an example", "a new file", "a file gone", "the encoder"])
def test_a_changed_input_trains_again(place: Place, change: str) -> None:
    before = place.ensure()
    if change == "an example":
        (place.examples / "en" / "greet.yml").write_text("- hello")
    elif change == "a new file":
        (place.examples / "ko.yml").write_text("- 안녕")
    elif change == "a file gone":
        (place.examples / "en" / "greet.yml").rename(place.examples / "greet.yml")
    else:
        (place.encoder / "encoder.json").write_text('{"name": "another"}')
    assert place.ensure().version != before.version
    assert place.trainings == 2


def test_going_back_to_old_inputs_takes_the_old_model(place: Place) -> None:
    example = place.examples / "en" / "greet.yml"
    before = place.ensure()
    example.write_text("- hello")
    place.ensure()
    example.write_text("- hi")
    assert place.ensure() == before
    assert place.trainings == 2


def test_only_the_last_models_are_kept(place: Place) -> None:
    for number in range(KEPT + 2):
        (place.examples / "en" / "greet.yml").write_text(f"- hi {number}")
        place.ensure()
    assert len(place.registry.models()) == len(list(place.models.glob("*.tar.gz"))) == KEPT


def test_a_model_that_was_tampered_with_is_refused(place: Place) -> None:
    model = place.ensure()
    (place.models / model.file).write_text("another model")
    with pytest.raises(UnknownModel, match="is not the one that was trained here"):
        checked(place.models, model)
    with pytest.raises(UnknownModel):
        place.ensure()


def test_a_model_that_is_gone_is_trained_again(place: Place) -> None:
    model = place.ensure()
    (place.models / model.file).unlink()
    with pytest.raises(UnknownModel, match="frontdoor train"):
        checked(place.models, model)
    assert place.ensure().version == model.version
    assert place.trainings == 2


def test_a_model_nobody_trained_here_is_not_looked_at(place: Place) -> None:
    place.models.mkdir()
    (place.models / "bot-0123456789ab.tar.gz").write_text("from somewhere")
    assert place.ensure().file != "bot-0123456789ab.tar.gz"


def test_a_training_that_fails_is_told_in_the_trainers_words(place: Place) -> None:
    place.trainer(fails=True)
    with pytest.raises(TrainingFailed, match=r"(?s)exit 3.*train\.log.*the examples are empty"):
        place.ensure()
    assert place.registry.models() == []


@pytest.mark.parametrize("content", ["", "{", "[]", '[{"file": "x"}]', "{}"])
def test_a_manifest_that_was_cut_off_only_costs_a_training(place: Place, content: str) -> None:
    place.ensure()
    (place.models / MANIFEST).write_text(content)
    place.ensure()
    assert place.trainings == 2


def test_examples_that_are_wrong_leave_the_live_model_in_place_and_say_why(place: Place) -> None:
    before = place.ensure()
    (place.examples / "en" / "greet.yml").write_text("- hello")
    place.wrong = ["en/greet.yml:1: there is no intent gret."]
    assert place.ensure() == before
    assert place.told[-2:] == [
        "en/greet.yml:1: there is no intent gret.",
        f"the examples were not learnt; model {before.version} goes on",
    ]


def test_examples_that_are_wrong_from_the_start_are_told_and_nothing_is_trained(place: Place) -> None:
    place.wrong = ["en/greet.yml:1: there is no intent gret."]
    with pytest.raises(TrainingFailed, match=r"en/greet\.yml:1"):
        place.ensure()
    assert place.trainings == 0


def test_a_start_does_not_train_again_what_was_taken_back(place: Place) -> None:
    before = place.ensure()
    worse = place.train("- hello")
    place.registry.activate(worse)
    place.registry.activate(before, rejected=worse.made_from)
    assert place.ensure() == before
    assert place.trainings == 2


def test_a_start_remembers_each_one_that_was_held_back(place: Place) -> None:
    before = place.ensure()
    for example in ("- hello", "- good evening"):
        place.registry.activate(before, rejected=place.train(example).made_from)
    for example in ("- hello", "- good evening"):
        (place.examples / "en" / "greet.yml").write_text(example)
        assert place.ensure() == before
    assert place.trainings == 3


def test_what_was_taken_back_and_then_mended_is_trained(place: Place) -> None:
    before = place.ensure()
    worse = place.train("- hello")
    place.registry.activate(before, rejected=worse.made_from)
    (place.examples / "en" / "greet.yml").write_text("- good morning")
    mended = place.ensure()
    assert mended not in (before, worse)
    assert place.registry.active() == mended
