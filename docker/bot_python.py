#!/usr/bin/env python3
"""Stands where the bot's Python would be when Rasa is in another container: hands training to the trainer there.

FRONTDOOR_BOT_PYTHON names this file. It is called as that Python would be (`bot_python.py …/train.py --examples …`),
leaves the job in the folder FRONTDOOR_JOBS_DIR for bot/trainer.py, says what that says, and ends with its exit code.
"""

import json
import os
import shutil
import signal
import sys
import time
import uuid
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
#: Seconds to wait for a trainer that is just starting.
PATIENCE = 20.0
#: Seconds a job gets to end after it was told to.
GRACE = 10.0


def trainer_module() -> ModuleType:
    """The other side's own words for files and limits, so that there is one truth about them."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(ROOT / "bot"))
    import trainer

    return trainer


def give_up(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(69)


def about(trainer: ModuleType, jobs: Path) -> dict[str, str]:
    """What the trainer says about itself; waits a little for one that is starting."""
    deadline = time.monotonic() + PATIENCE
    while not trainer.fresh(jobs / trainer.SIGN):
        if time.monotonic() > deadline:
            give_up(f"No trainer has given a sign in {jobs}. Start it: docker compose up -d trainer.")
        time.sleep(trainer.LOOK_EVERY)
    told: dict[str, str] = json.loads((jobs / trainer.SIGN).read_text("utf-8"))
    return told


def open_to_group(place: Path) -> None:
    """The trainer is another user of our group."""
    for each in [place, *place.rglob("*")] if place.is_dir() else [place]:
        each.chmod(0o2770 if each.is_dir() else 0o660)


def pack(trainer: ModuleType, draft: Path, home: Path, words: list[str]) -> Path | None:
    """Put a job together in ``draft``, with copies of the files it names as they will be found in ``home``.

    Returns where its result is to be put, None when it has none.
    """
    script, *arguments = words
    result = None
    for folder in (draft, draft / "in", draft / "out"):
        folder.mkdir()
    for place, word in enumerate(arguments):
        if place and arguments[place - 1] == "--out":
            result = Path(word)
            arguments[place] = str(home / "out" / result.name)
        elif not word.startswith("--") and Path(word).exists():
            inside = Path("in") / f"{place}-{Path(word).name}"
            copy = shutil.copytree if Path(word).is_dir() else shutil.copyfile
            copy(word, draft / inside)
            arguments[place] = str(home / inside)
    trainer.write(draft / trainer.JOB, {"script": Path(script).name, "arguments": arguments})
    for name in (trainer.ALIVE, "stdout", "stderr"):
        (draft / name).touch()
    open_to_group(draft)
    return result


def pass_on(source: BinaryIO, sink: BinaryIO) -> None:
    sink.write(source.read())
    sink.flush()


def follow(trainer: ModuleType, job: Path, jobs: Path) -> int:
    """Say what the job says until it has ended; returns its exit code."""
    with (job / "stdout").open("rb") as output, (job / "stderr").open("rb") as errors:
        ended = False
        while not ended:
            ended = (job / trainer.EXIT).exists()
            pass_on(output, sys.stdout.buffer)
            pass_on(errors, sys.stderr.buffer)
            if not ended:
                if not trainer.fresh(jobs / trainer.SIGN):
                    give_up("The trainer ended in the middle of the job. Its log: docker compose logs trainer.")
                (job / trainer.ALIVE).touch()
                time.sleep(trainer.LOOK_EVERY)
    code: int = json.loads((job / trainer.EXIT).read_text("utf-8"))
    return code


def told_to_end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def clear(job: Path, trainer: ModuleType) -> None:
    """Stop a job that is still running, and take it away."""
    (job / trainer.STOP).touch()
    deadline = time.monotonic() + GRACE
    while job.name[0] != "." and not (job / trainer.EXIT).exists() and time.monotonic() < deadline:
        time.sleep(trainer.LOOK_EVERY)
    shutil.rmtree(job)


def main() -> int:
    words = sys.argv[1:]
    jobs = Path(os.environ.get("FRONTDOOR_JOBS_DIR", "/jobs"))
    if not jobs.is_dir():
        give_up(f"The folder of jobs, {jobs}, is not there. Set FRONTDOOR_JOBS_DIR to the one shared with the trainer.")
    trainer = trainer_module()
    there = about(trainer, jobs)
    if words[:1] == ["-c"]:
        # The product asks its bot's Python for these two before it uses it, and nothing else in this way.
        print(there["python"], there["rasa"])
        return 0
    if not words or Path(words[0]).name not in trainer.SCRIPTS:
        give_up(f"Only {' and '.join(trainer.SCRIPTS)} run elsewhere; this was: {' '.join(words) or 'nothing'}.")
    code = trainer.code_version()
    if there["code"] != code:
        give_up(
            f"The trainer's image holds other code ({there['code']}) than this one ({code}). "
            "Build both: docker compose build."
        )
    signal.signal(signal.SIGTERM, told_to_end)
    name = uuid.uuid4().hex
    job, draft = jobs / name, jobs / f".{name}"
    try:
        result = pack(trainer, draft, job, words)
        draft.rename(job)
        code = follow(trainer, job, jobs)
        made = job / "out" / result.name if result else None
        if result and made and made.is_file():
            shutil.copyfile(made, result)
        return code
    except KeyboardInterrupt:
        return 130
    finally:
        for place in (draft, job):
            if place.is_dir():
                clear(place, trainer)


if __name__ == "__main__":
    sys.exit(main())
