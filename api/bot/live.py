"""The live model: a newly chosen one gets a process of its own, and customers move when that is ready."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from watchfiles import awatch

from api.bot.fleet import Fleet
from api.bot.process import BotDidNotStart, BotProcess
from api.bot.registry import AlreadyTraining, Model, Registry, UnknownModel, checked

log = structlog.get_logger()

#: Seconds the turns in hand of a process that is taken out may still need.
LAST_TURNS = 30.0
#: Seconds between two looks at the choice while nothing tells that it changed.
LOOK = 1.0
#: Why a model was refused, for everybody; what its process said last is in its log.
DID_NOT_START = "did not start"


@dataclass(frozen=True)
class Refused:
    """A model that could not be used, and why: the reason is for the operator, the short one for everybody."""

    version: str
    reason: str
    in_short: str


class LiveModel:
    """Keeps one Rasa process with the registry's active model among the members of a fleet.

    Args:
        start: makes a process for a model file and its version; not started yet.
    """

    def __init__(self, registry: Registry, fleet: Fleet, start: Callable[[Model], BotProcess]) -> None:
        self._registry = registry
        self._fleet = fleet
        self._new = start
        self._process: BotProcess | None = None
        self._retiring: dict[asyncio.Task[None], BotProcess] = {}
        self._watching: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        self._seen: object = object()  # like no choice there ever was, so that the first look follows
        self.model: Model | None = None
        self.starting: str | None = None
        self.refused: Refused | None = None

    async def start(self) -> None:
        """The first process, and from now on whatever becomes active.

        Raises:
            BotDidNotStart: with its last words.
            UnknownModel: there is no model, or its file is not ours.
        """
        model = self._registry.active()
        if model is None:
            raise UnknownModel(f"There is no model in {self._registry.folder}. Run `frontdoor train`.")
        await self._bring_in(model)
        self._watching = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Every process ends, also one that is just being started or taken out."""
        if self._watching:
            self._watching.cancel()
            # Whatever it ended with, no process may be left behind.
            await asyncio.gather(self._watching, return_exceptions=True)
        retired = dict(self._retiring)
        for retiring in retired:
            retiring.cancel()
        await asyncio.gather(*retired, return_exceptions=True)
        # Also those whose way out was cut short, or had not begun.
        left = [process for process in (*retired.values(), self._process) if process]
        await asyncio.gather(*(process.stop() for process in left))

    async def follow(self) -> None:
        """Serve the active model, if it is another than the one that serves now."""
        async with self._one_at_a_time:
            await self._change()

    async def _change(self) -> None:
        model = self._registry.active()
        if model is None or self.model is None or model.version == self.model.version:
            return
        before = self.model
        log.info("model.starting", version=model.version, instead_of=before.version)
        self.starting = model.version
        try:
            await self._bring_in(model)
        except (BotDidNotStart, UnknownModel, OSError) as problem:
            log.error("model.refused", version=model.version, reason=str(problem))
            ours = not isinstance(problem, UnknownModel)
            in_short = DID_NOT_START if ours else "its file is gone or is not the one that was trained here"
            self.refused = Refused(model.version, str(problem), in_short)
            await asyncio.to_thread(self._put_back, model, before)
        else:
            self.refused = None
            log.info("model.live", version=model.version)
        finally:
            self.starting = None

    def _put_back(self, refused: Model, before: Model) -> None:
        """The model before is chosen again, so that the next start does not meet the same refusal."""
        try:
            with self._registry.training():
                self._put_back_now(refused, before)
        except AlreadyTraining:
            # A training takes minutes, and whoever chose this model waits to hear that it was refused.
            self._put_back_now(refused, before)

    def _put_back_now(self, refused: Model, before: Model) -> None:
        if self._registry.active() == refused:
            self._registry.activate(before, rejected=refused.made_from)

    async def _bring_in(self, model: Model) -> None:
        await asyncio.to_thread(checked, self._registry.folder, model)
        process = self._new(model)
        try:
            await process.start()
        except BaseException:
            await process.stop()
            raise
        old, self._process, self.model = self._process, process, model
        self._fleet.exchange(old, process)
        if old:
            retiring = asyncio.create_task(_retire(old))
            self._retiring[retiring] = old
            retiring.add_done_callback(self._retiring.pop)

    async def _follow(self) -> None:
        told = ""
        while True:
            try:
                # It also wakes up when nothing changed: first of all after what was chosen before it watched.
                async for _ in awatch(
                    self._registry.folder,
                    debounce=200,
                    step=50,
                    recursive=False,
                    rust_timeout=int(LOOK * 1000),
                    yield_on_timeout=True,
                ):
                    await self._look()
            except Exception as problem:
                if repr(problem) != told:
                    log.exception("model.not_watched", reason=repr(problem))
                told = repr(problem)
            await asyncio.sleep(LOOK)
            await self._look()

    async def _look(self) -> None:
        seen = self._registry.chosen_at
        if seen == self._seen:
            return
        # Noted before it is followed: a choice made meanwhile is another one.
        self._seen = seen
        try:
            await self.follow()
        except Exception as problem:
            # The process that serves goes on; the next choice is looked at again.
            log.exception("model.not_followed", reason=repr(problem))


async def _retire(process: BotProcess) -> None:
    try:
        await process.finish(LAST_TURNS)
    finally:
        await process.stop()
