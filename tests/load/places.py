"""Places: what is loaded, from one process with a file beside it to two replicas on PostgreSQL and Redis."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.frontdoor import Frontdoor
from tests.bench.processes import Processes
from tests.bench.system import STARTS_WITHIN
from tests.chaos.set import running
from tests.journeys.product import data_folder

#: The quiet time would be added to every answer.
AT_ONCE = {"QUIET_TIME": "0"}


@dataclass(frozen=True)
class Place:
    """A running product: the addresses of its replicas, and its processes."""

    hosts: tuple[str, ...]
    processes: Processes


@contextmanager
def alone(prepared: Path) -> Iterator[Place]:
    """`frontdoor up` as it comes: one API that started one Rasa, SQLite."""
    with tempfile.TemporaryDirectory(prefix="frontdoor-load-") as folder:
        product = Frontdoor(data_folder(Path(folder) / "data", prepared), Path(folder) / "logs")
        try:
            product.start()
            _until_ready(product)
            yield Place((product.url,), product.processes)
        finally:
            product.end()


@contextmanager
def replicas(prepared: Path, count: int) -> Iterator[Place]:
    """So many APIs and as many Rasas, on one PostgreSQL and one Redis."""
    with running(prepared, apis=count, bots=count, settings=AT_ONCE) as made:
        processes = Processes(made.data.parent)
        for part in made.parts:
            processes.beside(part.name, part.pid)
        yield Place(tuple(api.url for api in made.apis), processes)


PLACES: dict[str, Callable[[Path], AbstractContextManager[Place]]] = {
    "SQLite": alone,
    "one replica": lambda prepared: replicas(prepared, 1),
    "two replicas": lambda prepared: replicas(prepared, 2),
}


def _until_ready(product: Frontdoor) -> None:
    import time

    end = time.monotonic() + STARTS_WITHIN
    while True:
        product.processes.check()
        try:
            if httpx.get(f"{product.url}/health/ready", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if time.monotonic() > end:
            raise TimeoutError(f"{product.url} was not ready within {STARTS_WITHIN:g} s.")
        time.sleep(0.2)
