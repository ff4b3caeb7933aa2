"""The bot's model: trained when its examples, rules or code changed, and loaded only when we made it."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from api.bot.python import BOT

MANIFEST = "manifest.json"
PARTS = ("config.yml", "domain", "rules", "components", "train.py")
KEPT = 3

Tell = Callable[[str], None]


class TrainingFailed(Exception):
    """The bot could not be trained; the message quotes the trainer's last words."""


class UnknownModel(Exception):
    """A model file is not one that we trained."""


@dataclass(frozen=True)
class Model:
    """A trained model: its file, the hash of what it was made from, and the hash of the file itself."""

    file: str
    made_from: str
    sha256: str
    seconds: float
    trained_at: float

    @property
    def version(self) -> str:
        return self.made_from[:12]


def inputs_hash(examples: Path, encoder_manifest: Path) -> str:
    """One hash over everything a model is made from: examples, rules, domain, the bot's code, and the encoder."""
    digest = hashlib.sha256()
    files = [f for part in PARTS for f in _files(BOT / part)] + _files(examples)
    for file in files:
        digest.update(str(file.relative_to(BOT.parent if file.is_relative_to(BOT.parent) else examples)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(encoder_manifest.read_bytes())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(f for f in place.rglob("*") if f.is_file() and f.suffix in (".py", ".yml"))


def read_manifest(folder: Path) -> list[Model]:
    """The models of a folder, newest last."""
    file = folder / MANIFEST
    if not file.is_file():
        return []
    try:
        return [Model(**entry) for entry in json.loads(file.read_text("utf-8"))]
    except (ValueError, TypeError):
        # Cut off by a full disk, or by hand: what it said is unknown, so no model is, and one is trained.
        return []


def _write_manifest(folder: Path, models: list[Model]) -> None:
    draft = folder / f"{MANIFEST}.new"
    draft.write_text(json.dumps([asdict(m) for m in models], indent=2), "utf-8")
    draft.replace(folder / MANIFEST)


def checked(folder: Path, model: Model) -> Path:
    """The model's file, when it is the one that was trained here.

    Raises:
        UnknownModel: the file is gone or is another one.
    """
    file = folder / model.file
    if not file.is_file():
        raise UnknownModel(f"The model {file} is gone. Run `frontdoor train`.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != model.sha256:
        raise UnknownModel(f"The model {file} is not the one that was trained here; it will not be loaded.")
    return file


def ensure(folder: Path, python: Path, examples: Path, encoder_folder: Path, tell: Tell) -> Model:
    """The model for the present inputs; trained now when there is none.

    Raises:
        TrainingFailed: the reason, in the trainer's words.
        UnknownModel: the file was tampered with.
    """
    wanted = inputs_hash(examples, encoder_folder / "encoder.json")
    models = read_manifest(folder)
    for model in models:
        if model.made_from == wanted and (folder / model.file).is_file():
            checked(folder, model)
            return model
    folder.mkdir(parents=True, exist_ok=True)
    model = _train(folder, python, examples, encoder_folder, wanted, tell)
    models = [m for m in models if m.made_from != wanted] + [model]
    for old in models[:-KEPT]:
        (folder / old.file).unlink(missing_ok=True)
    _write_manifest(folder, models[-KEPT:])
    return model


def _train(folder: Path, python: Path, examples: Path, encoder_folder: Path, wanted: str, tell: Tell) -> Model:
    started = time.monotonic()
    file = folder / f"bot-{wanted[:12]}.tar.gz"
    log = folder / "train.log"
    command = [str(python), str(BOT / "train.py"), "--examples", str(examples), "--out", str(file)]
    environment = {**os.environ, "FRONTDOOR_ENCODER_FOLDER": str(encoder_folder.resolve())}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, cwd=BOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        for line in process.stdout or ():
            errors.write(line)
            if line.startswith('{"step"'):
                step = json.loads(line)
                tell(f"{step['step']} ({step['seconds']:.0f} s)")
        code = process.wait()
    if code != 0 or not file.is_file():
        tail = [part for part in log.read_text("utf-8", "replace").splitlines() if part.strip()][-5:]
        raise TrainingFailed(
            f"The bot could not be trained (exit {code}). All of it is in {log}. Last words:\n" + "\n".join(tail)
        )
    return Model(
        file=file.name,
        made_from=wanted,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        seconds=round(time.monotonic() - started, 1),
        trained_at=time.time(),
    )
