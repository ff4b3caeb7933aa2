"""The drawing: the packet's fields as a JSON schema and as tables, for docs/packet.md.

`make docs` writes both; a test holds that they are what the code makes.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoff.packet.document import VERSION, Packet
from handoff.packet.json_form import listed, schema_of

BEGIN = "<!-- drawn from handoff/packet/document.py by `make docs`: do not edit by hand -->"
END = "<!-- end of what is drawn -->"


class NoPlace(ValueError):
    """A document has no place for the tables."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} needs a line {BEGIN!r} and after it a line {END!r}: the tables go between them.")


def schema() -> dict[str, Any]:
    """Returns the JSON schema of the packet."""
    major = VERSION.partition(".")[0]
    whole = schema_of(Packet, id_=f"urn:frontdoor:packet:{major}", title=f"Frontdoor packet, version {VERSION}")
    whole["properties"]["version"]["pattern"] = rf"^{major}\.[0-9]+$"
    whole["properties"]["telling"]["maxItems"] = 3
    return whole


def schema_text() -> str:
    """Returns the schema as docs/packet.schema.json has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def tables() -> str:
    """Returns the packet and each of its parts as Markdown tables."""
    whole = schema()
    parts = [_table("Packet", whole), *(_table(name, part) for name, part in whole["$defs"].items())]
    return "\n\n".join(parts)


def drawn(document: str, file: Path) -> str:
    """Takes a document's text and its file; returns the text with the tables in their place, or raises NoPlace."""
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise NoPlace(file)
    return f"{head}{BEGIN}\n\n{tables()}\n\n{END}{tail}"


def _table(name: str, part: Mapping[str, Any]) -> str:
    rows = [f"| `{field}` | {kind} | {says} |" for field, kind, says in listed(part)]
    return "\n".join(
        [f"### {name}", "", part["description"], "", "| field | kind | what it says |", "|---|---|---|", *rows]
    )


def main() -> None:
    """Takes files on the command line; writes the schema into those that end in .json, the tables into the others."""
    for name in sys.argv[1:]:
        file = Path(name)
        if file.suffix == ".json":
            file.write_text(schema_text(), "utf-8")
        else:
            file.write_text(drawn(file.read_text("utf-8"), file), "utf-8")


if __name__ == "__main__":
    main()
