"""Webhooks: where messaging apps post. Verified, stored once, then acknowledged; thought about afterwards."""

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.channels import port
from api.state import Running

log = structlog.get_logger()

router = APIRouter(prefix="/webhooks", include_in_schema=False)


@router.api_route("/{name}", methods=["GET", "POST"])
async def webhook(name: str, request: Request, state: Running) -> Response:
    """A provider's request. Anything but 2xx makes the provider send it again, so it says "not stored"."""
    channel = state.messaging.channels.get(name)
    if channel is None:
        return _refusal(404, "unknown_channel", "There is no such channel.")
    posted = port.Request(
        method=request.method,
        url=_as_seen_outside(request, state.settings.public_url),
        query=dict(request.query_params),
        headers={key.decode("latin-1").lower(): value.decode("latin-1") for key, value in request.headers.raw},
        body=await request.body(),
    )
    try:
        channel.verify(posted)
        if (reply := channel.handshake(posted)) is not None:
            return _response(reply)
        messages = channel.read(posted)
    except port.BadSignature:
        log.warning("channel.bad_signature", channel=name)
        return _refusal(401, "bad_signature", "The request is not signed as it should be.")
    except port.Unreadable as problem:
        log.warning("channel.unreadable", channel=name, reason=str(problem))
        return _refusal(400, "unreadable", f"The request cannot be read: {problem}.")
    for message in messages:
        taken = await state.messaging.reception.take(name, message)
        state.messaging.noticed(taken)
        if taken.fresh and not taken.mine and taken.conversation_id and taken.seq is not None:
            # Whoever waits for a person may rather have a ticket.
            await state.desk.leaving.heard(taken.conversation_id, taken.seq)
        if taken.fresh and taken.seq is not None:
            state.meters.message(name)
    return _response(channel.acknowledgement)


def _as_seen_outside(request: Request, public_url: str) -> str:
    """The address the provider posted to, which some sign: behind a proxy it is not the one we were reached at."""
    if not public_url:
        return str(request.url)
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{public_url.rstrip('/')}{request.url.path}{query}"


def _response(reply: port.Reply) -> Response:
    return Response(reply.body, reply.status, media_type=reply.type)


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status)
