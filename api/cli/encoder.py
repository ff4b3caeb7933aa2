"""The encoder on the command line."""

import typer

from api.cli import prepare
from api.cli.progress import console
from api.settings import Settings

app = typer.Typer(help="The sentence encoder.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The sentence encoder."""


@app.command()
def export() -> None:
    """Export the encoder of the settings into the data folder, if it is not there already."""
    settings = Settings.read()
    prepare.check_room(settings.data_dir)
    found = prepare.encoder(settings)
    console.print(f"The encoder {found.name} is in {settings.encoder_folder}.")
