"""What no single line shows is found: too few examples, sentences that say two things, and what is taught and asked."""

from pathlib import Path

from tests.training_data.folders import block, data, good, many, told
from training_data.agreement import FEWEST


def test_too_few_examples_are_told_where_the_intent_stands(tmp_path: Path) -> None:
    content = "nlu:\n" + many("greet") + many("refund", count=FEWEST - 2) + many("out_of_scope")
    [(file, line, severity, message)] = told(tmp_path, {"nlu/en/a.yml": content})
    assert (file, line, severity) == ("nlu/en/a.yml", 4 + FEWEST, "error")
    assert f"{FEWEST - 2} examples of 'refund'" in message and "write 2 more" in message


def test_the_same_sentence_in_two_spellings_is_one_example(tmp_path: Path) -> None:
    content = "nlu:\n" + many("greet") + many("out_of_scope") + block("refund", *(["A refund", "a  refund"] * 3))
    assert any("1 example of 'refund'" in message for _, _, _, message in told(tmp_path, {"nlu/en/a.yml": content}))


def test_an_intent_that_a_language_says_nothing_about_is_told(tmp_path: Path) -> None:
    content = "nlu:\n" + many("greet", "ko") + many("out_of_scope", "ko")
    [(file, line, _, message)] = told(tmp_path, {"nlu/en/a.yml": good("en"), "nlu/ko/a.yml": content})
    assert (file, line) == ("nlu/ko/a.yml", 1) and "ko has no examples of 'refund'" in message


def test_examples_of_an_intent_may_stand_in_several_files(tmp_path: Path) -> None:
    files = {"nlu/en/a.yml": "nlu:\n" + many("greet", count=3) + many("refund") + many("out_of_scope")}
    assert told(tmp_path, {**files, "nlu/en/b.yml": "nlu:\n" + block("greet", "hi", "hello")}) == []


def test_a_file_that_cannot_be_read_is_not_taken_for_missing_examples(tmp_path: Path) -> None:
    [(file, _, _, message)] = told(tmp_path, {"nlu/en/a.yml": "nlu:\n- intent: 'greet\n"})
    assert file == "nlu/en/a.yml" and "not valid YAML" in message


def test_a_sentence_under_two_intents_is_told_with_both_places(tmp_path: Path) -> None:
    files = {
        "nlu/en/a.yml": good("en") + block("greet", "Money back"),
        "nlu/en/b.yml": "nlu:\n" + block("refund", "money BACK"),
    }
    [(file, line, severity, message)] = told(tmp_path, files)
    assert (file, line, severity) == ("nlu/en/b.yml", 4, "error")
    assert f"{tmp_path}/nlu/en/a.yml:{1 + 3 * (FEWEST + 2) + 3}" in message


def test_the_same_sentence_in_two_languages_may_mean_two_things(tmp_path: Path) -> None:
    files = {"nlu/en/a.yml": good("en") + block("greet", "ok"), "nlu/ko/a.yml": good("ko") + block("refund", "ok")}
    assert told(tmp_path, files) == []


def test_a_sentence_that_stands_twice_is_a_warning(tmp_path: Path) -> None:
    [(_, line, severity, message)] = told(tmp_path, {"nlu/en/a.yml": good("en") + block("greet", "hi", "Hi")})
    assert (line, severity) == (1 + 3 * (FEWEST + 2) + 4, "warning") and "twice" in message


def test_unknown_labels_of_held_out_rows_are_told(tmp_path: Path) -> None:
    rows = "text,label\nhello,greet\nmoney back,refunds\nweather,out_of_scope\nodd,__out_of_scope__\nx,zzz\n"
    found = told(tmp_path, {"nlu/en/a.yml": good("en"), "heldout/intents_en.csv": rows})
    assert [(line, severity) for _, line, severity, _ in found] == [(3, "error"), (4, "error"), (6, "error")]
    assert "did you mean 'refund'?" in found[0][3]
    assert "did you mean '__out_of_scope__'?" in found[1][3]


def test_a_held_out_sentence_that_is_taught_is_a_warning_and_known_as_such(tmp_path: Path) -> None:
    files = {"nlu/en/a.yml": good("en"), "heldout/intents_en.csv": "text,label\nEN greet 0,greet\nhello,greet\n"}
    found = data(tmp_path, files)
    [problem] = found.problems
    assert (problem.line, problem.severity) == (2, "warning")
    assert "nlu/en/a.yml:4" in problem.message
    assert [found.teaches(row.text) for row in found.rows] == [True, False]


def test_a_held_out_sentence_with_two_labels_is_an_error(tmp_path: Path) -> None:
    rows = "text,label\nhello,greet\nhello,greet\nHello,refund\n"
    found = told(tmp_path, {"nlu/en/a.yml": good("en"), "heldout/intents_en.csv": rows})
    assert [(line, severity) for _, line, severity, _ in found] == [(3, "warning"), (4, "error")]
