"""The request meter: counts what was asked over HTTP and how it was answered, by route and never by address."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")


class RequestMeter:
    """Stands around the application and counts an answer when it begins, so that a stream counts while it is open."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _count(scope, message["status"])
            await send(message)

        await self._app(scope, receive, counted)


def _count(scope: Scope, status: int) -> None:
    state = getattr(scope["app"].state, "frontdoor", None)
    if state is None:
        return
    # Whatever anybody makes up as a method or an address must not become a label.
    method = scope["method"] if scope["method"] in METHODS else "other"
    route = getattr(scope.get("route"), "path", "unmatched")
    state.meters.request(method, route, status)
