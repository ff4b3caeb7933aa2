"""Users and hooks on the command line."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from handoff.agents import Agents
from handoff.database import Database
from handoff.hooks import Hooks, record_hook
from handoff.passwords import matches
from handoff.sessions import Sessions, WrongSignIn

PASSWORD = "a long enough password"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRONTDOOR_DATA_DIR", str(tmp_path))
    (tmp_path / "frontdoor.db").write_bytes(empty_database.read_bytes())
    return tmp_path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


T = TypeVar("T")


def asked(folder: Path, question: Callable[[Database], Awaitable[T]]) -> T:
    async def asking() -> T:
        database = Database(f"sqlite:///{folder / 'frontdoor.db'}")
        await database.connect()
        try:
            return await question(database)
        finally:
            await database.dispose()

    return asyncio.run(asking())


async def signed_in(database: Database, password: str) -> bool:
    try:
        await Sessions(database, Agents(database)).sign_in("kim", password, "10.0.0.1", NOW)
    except WrongSignIn:
        return False
    return True


def test_the_first_user_is_made_with_a_password_typed_twice_that_nobody_sees(data_folder: Path) -> None:
    words = ("--role", "operator", "--display", "Kim", "--language", "en", "--language", "ko", "--capacity", "3")
    made = run("user", "add", "Kim", *words, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    assert "/desk" in made.output
    agent = asked(data_folder, lambda database: Agents(database).find("kim"))
    assert agent is not None
    assert (agent.role, agent.display, list(agent.languages), agent.capacity) == ("operator", "Kim", ["en", "ko"], 3)
    assert asked(data_folder, lambda database: signed_in(database, PASSWORD))
    listed = run("user", "list").output
    assert "operator" in listed
    assert "en, ko" in listed


def test_a_password_can_come_from_a_pipe(data_folder: Path) -> None:
    assert run("user", "add", "kim", "--password-stdin", typed=f"{PASSWORD}\n").exit_code == 0
    stored = asked(data_folder, lambda database: Agents(database).password_hash("kim"))
    assert asyncio.run(matches(stored, PASSWORD))


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("kim",), f"{PASSWORD}\nanother password\n", "not the same"),
        (("kim",), "short\n", "10 to 200"),
        (("kim", "--password-stdin"), "short\n", "10 to 200"),
        (("kim", "--role", "boss"), "", "knowledge_manager"),
        (("kim lee",), "", "without spaces"),
    ],
)
def test_what_cannot_be_a_user_is_none(data_folder: Path, words: tuple[str, ...], typed: str, said: str) -> None:
    refused = run("user", "add", *words, typed=typed)
    assert refused.exit_code != 0
    assert said in f"{refused.output} {refused.exception}"
    assert asked(data_folder, lambda database: Agents(database).all()) == []


def test_a_name_is_given_once(data_folder: Path) -> None:
    run("user", "add", "kim", "--password-stdin", typed=f"{PASSWORD}\n")
    again = run("user", "add", "Kim", "--password-stdin", typed=f"{PASSWORD}\n")
    assert "frontdoor user password kim" in str(again.exception)


def test_another_password_lifts_a_lock_and_removing_takes_access_away(data_folder: Path) -> None:
    run("user", "add", "kim", "--password-stdin", typed=f"{PASSWORD}\n")

    async def lock(database: Database) -> None:
        for _ in range(5):
            await signed_in(database, "wrong")

    asked(data_folder, lock)
    assert run("user", "password", "kim", "--password-stdin", typed="another long password\n").exit_code == 0
    assert asked(data_folder, lambda database: signed_in(database, "another long password"))
    assert run("user", "remove", "kim").exit_code == 0
    assert not asked(data_folder, lambda database: Agents(database).any())
    for words in (("remove", "kim"), ("password", "kim")):
        assert "no user 'kim'" in str(run("user", *words).exception)


def test_what_the_operators_system_was_not_told_is_listed_and_told_after_all(data_folder: Path) -> None:
    async def dead(database: Database) -> str:
        hooks = Hooks(database)
        async with database.transaction() as connection:
            await record_hook(connection, "ticket.created", {"conversation": "c1"}, NOW)
        (hook,) = await hooks.claim(NOW, NOW)
        await hooks.dead(hook, NOW, "it answered 500")
        return hook.id

    id_ = asked(data_folder, dead)
    listed = run("hooks", "list").output
    assert "it answered 500" in listed
    assert "FRONTDOOR_HOOK_URL" in listed
    assert run("hooks", "retry").exit_code != 0
    assert "1 to be posted" in run("hooks", "retry", id_).output
    assert run("hooks", "retry", id_).exit_code == 1
    assert "0 to be posted" in run("hooks", "retry", "--all").output
