"""Conversations: the customer API. The widget is its first client."""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Header, Request
from pydantic import BaseModel, ConfigDict, Field

from api import logs
from api.errors import NotFound, Refused, TooLong
from api.state import Running
from handoff.conversations import Conversation

log = structlog.get_logger()
router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


class NewConversation(BaseModel):
    """Opens a conversation."""

    model_config = ConfigDict(extra="ignore")

    locale: str = Field("en", min_length=2, max_length=35, pattern="^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$")


class Opened(BaseModel):
    """Keep the token: it is the only key to the conversation, and it is shown once."""

    id: str
    token: str


class NewMessage(BaseModel):
    """A message. ``id`` is the client's own and makes resending safe."""

    id: str = Field(min_length=1, max_length=200)
    text: str


class Accepted(BaseModel):
    """The message is stored; the answer comes as an event."""

    seq: int


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def own_conversation(
    conversation_id: str, request: Request, state: Running, authorization: Annotated[str, Header()] = ""
) -> Conversation:
    """The conversation, for whoever holds its token; anything else is 404, whatever the token."""
    token = authorization.removeprefix("Bearer ").strip()
    conversation = await state.conversations.find(tidy(conversation_id))
    known = (conversation.token_hash if conversation else None) or token_hash("")
    if not hmac.compare_digest(known, token_hash(token)) or conversation is None or not token:
        raise NotFound
    request.state.language = conversation.language or conversation.locale
    return conversation


Own = Annotated[Conversation, Depends(own_conversation)]


def address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


@router.post("", status_code=201, summary="Open a conversation")
async def open_conversation(body: NewConversation, request: Request, state: Running) -> Opened:
    await state.rates.address(address_of(request))
    token = secrets.token_urlsafe(32)
    conversation = await state.conversations.open("web", body.locale, token_hash(token), state.clock())
    return Opened(id=conversation.id, token=token)


@router.post("/{conversation_id}/messages", status_code=202, summary="Send a message")
async def send_message(body: NewMessage, request: Request, own: Own, state: Running) -> Accepted:
    await state.rates.address(address_of(request))
    await state.rates.conversation(own.id)
    state.services.lookups.guesses.came_from(own.id, address_of(request))
    text = tidy(body.text)
    if not says_something(text):
        raise Refused(422, "empty", "error-empty")
    if len(text) > state.settings.max_characters:
        raise TooLong(state.settings.max_characters)
    # Stored before it is acknowledged: what we said yes to is answered, whatever happens next.
    received = await state.events.receive(own.id, tidy(body.id), text, state.clock())
    if received.fresh:
        state.meters.message(own.channel)
        log.debug("message.received", message=logs.message_id(own.id, received.seq))
        state.broadcast.tell(own.id)
    if received.mine:
        state.worker.notice(own.id)
    elif received.fresh:
        # Whoever waits for a person may rather have a ticket.
        await state.desk.leaving.heard(own.id, received.seq)
    return Accepted(seq=received.seq)


def tidy(text: str) -> str:
    """The text without what no database can hold: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def says_something(text: str) -> bool:
    """Whether anything in it can be seen: spaces, marks of no width and control characters cannot."""
    return any(unicodedata.category(char) not in ("Cc", "Cf", "Zs", "Zl", "Zp") for char in text)
