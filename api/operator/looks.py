"""What needs a look: each thing that is not as it should be, as a sentence that says what to do."""

from collections.abc import Iterator
from datetime import timedelta

from api.operator.ledger import Book
from api.operator.overview import Overview
from api.operator.summary import summarise
from api.operator.words import Words

#: A message that waits longer is not just being thought about.
LONG = timedelta(seconds=60)


def looks(overview: Overview, words: Words) -> list[str]:
    """The sentences, what hurts customers most first; none when all is well."""
    return [*_parts(overview, words), *(_figures(overview, overview.book, words) if overview.book else ())]


def _parts(overview: Overview, words: Words) -> Iterator[str]:
    parts = overview.parts
    if overview.book is None or not parts.database_ready:
        yield words("look-database")
    if not parts.bots:
        yield words("look-no-bot")
    for number, bot in enumerate(parts.bots, 1):
        if not bot.ready:
            yield words("look-bot", name=words("bot-number", number=number), reason=bot.reason)
    if parts.model_refused:
        yield words("look-refused", model=parts.model_refused)
    if parts.redis == "away":
        yield words("look-redis")
    if not parts.articles.count:
        yield words("look-no-articles")
    if parts.articles.errors:
        yield words("look-articles", count=len(parts.articles.errors))


def _figures(overview: Overview, book: Book, words: Words) -> Iterator[str]:
    oldest = book.backlog.oldest_unanswered
    if oldest and overview.at - oldest > LONG:
        waited = words.lasting(overview.at - oldest)
        yield words("look-waiting", count=book.backlog.unanswered_messages, time=waited)
    if book.backlog.overdue_promises:
        yield words("look-overdue", count=book.backlog.overdue_promises)
    if errors := summarise(book.today).errors:
        yield words("look-errors", count=errors)
