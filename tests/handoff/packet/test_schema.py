"""The schema in the docs is the code's, and a packet is what the schema says."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from handoff.packet.document import VERSION
from handoff.packet.drawing import BEGIN, END, NoPlace, drawn, schema, schema_text, tables
from handoff.packet.json_form import NoSchema, json_form, schema_of
from handoff.packet.parts import Evidence
from tests.handoff.packet.making import a_packet, full

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT, SCHEMA = ROOT / "docs" / "packet.md", ROOT / "docs" / "packet.schema.json"


def check(packet: object) -> None:
    """Raises ValidationError unless the packet is what the schema in the docs says."""
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")), format_checker=FormatChecker()).validate(packet)


def test_the_documents_say_what_the_code_makes() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), "run `make docs`"
    assert drawn(DOCUMENT.read_text("utf-8"), DOCUMENT) == DOCUMENT.read_text("utf-8"), "run `make docs`"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_a_packet_is_what_the_schema_says(language: str) -> None:
    check(json.loads(json.dumps(full(language).to_dict(), allow_nan=False)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", "2.0"),
        ("epoch", "two"),
        ("made_at", None),
        ("telling", [{"seq": 1, "text": "a", "why": "problem"}] * 4),
        ("reason", {"code": "anger", "words": "", "source": "a guess", "at": None}),
        ("given", [{"field": "email", "value": 5, "status": "claimed", "said": "", "seq": 1}]),
    ],
)
def test_what_is_no_packet_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        check({**a_packet().to_dict(), field: value})


def test_a_field_that_is_missing_is_refused_and_one_that_is_new_is_let_pass() -> None:
    packet = a_packet().to_dict()
    check({**packet, "added_later": 1})
    del packet["opening"]
    with pytest.raises(ValidationError, match="opening"):
        check(packet)


def test_numbers_that_are_none_never_reach_json() -> None:
    form = json_form(Evidence(1, "anger", float("nan"), "x"))
    assert form["weight"] == 0.0
    assert json_form(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00+00:00"


def test_every_field_has_its_row_in_the_document() -> None:
    rows = tables()
    assert f"version {VERSION}" in schema()["title"]
    for part in (schema(), *schema()["$defs"].values()):
        assert part["description"] in rows
        assert all(f"| `{field}` |" in rows for field in part["properties"])


def test_a_field_of_an_unknown_kind_is_refused() -> None:
    @dataclass
    class Odd:
        """Odd."""

        what: bytes

    with pytest.raises(NoSchema, match="bytes"):
        schema_of(Odd, id_="x", title="x")


def test_the_command_writes_both_and_leaves_the_rest(tmp_path: Path) -> None:
    page, file = tmp_path / "page.md", tmp_path / "packet.schema.json"
    page.write_text(f"before\n{BEGIN}\nwhat was there\n{END}\nafter\n", "utf-8")
    subprocess.run([sys.executable, "-m", "handoff.packet.drawing", str(page), str(file)], cwd=ROOT, check=True)
    text = page.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "what was there" not in text
    assert tables() in text
    assert file.read_text("utf-8") == schema_text()


def test_a_document_without_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPlace, match=r"page\.md needs a line"):
        drawn("nothing", tmp_path / "page.md")
