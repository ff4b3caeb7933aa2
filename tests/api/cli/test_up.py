"""The start: on a terminal it prints the operator's page with its key, anywhere else only where the key is."""

from io import StringIO
from types import SimpleNamespace

import pytest
import uvicorn
from fastapi import FastAPI
from rich.console import Console

from api.cli import up
from api.operator.key import Key

KEY = "a key & more of it"


class Team:
    """The desk's users, none or some."""

    def __init__(self, some: bool) -> None:
        self.some = some

    async def any(self) -> bool:
        return self.some


async def printed(monkeypatch: pytest.MonkeyPatch, terminal: bool, users: bool = False) -> str:
    out = StringIO()
    monkeypatch.setattr(up, "console", Console(file=out, force_terminal=terminal, width=40, color_system=None))
    app = FastAPI()
    desk = SimpleNamespace(agents=Team(users))
    app.state.frontdoor = SimpleNamespace(operator_key=Key(KEY, "the key is in /data/operator.key"), desk=desk)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    config.load()
    server = up.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    await server.shutdown()
    return out.getvalue()


async def test_on_a_terminal_the_address_opens_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whole on one line, however narrow the terminal, or it could not be clicked.
    assert "/operator?key=a%20key%20%26%20more%20of%20it" in (await printed(monkeypatch, terminal=True))


async def test_in_a_log_the_key_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = await printed(monkeypatch, terminal=False)
    assert "/operator (the key is in /data/operator.key)" in told
    assert "key=" not in told


async def test_it_says_how_to_make_the_first_user_and_then_where_the_desk_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "frontdoor user add NAME --role operator" in (await printed(monkeypatch, terminal=False))
    assert "/desk" in await printed(monkeypatch, terminal=False, users=True)
