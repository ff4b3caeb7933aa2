"""Passwords: kept as Argon2 hashes, and compared in the same time whether there is such a user or not."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Shorter ones can be guessed; longer ones are no password but an attempt to keep us busy.
SHORTEST, LONGEST = 10, 200
#: A hash wants 64 MB and a core for some hundredths of a second; more at once would hold up customers.
AT_ONCE = 2

_hasher = PasswordHasher()
_slots: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


class BadPassword(ValueError):
    """The password cannot be used."""

    def __init__(self) -> None:
        super().__init__(f"A password needs {SHORTEST} to {LONGEST} characters.")


def hashed(password: str) -> str:
    """Takes a password somebody chose; returns what is stored of it, or raises BadPassword."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadPassword
    return _hasher.hash(password)


async def matches(stored: str | None, password: str) -> bool:
    """Takes a stored hash (None: there is no such user) and what was typed; says whether it is the password."""
    async with _slot():
        return await asyncio.to_thread(_matches, stored, password[: LONGEST + 1])


def _matches(stored: str | None, password: str) -> bool:
    try:
        right = _hasher.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


@cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has")


def _slot() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    for old in [one for one in _slots if one.is_closed()]:
        del _slots[old]
    return _slots.setdefault(loop, asyncio.Semaphore(AT_ONCE))
