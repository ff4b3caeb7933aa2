"""Secrets that the product makes for itself and keeps in the data folder, readable by its own user only."""

import os
import secrets
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The secret in a file; made now when there is none, once even if several processes ask together."""
    return _in(file) or _made(file)


def _in(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def _made(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writing:
        writing.write(secrets.token_urlsafe(32) + "\n")
    try:
        if file.exists() and not _in(file):
            # An empty file would let everybody in who shows nothing.
            fresh.replace(file)
        else:
            # Linked, it appears whole; and whoever is first wins.
            file.hardlink_to(fresh)
    except FileExistsError:
        pass
    except OSError:
        # A disk without hard links: the last one wins, and all read what is there.
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return _in(file)
