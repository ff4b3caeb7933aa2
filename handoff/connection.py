"""A connection: what the rooms of this package need of either database inside a session or a transaction."""

from typing import Any, Protocol

from sqlalchemy import CursorResult, Executable


class Connection(Protocol):
    """Runs statements, one after the other."""

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Runs a statement; gives its result."""
        ...
