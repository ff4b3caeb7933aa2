"""Folders of training data for the tests: a good one, and what the check tells of any other."""

from collections.abc import Mapping
from pathlib import Path

from training_data.agreement import FEWEST
from training_data.check import Data

INTENTS = ("greet", "refund", "out_of_scope")


def block(intent: str, *sentences: str) -> str:
    return f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {sentence}\n" for sentence in sentences)


def many(intent: str, language: str = "en", count: int = FEWEST) -> str:
    return block(intent, *(f"{language} {intent} {n}" for n in range(count)))


def good(language: str) -> str:
    return "nlu:\n" + "".join(many(intent, language) for intent in INTENTS)


def data(folder: Path, files: Mapping[str, str]) -> Data:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return Data.read(folder, INTENTS)


def told(folder: Path, files: Mapping[str, str]) -> list[tuple[str, int, str, str]]:
    found = data(folder, files).problems
    return [(Path(p.file).relative_to(folder).as_posix(), p.line, p.severity, p.message) for p in found]
