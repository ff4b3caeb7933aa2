"""The files of the bot and what they were taught, read as they stand."""

from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "zh", "ko")
#: Said by a button, never by the classifier.
BUTTONS = {"choose_article", "wants_it_done"}


def files(*folder: str) -> List[Any]:
    return [YAML(typ="safe").load(file) for file in sorted(ROOT.joinpath(*folder).glob("*.yml"))]


def domain() -> Dict[str, Any]:
    """All parts of the domain as one."""
    whole: Dict[str, Any] = {}
    for part in files("bot", "domain"):
        for key, value in part.items():
            if key != "version":
                assert key not in whole, f"{key} is in two files of the domain"
                whole[key] = value
    return whole


def rules() -> List[Dict[str, Any]]:
    return [rule for file in files("bot", "rules") for rule in file["rules"]]


def steps(rule: Dict[str, Any], kind: str) -> List[str]:
    return [step[kind] for step in rule["steps"] if kind in step]


def examples(language: str) -> Iterator[Tuple[str, str]]:
    """(text, intent) of a language."""
    for file in files("training_data", "nlu", language):
        for block in file["nlu"]:
            for line in block["examples"].splitlines():
                assert line.startswith("- "), f"not an example: {line}"
                yield line[2:].strip(), block["intent"]
