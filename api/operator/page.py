"""The page: an overview put into an operator's words, tables and pictures."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.operator.ledger import Book
from api.operator.looks import looks
from api.operator.overview import Overview
from api.operator.pictures import pictures
from api.operator.summary import Summary, by_channel, by_language, summarise
from api.operator.words import NOTHING, Words
from api.wording import LANGUAGES
from handoff.figures import Trouble
from handoff.outbox import Undelivered

#: Everything is escaped unless a template says that it is markup of ours.
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    # A page of a newer version must not meet the code of an older process.
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
COLUMNS = (
    "conversations",
    "turns",
    "answered",
    "suggested",
    "unanswered",
    "tickets",
    "handoffs",
    "errors",
    "wait-50-short",
    "wait-95-short",
)


def render(overview: Overview, language: str, token: str = "", again: int | None = None) -> str:
    """The page as HTML.

    Args:
        token: shows that what its forms post comes from this page.
        again: how many words were just given to be sent again.
    """
    words = Words(language, ZoneInfo(overview.zone))
    book = overview.book
    told: dict[str, Any] = {"today": None, **_words(words)}
    if book:
        told |= _figures(book, words)
    parts = overview.parts
    return _templates.get_template("page.html").render(
        **told,
        parts=parts,
        token=token,
        again=None if again is None else words("sent-again", count=again),
        lost=[_lost(word, words) for word in overview.lost],
        looks=looks(overview, words),
        updated=words("updated", time=words.clock(overview.at), zone=overview.zone),
        connection_lost=words("connection-lost", time=words.clock(overview.at)),
        columns=COLUMNS,
        languages=LANGUAGES,
        running=_running(overview, words),
        articles=[(_name(words, "language", key), n) for key, n in sorted(parts.articles.by_language.items())],
    )


def render_key(language: str, wrong: bool) -> str:
    """The page that asks for the key."""
    words = Words(language, ZoneInfo("UTC"))
    return _templates.get_template("key.html").render(**_words(words), wrong=wrong)


def _words(words: Words) -> dict[str, Any]:
    return {
        "say": words,
        "language": words.language,
        "number": words.number,
        "share": words.share,
        "wait": words.wait,
        "moment": words.moment,
    }


def _figures(book: Book, words: Words) -> dict[str, Any]:
    today = summarise(book.today)
    questions = today.answered + today.suggested + today.unanswered
    languages = by_language(book.today).items()
    channels = by_channel(book.today).items()
    everything = (words("all"), _cells(today, words))
    return {
        "today": today,
        "now": book.backlog,
        "of": lambda count: words("of-questions", count=words.number(count), all=words.number(questions)),
        "charts": pictures(book, words),
        "by_language": [*((_name(words, "language", key), _cells(s, words)) for key, s in languages), everything],
        "by_channel": [*((_name(words, "channel", key), _cells(s, words)) for key, s in channels), everything],
        "troubles": [_trouble(trouble, words) for trouble in book.troubles],
    }


def _cells(summary: Summary, words: Words) -> list[str]:
    def shared(count: int, share: float | None) -> str:
        return words.number(count) if share is None else f"{words.number(count)} ({words.share(share)})"

    return [
        words.number(summary.conversations),
        words.number(summary.turns),
        shared(summary.answered, summary.answered_share),
        shared(summary.suggested, summary.suggested_share),
        shared(summary.unanswered, summary.unanswered_share),
        words.number(summary.tickets),
        words.number(summary.handoff_requests),
        words.number(summary.errors),
        words.wait(summary.wait_p50),
        words.wait(summary.wait_p95),
    ]


def _running(overview: Overview, words: Words) -> Iterable[list[str]]:
    """Rows of part, state, version, since, memory, process and restarts."""
    parts = overview.parts

    def since(start: Any) -> str:
        return NOTHING if start is None else words.lasting(max(overview.at - start, timedelta()))

    def row(name: str, state: str, version: str = NOTHING) -> list[str]:
        return [name, state, version, *[NOTHING] * 4]

    chats = words("watchers", count=parts.watchers)
    api = f"{words('ready')}, {chats}"
    yield [words("api"), api, parts.version, since(parts.started_at), words.size(parts.memory), str(parts.pid), NOTHING]
    for number, bot in enumerate(parts.bots, 1):
        yield [
            words("bot-number", number=number),
            words("ready") if bot.ready else words("not-ready", reason=bot.reason),
            f"{words('model')} {bot.model or NOTHING}",
            since(bot.started_at),
            words.size(bot.memory),
            words("elsewhere") if bot.pid is None and bot.ready else str(bot.pid or NOTHING),
            words.number(bot.restarts),
        ]
    if parts.model_starting:
        yield row(words("model"), words("model-starting", model=parts.model_starting), parts.model_starting)
    yield row(words("database"), words("ready" if parts.database_ready else "away"), parts.database)
    redis = {"off": "redis-off", "ready": "ready", "away": "away"}[parts.redis]
    yield row("Redis", words(redis))
    yield row(words("encoder"), words("ready"), parts.encoder or NOTHING)
    yield row(words("index"), words("ready"), parts.index)


def _trouble(trouble: Trouble, words: Words) -> list[str]:
    kind, _, detail = trouble.why.partition(" ")
    key = f"trouble-{kind}" if words.knows(f"trouble-{kind}") else "trouble-wrong"
    return [
        words.moment(trouble.at),
        _name(words, "channel", trouble.channel),
        words(key, detail=detail or NOTHING),
        words(f"{key}-do"),
    ]


def _lost(word: Undelivered, words: Words) -> tuple[int, list[str]]:
    return word.id, [
        words.moment(word.given_up_at),
        _name(words, "channel", word.channel),
        words(f"role-{word.role}"),
        words.moment(word.said_at),
        words.number(word.attempts),
        word.reason,
    ]


def _name(words: Words, kind: str, key: str) -> str:
    """A language or a channel by its name; a channel we have no word for has its own."""
    return words(f"{kind}-{key}") if words.knows(f"{kind}-{key}") else key.capitalize()
