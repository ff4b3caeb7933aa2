"""Training where Rasa is in another container: the job goes over whole, its words come back, nobody waits for ever."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import missing

from .files import ROOT

BOT_PYTHON = Path(os.environ.get("FRONTDOOR_BOT_PYTHON", ROOT / "bot" / ".venv" / "bin" / "python"))
#: Stands for Rasa, whose training takes a minute: it says what it got, and does what its first word asks for.
SCRIPT = """
import pathlib, sys
names, values = sys.argv[1::2], sys.argv[2::2]
asked = dict(zip(names, values))
print('{"step": "reading"}', flush=True)
texts = sorted(f.read_text() for f in pathlib.Path(asked["--examples"]).rglob("*.yml"))
if "fail" in texts:
    print("line 3 is wrong", file=sys.stderr)
    sys.exit(3)
if "hang" in texts:
    sys.stdin = open("/dev/null"); import threading; threading.Event().wait()
pathlib.Path(asked["--out"]).write_text("|".join(texts))
"""
Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Both sides' files as the images hold them, with a quick script in the place of the real training."""
    if not BOT_PYTHON.is_file():
        missing(f"the bot's own environment is not there: {BOT_PYTHON} (make setup)")
    for file in ("bot/trainer.py", "docker/bot_python.py"):
        (tmp_path / file).parent.mkdir()
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "bot" / "train.py").write_text(SCRIPT)
    (tmp_path / "bot" / "domain").mkdir()
    (tmp_path / "bot" / "domain" / "intents.yml").write_text("intents: []")
    (tmp_path / "jobs").mkdir()
    (tmp_path / "examples" / "en").mkdir(parents=True)
    return tmp_path


def trainer(place: Path) -> "subprocess.Popen[str]":
    command = [str(BOT_PYTHON), str(place / "bot" / "trainer.py"), "--jobs", str(place / "jobs")]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def at_work(place: Path) -> Iterator["subprocess.Popen[str]"]:
    """A trainer at work; whatever the test does, it ends well when it is told to."""
    process = trainer(place)
    yield process
    process.send_signal(signal.SIGTERM)
    assert process.stderr is not None
    assert (process.wait(10), process.stderr.read()) == (0, "")
    process.stderr.close()
    assert not (place / "jobs" / "trainer.json").exists()


def command(place: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [str(place / "docker" / "bot_python.py"), *words],
        env={"PATH": os.environ["PATH"], "FRONTDOOR_JOBS_DIR": str(place / "jobs")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def train(place: Path, *examples: str) -> "subprocess.Popen[str]":
    for number, text in enumerate(examples):
        (place / "examples" / "en" / f"{number}.yml").write_text(text)
    words = ("--examples", str(place / "examples"), "--out", str(place / "model.tar.gz"))
    return command(place, str(place / "bot" / "train.py"), *words)


def told(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    output, errors = process.communicate(timeout=40)
    return process.returncode, output, errors


def test_the_result_and_the_words_of_a_training_come_back(place: Path, at_work: object) -> None:
    assert told(train(place, "one", "two")) == (0, '{"step": "reading"}\n', "")
    assert (place / "model.tar.gz").read_text() == "one|two"
    assert [each.name for each in (place / "jobs").iterdir()] == ["trainer.json"], "nothing stays behind"


def test_a_training_that_fails_ends_here_with_its_own_words_and_code(place: Path, at_work: object) -> None:
    code, _, errors = told(train(place, "fail"))
    assert (code, errors) == (3, "line 3 is wrong\n")
    assert not (place / "model.tar.gz").exists()
    assert told(train(place, "good"))[0] == 0, "the next one is done as ever"


def test_who_is_asked_for_its_versions_answers_as_the_bots_python_would(place: Path, at_work: object) -> None:
    assert told(command(place, "-c", "anything"))[:2] == (0, "3.10 3.6.21\n")


def test_ctrl_c_ends_the_training_on_the_other_side_too(place: Path, at_work: object) -> None:
    process = train(place, "hang")
    assert process.stdout is not None
    assert process.stdout.readline() == '{"step": "reading"}\n'
    process.send_signal(signal.SIGINT)
    assert told(process)[0] == 130
    assert [each.name for each in (place / "jobs").iterdir()] == ["trainer.json"]
    (place / "examples" / "en" / "0.yml").unlink()
    assert told(train(place, "again"))[0] == 0


def test_a_trainer_that_ends_in_the_middle_is_told(place: Path) -> None:
    there = trainer(place)
    process = train(place, "hang")
    assert process.stdout is not None
    assert process.stdout.readline() == '{"step": "reading"}\n'
    there.send_signal(signal.SIGTERM)
    code, _, errors = told(process)
    assert code != 0
    assert "The training was stopped." in errors
    there.communicate(timeout=10)


def test_without_a_trainer_it_says_how_to_start_one(place: Path) -> None:
    # As in PATIENCE, with less of it.
    file = place / "docker" / "bot_python.py"
    file.write_text(file.read_text().replace("PATIENCE = 20.0", "PATIENCE = 0.5"))
    code, _, errors = told(train(place, "one"))
    assert code == 69
    assert "docker compose up -d trainer" in errors
    assert list((place / "jobs").iterdir()) == []


def test_nothing_but_training_and_measuring_is_done_elsewhere(place: Path, at_work: object) -> None:
    code, _, errors = told(command(place, "/bin/sh", "-x"))
    assert (code, "Only train.py and evaluate.py" in errors) == (69, True)
    job = place / "jobs" / "by-hand"
    job.mkdir()
    (job / "alive").touch()
    draft = place / "jobs" / ".job.json"
    draft.write_text(json.dumps({"script": "../../bin/sh", "arguments": []}))
    draft.rename(job / "job.json")
    # The trainer takes one after the other, so this one's answer means that the other was looked at.
    assert told(train(place, "one"))[0] == 0
    assert json.loads((job / "exit").read_text()) == 2
    assert "does not run ../../bin/sh" in (job / "stderr").read_text()


def test_images_of_different_versions_are_told_before_a_training(place: Path) -> None:
    there = trainer(place)
    assert told(train(place, "one"))[0] == 0
    (place / "bot" / "domain" / "intents.yml").write_text("intents: [new]")
    code, _, errors = told(train(place, "one"))
    assert (code, "docker compose build" in errors) == (69, True)
    there.terminate()
    there.communicate(timeout=10)
