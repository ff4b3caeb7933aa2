"""Outage: the operator reads once that a part went away, and once that it is back."""

import time

import structlog

log = structlog.get_logger()


class Outage:
    """Whether a part is away for one of those who use it.

    Args:
        part: as the log names it, for example `redis`.
        use: what it is wanted for, in the operator's words.
    """

    def __init__(self, part: str, use: str) -> None:
        self._part = part
        self._use = use
        self._since: float | None = None

    @property
    def lasts(self) -> bool:
        """It has begun and is not over."""
        return self._since is not None

    def begin(self, problem: BaseException) -> None:
        """It failed. Only the first failure is worth a line."""
        if self._since is None:
            self._since = time.monotonic()
            log.warning(f"{self._part}.away", use=self._use, reason=repr(problem))

    def end(self) -> None:
        """It works."""
        if self._since is not None:
            seconds, self._since = time.monotonic() - self._since, None
            log.info(f"{self._part}.back", use=self._use, seconds=round(seconds, 1))
