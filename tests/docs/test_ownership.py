"""docs/ownership.md says what the code obeys, and a reader sees it as a picture."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from handoff.drawing import BEGIN, END, NAMES, NoPlace, diagram, drawn, table
from handoff.ownership import MOVES, OWNERS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "ownership.md"


def test_the_document_draws_the_moves_the_code_obeys() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert drawn(text, DOCUMENT) == text, "run `make docs`: a move has changed, and docs/ownership.md does not say it"


def test_every_move_is_a_row_and_an_arrow_and_nothing_else_is() -> None:
    arrows = re.findall(r"^    (\w+) --> (\w+): (.+)$", diagram(), re.MULTILINE)
    assert {(start, end) for start, end, _ in arrows} == set(MOVES)
    assert all(label and ":" not in label for _, _, label in arrows)
    rows = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in table().splitlines()[2:]]
    assert rows == [(NAMES[start], NAMES[end], meaning) for (start, end), meaning in MOVES.items()]
    assert all(f'"{NAMES[owner]}" as {owner}' in diagram() for owner in OWNERS)


def test_the_command_puts_the_drawing_into_a_document_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for _ in range(2):
        subprocess.run([sys.executable, "-m", "handoff.drawing", str(file)], cwd=ROOT, check=True)
        text = file.read_text("utf-8")
        assert text.startswith("before\n")
        assert text.endswith("after\n")
        assert "old" not in text
        assert text.count(table()) == text.count(diagram()) == 1


def test_a_document_without_a_place_for_the_drawing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPlace, match=r"page\.md needs a line"):
        drawn(f"{END} {BEGIN}", tmp_path / "page.md")
