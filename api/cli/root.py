"""The commands, and the problems they may end with."""

import typer

from api.bot.evaluate import BadCsv
from api.bot.model import TrainingFailed
from api.bot.process import BotDidNotStart
from api.bot.python import NoBotPython
from api.bot.registry import AlreadyTraining, UnknownModel
from api.channels.port import NotConnected
from api.cli import (
    beforehand,
    channel,
    detection,
    encoder,
    evaluate,
    hooks,
    kb,
    orders,
    outbox,
    replay,
    settings,
    tickets,
    train,
    up,
    user,
)
from api.cli.channel import NoSuchChannel, NotRunning, NotTaken
from api.cli.follow import NotServed
from api.cli.prepare import NotPossible
from api.cli.replay import NothingThere
from api.cli.train import NothingToGoBackTo
from api.cli.user import NotTheSame
from api.durable import DatabaseAway
from api.orders.book import OrdersAway
from api.settings import BadSetting
from api.why.moment import NotKept
from handoff.agents import NameTaken, UnknownAgent
from handoff.database import BadDatabaseUrl
from handoff.detection.model import BadModel
from handoff.detection.replay import BadDialogues
from handoff.hours import UnknownTeam
from handoff.ownership import UnknownConversation
from handoff.passwords import BadPassword
from handoff.reasons import NoSuchMessage, NoSuchTurn, NotOfTheBot
from handoff.yaml_lines import ConfigError
from kb_index.base import NotLoaded
from kb_index.encoder import EncoderMissing
from kb_index.evaluate import QueryError
from kb_index.export import ExportFailed
from kb_index.snapshot import WrongEncoder
from training_data.intents import NoIntents

BadSetting.exit_code = 2  # type: ignore[attr-defined]  # a wrong setting is a wrong call
ConfigError.exit_code = 2  # type: ignore[attr-defined]
UnknownTeam.exit_code = 2  # type: ignore[attr-defined]
BadDatabaseUrl.exit_code = 2  # type: ignore[attr-defined]
UnknownConversation.exit_code = 2  # type: ignore[attr-defined]
NoSuchTurn.exit_code = 2  # type: ignore[attr-defined]
NoSuchMessage.exit_code = 2  # type: ignore[attr-defined]
NotOfTheBot.exit_code = 2  # type: ignore[attr-defined]

PROBLEMS = (
    BadSetting,
    BadCsv,
    BadDatabaseUrl,
    DatabaseAway,
    ConfigError,
    UnknownTeam,
    NoBotPython,
    TrainingFailed,
    AlreadyTraining,
    UnknownModel,
    BotDidNotStart,
    NotPossible,
    NoSuchChannel,
    NotConnected,
    NotRunning,
    NotTaken,
    NotServed,
    NothingToGoBackTo,
    NoIntents,
    OrdersAway,
    NotLoaded,
    EncoderMissing,
    ExportFailed,
    QueryError,
    NameTaken,
    UnknownAgent,
    BadPassword,
    BadDialogues,
    BadModel,
    NotTheSame,
    WrongEncoder,
    UnknownConversation,
    NoSuchTurn,
    NoSuchMessage,
    NotOfTheBot,
    NotKept,
    NothingThere,
)

app = typer.Typer(
    name="frontdoor",
    help="An AI chatbot and self-service front door for customer support.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("up")(up.up)
app.command("prepare")(beforehand.beforehand)
app.command("train")(train.train)
app.command("replay")(replay.replay)
app.command("settings")(settings.settings)
app.add_typer(kb.app, name="kb")
app.add_typer(detection.app, name="detection")
app.add_typer(evaluate.app, name="eval")
app.add_typer(encoder.app, name="encoder")
app.add_typer(tickets.app, name="tickets")
app.add_typer(orders.app, name="orders")
app.add_typer(channel.app, name="channel")
app.add_typer(outbox.app, name="outbox")
app.add_typer(user.app, name="user")
app.add_typer(hooks.app, name="hooks")
