"""Verified: the very bytes whose hash was looked at are the ones that are loaded, and no others."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

PIECE = 1 << 20


class NotOurModel(Exception):
    """The file is not the model that was trained here; the message says which file and what to do."""


def own_copy(file: Path, sha256: str, folder: Path) -> Path:
    """A copy of the model that nobody else writes to, under the name it had.

    Hashed while it is copied: between a look at a file and its loading somebody could put another one in its place.

    Args:
        sha256: of the file, as the product's manifest has it.
        folder: an empty one of our own.

    Raises:
        NotOurModel: it cannot be read, or is another file.
    """
    copy = folder / file.name
    seen = hashlib.sha256()
    try:
        with file.open("rb") as there, copy.open("xb") as here:
            while piece := there.read(PIECE):
                seen.update(piece)
                here.write(piece)
    except OSError as problem:
        raise NotOurModel(f"The model {file} cannot be read: {problem.strerror}. Run `frontdoor train`.") from problem
    if not hmac.compare_digest(seen.hexdigest(), sha256.lower()):
        copy.unlink()
        raise NotOurModel(
            f"The model {file} is not the one that was trained here; it will not be loaded. Run `frontdoor train`."
        )
    return copy
