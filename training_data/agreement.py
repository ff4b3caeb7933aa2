"""Agreement: what no single line shows, such as a sentence under two intents, or a matter with hardly an example."""

from collections import defaultdict
from collections.abc import Collection

from training_data.examples import Example, NluFile
from training_data.heldout import Row
from training_data.intents import OUT_OF_SCOPE, OUT_OF_SCOPE_MARK, nearest
from training_data.problems import Problem
from training_data.sameness import plain

#: Below this many different examples an intent is read by luck: three rounds of cross-validation, which set how sure
#: the bot has to be, would ask about it once or not at all.
FEWEST = 5


def too_few(files: list[NluFile], intents: Collection[str]) -> list[Problem]:
    """Takes all files; returns the intents a language says too little about.

    Silent where part of a language could not be read: what is missed may stand there.
    """
    problems = []
    for language in sorted({file.language for file in files} - {""}):
        own = [file for file in files if file.language == language]
        if not all(file.whole for file in own):
            continue
        places: dict[str, tuple[str, int]] = {}
        counts: dict[str, set[str]] = defaultdict(set)
        for file in own:
            for name, line in file.intents:
                places.setdefault(name, (file.name, line))
            for example in file.examples:
                counts[example.intent].add(plain(example.text))
        mistyped = {nearest(name, intents) for name in places if name not in intents}
        for intent in sorted(set(intents) - (mistyped - set(places))):
            count = len(counts[intent])
            if count < FEWEST:
                where = places.get(intent, (own[0].name, 1))
                message = (
                    f"{language} has {count or 'no'} example{'s' * (count != 1)} of {intent!r}, "
                    f"at least {FEWEST} are needed; write {FEWEST - count} more"
                )
                problems.append(Problem(*where, message))
    return problems


def repeated(examples: list[Example]) -> list[Problem]:
    """Takes all examples; returns those that stand twice in a language: an error under two intents, else a warning."""
    problems = []
    first: dict[tuple[str, str], Example] = {}
    for example in examples:
        key = (example.language, plain(example.text))
        before = first.setdefault(key, example)
        if before is example:
            continue
        where = f"{before.file}:{before.line}"
        if before.intent == example.intent:
            message = f"{example.text!r} stands under {example.intent!r} twice, first at {where}; delete one"
            problems.append(Problem(example.file, example.line, message, "warning"))
        else:
            message = f"{example.text!r} is {example.intent!r} here and {before.intent!r} at {where}; keep one"
            problems.append(Problem(example.file, example.line, message))
    return problems


def held_out(rows: list[Row], examples: list[Example], intents: Collection[str]) -> list[Problem]:
    """Takes held-out rows, examples and intents; returns unknown labels, rows that are taught, and rows given twice."""
    problems = []
    labels = (set(intents) - {OUT_OF_SCOPE}) | {OUT_OF_SCOPE_MARK}
    taught = {plain(example.text): example for example in reversed(examples)}
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row.label not in labels:
            meant = nearest(row.label, labels)
            hint = f"did you mean {meant!r}?" if meant else f"take an intent or {OUT_OF_SCOPE_MARK}"
            problems.append(Problem(row.file, row.line, f"there is no label {row.label!r}; {hint}"))
        if example := taught.get(plain(row.text)):
            message = (
                f"{row.text!r} is also taught, at {example.file}:{example.line}; it is not measured. "
                "Take it out of one of the two"
            )
            problems.append(Problem(row.file, row.line, message, "warning"))
        before = first.setdefault((row.language, plain(row.text)), row)
        if before is not row:
            contrary = before.label != row.label
            message = f"{row.text!r} stands on line {before.line} already" + (
                f" with the label {before.label!r}; keep one" if contrary else "; delete one"
            )
            problems.append(Problem(row.file, row.line, message, "error" if contrary else "warning"))
    return problems
