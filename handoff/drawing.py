"""The drawing: the legal changes of owner as a table and a picture, for docs/ownership.md.

`make docs` puts them into the document; a test holds that they are what the code obeys.
"""

import sys
from pathlib import Path

from handoff.ownership import MOVES, OWNERS, Owner

# What a reader calls each owner.
NAMES: dict[Owner, str] = {"bot": "the bot", "queue": "the queue", "agent": "one agent", "closed": "nobody: closed"}
BEGIN = "<!-- drawn from MOVES in handoff/ownership.py by `make docs`: do not edit by hand -->"
END = "<!-- end of what is drawn -->"


class NoPlace(ValueError):
    """A document has no place for the drawing."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} needs a line {BEGIN!r} and after it a line {END!r}: the drawing goes between them.")


def table() -> str:
    """Returns the legal moves as a Markdown table, in the order of the code."""
    rows = [f"| {NAMES[start]} | {NAMES[end]} | {meaning} |" for (start, end), meaning in MOVES.items()]
    return "\n".join(["| from | to | what happens |", "|---|---|---|", *rows])


def diagram() -> str:
    """Returns the legal moves as a Mermaid state diagram."""
    owners = [f"    state {NAMES[owner]!r} as {owner}".replace("'", '"') for owner in OWNERS]
    # A colon ends what Mermaid takes for the label's beginning, so none may stand in a label.
    moves = [f"    {start} --> {end}: {meaning.replace(':', ' -')}" for (start, end), meaning in MOVES.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *owners, "    [*] --> bot", *moves, "```"])


def drawn(document: str, file: Path) -> str:
    """Takes a document's text and its file; returns the text with the drawing in its place, or raises NoPlace."""
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise NoPlace(file)
    return f"{head}{BEGIN}\n\n{table()}\n\n{diagram()}\n\n{END}{tail}"


def main() -> None:
    """Takes documents on the command line; draws into each of them."""
    for name in sys.argv[1:]:
        file = Path(name)
        file.write_text(drawn(file.read_text("utf-8"), file), "utf-8")


if __name__ == "__main__":
    main()
