"""The files of a training: examples, held-out questions and articles, looked through before anything is begun."""

from pathlib import Path

import typer

from api.bot.python import BOT
from api.cli.progress import console
from api.cli.train_report import print_problems
from api.settings import Settings
from kb_index.articles import read_folder
from training_data.check import Data, shown
from training_data.intents import declared
from training_data.problems import Problem

#: The exit code of mistakes in files.
WRONG_FILES = 2


def usable_data(settings: Settings, all_warnings: bool) -> Data:
    """The examples and held-out questions; ends the command when there are mistakes in them or in articles."""
    data = Data.read(settings.training_dir, declared(BOT / "domain" / "intents.yml"))
    problems = data.problems + [
        problem
        for folder in (settings.articles_folder, settings.training_dir / "articles")
        for problem in _articles(folder)
    ]
    print_problems(problems, all_warnings)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        console.print(f"\n{errors} mistake{'s' * (errors != 1)}. Nothing was trained, nothing was changed.")
        raise typer.Exit(WRONG_FILES)
    return data


def _articles(folder: Path) -> list[Problem]:
    if not folder.is_dir():
        return []
    _, errors = read_folder(folder)
    return [
        Problem(shown(folder / error.file), error.line, f"{error.reason}; mend the article, or take it out")
        for error in errors
    ]
