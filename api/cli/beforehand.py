"""Preparing without serving: what a start needs is made beforehand, where Rasa and the product are started apart."""

import shutil

from api.bot import python as bot_python
from api.cli import prepare
from api.cli.progress import console, tell
from api.settings import ROOT, Settings

SAMPLE = ROOT / "training_data"
#: Folders of examples that a knowledge manager edits.
PARTS = ("nlu", "heldout")


def beforehand() -> None:
    """Make encoder, index and the bot's model without serving, and put the sample in place on the first start."""
    settings = Settings.read()
    bot_python.check(settings.bot_python)
    prepare.check_room(settings.data_dir)
    place_examples(settings)
    # Wherever the bot will run, its model is made here.
    prepared = prepare.prepare(settings.model_copy(update={"bot_urls": ""}))
    model = prepared.registry.active()
    console.print(
        f"Prepared: {prepared.base.stats()['articles']} articles, model {model.version if model else 'none'}."
    )


def place_examples(settings: Settings) -> None:
    """The sample shop's examples, where FRONTDOOR_TRAINING_DIR names a folder that is not there yet or is empty."""
    folder = settings.training_dir
    if folder.is_dir() and any(folder.iterdir()):
        return
    for part in PARTS:
        shutil.copytree(SAMPLE / part, folder / part)
    tell(f"put the sample shop's examples into {folder}")
