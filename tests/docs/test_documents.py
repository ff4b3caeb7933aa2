"""The documents: what they name is there, and what they promise to list is complete."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from api.cli import app
from api.cli.settings import table

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
#: A support lead has minutes.
LONGEST_README = 200


@pytest.fixture(params=DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def document(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


def headings(file: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_every_link_leads_to_something_that_is_there(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name) if name else document
        assert file.exists(), f"{document.name} links to {target}"
        if anchor:
            assert anchor in headings(file), f"{document.name} links to {target}"


def known_commands() -> set[str]:
    """Every command of `frontdoor`, with its group."""
    commands: dict[str, object] = typer.main.get_group(app).commands
    parts = {name: getattr(each, "commands", {}) for name, each in commands.items()}
    return set(commands) | {f"{name} {part}" for name, group in parts.items() for part in group}


def test_every_command_named_exists(document: Path) -> None:
    known = known_commands()
    text = document.read_text("utf-8")
    for words in re.findall(r"(?:`|bin/|api )frontdoor ([a-z]+(?: [a-z|\\]+)?)", text):
        name, _, parts = words.partition(" ")
        assert name in known, f"{document.name}: frontdoor {words}"
        groups = {each.partition(" ")[0] for each in known if " " in each}
        for part in parts.replace("\\", "").split("|") if name in groups and parts else ():
            assert f"{name} {part}" in known, f"{document.name}: frontdoor {words}"


def test_every_make_target_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:`|^ {4})make ([a-z]+)", document.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets


def test_the_readme_lists_every_command_and_is_short() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    listed = set()
    for row in re.findall(r"^\| `frontdoor ([^`]+)`", text, re.MULTILINE):
        name, _, rest = row.partition(" ")
        first = rest.partition(" ")[0].replace("\\", "")
        listed |= {name} | {f"{name} {part}" for part in first.split("|")}
    assert known_commands() - listed == set()
    assert len(text.splitlines()) <= LONGEST_README


def test_the_readmes_table_of_settings_is_the_products_own() -> None:
    assert table() in (ROOT / "README.md").read_text("utf-8"), "frontdoor settings prints the table that belongs there"


def test_the_table_can_be_had_on_the_command_line() -> None:
    command = [sys.executable, "-c", "from api.cli import main; main()", "settings"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == table()
