"""Durable: the database, opened and brought up to date, or a sentence that says why not."""

from sqlalchemy.exc import SQLAlchemyError

from handoff.database import Database


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


async def open_database(url: str) -> Database:
    """The database of a url, with its tables at their newest version.

    Raises:
        DatabaseAway: with the driver's reason.
    """
    database = Database(url)
    try:
        await database.migrate()
        await database.connect()
    except (SQLAlchemyError, OSError) as problem:
        await database.dispose()
        raise DatabaseAway(database, problem) from problem
    return database
