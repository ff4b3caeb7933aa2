"""YAML is read with the line of everything, whatever a person may have done to it."""

import pytest
import yaml

from training_data.yaml_files import block, compose, line_of, plain


def test_values_keep_their_text_and_their_line() -> None:
    root, problems = compose("a: NO\nb:\n- 22:00\n- ~\n", "x.yml")
    assert root is not None and problems == []
    parts = block(root)
    assert parts is not None
    line, value = parts["b"]
    assert (line, line_of(value)) == (2, 3)
    assert plain(parts["a"][1]) == "NO"
    assert isinstance(value, yaml.SequenceNode) and [plain(node) for node in value.value] == ["22:00", ""]


def test_what_is_no_block_is_none_and_what_is_no_text_is_empty() -> None:
    root, _ = compose("- a\n", "x.yml")
    assert root is not None and block(root) is None and plain(root) == ""


def test_a_file_that_holds_itself_is_read_to_its_end() -> None:
    root, problems = compose("a: &a\n  b: *a\n", "x.yml")
    assert root is not None and problems == []


@pytest.mark.parametrize("text", ["", "# only a note\n"])
def test_an_empty_file_is_nothing_and_no_mistake(text: str) -> None:
    assert compose(text, "x.yml") == (None, [])


def test_a_key_given_twice_is_told_wherever_it_is() -> None:
    _, problems = compose("a:\n- b: 1\n  c: 2\n  b: 3\nd: 1\nd: 2\n", "x.yml")
    assert sorted((problem.line, problem.message) for problem in problems) == [
        (4, "`b` is given twice in this block (first on line 2); delete one"),
        (6, "`d` is given twice in this block (first on line 5); delete one"),
    ]
