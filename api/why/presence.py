"""Presence: who was at the desk when a turn asked, noted so that the turn can say so and be played again."""

from collections import OrderedDict
from dataclasses import asdict
from datetime import datetime
from typing import Any

from api.desk.staff import Staff, Standing, There
from handoff.desk.order import Urgency

#: Turns whose answers are kept until they are committed; many more than are thought about at once.
KEPT = 500


class NotedStaff:
    """Asks the staff, and remembers what each turn was told.

    Args:
        staff: who really knows.
    """

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._told: OrderedDict[datetime, dict[str, Any]] = OrderedDict()

    async def there(self, at: datetime) -> There:
        """Whether a customer who asks now meets somebody."""
        found = await self._staff.there(at)
        self._note(at, "there", found)
        return found

    async def standing(self, urgency: Urgency, at: datetime) -> Standing | None:
        """Where a customer who comes into the queue now will stand; None when it cannot be said."""
        found = await self._staff.standing(urgency, at)
        self._note(at, "standing", asdict(found) if found else None)
        return found

    def told(self, at: datetime) -> dict[str, Any]:
        """What a turn that began at this moment was told; empty when it did not ask."""
        return dict(self._told.get(at, {}))

    def _note(self, at: datetime, name: str, value: object) -> None:
        self._told.setdefault(at, {})[name] = value
        while len(self._told) > KEPT:
            self._told.popitem(last=False)


class StaffThen:
    """The staff as a turn was told of them, for playing it again."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._told = told

    async def there(self, at: datetime) -> There:
        """As it was; nobody when the turn did not ask."""
        found: There = self._told.get("there", "nobody")
        return found

    async def standing(self, urgency: Urgency, at: datetime) -> Standing | None:
        """As it was."""
        found = self._told.get("standing")
        return Standing(**found) if found else None
