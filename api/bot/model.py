"""The bot's model: made from examples, rules, domain and code, and made anew when one of them changed."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from api.bot.python import BOT, ONE_THREAD
from api.bot.registry import Model, Registry, checked

PARTS = ("config.yml", "domain", "rules", "components", "train.py")

#: Seconds a start waits for another process that is training already.
PATIENCE = 600.0

Tell = Callable[[str], None]


class TrainingFailed(Exception):
    """The bot could not be trained; the message quotes the trainer's last words."""


def inputs_hash(examples: Path, encoder_manifest: Path) -> str:
    """One hash over everything a model is made from: examples, rules, domain, the bot's code, and the encoder."""
    digest = hashlib.sha256()
    for place in [BOT / part for part in PARTS] + [examples]:
        for file in _files(place):
            digest.update(str(file.relative_to(place.parent)).encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(encoder_manifest.read_bytes())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(f for f in place.rglob("*") if f.is_file() and f.suffix in (".py", ".yml"))


def ensure(
    registry: Registry,
    python: Path,
    examples: Path,
    encoder_folder: Path,
    tell: Tell,
    problems: Callable[[], Sequence[str]] = list,
) -> Model:
    """The model to start with: the live one, or one trained now when its inputs changed or there is none.

    Args:
        problems: what is wrong with the examples, a sentence each; asked only before a training.

    Raises:
        TrainingFailed: there is no model to start with and none can be made; the reason.
        UnknownModel: the live model's file was tampered with.
    """
    wanted = inputs_hash(examples, encoder_folder / "encoder.json")
    with registry.training(PATIENCE):
        active = registry.active()
        there = active is not None and (registry.folder / active.file).is_file()
        if active and there and wanted in (active.made_from, *registry.rejected):
            checked(registry.folder, active)
            return active
        known = registry.find(wanted[:12])
        if known is None or not (registry.folder / known.file).is_file():
            wrong = problems()
            if wrong and active and there:
                # Customers come first: what worked yesterday goes on, and whoever edits the examples is told.
                for sentence in wrong:
                    tell(sentence)
                tell(f"the examples were not learnt; model {active.version} goes on")
                checked(registry.folder, active)
                return active
            if wrong:
                raise TrainingFailed("The bot cannot be trained:\n" + "\n".join(wrong))
            known = train(registry, python, examples, encoder_folder, tell)
        registry.activate(known)
        return known


def train(registry: Registry, python: Path, examples: Path, encoder_folder: Path, tell: Tell) -> Model:
    """A model of the present inputs, registered but not live. Runs at low priority on one core.

    Raises:
        TrainingFailed: the reason, in the trainer's words.
    """
    wanted = inputs_hash(examples, encoder_folder / "encoder.json")
    started = time.monotonic()
    folder = registry.folder
    folder.mkdir(parents=True, exist_ok=True)
    file, log = folder / f"bot-{wanted[:12]}.tar.gz", folder / "train.log"
    command = [str(python), str(BOT / "train.py"), "--examples", str(examples.resolve()), "--out", str(file.resolve())]
    environment = {**os.environ, **ONE_THREAD, "FRONTDOOR_ENCODER_FOLDER": str(encoder_folder.resolve())}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, cwd=BOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            for line in process.stdout or ():
                errors.write(line)
                if line.startswith('{"step"'):
                    step = json.loads(line)
                    tell(f"{step['step']} ({step['seconds']:.0f} s)")
            code = process.wait()
        except BaseException:
            # Asked to stop: left alone, it would learn on, and write a model nobody waits for.
            process.kill()
            raise
    if code != 0 or not file.is_file():
        tail = [part for part in log.read_text("utf-8", "replace").splitlines() if part.strip()][-5:]
        raise TrainingFailed(
            f"The bot could not be trained (exit {code}). All of it is in {log}. Last words:\n" + "\n".join(tail)
        )
    model = Model(
        file=file.name,
        made_from=wanted,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        seconds=round(time.monotonic() - started, 1),
        trained_at=time.time(),
    )
    registry.add(model)
    return model
