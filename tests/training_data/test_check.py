"""The check tells everything that is wrong at once, each with its place, and leaves good data alone."""

from pathlib import Path

import pytest

from tests.training_data.folders import INTENTS, block, good, many, told
from training_data.agreement import FEWEST
from training_data.check import check, shown
from training_data.intents import declared
from training_data.problems import Problem

ROOT = Path(__file__).parents[2]


def test_the_data_that_ships_has_no_mistake() -> None:
    problems = check(ROOT / "training_data", declared(ROOT / "bot" / "domain" / "intents.yml"))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_good_data_is_taken_without_a_word(tmp_path: Path) -> None:
    files = {f"nlu/{language}/all.yml": good(language) for language in ("en", "zh", "ko")}
    assert told(tmp_path, {**files, "heldout/intents_en.csv": "text,label\nhello,greet\n"}) == []


def test_a_mistyped_intent_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    [(file, line, severity, message)] = told(
        tmp_path, {"nlu/en/a.yml": good("en").replace("intent: refund", "intent: refunds")}
    )
    assert (file, line, severity) == ("nlu/en/a.yml", 4 + FEWEST, "error")
    assert "'refunds'" in message and "did you mean 'refund'?" in message


def test_a_new_intent_is_told_where_it_is_declared(tmp_path: Path) -> None:
    [(_, _, _, message)] = told(tmp_path, {"nlu/en/a.yml": good("en") + many("appointment")})
    assert "bot/domain/intents.yml" in message and "did you mean" not in message


def test_an_intent_of_a_button_takes_no_examples(tmp_path: Path) -> None:
    [(_, _, _, message)] = told(tmp_path, {"nlu/en/a.yml": good("en") + many("choose_article")})
    assert "said by a button only" in message


@pytest.mark.parametrize("name", ["nlu/en/b.yaml", "nlu/en/b.json", "nlu/b.yml"])
def test_a_file_in_the_wrong_place_or_kind_is_told(tmp_path: Path, name: str) -> None:
    problems = told(tmp_path, {"nlu/en/a.yml": good("en"), name: "nlu:\n" + many("greet")})
    assert (name, "error") in {(file, severity) for file, _, severity, _ in problems}


def test_notes_beside_the_examples_are_a_warning_and_hidden_files_none(tmp_path: Path) -> None:
    files = {"nlu/en/a.yml": good("en"), "nlu/notes.txt": "todo", "nlu/en/.a.yml.swp": "x"}
    assert [(file, severity) for file, _, severity, _ in told(tmp_path, files)] == [("nlu/notes.txt", "warning")]


def test_a_folder_without_examples_is_told_with_its_setting(tmp_path: Path) -> None:
    [problem] = check(tmp_path, INTENTS)
    assert "FRONTDOOR_TRAINING_DIR" in problem.message


def test_everything_is_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = {
        "nlu/en/a.yml": good("en") + block("refunds", "x"),
        "nlu/ko/a.yml": good("ko") + "    - [a](b)\n    -\n",
        "nlu/zh/a.yml": "nlu: [\n",
        "heldout/intents_en.csv": "text,label\nhello,nobody\n",
    }
    found = told(tmp_path, files)
    assert [file for file, _, _, _ in found] == [
        "heldout/intents_en.csv",
        "nlu/en/a.yml",
        "nlu/ko/a.yml",
        "nlu/ko/a.yml",
        "nlu/zh/a.yml",
    ]


def test_a_problem_is_one_line_that_an_editor_can_open() -> None:
    assert str(Problem("a.yml", 3, "wrong")) == "a.yml:3: wrong"
    assert str(Problem("a.yml", 3, "odd", "warning")) == "a.yml:3: warning: odd"


def test_a_path_is_shown_as_short_as_it_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "nlu" / "a.yml"
    assert shown(file) == str(file)
    monkeypatch.chdir(tmp_path)
    assert shown(file) == "nlu/a.yml"
