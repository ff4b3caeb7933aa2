"""The command line: ``frontdoor``."""

import sys

from api.cli.root import PROBLEMS, app

__all__ = ["main"]


def main() -> None:
    """Runs a command; a known problem is one clear sentence on standard error and a non-zero exit."""
    try:
        app()
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        sys.exit(getattr(problem, "exit_code", 1))
    except OSError as problem:
        if problem.errno is None:
            raise
        place = f" ({problem.filename})" if problem.filename else ""
        print(f"The system refused: {problem.strerror}{place}.", file=sys.stderr)
        sys.exit(1)
