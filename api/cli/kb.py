"""The knowledge base on the command line: import, ask, rebuild, and the sample shop."""

import shutil
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api import wording
from api.cli import kb_check, prepare
from api.cli.progress import bar, console, tell
from api.dialogue.frames import framed
from api.settings import Settings
from kb_index.answers import Outcome
from kb_index.base import KnowledgeBase
from kb_index.imports import ImportReport, import_folder

#: Cleaned marks shown at once; a big import has hundreds, and the refused files must not drown in them.
SHOWN = 20

app = typer.Typer(help="Articles: import, ask and check them, rebuild their index.", no_args_is_help=True)
app.command("check")(kb_check.check)


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="folder of Markdown files")],
    name: Annotated[str, typer.Option(help="name of the source; importing again under it updates it")] = "",
    keep_sample: Annotated[bool, typer.Option(help="keep the sample shop's articles beside yours")] = False,
) -> None:
    """Import a folder of Markdown articles. A running product has them within a second or two."""
    settings = Settings.read()
    prepare.check_room(settings.data_dir)
    prepare.place_sample(settings)
    source = name or folder.resolve().name
    with bar() as report:
        outcome = import_folder(folder, settings.articles_folder / source, report)
    _print_report(outcome, settings.data_dir / "log" / f"import-{source}.txt")
    if not outcome.imported:
        console.print("Nothing was imported.")
        raise typer.Exit(1)
    sample = settings.articles_folder / "sample"
    if sample.is_dir() and not keep_sample and source != "sample":
        shutil.rmtree(sample)
        console.print("The sample shop's articles were taken out. `frontdoor kb sample` puts them back.")
    prepare.knowledge(settings)


def _print_report(outcome: ImportReport, file: Path) -> None:
    parts = {"Imported": outcome.imported, "Cleaned": outcome.cleaned, "Refused": outcome.refused}
    lines = [f"{title} {n.file}:{n.line}: {n.reason}" for title, notes in parts.items() for n in notes]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    for title, notes in parts.items():
        console.print(f"{title}: {len(notes)}")
    for note in outcome.cleaned[:SHOWN]:
        console.print(f"  cleaned {note.file}:{note.line}: {note.reason}", markup=False, soft_wrap=True)
    if len(outcome.cleaned) > SHOWN:
        console.print(f"  … and {len(outcome.cleaned) - SHOWN} more marks cleaned")
    for note in outcome.refused:
        console.print(f"  refused {note.file}:{note.line}: {note.reason}", markup=False, soft_wrap=True)
    console.print(f"Every line of the report is in {file}.", markup=False, soft_wrap=True)


@app.command()
def ask(
    question: str,
    lang: Annotated[str | None, typer.Option(help="language of the page, as a hint")] = None,
) -> None:
    """Answer one question as a customer would get it, with source, scores and time."""
    settings = Settings.read()
    base = _opened(settings)
    # The first question loads what a running product has loaded long ago.
    base.ask("warming up", lang)
    started = time.perf_counter()
    outcome = base.ask(question, lang)
    _print_outcome(outcome, (time.perf_counter() - started) * 1000)


def _opened(settings: Settings) -> KnowledgeBase:
    prepare.place_sample(settings)
    base = KnowledgeBase(settings.articles_folder, prepare.encoder(settings), settings.index_folder)
    with bar() as report:
        base.load(report)
    return base


def _print_outcome(outcome: Outcome, milliseconds: float) -> None:
    console.print(f"{outcome.kind} (confidence {outcome.confidence:.2f}, {outcome.lang}, {milliseconds:.1f} ms)\n")
    if outcome.answer:
        console.print(framed(wording.spoken(outcome.lang), outcome.answer), markup=False, soft_wrap=True)
        place = f"{outcome.answer.permalink}#{outcome.answer.anchor}".rstrip("#")
        console.print(f"\nSource: {outcome.answer.title}\n{place}\n", markup=False, soft_wrap=True)
    for suggestion in outcome.suggestions:
        console.print(f"  perhaps: {suggestion.title} {suggestion.permalink}", markup=False)
    if outcome.other_language:
        other = outcome.other_language
        console.print(f"  in {other.lang}: {other.title} {other.permalink}", markup=False)
    table = Table("score", "passage", "parts")
    for hit in outcome.hits[:5]:
        parts = " ".join(f"{name}={value:.2f}" for name, value in hit.parts.items())
        table.add_row(f"{hit.score:.3f}", hit.passage.id, parts)
    console.print(table)


@app.command()
def rebuild() -> None:
    """Build the index anew, for example after the encoder changed."""
    settings = Settings.read()
    prepare.check_room(settings.data_dir)
    started = time.monotonic()
    prepare.knowledge(settings, rebuild=True)
    console.print(f"The index was rebuilt in {time.monotonic() - started:.1f} s.")


@app.command()
def sample() -> None:
    """Put the sample shop's articles back in place."""
    settings = Settings.read()
    prepare.place_sample(settings)
    shutil.copytree(prepare.SAMPLE, settings.articles_folder / "sample", dirs_exist_ok=True)
    tell("the sample shop's articles are in place")
