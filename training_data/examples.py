"""Examples: how customers put a matter, as the support team writes them down in NLU files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from training_data import text_files, yaml_files
from training_data.problems import Problem
from training_data.sentences import faults
from training_data.yaml_files import line_of

VERSIONS = ("3.1", "3.0", "2.0")
#: What Rasa could read in such a file, and this bot makes no use of.
UNUSED = ("synonym", "regex", "lookup")


@dataclass(frozen=True)
class Example:
    """One sentence, the intent it stands under, and where."""

    text: str
    intent: str
    language: str
    file: str
    line: int


@dataclass
class NluFile:
    """What was read of one file. ``whole`` is False when part of it could not be read, so that more may be in it."""

    name: str
    language: str
    examples: list[Example] = field(default_factory=list)
    #: Each place where an intent is named: (name, line).
    intents: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True

    def wrong(self, line: int, message: str) -> None:
        """Notes an error at a line; what stands there is not learnt."""
        self.problems.append(Problem(self.name, line, message))


def read_file(file: Path, name: str, language: str) -> NluFile:
    """Takes an NLU file, the name it is shown by and its language; returns all that could be read of it."""
    found = NluFile(name, language)
    text, problems = text_files.read(file, name)
    found.problems += problems
    if text is None:
        found.whole = False
        return found
    root, problems = yaml_files.compose(text, name)
    found.problems += problems
    if root is None:
        found.whole = bool(not problems)
        if not problems:
            found.wrong(1, "the file is empty; delete it, or write `nlu:` and its examples")
        return found
    for number, item in enumerate(_items(found, root), 1):
        _read_item(found, item, number)
    return found


def _items(found: NluFile, root: yaml.Node) -> Iterator[yaml.Node]:
    parts = yaml_files.block(root)
    if parts is None or "nlu" not in parts:
        found.whole = False
        found.wrong(line_of(root), "the file does not begin with `nlu:`; put its examples below a line `nlu:`")
        return
    for key, (line, value) in parts.items():
        if key == "version" and yaml_files.plain(value) not in VERSIONS:
            found.whole = False
            found.wrong(line, f'version {yaml_files.plain(value)!r} would not be read; write `version: "3.1"`')
        elif key not in ("version", "nlu"):
            found.wrong(line, f"`{key}` does not belong here; a file of examples holds `version` and `nlu` only")
    line, blocks = parts["nlu"]
    if not isinstance(blocks, yaml.SequenceNode):
        found.whole = False
        found.wrong(line, "below `nlu:` a list is wanted; begin each block with `- intent: name`")
        return
    yield from blocks.value


def _read_item(found: NluFile, item: yaml.Node, number: int) -> None:
    parts = yaml_files.block(item)
    if parts is None:
        found.whole = False
        return found.wrong(line_of(item), "this is not a block; write `- intent: name` and below it `examples: |`")
    if unused := next((key for key in UNUSED if key in parts), None):
        found.problems.append(
            Problem(found.name, parts[unused][0], f"this bot makes no use of `{unused}`; delete the block", "warning")
        )
        return None
    for key, (line, _) in parts.items():
        if key not in ("intent", "examples", "metadata"):
            found.whole = False
            found.wrong(line, f"`{key}` means nothing here; a block has `intent` and `examples`")
    line, name = parts.get("intent", (line_of(item), None))
    intent = yaml_files.plain(name) if name else ""
    if not intent:
        found.whole = False
        return found.wrong(line, f"block {number} does not name its intent; begin it with `- intent: name`")
    found.intents.append((intent, line))
    if "examples" not in parts:
        return found.wrong(line, f"intent {intent!r} has no examples; write `examples: |` and a line `- …` for each")
    _read_examples(found, intent, *parts["examples"])
    return None


def _read_examples(found: NluFile, intent: str, at: int, node: yaml.Node) -> None:
    sentences = list(_sentences(found, at, node))
    for line, text in sentences:
        problems = faults(text)
        for message in problems:
            found.wrong(line, message)
        if not problems:
            found.examples.append(Example(text, intent, found.language, found.name, line))
    if not sentences and found.whole:
        found.wrong(at, f"intent {intent!r} has no examples; write a line `- …` for each below `examples: |`")


def _sentences(found: NluFile, at: int, node: yaml.Node) -> Iterator[tuple[int, str]]:
    """(line, sentence) of each example, in both forms Rasa reads: lines of a block, and a list of `text:`."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            parts = yaml_files.block(item)
            if parts is None or "text" not in parts:
                found.whole = False
                return found.wrong(at, "the examples are read only after a bar: write `examples: |` on this line")
            line, text = parts["text"]
            yield line, yaml_files.plain(text)
        return None
    if not isinstance(node, yaml.ScalarNode) or node.style == ">":
        found.whole = False
        return found.wrong(at, "the examples are read only after a bar: write `examples: |` on this line")
    # A literal block begins on the line after its bar; anything else on the line it stands on.
    first = line_of(node) + (1 if node.style == "|" else 0)
    for line, written in enumerate(node.value.splitlines(), first):
        if not written.strip():
            continue
        if not written.startswith("-"):
            hint = "; a # is no comment here, delete the line" if written.lstrip().startswith("#") else ""
            found.wrong(line, f"this line would not be learnt; begin it with `- `, as far left as the others{hint}")
        else:
            yield line, written[1:].strip(" \n\r")
    return None
