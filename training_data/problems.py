"""Problems: what is wrong in an edited file, on which line, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing a knowledge manager should look at. An error keeps the bot from being trained, a warning does not."""

    file: str
    line: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.file}:{self.line}: {mark}{self.message}"
