"""Detection on the command line: fitting its weights anew on labelled dialogues."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import typer

from api.cli import prepare
from api.cli.progress import console
from api.settings import Settings
from handoff.detection.model import FILE
from handoff.detection.moment import Meaning
from kb_index.encoder import Encoder

app = typer.Typer(help="How a customer who needs a person is recognised.", no_args_is_help=True)

#: Messages whose meaning is kept; those of a conversation are asked for at each of its turns.
KEPT = 20000


def meaning_of(encoder: Encoder) -> Meaning:
    """What messages mean to an encoder, each encoded once."""

    @lru_cache(maxsize=KEPT)
    def meaning(text: str) -> tuple[float, ...]:
        return tuple(float(each) for each in encoder.encode([text])[0])

    return meaning


@app.command()
def fit(
    data: Annotated[Path, typer.Option(help="folder with handoff/ and nlu/", exists=True, file_okay=False)] = Path(
        "training_data"
    ),
    out: Annotated[Path, typer.Option(help="where the model is written", dir_okay=False)] = FILE,
) -> None:
    """Learn weights and thresholds from training_data/handoff, and write them."""
    # Fitting needs scikit-learn, which takes a second to load and serves no customer.
    from handoff.detection import fit as fitting

    encoder = prepare.encoder(Settings.read())
    told = fitting.fit(data, out, meaning_of(encoder), encoder.name)
    for name, value in told.items():
        console.print(f"{name}: {value}", markup=False, soft_wrap=True)
    console.print(f"The model is in {out}.")
