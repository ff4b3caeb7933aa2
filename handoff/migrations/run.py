"""Running migrations: in this process, on either database, once even when two processes start together."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from handoff.database import normalise_url, prepare_sqlite

# Any number will do, as long as every replica uses the same one.
_LOCK = 7_301_944


def migrate(url: str) -> None:
    """Takes a database url; brings its tables to the newest version in one transaction."""
    address = normalise_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite:
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, poolclass=NullPool)
    if sqlite:
        prepare_sqlite(engine)
    try:
        with engine.begin() as connection:
            if not sqlite:
                # SQLite's writer lock already keeps the second one waiting; PostgreSQL needs to be told.
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
