"""Durable: the database, opened and brought up to date, or a sentence that says why not."""

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_fixed

from handoff.database import Database

#: What PostgreSQL says while it takes up its work; after a crash that takes it some seconds.
NOT_YET = ("starting up", "shutting down", "in recovery mode", "not accepting connections", "not yet accepting")
#: Seconds in which it is asked again.
PATIENCE = 30.0


class DatabaseAway(Exception):
    """The database cannot be reached or used."""

    def __init__(self, database: Database, problem: Exception) -> None:
        # The password stays where it is: this sentence ends up in logs.
        where = database.url.render_as_string(hide_password=True)
        reason = str(getattr(problem, "orig", None) or problem).strip().splitlines()
        super().__init__(
            f"The database {where} cannot be used: {reason[0] if reason else type(problem).__name__}. "
            "Start it, or set FRONTDOOR_DATABASE_URL."
        )


async def open_database(url: str, patience: float = PATIENCE) -> Database:
    """The database of a url, with its tables at their newest version.

    Args:
        url: of SQLite or PostgreSQL.
        patience: seconds for which a server that is there and not ready yet is waited for.

    Raises:
        DatabaseAway: with the driver's reason.
    """
    database = Database(url)
    try:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception(_not_yet), stop=stop_after_delay(patience), wait=wait_fixed(0.5), reraise=True
        ):
            with attempt:
                await database.migrate()
                await database.connect()
    except (SQLAlchemyError, OSError) as problem:
        await database.dispose()
        raise DatabaseAway(database, problem) from problem
    return database


def _not_yet(problem: BaseException) -> bool:
    return isinstance(problem, OperationalError) and any(words in str(problem) for words in NOT_YET)
