"""Details: everything a message says about who wrote it and which order it is about, in whatever order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handoff.emails import Attempt, Found, find_email
from handoff.mail_domains import likely_typo
from handoff.names import bare_name, find_name
from handoff.orders import OrderFormat, order_format
from handoff.phones import find_phone, region_hints
from handoff.phrases import plain

__all__ = [
    "Attempt",
    "Details",
    "Found",
    "OrderFormat",
    "bare_name",
    "find_details",
    "likely_typo",
    "region_hints",
]


@dataclass(frozen=True, slots=True)
class Details:
    """What was found in one message. `attempts` are details that were meant but cannot be used, and why."""

    email: Found | None = None
    phone: Found | None = None
    order_number: Found | None = None
    name: Found | None = None
    attempts: tuple[Attempt, ...] = ()
    rest: str = ""  # the message without them

    def __bool__(self) -> bool:
        return any((self.email, self.phone, self.order_number, self.name))

    @property
    def found(self) -> dict[str, Found]:
        """Returns the details by field."""
        named = (
            ("email", self.email),
            ("phone", self.phone),
            ("order_number", self.order_number),
            ("name", self.name),
        )
        return {field: value for field, value in named if value is not None}


def find_details(
    text: str,
    region_hints: Sequence[str] = (),
    order_pattern: str | OrderFormat | None = None,
    expecting: str | None = None,
) -> Details:
    """Takes a message, the countries its telephone numbers may be from, how order numbers look.

    `expecting` is what was just asked for ("contact", "order_number" …): digits that could be either are
    taken for that, and broken ones are reported. Returns what was found; what is taken for one detail is
    never taken for another as well.
    """
    words = plain(text)
    left = words
    found: dict[str, Found] = {}
    attempts: list[Attempt] = []
    orders = order_format(order_pattern)
    searches: dict[str, Callable[[], Found | Attempt | None]] = {
        "email": lambda: find_email(left),
        "order_number": lambda: orders.find(
            left, wanted=expecting == "order_number", phone_wanted=expecting in ("contact", "phone")
        ),
        "phone": lambda: find_phone(left, region_hints, wanted=expecting in ("contact", "phone")),
        "name": lambda: find_name(left),
    }
    kept: list[Attempt] = []
    for field, search in searches.items():
        hit = search()
        if isinstance(hit, Attempt) and field == "order_number":
            # It may still be a telephone number; only when it is none was it meant as an order number.
            kept.append(hit)
            continue
        if isinstance(hit, Attempt):
            attempts.append(hit)
        elif hit is not None:
            found[field] = hit
        if hit is not None:
            left = _without(left, hit)
    attempts += [attempt for attempt in kept if left[attempt.start : attempt.end] == attempt.raw]
    for attempt in attempts:
        left = _without(left, attempt)
    return Details(**found, attempts=tuple(attempts), rest=" ".join(left.split()))


def _without(text: str, hit: Found | Attempt) -> str:
    # Blanks of the same length, so that every place stays where it was.
    return text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
