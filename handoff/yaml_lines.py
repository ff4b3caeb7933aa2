"""Settings files with line numbers, so that a mistake in one can be pointed at."""

from dataclasses import dataclass
from pathlib import Path

import yaml


class ConfigError(ValueError):
    """A settings file says something that cannot be used."""

    def __init__(self, path: Path, line: int | None, field: str, problem: str, allowed: str = "") -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(
            f"{where}: {f'{field}: ' if field else ''}{problem}.{f' Allowed: {allowed}.' if allowed else ''}"
        )
        self.path = path
        self.line = line
        self.field = field


@dataclass(frozen=True)
class Value:
    """A value in a settings file, with its line and the name of the field it belongs to.

    A single value is kept as the text that was written: YAML itself would turn `NO` (Norway)
    into false and `22:00` into a number.
    """

    path: Path
    line: int
    field: str
    content: "str | list[Value] | dict[str, Value]"

    def wrong(self, problem: str, allowed: str = "") -> ConfigError:
        """Takes what is wrong and what would be right; returns the error that points here."""
        return ConfigError(self.path, self.line, self.field, problem, allowed)

    def text(self, allowed: str) -> str:
        """Returns the value as text, or raises when it is a list or a block."""
        if not isinstance(self.content, str) or not self.content:
            raise self.wrong("a single value is expected", allowed)
        return self.content

    def items(self, allowed: str) -> "list[Value]":
        """Returns the values of a list; a single value counts as a list of one, nothing as an empty one."""
        if isinstance(self.content, list):
            return self.content
        if isinstance(self.content, str):
            return [self] if self.content else []
        raise self.wrong("a list is expected", allowed)

    def block(self, allowed: str) -> "dict[str, Value]":
        """Returns the named values of a block; nothing counts as an empty one."""
        if isinstance(self.content, dict):
            return self.content
        if self.content == "":
            return {}
        raise self.wrong("a block of named values is expected", allowed)


def read_values(path: Path) -> Value:
    """Takes the path of a YAML file; returns its values with their lines, or raises ConfigError."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except OSError as error:
        raise ConfigError(path, None, "", f"the file cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, None, "", "the file is not UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(path, line, "", f"not valid YAML ({error.problem})") from error
    except yaml.YAMLError as error:
        raise ConfigError(path, None, "", f"not valid YAML ({error})") from error
    if root is None:
        raise ConfigError(path, None, "", "the file is empty")
    return _value(path, root, "")


def _value(path: Path, node: yaml.Node, field: str) -> Value:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        block: dict[str, Value] = {}
        for key, child in node.value:
            name = str(key.value)
            inner = f"{field}.{name}" if field else name
            if name in block:
                raise ConfigError(path, key.start_mark.line + 1, inner, "given twice")
            found = _value(path, child, inner)
            # An empty value is marked where the next thing begins; the key is where a person looks.
            block[name] = Value(path, key.start_mark.line + 1, inner, found.content)
        return Value(path, line, field, block)
    if isinstance(node, yaml.SequenceNode):
        return Value(path, line, field, [_value(path, child, field) for child in node.value])
    text = "" if node.tag.endswith(":null") else str(node.value)
    return Value(path, line, field, text)
