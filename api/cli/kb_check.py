"""`frontdoor kb check`: what stands in two articles, and where two articles contradict each other."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli import prepare
from api.cli.progress import console
from api.settings import Settings
from kb_index.articles import read_folder
from kb_index.overlaps import contradictions, repeated
from kb_index.told import Told

#: So many characters of a section are shown; a sentence is seldom longer.
SHOWN = 300


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="folder of Markdown files; without it, the articles in use")
    ] = None,
) -> None:
    """Name sections that stand in two articles, and sentences that seem to contradict each other. Changes nothing."""
    if folder is None:
        settings = Settings.read()
        prepare.place_sample(settings)
        folder = settings.articles_folder
    articles, errors = read_folder(folder)
    for error in errors:
        console.print(f"left out: {error}", markup=False, soft_wrap=True)
    same, against = repeated(articles), contradictions(articles)
    console.print(f"Said in two articles: {len(same)}")
    for each in same:
        _print_pair(f"{each.likeness:.0%} of the words", each.one, each.other, folder)
    console.print(f"Seem to contradict each other: {len(against)}")
    for seems in against:
        _print_pair(
            f"other {' and '.join(seems.about)}" if seems.about else "one says no", seems.one, seems.other, folder
        )
    if errors and not articles:
        raise typer.Exit(2)
    if against:
        raise typer.Exit(1)


def _print_pair(title: str, one: Told, other: Told, folder: Path) -> None:
    console.print(f"\n  {title}", markup=False, soft_wrap=True)
    for told in (one, other):
        console.print(f"  {told.article.source}:{told.line(folder)}  {told.passage.id}", markup=False, soft_wrap=True)
        text = " ".join(told.text.split())
        console.print(f"    {text if len(text) <= SHOWN else text[:SHOWN] + '…'}", markup=False, soft_wrap=True)
