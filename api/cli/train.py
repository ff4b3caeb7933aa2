"""Training on the command line: checked, trained beside the running product, measured, and only then live."""

from typing import Annotated

import typer

from api.bot import model as models
from api.bot import python as bot_python
from api.bot.measured import Measurements
from api.bot.model import TrainingFailed
from api.bot.registry import Model, Registry, UnknownModel, checked
from api.cli import prepare
from api.cli.follow import follow
from api.cli.progress import console, tell
from api.cli.train_files import usable_data
from api.cli.train_report import fall, print_comparison
from api.settings import Settings
from training_data.check import Data
from training_data.comparison import Comparison, compare

#: The exit code by which a script knows that there is a new model, and that it does not serve.
HELD_BACK = 3


class NothingToGoBackTo(Exception):
    """There is no model before the live one."""


def train(
    check: Annotated[bool, typer.Option("--check", help="only look for mistakes in examples and articles")] = False,
    even_if_worse: Annotated[
        bool, typer.Option("--even-if-worse", help="make the new model live although it reads fewer questions right")
    ] = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="make the model before the live one live again")] = False,
) -> None:
    """Check the edited examples and articles, train the bot, measure it, and make it live.

    Exit codes: 0 live or nothing to do, 2 mistakes in files, 3 trained but held back, 4 the running product could not
    start it.
    """
    settings = Settings.read()
    if rollback:
        return go_back(settings)
    data = usable_data(settings, all_warnings=check)
    if check:
        console.print(f"{len(data.examples)} examples and {len(data.rows)} held-out questions can be used.")
        return None
    bot_python.check(settings.bot_python)
    prepare.check_room(settings.data_dir)
    prepare.encoder(settings)
    registry = Registry(settings.models_folder)
    with registry.training():
        new, changed = _model(settings, registry, data, even_if_worse)
    console.print(follow(settings, registry, new.version, tell), soft_wrap=True)
    if changed and registry.previous():
        console.print("To go back to the model before: `frontdoor train --rollback`.")
    return None


def _model(settings: Settings, registry: Registry, data: Data, even_if_worse: bool) -> tuple[Model, bool]:
    """The model to serve with, and whether it is a new one: it is when something changed and it is good enough."""
    examples, encoder = settings.training_dir / "nlu", settings.encoder_folder
    wanted = models.inputs_hash(examples, encoder / "encoder.json")
    active = _usable(registry, registry.active())
    if active and active.made_from == wanted:
        console.print(f"Nothing changed since model {active.version} was trained.")
        return active, False
    new = _usable(registry, next((m for m in registry.models() if m.made_from == wanted), None))
    if new:
        tell(f"model {new.version} was trained from these files already")
    else:
        if active:
            # Where nothing was ever chosen the newest model counts as chosen; it must not be the untested one.
            registry.activate(active)
        tell("training beside the running product, at low priority" if active else "training")
        new = models.train(registry, settings.bot_python, examples, encoder, tell)
    measurements = Measurements(registry, settings.bot_python, encoder, data)
    compared = _compared(measurements, active, new)
    measurements.tidy()
    taken_back = wanted in registry.rejected
    if active and not even_if_worse and (compared.worse or taken_back):
        # Remembered, so that the next start does not make it live behind our back.
        registry.activate(active, rejected=new.made_from)
        _hold_back(active, new, compared, taken_back)
    registry.activate(new)
    return new, True


def _usable(registry: Registry, model: Model | None) -> Model | None:
    """The model, when its file is there and is ours: a new training replaces any other."""
    try:
        return model if model and checked(registry.folder, model) else None
    except UnknownModel as problem:
        tell(str(problem))
        return None


def _compared(measurements: Measurements, active: Model | None, new: Model) -> Comparison:
    after = measurements.of(new, tell)
    before = None
    if active:
        try:
            before = measurements.of(active, tell)
        except TrainingFailed as problem:
            # Made by older code of ours: it serves, but today's code cannot read it, so there is nothing to compare.
            tell(f"model {active.version} cannot be measured, so nothing is compared: {problem}")
    compared = compare(before, after)
    print_comparison(compared, active.version if active and before is not None else None, new.version)
    return compared


def _hold_back(active: Model, new: Model, compared: Comparison, taken_back: bool) -> None:
    if compared.worse:
        falls = ", ".join(fall(change) for change in compared.worse)
        why = f"it reads clearly fewer held-out questions right ({falls})"
    else:
        why = "it was taken back or held back before, and nothing changed since"
    console.print(
        f"\nModel {new.version} is kept but not live: {why}. Model {active.version} goes on serving.\n"
        "To make it live nevertheless: `frontdoor train --even-if-worse`.",
        soft_wrap=True,
    )
    raise typer.Exit(HELD_BACK)


def go_back(settings: Settings) -> None:
    """Makes the model before the live one live again, and waits until it is.

    Raises:
        NothingToGoBackTo: there is none.
    """
    registry = Registry(settings.models_folder)
    with registry.training():
        active, before = registry.active(), registry.previous()
        if before is None:
            raise NothingToGoBackTo(
                f"There is no model before {active.version} in {settings.models_folder}."
                if active
                else f"There is no model in {settings.models_folder} yet. Run `frontdoor train`."
            )
        # The next start must not train again what served until now. Edits nobody has trained yet are not taken back.
        registry.activate(before, rejected=active.made_from if active else None)
    console.print(f"Going back from model {active.version if active else '?'} to {before.version}.")
    console.print(follow(settings, registry, before.version, tell), soft_wrap=True)
