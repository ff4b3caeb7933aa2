"""Held-out files: each row is read whole, and a broken one is pointed at where it begins."""

from pathlib import Path

import pytest

from training_data.heldout import HeldOut, files, fingerprint, read_file


def told(tmp_path: Path, content: str) -> HeldOut:
    file = tmp_path / "intents_en.csv"
    file.write_bytes(content.encode())
    return read_file(file, "intents_en.csv", "en")


def test_rows_are_read_with_the_line_they_begin_on(tmp_path: Path) -> None:
    found = told(tmp_path, 'text,label\nhi,greet\n"two\nlines, ""quoted""",ask_kb\r\n\n退款,refund\n')
    assert found.problems == []
    assert [(row.line, row.text, row.label) for row in found.rows] == [
        (2, "hi", "greet"),
        (3, 'two\nlines, "quoted"', "ask_kb"),
        (6, "退款", "refund"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("hi,greet\n", 1, "must be `text,label`"),
        ("label,text\ngreet,hi\n", 1, "must be `text,label`"),
        ("text,label\nhi, there,greet\n", 2, "3 cells instead of 2"),
        ("text,label\nhi\n", 2, "the label is missing"),
        ("text,label\nhi,\n", 2, "the label is missing"),
        ("text,label\n ,greet\n", 2, "the text is empty"),
        ('text,label\nhi,greet\n"never closed,greet\nmore,greet\n', 3, "not valid CSV"),
        ('text,label\nhi,greet\n"a" b,greet\n', 3, "not valid CSV"),
    ],
)
def test_a_broken_row_is_pointed_at(tmp_path: Path, content: str, line: int, words: str) -> None:
    [problem] = told(tmp_path, content).problems
    assert problem.line == line and words in problem.message


def test_only_a_line_break_ends_a_row(tmp_path: Path) -> None:
    found = told(tmp_path, "text,label\none\u2028two,greet\n")
    assert found.problems == [] and [row.text for row in found.rows] == ["one\u2028two"]


def test_one_broken_row_costs_only_itself(tmp_path: Path) -> None:
    found = told(tmp_path, "text,label\nhi\nhello,greet\nbye,\nho,greet\n")
    assert [problem.line for problem in found.problems] == [2, 4]
    assert [row.text for row in found.rows] == ["hello", "ho"]


def test_the_language_is_in_the_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("intents_ko.csv", "intents_en.csv", "answers_en.jsonl", "notes.csv"):
        (tmp_path / name).write_text("text,label\n")
    assert [(file.name, language) for file, language in files(tmp_path)] == [
        ("intents_en.csv", "en"),
        ("intents_ko.csv", "ko"),
    ]


def test_only_what_is_asked_and_expected_counts_for_the_fingerprint(tmp_path: Path) -> None:
    rows = told(tmp_path, "text,label\nhi,greet\nbye,goodbye\n").rows
    moved = told(tmp_path, "text,label\n\nhi,greet\n\nbye,goodbye\n").rows
    changed = told(tmp_path, "text,label\nhi,greet\nbye,greet\n").rows
    assert fingerprint(rows) == fingerprint(moved)
    assert len({fingerprint(rows), fingerprint(changed), fingerprint(rows[:1])}) == 3
