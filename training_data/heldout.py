"""Held-out questions: sentences the bot is never taught, so that it can be measured with them."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training_data import text_files
from training_data.problems import Problem

PATTERN = "intents_*.csv"
COLUMNS = ("text", "label")


@dataclass(frozen=True)
class Row:
    """One held-out sentence, the intent it has, and where it stands. ``line`` is where the row begins."""

    language: str
    text: str
    label: str
    file: str
    line: int


@dataclass
class HeldOut:
    """What was read of one file, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def files(folder: Path) -> list[tuple[Path, str]]:
    """Takes the folder of held-out files; returns those of intents with their language (`intents_ko.csv`: ko)."""
    return [(file, file.stem.partition("_")[2]) for file in sorted(folder.glob(PATTERN))]


def read_file(file: Path, name: str, language: str) -> HeldOut:
    """Takes a CSV `text,label`, the name it is shown by and its language; returns its rows and what is wrong."""
    found = HeldOut()
    text, problems = text_files.read(file, name)
    found.problems += problems
    if text is None:
        return found
    for line, cells in _records(text, name, found.problems):
        if line == 1 or not any(cell.strip() for cell in cells):
            continue
        problem = _fault(cells)
        if problem:
            found.problems.append(Problem(name, line, problem))
        else:
            found.rows.append(Row(language, cells[0], cells[1].strip(), name, line))
    return found


def _records(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """(line it begins on, cells) of each record; the first must be the header."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if line == 1 and tuple(cell.strip() for cell in cells) != COLUMNS:
                problems.append(Problem(name, 1, f"the first line must be `text,label`, not `{','.join(cells)}`"))
                return
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        message = f"the row that begins here is not valid CSV ({problem}); close its quotes, and double those inside"
        problems.append(Problem(name, line, message))
        return
    if line == 1:
        problems.append(Problem(name, 1, "the file is empty; its first line must be `text,label`"))


def _fault(cells: list[str]) -> str | None:
    if len(cells) > len(COLUMNS):
        return f"{len(cells)} cells instead of 2; put a text with a comma in quotes"
    if len(cells) < len(COLUMNS) or not cells[1].strip():
        return "the label is missing; write `text,label`"
    if not cells[0].strip():
        return "the text is empty; write a sentence, or delete the row"
    return None


def fingerprint(rows: Iterable[Row]) -> str:
    """Takes rows; returns one hash of what is asked and expected, so that two measurements can be compared."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\0".join((row.language, row.text, row.label, "")).encode())
    return digest.hexdigest()
