"""Ticket numbers: short enough to read out on the phone, impossible to guess by counting."""

import re
import secrets

# No vowels, so no words; nothing that is mistaken in print or by ear (0/O, 1/I/L, 2/Z, 5/S, 8/B).
ALPHABET = "234679CDFGHJKMNPQRTVWXY"
LENGTH = 6
_PREFIX = "FD-"


def new_number() -> str:
    """Returns a fresh ticket number such as FD-4K7Q9X, one of about 148 million, drawn at random."""
    return _PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy_number(typed: str) -> str:
    """Takes a ticket number as a person types it ("fd 4k7q9x"); returns it as we write it."""
    bare = re.sub(r"[^0-9A-Z]", "", typed.upper())
    return _PREFIX + (bare[2:] if len(bare) == LENGTH + 2 and bare.startswith("FD") else bare)
