"""Evaluation on the command line, through the very code that serves customers."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from api.bot import evaluate as intents_report
from api.bot import python as bot_python
from api.bot import reliability as reliability_picture
from api.cli import prepare
from api.cli.detection import meaning_of
from api.cli.progress import bar, console
from api.settings import Settings
from handoff.detection import Detector
from handoff.detection import replay as handoff_report
from kb_index.evaluate import evaluate_answers

app = typer.Typer(help="Measure intents, answers and handovers on your own data.", no_args_is_help=True)

Out = Annotated[Path, typer.Option(help="where the report (JSON) is written")]


@app.command()
def intents(
    train: Annotated[Path, typer.Option(help="CSV text,label to train on", exists=True, dir_okay=False)],
    test: Annotated[Path, typer.Option(help="CSV text,label to read", exists=True, dir_okay=False)],
    out: Out,
) -> None:
    """Train the bot's own pipeline on one CSV alone and read another."""
    settings = Settings.read()
    bot_python.check(settings.bot_python)
    prepare.encoder(settings)
    report = intents_report.run(settings.bot_python, settings.encoder_folder, train, test)
    _finish(report, out)


@app.command()
def reliability(
    reports: Annotated[
        list[Path], typer.Argument(help="reports (JSON) of `eval intents`", exists=True, dir_okay=False)
    ],
    out: Annotated[Path, typer.Option(help="where the picture (SVG) is written")],
) -> None:
    """Draw how far the probabilities of such reports can be trusted."""
    rows = {report.stem: json.loads(report.read_text("utf-8"))["rows"] for report in reports}
    out.write_text(reliability_picture.picture(rows), "utf-8")
    console.print(f"The picture is in {out}.")


@app.command()
def answers(
    kb: Annotated[Path, typer.Option(help="folder of Markdown articles", exists=True, file_okay=False)],
    queries: Annotated[Path, typer.Option(help="JSONL id, lang, query, gold", exists=True, dir_okay=False)],
    out: Out,
) -> None:
    """Ask a folder of articles a file of questions."""
    settings = Settings.read()
    encoder = prepare.encoder(settings)
    with bar() as progress:
        report = evaluate_answers(kb, queries, encoder, progress)
    _finish(report, out)


@app.command()
def handoff(
    dialogues: Annotated[
        Path, typer.Option(help="JSONL id, lang, turns, handoff_at, reason", exists=True, dir_okay=False)
    ],
    out: Out,
) -> None:
    """Replay labelled dialogues and see when a person would have been fetched."""
    labelled = handoff_report.read_dialogues(dialogues)
    encoder = prepare.encoder(Settings.read())
    report = handoff_report.evaluate(labelled, Detector(meaning=meaning_of(encoder), encoder=encoder.name))
    _finish(report, out)


def _finish(report: dict[str, Any], out: Path) -> None:
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    for name, value in report.items():
        if name != "rows":
            console.print(f"{name}: {value}", markup=False, soft_wrap=True)
    console.print(f"The report is in {out}.")
