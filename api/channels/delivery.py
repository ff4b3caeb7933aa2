"""Delivery: takes what is in the outbox to the customers, in order, until it arrived or never will."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import structlog

from api import logs, wording
from api.channels.pace import Pace
from api.channels.port import Channel, Later, OutgoingWord, Part, Refused, Sent, Source
from handoff.outbox import Letter, Outbox, Status

log = structlog.get_logger()

#: How many conversations are delivered to at once.
AT_ONCE = 30
#: Seconds a claimed letter stays with its sender: longer than a request may take, short for who waits after a crash.
CLAIM = 15.0
#: Seconds between looks for work nobody was told of.
SWEEP = 1.0
LONGEST_BACKOFF = 300.0
#: An answer later than this helps nobody any more.
GIVE_UP_AFTER = timedelta(hours=24)
#: Tries of a request that is no word to the customer.
OPTIONAL_TRIES = 3


class Delivery:
    """Started and stopped with the API; ``notice`` is called when there may be something to send.

    Args:
        outbox: what is to be sent.
        channels: by name.
        public_url: where customers reach this product, for links to its pages; empty: no such links.
        tell: told of each conversation to whose agent a letter's end is news.
    """

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        public_url: str,
        clock: Callable[[], datetime],
        tell: Callable[[str], None],
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self._public_url = public_url
        self._clock = clock
        self._tell = tell
        self._paces = {name: Pace(channel.limits) for name, channel in channels.items()}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._news = asyncio.Event()
        self._watcher: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Begin with what an earlier process left."""
        self._watcher = asyncio.create_task(self._watch())

    async def stop(self, within: float = 3.0) -> None:
        """Finish the requests in hand; the rest stays in the outbox for the next start."""
        self._stopping = True
        self._news.set()
        left = [task for task in (self._watcher, *self._tasks.values()) if task]
        if left:
            # Waited for, not cut off: a connection that is just being opened would be left behind.
            await asyncio.wait(left, timeout=within)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def notice(self) -> None:
        """There may be something to send."""
        self._news.set()

    async def _watch(self) -> None:
        while not self._stopping:
            self._news.clear()
            wait = SWEEP
            try:
                now = self._clock()
                for conversation_id in await self._outbox.due(now):
                    self._begin(conversation_id)
                if next_ := await self._outbox.next_due(now):
                    wait = min(SWEEP, max(0.01, (next_ - self._clock()).total_seconds()))
            except Exception as problem:  # noqa: BLE001
                # The database may be away for a while; delivery must outlive that, and the log says it.
                log.error("delivery.sweep_failed", reason=logs.reason(problem))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._news.wait()

    def _begin(self, conversation_id: str) -> None:
        if conversation_id in self._tasks or self._stopping:
            return
        task = asyncio.create_task(self._serve(conversation_id))
        self._tasks[conversation_id] = task

        def done(_: object) -> None:
            self._tasks.pop(conversation_id, None)
            # Something may have come while it was ending.
            self._news.set()

        task.add_done_callback(done)

    async def _serve(self, conversation_id: str) -> None:
        async with self._slots:
            try:
                while not self._stopping and (letter := await self._outbox.head(conversation_id, self._clock())):
                    await self._step(letter)
            except Exception as problem:
                log.exception("delivery.failed", conversation=conversation_id, reason=logs.reason(problem))
                await asyncio.sleep(SWEEP)

    async def _step(self, letter: Letter) -> None:
        """One request: claimed, made, and its outcome kept before the next one."""
        channel = self._channels.get(letter.channel)
        parts, why = _rendered(channel, letter, self._public_url)
        part = parts[letter.parts_sent] if letter.parts_sent < len(parts) else None
        pretend = channel is not None and channel.simulated(letter.address)
        if part and not part.optional and not pretend:
            await self._paces[letter.channel].turn(letter.address)
        now = self._clock()
        # Asked as late as can be: what a person says from here on is the only voice.
        claimed = await self._outbox.claim(letter, now, now + timedelta(seconds=CLAIM))
        if claimed is None:
            log.info("delivery.not_sent", **_about(letter), reason="taken over by a person or by another sender")
        elif channel is None or part is None:
            if parts:
                # A setting changed in the middle and it became shorter: all of it is out.
                await self._end(claimed, "sent")
            else:
                await self._give_up(claimed, why)
        elif pretend:
            await self._done(claimed, parts, "simulated", {"method": part.method, "body": dict(part.body)})
        else:
            await self._send(channel, claimed, parts, part)

    async def _send(self, channel: Channel, letter: Letter, parts: list[Part], part: Part) -> None:
        outcome = await channel.send(part)
        if not part.optional:
            self._paces[letter.channel].gone(letter.address)
        if isinstance(outcome, Sent):
            await self._done(letter, parts, "sent", {"method": part.method, "id": outcome.id})
        elif part.optional and (isinstance(outcome, Refused) or letter.attempts >= OPTIONAL_TRIES):
            await self._done(letter, parts, "sent", {"method": part.method, "passed_over": outcome.reason})
        elif isinstance(outcome, Refused):
            await self._give_up(letter, outcome.reason)
        elif self._clock() - letter.at > GIVE_UP_AFTER:
            await self._give_up(letter, f"given up after {GIVE_UP_AFTER}: {outcome.reason}")
        else:
            await self._put_off(letter, outcome)

    async def _done(self, letter: Letter, parts: list[Part], status: Status, receipt: dict[str, Any]) -> None:
        if letter.parts_sent + 1 < len(parts):
            await self._outbox.part_sent(letter, receipt, self._clock())
            return
        await self._end(letter, status, receipt)
        log.info("delivery.done", **_about(letter), status=status)

    async def _give_up(self, letter: Letter, reason: str) -> None:
        await self._end(letter, "dead", reason=reason)
        log.warning("delivery.dead", **_about(letter), reason=_in_short(reason))

    async def _end(
        self, letter: Letter, status: Status, receipt: Mapping[str, Any] | None = None, reason: str = ""
    ) -> None:
        if await self._outbox.finished(letter, status, self._clock(), receipt, reason) and letter.news(status):
            # An agent who watches is to see at once that the customer has not got it, or has got it after all.
            self._tell(letter.conversation_id)

    async def _put_off(self, letter: Letter, outcome: Later) -> None:
        # With jitter, so that what failed together does not come back together.
        backoff = min(LONGEST_BACKOFF, 2.0 ** min(letter.attempts - 1, 20))
        backoff *= random.uniform(0.75, 1.25)  # noqa: S311 - no secret
        seconds = backoff if outcome.after is None else outcome.after + random.uniform(0.05, 0.5)  # noqa: S311
        seconds = min(seconds, GIVE_UP_AFTER.total_seconds())
        await self._outbox.put_off(letter, self._clock() + timedelta(seconds=seconds), outcome.reason)
        log.warning("delivery.later", **_about(letter), seconds=round(seconds, 1), reason=_in_short(outcome.reason))


def _about(letter: Letter) -> dict[str, Any]:
    # The message it answers, by the id under which that is in the log; what answers none goes by its own.
    message = logs.message_id(letter.conversation_id, letter.event.turn or letter.seq)
    return {"channel": letter.channel, "conversation": letter.conversation_id, "seq": letter.seq, "message": message}


def _in_short(reason: str) -> str:
    """A reason for the log: the provider's own sentence, after the colon, may quote the customer."""
    return reason.partition(": ")[0]


def _rendered(channel: Channel | None, letter: Letter, public_url: str) -> tuple[list[Part], str]:
    """The requests of a letter; or none and the reason."""
    if channel is None:
        return [], f"there is no channel {letter.channel} in this version"
    try:
        return list(channel.render(word_of(letter, public_url))), "there is nothing to send"
    except Exception as problem:
        # What cannot be said must not hold up what comes after it.
        log.exception("delivery.unrenderable", **_about(letter))
        return [], f"it cannot be put into the channel's form: {type(problem).__name__}"


def word_of(letter: Letter, public_url: str) -> OutgoingWord:
    """A letter in the channel port's terms."""
    data = letter.event.data
    if receipt := data.get("receipt"):
        notice = receipt.get("notice") if isinstance(receipt, dict) else None
        return OutgoingWord(letter.address, letter.seq, receipt=_mapping(receipt), notice=notice)
    buttons = [str(one["title"]) for one in _list(data.get("buttons"))]
    return OutgoingWord(
        letter.address,
        letter.seq,
        letter.event.text,
        buttons=buttons,
        sources=list(_sources(data, buttons, letter.language, public_url)),
        answering=_mapping(letter.answering.get("channel")),
    )


def _sources(data: Mapping[str, Any], buttons: list[str], language: str, public_url: str) -> Iterator[Source]:
    for source in _list(data.get("sources")):
        title, url = str(source["title"]), _link(str(source.get("url", "")), public_url)
        if title not in buttons:
            yield Source(wording.say(language, "channel-source", title=title), url)
        elif url:
            # A suggestion: its title stands on a button too, and may be read before it is chosen.
            yield Source(title, url)


def _link(url: str, public_url: str) -> str | None:
    """An address that works in the customer's app, where there is no page it could be relative to."""
    if url.startswith(("https://", "http://")):
        return url
    return urljoin(public_url.rstrip("/") + "/", url.lstrip("/")) if public_url and url else None


def _list(value: object) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}
