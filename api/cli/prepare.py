"""Preparing: everything the product needs before it can serve, made once and kept until its inputs change."""

import errno
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from api.bot import model as models
from api.bot import python as bot_python
from api.bot.python import BOT
from api.bot.registry import Registry
from api.cli.progress import bar, tell
from api.settings import ROOT, Settings
from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder
from kb_index.export import export_encoder
from training_data.check import check
from training_data.intents import declared

SAMPLE = ROOT / "training_data" / "articles"
#: Marks that the sample shop was put in place, or taken out, so that a start never brings it back.
SAMPLE_MARK = ".sample"
#: What a first start writes: encoder, index, model and database, with room to spare.
ROOM = 300 * 1024 * 1024


class NotPossible(Exception):
    """The machine cannot do it; the message says what is in the way and what to do."""


@dataclass(frozen=True)
class Prepared:
    """What ``up`` starts with."""

    base: KnowledgeBase
    registry: Registry


def check_machine(settings: Settings) -> None:
    """A port in use, a full disk, a missing Python: known before anything is begun."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as problem:
            taken = problem.errno == errno.EADDRINUSE
            why = "is in use by another program" if taken else f"cannot be used ({problem.strerror})"
            raise NotPossible(
                f"Port {settings.port} on {settings.host} {why}. "
                "Stop that program or set FRONTDOOR_PORT to another port."
            ) from problem
    if not settings.bot_urls:
        bot_python.check(settings.bot_python)
    check_room(settings.data_dir)


def check_room(folder: Path) -> None:
    """Make the data folder and see that something fits in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        raise NotPossible(
            f"The data folder {folder} cannot be made: {problem.strerror}. Set FRONTDOOR_DATA_DIR."
        ) from problem
    if free < ROOM:
        raise NotPossible(
            f"The disk of {folder} has {free // 2**20} MB free and {ROOM // 2**20} MB are needed. "
            "Make room or set FRONTDOOR_DATA_DIR to another disk."
        )


def encoder(settings: Settings) -> OnnxEncoder:
    """The exported encoder; exported now when it never was or the setting changed."""
    with bar() as report:
        export_encoder(settings.encoder, settings.encoder_folder, report)
    return OnnxEncoder(settings.encoder_folder)


def knowledge(settings: Settings, rebuild: bool = False) -> KnowledgeBase:
    """The loaded knowledge base, with broken articles named and the rest in use."""
    place_sample(settings)
    base = KnowledgeBase(settings.articles_folder, encoder(settings), settings.index_folder)
    with bar() as report:
        changes = base.load(report, rebuild=rebuild)
    for error in changes.errors:
        tell(f"left out: {error}")
    stats = base.stats()
    tell(f"{stats['articles']} articles, {stats['passages']} passages ({changes.encoded} texts newly encoded)")
    return base


def place_sample(settings: Settings) -> None:
    """On the very first start the sample shop's articles show the product; afterwards they are the operator's."""
    folder = settings.articles_folder
    if folder.exists():
        return
    folder.mkdir(parents=True)
    shutil.copytree(SAMPLE, folder / "sample")
    (folder / SAMPLE_MARK).write_text("The sample shop was put here on the first start.\n", "utf-8")
    tell("put the sample shop's articles in place")


def prepare(settings: Settings) -> Prepared:
    """Encoder, index and model, each made only when its inputs changed."""
    tell("looking at the encoder")
    base = knowledge(settings)
    tell("looking at the bot's model")
    registry = Registry(settings.models_folder)
    if settings.bot_urls:
        # Rasa runs elsewhere, and so does its training.
        return Prepared(base, registry)
    examples = settings.training_dir / "nlu"
    models.ensure(registry, settings.bot_python, examples, settings.encoder_folder, tell, lambda: mistakes(settings))
    return Prepared(base, registry)


def mistakes(settings: Settings) -> list[str]:
    """What keeps the bot from being trained: file, line and what to do, a sentence each."""
    problems = check(settings.training_dir, declared(BOT / "domain" / "intents.yml"))
    return [str(problem) for problem in problems if problem.severity == "error"]
