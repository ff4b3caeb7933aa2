"""Examples are read as the bot reads them, and what it would misread is pointed at."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing
from training_data.examples import read_file

ROOT = Path(__file__).parents[2]
BOT_PYTHON = Path(os.environ.get("FRONTDOOR_BOT_PYTHON", ROOT / "bot" / ".venv" / "bin" / "python"))
HEAD = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n'
#: How the examples of a file are written, and whether it can be read at all.
READABLE = {
    "block": HEAD + "    - hi\n    - good morning\n",
    "blank lines": HEAD + "\n    - hi\n\n    - ho\n\n",
    "no space": HEAD + "    -hi\n",
    "windows": (HEAD + "    - hi\n    - ho\n").replace("\n", "\r\n"),
    "signs": HEAD + "    - what? {x} ${HOME} \"q\" 'p' # no comment: yes\n    - - dash\n    - 50% [off]\n",
    "cjk": HEAD + "    - 退款，谢谢！\n    - 환불해 주세요\n",
    "no version": HEAD.partition("\n")[2] + "    - hi\n",
    "a list": 'version: "3.1"\nnlu:\n- intent: greet\n  examples:\n  - text: |\n      hi\n  - text: ho\n',
    "quoted": 'nlu:\n- intent: greet\n  examples: "- hi\\n- ho"\n',
    "two blocks": HEAD + "    - hi\n- intent: goodbye\n  metadata: {a: 1}\n  examples: |\n    - bye\n- intent: greet\n"
    "  examples: |\n    - ho\n",
}
WRONG = [
    ("nlu:\n- intent: greet\n  examples: |\n    - hi\n  - ho\n", 5, "not valid YAML"),
    ("nlu:\n- intent: 'greet\n", 3, "not valid YAML in what begins on line 2"),
    ("nlu:\n\t- intent: greet\n", 2, "a tab stands where YAML wants spaces"),
    ("nlu:\n- intent: greet\n  examples: |\n    - \x07\n", 4, "a control character"),
    ("", 1, "the file is empty"),
    ("- hi\n- ho\n", 1, "does not begin with `nlu:`"),
    ("\nintents:\n- greet\n", 2, "does not begin with `nlu:`"),
    ("nlu:\n  greet: hi\n", 1, "a list is wanted"),
    ("nlu:\n", 1, "a list is wanted"),
    ("nlu:\n- hi\n", 2, "this is not a block"),
    ("nlu: &all\n- *all\n", 1, "this is not a block"),
    ('version: "4.0"\n' + HEAD.partition("\n")[2] + "    - hi\n", 1, "version '4.0' would not be read"),
    (HEAD + "    - hi\nrules:\n- rule: x\n", 6, "`rules` does not belong here"),
    ("nlu:\n- examples: |\n    - hi\n", 2, "block 1 does not name its intent"),
    ("nlu:\n- intent:\n  examples: |\n    - hi\n", 2, "block 1 does not name its intent"),
    ("nlu:\n- intent: greet\n", 2, "has no examples"),
    ("nlu:\n- intent: greet\n  exmaples: |\n    - hi\n", 3, "`exmaples` means nothing here"),
    ("nlu:\n- intent: greet\n  examples:\n    - hi\n    - ho\n", 3, "write `examples: |`"),
    ("nlu:\n- intent: greet\n  examples: >\n    - hi\n    - ho\n", 3, "write `examples: |`"),
    ("nlu:\n- intent: greet\n  examples: |\n", 3, "has no examples"),
    (HEAD + "    - hi\n  intent: goodbye\n", 6, "`intent` is given twice in this block (first on line 3)"),
    (HEAD + "    - hi\n    ho\n", 6, "this line would not be learnt"),
    (HEAD + "    - hi\n      - deeper\n", 6, "this line would not be learnt"),
    (HEAD + "    - hi\n    # note\n", 6, "a # is no comment here"),
    (HEAD + "    - hi\n    * ho\n", 6, "begin it with `- `"),
    (HEAD + "    - hi\n    -\n", 6, "this example is empty"),
    (HEAD + "    - hi\n    - \u200b\n", 6, "this example is empty"),
    (HEAD + "    - hi\n    - see [this](link) please\n", 6, "`[this](`"),
    (HEAD + '    - hi\n    - to [Rome]{"entity": "city"}\n', 6, "`[Rome]{`"),
    (HEAD + "    - hi\n    - a\tb\n", 6, "a tab stands in this example"),
    (HEAD + "    - hi\n    - /restart\n", 6, "read as a command"),
    (HEAD + "    - hi\n    - caf\ufffd\n", 6, "lost in a wrong encoding"),
]


def written(tmp_path: Path, content: str) -> Path:
    file = tmp_path / "a.yml"
    file.write_bytes(content.encode())
    return file


@pytest.mark.parametrize(("content", "line", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_a_mistake_is_pointed_at_with_its_line(tmp_path: Path, content: str, line: int, words: str) -> None:
    problems = read_file(written(tmp_path, content), "a.yml", "en").problems
    assert [problem.line for problem in problems if words in problem.message] == [line], problems
    assert {problem.severity for problem in problems} == {"error"}


def test_all_mistakes_are_told_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    content = HEAD + "    - hi\n    ho\n    -\n    - [a](b)\n- intent: goodbye\n  examples: |\n    - bye\n"
    found = read_file(written(tmp_path, content), "a.yml", "en")
    assert [problem.line for problem in found.problems] == [6, 7, 8]
    assert [(e.text, e.intent, e.line) for e in found.examples] == [("hi", "greet", 5), ("bye", "goodbye", 11)]


def test_each_example_knows_its_line(tmp_path: Path) -> None:
    found = read_file(written(tmp_path, HEAD + "\n    - hi\n\n    - ho\n"), "a.yml", "en")
    assert [(e.text, e.line) for e in found.examples] == [("hi", 6), ("ho", 8)]


def test_what_the_bot_makes_no_use_of_is_a_warning(tmp_path: Path) -> None:
    content = "nlu:\n- synonym: mail\n  examples: |\n    - e-mail\n"
    [problem] = read_file(written(tmp_path, content), "a.yml", "en").problems
    assert (problem.line, problem.severity) == (2, "warning")


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE)
def test_what_can_be_read_is_read_without_a_word(tmp_path: Path, content: str) -> None:
    found = read_file(written(tmp_path, content), "a.yml", "en")
    assert found.problems == [] and found.examples


#: Rasa's own reader over a folder: file name to (text, intent) pairs.
ORACLE = """
import json, pathlib, sys, warnings
warnings.simplefilter("ignore")
from rasa.shared.nlu.training_data.loading import load_data
read = {}
for file in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    examples = load_data(str(file)).training_examples
    read[file.relative_to(sys.argv[1]).as_posix()] = [(e.get("text"), e.get("intent")) for e in examples]
print("READ" + json.dumps(read))
"""


def rasa_reads(folder: Path) -> dict[str, list[list[str]]]:
    if not BOT_PYTHON.is_file():
        missing(f"the bot's own environment is not there: {BOT_PYTHON} (make setup)")
    done = subprocess.run(
        [str(BOT_PYTHON), "-c", ORACLE, str(folder)], capture_output=True, text=True, timeout=300, check=True
    )
    read: dict[str, list[list[str]]] = json.loads(done.stdout.rpartition("READ")[2])
    return read


@pytest.mark.rasa
def test_rasa_reads_the_same_in_every_form(tmp_path: Path) -> None:
    for name, content in READABLE.items():
        (tmp_path / f"{name}.yml").write_bytes(content.encode())
    found = rasa_reads(tmp_path)
    assert len(found) == len(READABLE)
    for name, read in found.items():
        ours = read_file(tmp_path / name, name, "en").examples
        assert [[e.text, e.intent] for e in ours] == read, name


@pytest.mark.rasa
def test_rasa_reads_the_same_of_the_examples_that_ship() -> None:
    folder = ROOT / "training_data" / "nlu"
    found = rasa_reads(folder)
    assert len(found) == len(list(folder.rglob("*.yml")))
    for name, read in found.items():
        ours = read_file(folder / name, name, "en").examples
        assert [[e.text, e.intent] for e in ours] == read, name
