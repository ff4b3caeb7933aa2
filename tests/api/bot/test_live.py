"""The live model: customers move to a new one when it is ready, and stay where they are when it is not."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from api.bot.fleet import Fleet
from api.bot.live import LiveModel
from api.bot.process import BotProcess
from api.bot.registry import Model, Registry
from tests.api.bot.test_process import SECRET, fake
from tests.api.bot.test_registry import made


class Stage:
    """A registry, a fleet, and processes that serve nothing but what a start asks for; some models do not load."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = Registry(folder / "models")
        self.registry.folder.mkdir()
        self.fleet = Fleet(SECRET)
        self.broken: set[str] = set()
        self.started: list[BotProcess] = []
        self.live = LiveModel(self.registry, self.fleet, self.process)

    def process(self, model: Model) -> BotProcess:
        home = self.folder / model.version
        home.mkdir(exist_ok=True)
        python = fake(home, broken=model.version in self.broken)
        made = BotProcess(python, Path("the model"), home, "http://x", home / "bot.log", SECRET, model.version)
        self.started.append(made)
        return made


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path)
    stage.registry.activate(made(stage.registry, "first"))
    await stage.live.start()
    yield stage
    await stage.live.stop()


async def test_a_model_that_becomes_active_is_served_and_the_old_process_ends(stage: Stage) -> None:
    [old] = stage.fleet.members
    assert old.pid is not None
    before = psutil.Process(old.pid)
    second = made(stage.registry, "second")
    stage.registry.activate(second)
    await stage.live.follow()
    assert stage.fleet.model_version == second.version
    await asyncio.gather(*stage.live._retiring)
    assert not before.is_running()
    assert [member.ready for member in stage.fleet.members] == [True]
    assert (stage.live.starting, stage.live.refused) == (None, None)


async def test_a_turn_in_hand_is_finished_where_it_began(stage: Stage) -> None:
    [old] = stage.fleet.members
    second = made(stage.registry, "second")
    async with stage.fleet.pick("a conversation").turn():
        stage.registry.activate(second)
        await stage.live.follow()
        assert stage.fleet.model_version == second.version
        assert old not in stage.fleet.members
        assert old.pid is not None
        assert psutil.pid_exists(old.pid)
        assert old.ready
    await asyncio.gather(*stage.live._retiring)
    assert not old.ready


async def test_a_model_that_does_not_load_is_refused_and_the_old_one_goes_on(stage: Stage) -> None:
    [old] = stage.fleet.members
    first = stage.registry.active()
    bad = made(stage.registry, "bad")
    stage.broken.add(bad.version)
    stage.registry.activate(bad)
    await stage.live.follow()
    assert stage.live.refused is not None
    assert stage.live.refused.version == bad.version
    assert "this model is from another version" in stage.live.refused.reason
    assert stage.fleet.members == (old,)
    assert old.ready
    assert (stage.registry.active(), stage.registry.rejected) == (first, bad.made_from)


async def test_one_whose_file_was_exchanged_is_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stage.registry.active()
    second = made(stage.registry, "second")
    # Between the choice and the start of its process, before the watcher has seen anything.
    async with stage.live._one_at_a_time:
        stage.registry.activate(second)
        (stage.registry.folder / second.file).write_text("from somewhere")
    await stage.live.follow()
    assert stage.live.refused is not None
    assert "will not be loaded" in stage.live.refused.reason
    assert stage.registry.active() == first


async def test_a_choice_made_by_another_process_is_noticed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    noticed = asyncio.Event()
    monkeypatch.setattr(stage.live, "_change", lambda: asyncio.sleep(0, noticed.set()))
    stage.registry.activate(made(stage.registry, "second"))
    await asyncio.wait_for(noticed.wait(), 30)


async def test_stopping_while_a_model_is_started_leaves_no_process(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def never() -> str:
        asked.set()
        return await asyncio.Event().wait()  # type: ignore[return-value]  # it never returns

    second = made(stage.registry, "second")
    new = stage.live._new

    def slow(model: Model) -> BotProcess:
        process = new(model)
        monkeypatch.setattr(process, "ask_ready", never)
        return process

    monkeypatch.setattr(stage.live, "_new", slow)
    stage.registry.activate(second)
    await asyncio.wait_for(asked.wait(), 30)
    assert stage.live.starting == second.version
    await stage.live.stop()
    pids = [process._process.pid for process in stage.started if process._process]
    assert len(pids) == 2
    assert not any(psutil.pid_exists(pid) for pid in pids)
