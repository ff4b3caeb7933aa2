"""The commands, and the problems they may end with."""

import typer

from api.bot.evaluate import BadCsv
from api.bot.model import TrainingFailed, UnknownModel
from api.bot.process import BotDidNotStart
from api.bot.python import NoBotPython
from api.cli import encoder, evaluate, kb, settings, tickets, up
from api.cli.prepare import NotPossible
from api.durable import DatabaseAway
from api.settings import BadSetting
from handoff.database import BadDatabaseUrl
from handoff.hours import UnknownTeam
from handoff.yaml_lines import ConfigError
from kb_index.base import NotLoaded
from kb_index.encoder import EncoderMissing
from kb_index.evaluate import QueryError
from kb_index.export import ExportFailed
from kb_index.snapshot import WrongEncoder

BadSetting.exit_code = 2  # type: ignore[attr-defined]  # a wrong setting is a wrong call
ConfigError.exit_code = 2  # type: ignore[attr-defined]
UnknownTeam.exit_code = 2  # type: ignore[attr-defined]
BadDatabaseUrl.exit_code = 2  # type: ignore[attr-defined]

PROBLEMS = (
    BadSetting,
    BadCsv,
    BadDatabaseUrl,
    DatabaseAway,
    ConfigError,
    UnknownTeam,
    NoBotPython,
    TrainingFailed,
    UnknownModel,
    BotDidNotStart,
    NotPossible,
    NotLoaded,
    EncoderMissing,
    ExportFailed,
    QueryError,
    WrongEncoder,
)

app = typer.Typer(
    name="frontdoor",
    help="An AI chatbot and self-service front door for customer support.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("up")(up.up)
app.command("train")(up.train)
app.command("settings")(settings.settings)
app.add_typer(kb.app, name="kb")
app.add_typer(evaluate.app, name="eval")
app.add_typer(encoder.app, name="encoder")
app.add_typer(tickets.app, name="tickets")
