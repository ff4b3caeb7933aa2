"""Reception: what comes in from any messaging app is kept, and answered at once where no turn is needed."""

import unicodedata
from collections.abc import Callable
from datetime import datetime

import structlog

from api import wording
from api.channels.port import IncomingMessage, conversation_id
from api.errors import TooFast
from api.limits import Rates
from handoff.columns import storable
from handoff.inbound import Arrival, Inbound, Reaction, Situation, Taken
from handoff.stream import Word

log = structlog.get_logger()


class Reception:
    """Takes messages of all channels in.

    Args:
        inbound: where they are kept.
        rates: how much one conversation may send.
        shop_name: who is spoken for.
        max_characters: the longest message that is read.
    """

    def __init__(
        self, inbound: Inbound, rates: Rates, shop_name: str, max_characters: int, clock: Callable[[], datetime]
    ) -> None:
        self._inbound = inbound
        self._rates = rates
        self._shop_name = shop_name
        self._longest = max_characters
        self._clock = clock

    async def take(self, channel: str, message: IncomingMessage) -> Taken:
        """Keeps one message once; what came of it."""
        id_ = conversation_id(channel, message.account, message.address) if message.kind != "other" else None
        # What a provider sends again after a failure of ours is not counted against the customer.
        again = await self._inbound.known(channel, message.provider_id)
        kind = storable(message.name)[:32]
        wait = await self._wait(id_) if id_ and not again else 0
        at = self._clock()
        arrival = Arrival(
            channel=channel,
            provider_id=message.provider_id,
            kind=kind,
            payload=message.raw,
            conversation_id=id_,
            address=message.address,
            locale=message.locale,
            text=self._text(message),
            data={"channel": dict(message.data)} if message.data else {},
            receipt=message.receipt,
            pressed=message.pressed,
        )
        taken = await self._inbound.take(arrival, lambda found: self._react(message, found, wait, at), at)
        log.info(
            "channel.received",
            channel=channel,
            kind=kind,
            conversation=id_,
            seq=taken.seq,
            new=taken.fresh,
        )
        return taken

    async def _wait(self, id_: str) -> int:
        try:
            await self._rates.conversation(id_)
        except TooFast as told:
            return int(told.values["seconds"])
        return 0

    def _text(self, message: IncomingMessage) -> str:
        if message.kind == "unreadable":
            return wording.say(message.locale, f"channel-got-{message.unreadable}")
        return storable(message.text)

    def _react(self, message: IncomingMessage, found: Situation, wait: int, at: datetime) -> Reaction:
        language = found.conversation.language or message.locale
        if found.late:
            return Reaction(handled=True, notice=wording.say(language, "channel-late-press"))
        if found.conversation.owner != "bot":
            # It is on a person's desk, whatever it is; the bot has no say.
            return Reaction()
        greeting = wording.say(language, "channel-greeting", shop=self._shop_name)
        if message.kind == "start" and not wait:
            return Reaction([_word(greeting)], handled=True)
        key, sentence = self._instead(message, language, wait, at)
        # The law wants it said before anything else that this is a bot.
        first = [_word(wording.say(language, "channel-disclosure", shop=self._shop_name))] if found.first else []
        return Reaction([*first, *([_word(sentence)] if sentence else [])], handled=bool(sentence), key=key)

    def _instead(
        self, message: IncomingMessage, language: str, wait: int, at: datetime
    ) -> tuple[str | None, str | None]:
        """What is said instead of a turn, and the key under which it is said once."""
        if wait:
            # Stored, but not each thought about: thirty answers in a row would bury the one that is waited for.
            return f"too-fast:{at:%Y%m%d%H%M}", wording.say(language, "error-too-fast", seconds=wait)
        if message.kind == "unreadable":
            group = f"group:{message.group}" if message.group else None
            return group, wording.say(language, "channel-text-only")
        if message.kind == "text" and not _says_something(message.text):
            return None, wording.say(language, "error-empty")
        if len(message.text) > self._longest:
            return None, wording.say(language, "error-too-long", limit=self._longest)
        return None, None


def _word(text: str) -> Word:
    return Word("message", "bot", text)


def _says_something(text: str) -> bool:
    """Whether anything in it can be seen."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)
