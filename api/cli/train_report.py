"""The report of a training: what the new model reads better and worse, by language and by intent."""

from rich.table import Table

from api.cli.progress import console
from training_data.comparison import Comparison, IntentChange, LanguageChange
from training_data.intents import OUT_OF_SCOPE_MARK
from training_data.problems import Problem
from training_data.readings import Score

#: Sentences shown for an intent that became worse.
SENTENCES = 3
#: Warnings shown before a training; the check alone shows all.
WARNINGS = 5


def print_problems(problems: list[Problem], all_warnings: bool) -> None:
    """Prints each problem on a line of its own, errors first, then warnings."""
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    shown = warnings if all_warnings or errors else warnings[:WARNINGS]
    for problem in [*errors, *shown]:
        console.print(str(problem), markup=False, soft_wrap=True)
    if len(shown) < len(warnings):
        console.print(f"… and {len(warnings) - len(shown)} more warnings: `frontdoor train --check` shows all.")


def print_comparison(compared: Comparison, old: str | None, new: str) -> None:
    """Prints the two tables and the sentences that are no longer understood.

    Args:
        old: version of the live model, when there is one to compare with.
        new: version of the new one.
    """
    if not compared.languages:
        console.print("There are no held-out questions, so nothing was measured (heldout/intents_en.csv, …).")
        return
    title = f"Held-out questions read right: model {old} → {new}" if old else f"Held-out questions read right by {new}"
    heads = ("language", "questions", "accuracy", "change", "out of scope seen")
    table = Table(*heads, title=title, title_justify="left")
    for change in compared.languages:
        table.add_row(*_language(change))
    console.print(table)
    if compared.left_out:
        console.print(f"{compared.left_out} questions are not counted: they stand among the examples of a model.")
    if old and not compared.intents:
        console.print("No single question is read otherwise than before in a way that makes it right or wrong.")
    if compared.intents:
        table = Table("intent", "language", "read right", "better", "worse")
        for intent in compared.intents:
            right = f"{intent.before.right} → {intent.after.right} of {intent.after.rows}"
            table.add_row(_name(intent.intent), intent.language, right, _count(intent.gained), _count(intent.lost))
        console.print(table)
        for intent in compared.intents:
            if intent.after.right < intent.before.right:
                _print_lost(intent)


def _language(change: LanguageChange) -> tuple[str, ...]:
    return (
        change.language,
        str(change.after.rows),
        _shares(change.before, change.after),
        "" if change.points is None else f"{change.points:+.1f} points",
        _shares(change.strangers_before, change.strangers_after),
    )


def _shares(before: Score | None, after: Score) -> str:
    if after.share is None:
        return "no question"
    if before is None or before.share is None:
        return f"{after.share:.1%}"
    return f"{before.share:.1%} → {after.share:.1%}"


def _count(readings: tuple[object, ...]) -> str:
    return str(len(readings)) if readings else ""


def _name(intent: str) -> str:
    return "out of scope" if intent == OUT_OF_SCOPE_MARK else intent


def _print_lost(change: IntentChange) -> None:
    console.print(f"worse: {_name(change.intent)} ({change.language})", markup=False)
    for reading in change.lost[:SENTENCES]:
        console.print(f"  “{reading.text}” is now read as {_name(reading.read_as)}", markup=False, soft_wrap=True)
    if len(change.lost) > SENTENCES:
        console.print(f"  … and {len(change.lost) - SENTENCES} more")


def fall(change: LanguageChange | IntentChange) -> str:
    """A fall in words."""
    if isinstance(change, IntentChange):
        counts = f"{change.before.right} → {change.after.right} of {change.after.rows}"
        return f"{_name(change.intent)} in {change.language} {counts}"
    return f"{change.language} {_shares(change.before, change.after)}"
