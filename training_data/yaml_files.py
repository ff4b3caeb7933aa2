"""YAML files with the line of everything in them, so that a mistake can be pointed at."""

import yaml

from training_data.problems import Problem


def compose(text: str, name: str) -> tuple[yaml.Node | None, list[Problem]]:
    """Takes the text of a YAML file and its name; returns its root, or None, and what is wrong with its form."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        return None, [Problem(name, mark.line + 1 if mark else 1, _sentence(problem))]
    except yaml.reader.ReaderError as problem:
        line = text.count("\n", 0, problem.position) + 1
        return None, [Problem(name, line, "a control character stands here; delete it, or type the line anew")]
    return root, _twice(root, name) if root else []


def _sentence(problem: yaml.MarkedYAMLError) -> str:
    what = problem.problem or "it cannot be read"
    if "'\\t'" in what:
        return "a tab stands where YAML wants spaces; indent the line with spaces"
    begun = problem.context_mark
    since = f" in what begins on line {begun.line + 1}" if begun and begun is not problem.problem_mark else ""
    return f"not valid YAML{since} ({what}); look at the indentation, colons and quotes here and on the line above"


def _twice(root: yaml.Node, name: str) -> list[Problem]:
    """Keys that are given twice in one block: Rasa refuses them, YAML itself would silently take the last."""
    found = []
    todo = [root]
    # An alias leads to a node that was seen already, or even to one that holds it.
    known: set[int] = set()
    while todo:
        node = todo.pop()
        if id(node) in known:
            continue
        known.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            todo += node.value
        elif isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                todo.append(value)
                first = seen.setdefault(plain(key), line_of(key))
                if first != line_of(key):
                    message = f"`{plain(key)}` is given twice in this block (first on line {first}); delete one"
                    found.append(Problem(name, line_of(key), message))
    return found


def block(node: yaml.Node) -> dict[str, tuple[int, yaml.Node]] | None:
    """Takes a node; returns its named values with the line of each name, or None when it is no such block."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return {plain(key): (line_of(key), value) for key, value in node.value}


def plain(node: yaml.Node) -> str:
    """Takes a node; returns its text as it was written, empty for lists, blocks and nothing."""
    if not isinstance(node, yaml.ScalarNode) or node.tag.endswith(":null"):
        return ""
    return str(node.value).strip()


def line_of(node: yaml.Node) -> int:
    """Takes a node; returns the line it begins on, from 1."""
    return int(node.start_mark.line) + 1
