"""The live model: customers move to a new one when it is ready, and stay where they are when it is not."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from structlog.testing import capture_logs

from api.bot import live
from api.bot.fleet import Fleet
from api.bot.live import LiveModel
from api.bot.member import Member
from api.bot.process import BotProcess
from api.bot.registry import Model, Registry
from tests.api.bot.test_process import SECRET, fake
from tests.api.bot.test_registry import made


class Stage:
    """A registry, a fleet, and processes that serve nothing but what a start asks for; some models do not load."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = Registry(folder / "models")
        self.registry.folder.mkdir(parents=True)
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


def served(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when the next process has been brought in."""
    noticed, exchange = asyncio.Event(), stage.fleet.exchange

    def exchanged(old: Member | None, new: Member) -> None:
        exchange(old, new)
        noticed.set()

    monkeypatch.setattr(stage.fleet, "exchange", exchanged)
    return noticed


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
    assert (stage.registry.active(), stage.registry.rejected) == (first, (bad.made_from,))
    assert stage.live.refused.in_short == "did not start"


async def test_one_whose_process_cannot_be_started_at_all_is_refused(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    [old] = stage.fleet.members
    first, second = stage.registry.active(), made(stage.registry, "second")
    new = stage.live._new

    def gone(model: Model) -> BotProcess:
        process = new(model)
        process._python = stage.folder / "no python"
        return process

    monkeypatch.setattr(stage.live, "_new", gone)
    stage.registry.activate(second)
    await stage.live.follow()
    assert stage.live.refused is not None
    assert (stage.live.refused.version, stage.live.refused.in_short) == (second.version, "did not start")
    assert (stage.registry.active(), stage.fleet.members) == (first, (old,))


async def test_a_refusal_does_not_undo_a_choice_made_meanwhile(stage: Stage) -> None:
    bad, better = made(stage.registry, "bad"), made(stage.registry, "better")
    stage.broken.add(bad.version)
    new = stage.live._new

    def chosen_meanwhile(model: Model) -> BotProcess:
        if model == bad:
            stage.registry.activate(better)
        return new(model)

    stage.live._new = chosen_meanwhile
    stage.registry.activate(bad)
    await stage.live.follow()
    assert stage.registry.active() == better
    await stage.live.follow()
    assert stage.fleet.model_version == better.version


async def test_a_refusal_is_put_back_while_a_training_holds_the_registry(stage: Stage) -> None:
    first, bad = stage.registry.active(), made(stage.registry, "bad")
    stage.broken.add(bad.version)
    with stage.registry.training():
        stage.registry.activate(bad)
        await stage.live.follow()
    assert (stage.registry.active(), stage.registry.rejected) == (first, (bad.made_from,))


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
    noticed = served(stage, monkeypatch)
    stage.registry.activate(made(stage.registry, "second"))
    await asyncio.wait_for(noticed.wait(), 30)


async def test_a_choice_made_while_the_first_process_starts_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(tmp_path)
    first, second = made(stage.registry, "first"), made(stage.registry, "second")
    stage.registry.activate(first)
    new = stage.live._new

    def slow(model: Model) -> BotProcess:
        if model == first:
            stage.registry.activate(second)
        return new(model)

    monkeypatch.setattr(stage.live, "_new", slow)
    await stage.live.start()
    noticed = served(stage, monkeypatch)
    try:
        await asyncio.wait_for(noticed.wait(), 30)
    finally:
        await stage.live.stop()
    # Stopped before the first one had begun to be taken out: none is left all the same.
    assert not any(process.pid and psutil.pid_exists(process.pid) for process in stage.started)


async def test_a_watch_that_fails_is_said_and_the_choice_is_looked_at_all_the_same(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.live.stop()
    tries = 0

    def no_watch(*_: object, **__: object) -> AsyncIterator[object]:
        nonlocal tries
        tries += 1
        raise OSError("no more watches")

    monkeypatch.setattr(live, "awatch", no_watch)
    monkeypatch.setattr(live, "LOOK", 0.01)
    again = Stage(stage.folder / "again")
    again.registry.activate(made(again.registry, "first"))
    with capture_logs() as logs:
        await again.live.start()
        noticed = served(again, monkeypatch)
        again.registry.activate(made(again.registry, "second"))
        try:
            await asyncio.wait_for(noticed.wait(), 30)
        finally:
            await again.live.stop()
    assert tries > 0
    assert [line["event"] for line in logs].count("model.not_watched") == 1


async def test_stopping_ends_the_process_whatever_became_of_the_watcher(stage: Stage) -> None:
    async def broken() -> None:
        raise RuntimeError("the watcher fell")

    assert stage.live._watching is not None
    stage.live._watching.cancel()
    stage.live._watching = asyncio.create_task(broken())
    await asyncio.wait([stage.live._watching])
    [process] = stage.fleet.members
    assert process.pid is not None
    await stage.live.stop()
    assert not psutil.pid_exists(process.pid)


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
