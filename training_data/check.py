"""The check before a training: everything that is wrong with the examples and the held-out questions, at once."""

from collections.abc import Collection
from pathlib import Path

from training_data import heldout
from training_data.agreement import held_out, repeated, too_few
from training_data.examples import Example, NluFile, read_file
from training_data.heldout import Row
from training_data.intents import BUTTONS, DECLARED_IN, nearest
from training_data.problems import Problem
from training_data.sameness import plain

#: What Rasa would read as well, but whose changes nobody would notice.
WRONG_KIND = (".yaml", ".json")


def check(folder: Path, intents: Collection[str]) -> list[Problem]:
    """Takes the folder with `nlu/` and `heldout/` and the declared intents; returns all problems, in order of place."""
    return Data.read(folder, intents).problems


class Data:
    """The examples and the held-out questions of a folder, with all that is wrong with them."""

    def __init__(self, examples: list[Example], rows: list[Row], problems: list[Problem]) -> None:
        self.examples = examples
        self.rows = rows
        self.problems = sorted(set(problems))
        self._taught = {plain(example.text) for example in examples}

    def teaches(self, text: str) -> bool:
        """Whether a sentence stands among the examples: to be measured with it would say nothing."""
        return plain(text) in self._taught

    @classmethod
    def read(cls, folder: Path, intents: Collection[str]) -> "Data":
        """Takes what :func:`check` takes; returns the data, whatever is wrong with it."""
        found, problems = _nlu_files(folder / "nlu")
        for file in found:
            problems += file.problems
            problems += [p for name, line in file.intents if (p := _unknown(file.name, line, name, intents))]
        examples = [example for file in found for example in file.examples]
        problems += too_few(found, intents) + repeated(examples)
        rows: list[Row] = []
        for path, language in heldout.files(folder / "heldout"):
            part = heldout.read_file(path, shown(path), language)
            rows += part.rows
            problems += part.problems
        return cls(examples, rows, problems + held_out(rows, examples, intents))


def shown(path: Path) -> str:
    """Takes a path; returns it as short as it can be typed from here."""
    whole = path.resolve()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(whole)


def _nlu_files(folder: Path) -> tuple[list[NluFile], list[Problem]]:
    files: list[NluFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in place.parts):
            continue
        if path.suffix == ".yml":
            language = place.parts[0] if len(place.parts) > 1 else ""
            if not language:
                message = "this file belongs to no language; move it into en/, zh/ or ko/"
                problems.append(Problem(shown(path), 1, message))
            files.append(read_file(path, shown(path), language))
        elif path.suffix in WRONG_KIND:
            problems.append(Problem(shown(path), 1, f"examples stand in .yml files; save it as {path.stem}.yml"))
        else:
            problems.append(Problem(shown(path), 1, "only .yml files are read; take it out of here", "warning"))
    if not files:
        problems.append(Problem(shown(folder), 1, "there are no examples here; see FRONTDOOR_TRAINING_DIR"))
    return files, problems


def _unknown(file: str, line: int, name: str, intents: Collection[str]) -> Problem | None:
    if name in intents:
        return None
    if name in BUTTONS:
        return Problem(file, line, f"{name!r} is said by a button only; delete its examples")
    if meant := nearest(name, intents):
        return Problem(file, line, f"there is no intent {name!r}; did you mean {meant!r}?")
    message = f"there is no intent {name!r}; take one of {DECLARED_IN}, or declare it there and give it a rule"
    return Problem(file, line, message)
