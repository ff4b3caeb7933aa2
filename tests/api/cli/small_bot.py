"""A small bot: stands where the bot's Python stands, and learns and reads by counting words instead of by Rasa.

Called as the bot's Python is: with a probe, with bot/train.py, or with bot/evaluate.py. SMALL_BOT_FAILS names the one
that is to fail; SMALL_BOT_LOG is where each call is noted.
"""

import csv
import json
import os
import sys
from pathlib import Path


def words(text: str) -> set[str]:
    return set(text.lower().split())


def learn(folder: Path, file: Path) -> None:
    sys.stdout.write('{"step": "learning", "seconds": 1}\n')
    taught, intent = [], ""
    for nlu in sorted(folder.rglob("*.yml")):
        for line in nlu.read_text("utf-8").splitlines():
            if line.startswith("- intent: "):
                intent = line.removeprefix("- intent: ")
            elif line.startswith("    - "):
                taught.append((line.removeprefix("    - "), intent))
    file.write_text(json.dumps(taught), "utf-8")


def read(model: Path, test: Path, out: Path) -> None:
    taught = json.loads(model.read_text("utf-8"))
    rows = []
    with test.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            best, intent = max(taught, key=lambda example: len(words(example[0]) & words(row["text"])))
            found = bool(words(best) & words(row["text"]))
            rows.append({**row, "predicted": intent, "rejected": not found, "nearest": best if found else None})
    out.write_text(json.dumps({"rows": rows, "parse_ms": []}), "utf-8")


def main() -> int:
    if sys.argv[1] == "-c":
        sys.stdout.write("3.10 3.6.21\n")
        return 0
    what = Path(sys.argv[1]).stem
    given = dict(zip(sys.argv[2::2], map(Path, sys.argv[3::2]), strict=True))
    with Path(os.environ["SMALL_BOT_LOG"]).open("a") as log:
        log.write(f"{what}\n")
    if os.environ.get("SMALL_BOT_FAILS") == what:
        sys.stderr.write("there is not enough memory\n")
        return 3
    if what == "train":
        learn(given["--examples"], given["--out"])
    else:
        read(given["--model"], given["--test"], given["--out"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
