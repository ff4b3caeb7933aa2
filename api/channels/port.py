"""The port of a channel: what a messaging app has to be able to do to be a way to the front door."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

#: What a message is to us, whatever the provider calls it. ``other`` is kept for the record and goes no further.
Kind = Literal["text", "start", "press", "unreadable", "other"]
#: What a customer may send that cannot be read yet; words/ has a name for each.
Unreadables = Literal["photo", "voice", "video", "sticker", "file", "place", "contact", "something"]


class BadSignature(Exception):
    """The request does not come from the provider."""


class Unreadable(Exception):
    """The request comes from the provider but cannot be understood; the message says why."""


class NotConnected(Exception):
    """The provider could not be told where we are; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was posted to the webhook, untouched. Header names are lower case; ``url`` is as the provider sees it."""

    method: str
    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What the webhook answers."""

    body: str = ""
    type: str = "text/plain"
    status: int = 200


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One message in our terms.

    Attributes:
        provider_id: the provider's id; unique within the channel and for ever, so with the account in it.
        name: the provider's own word for this kind, for the record.
        account: which of our accounts at the provider got it.
        address: where the customer is reached.
        pressed: seq of the event and place of the button, for ``kind`` press.
        unreadable: what came instead of text, for ``kind`` unreadable.
        group: messages of one group (an album) get one answer at once.
        data: what ``render`` needs to answer this message, such as a reply token.
        receipt: what ``render`` needs to confirm a press.
        raw: the provider's own payload.
    """

    provider_id: str
    kind: Kind
    name: str
    raw: str
    account: str = ""
    address: str = ""
    locale: str = "en"
    text: str = ""
    pressed: tuple[int, int] | None = None
    unreadable: Unreadables = "something"
    group: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    receipt: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An article an answer is taken from; ``url`` is None when customers cannot reach it from outside."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class OutgoingWord:
    """One thing to say, or (with ``receipt``) a press to confirm, with an optional ``notice`` shown at once."""

    address: str
    seq: int
    text: str = ""
    buttons: Sequence[str] = ()
    sources: Sequence[Source] = ()
    answering: Mapping[str, Any] = field(default_factory=dict)
    receipt: Mapping[str, Any] | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One request to the provider. An ``optional`` one is no word to the customer: refused, it is passed over."""

    method: str
    body: Mapping[str, Any]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it; ``id`` is its own name for it."""

    id: str


@dataclass(frozen=True, slots=True)
class Later:
    """The provider could not take it now. ``after``: the seconds it asked for, if it did."""

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider will never take it."""

    reason: str


Outcome = Sent | Later | Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be, as the provider measures it, and how fast we may send (seconds between messages)."""

    text: int
    measure: Callable[[str], int]
    per_chat: float
    overall: float


class Channel(Protocol):
    """One messaging app. Built once from the settings; knows no database, no other channel, and no dialogue."""

    name: str
    limits: Limits
    #: What the webhook answers once everything is stored.
    acknowledgement: Reply

    def missing(self) -> Sequence[str]:
        """The settings without which nothing is really sent; empty when it is on."""
        ...

    def simulated(self, address: str) -> bool:
        """Whether what goes to this address is only recorded."""
        ...

    def verify(self, request: Request) -> None:
        """Compares the signature over the raw bytes in constant time; raises BadSignature."""
        ...

    def handshake(self, request: Request) -> Reply | None:
        """The answer to a verified request by which the provider tests the address; None for anything else."""
        ...

    def read(self, request: Request) -> Sequence[IncomingMessage]:
        """All messages of a verified request, in their order; raises Unreadable."""
        ...

    def render(self, word: OutgoingWord) -> Sequence[Part]:
        """The requests that say it, the same ones each time it is asked."""
        ...

    async def send(self, part: Part) -> Outcome:
        """Makes one request, within ten seconds; raises nothing that the network or the provider can cause."""
        ...

    async def connect(self, url: str) -> str:
        """Tells the provider to post to our webhook at ``url``; returns its answer, raises NotConnected."""
        ...

    def simulate(self, text: str, locale: str, name: str, address: str) -> tuple[Request, str]:
        """A signed request as the provider would post it, and the address it is from; no address: a made-up one."""
        ...

    async def aclose(self) -> None:
        """Lets go of connections."""
        ...


#: No conversation of the website begins with it: their ids are hexadecimal.
_MARK = "m"


def conversation_id(channel: str, account: str, address: str) -> str:
    """The conversation of one customer on one account: the same for all their messages."""
    return _MARK + hashlib.sha256(f"{channel}\n{account}\n{address}".encode("utf-8", "surrogatepass")).hexdigest()[:31]


def is_from_app(conversation_id: str) -> bool:
    """Whether a conversation was opened by a messaging app, and not on the website."""
    return conversation_id.startswith(_MARK)
