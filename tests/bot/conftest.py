"""What the bot's tests share: the exported encoder, one model trained for all of them, and a bot that really runs."""

import asyncio
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Callable, Iterator, List

import pytest
from hypothesis import settings

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# Rasa 3.6 is frozen: what it and its pinned libraries say of each other while they are imported is not news. Some of
# them undo the filter, so what they say is recorded instead of shown.
with warnings.catch_warnings(record=True):
    warnings.simplefilter("ignore")
    from components.encoder import SentenceEncoder
    from rasa.core.agent import Agent
    from served import ServedBot

# A busy machine is not a failed promise.
settings.register_profile("frontdoor", deadline=None)
settings.load_profile("frontdoor")
ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FRONTDOOR_DATA_DIR") or ROOT / "var")
ENCODER = Path(os.environ.setdefault("FRONTDOOR_ENCODER_FOLDER", str(DATA / "encoder"))).resolve()
#: Told at the end and not asserted: how long something takes says as much about the machine as about the bot.
TOLD: List[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence in TOLD:
        terminalreporter.write_line(sentence)


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The exported encoder; without it nothing here can be proved, so it is an error and not a skip."""
    return SentenceEncoder(ENCODER)


@pytest.fixture(scope="session")
def trained(encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole bot, trained from the project's own examples as the product trains it.

    FRONTDOOR_BOT_MODEL names a model that was trained already, for a quicker run at the desk.
    """
    if os.environ.get("FRONTDOOR_BOT_MODEL"):
        return Path(os.environ["FRONTDOOR_BOT_MODEL"]).resolve()
    file = tmp_path_factory.mktemp("model") / "bot.tar.gz"
    command = [sys.executable, str(ROOT / "bot" / "train.py"), "--out", str(file)]
    command += ["--examples", str(ROOT / "training_data" / "nlu")]
    started = time.monotonic()
    done = subprocess.run(
        command, env={**os.environ, "FRONTDOOR_ENCODER_FOLDER": str(ENCODER)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    TOLD.append(
        f"The bot was trained in {time.monotonic() - started:.0f} s; it should be under 60 s on two free cores."
    )
    return file


@pytest.fixture(scope="session")
def read(trained: Path) -> Callable[[str], dict]:
    """What the trained bot takes a text to mean."""
    agent = Agent.load(str(trained))
    return lambda text: asyncio.run(agent.parse_message(text))


@pytest.fixture(scope="session")
def served(trained: Path) -> Iterator[ServedBot]:
    with ServedBot(trained) as bot:
        yield bot


@pytest.fixture
def bot(served: ServedBot) -> ServedBot:
    """A running bot whose actions do as they do when nobody said otherwise."""
    served.actions.forget()
    return served
