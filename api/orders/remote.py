"""The shop's order system over HTTP: ``GET {url}/{number}``, read with care, and within a customer's patience."""

import asyncio
from datetime import date
from urllib.parse import quote

import httpx
import structlog
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from api.orders.book import Order, OrdersAway, OrderUnusable, Status
from api.orders.proof import tidy_email, tidy_phone

log = structlog.get_logger()

#: Bytes of an answer that are read. An order is far smaller.
LONGEST = 64 * 1024


class OrderAnswer(BaseModel):
    """What the order system answers with 200; 404 says that there is no such order. Other fields are ignored.

    ``{"number": "LL-20418837", "status": "shipped", "placed": "2026-11-16", "email": "jane@example.com", "phone": null,
    "shipped": "2026-11-18", "expected": "2026-11-20", "delivered": null, "carrier": "PostNL", "tracking_url": "https://…"}``
    """

    model_config = ConfigDict(extra="ignore", strict=True)

    number: str = Field(min_length=1, max_length=100)
    status: Status
    placed: date
    email: str | None = Field(None, max_length=320)
    phone: str | None = Field(None, max_length=50)
    shipped: date | None = None
    expected: date | None = None
    delivered: date | None = None
    carrier: str | None = Field(None, max_length=100)
    tracking_url: HttpUrl | None = None


class RemoteOrders:
    """Asks an order system.

    Args:
        url: its address; the number is put behind it.
        token: sent as a bearer token; empty for none.
        timeout: seconds one look-up may take from begin to end.
        region: country of telephone numbers that name none.
    """

    def __init__(self, url: str, token: str, timeout: float, region: str) -> None:
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._region = region
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        # A redirect or a proxy from the environment would carry the token to a place nobody set here.
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout, follow_redirects=False, trust_env=False)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def in_use(self) -> bool:
        return True

    async def find(self, number: str) -> Order | None:
        """The order; None for 404.

        Raises:
            OrdersAway: for everything else, with the reason.
        """
        try:
            async with asyncio.timeout(self._timeout):
                body = await self._fetch(number)
        except (TimeoutError, httpx.TimeoutException) as problem:
            raise OrdersAway(f"The order system did not answer within {self._timeout:g} s.") from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise OrdersAway(f"The order system cannot be reached ({type(problem).__name__}).") from problem
        return None if body is None else self._order(number, body)

    async def _fetch(self, number: str) -> bytes | None:
        async with self._client.stream("GET", f"{self._url}/{quote(number, safe='')}") as answer:
            if answer.status_code == 404:
                return None
            if answer.status_code in (401, 403):
                raise OrdersAway(f"The order system refused us ({answer.status_code}). Check FRONTDOOR_ORDERS_TOKEN.")
            if answer.is_redirect:
                raise OrdersAway(f"The order system answered with a redirect ({answer.status_code}), not followed.")
            if answer.status_code != 200:
                raise OrdersAway(f"The order system answered {answer.status_code}.")
            body = b""
            async for piece in answer.aiter_raw():
                body += piece
                if len(body) > LONGEST:
                    raise OrdersAway(f"The order system answered with more than {LONGEST} bytes.")
            return body

    def _order(self, number: str, body: bytes) -> Order:
        try:
            told = OrderAnswer.model_validate_json(body)
        except ValidationError as problem:
            # Fields and what is allowed in them, never what stood there: that is somebody's order.
            wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in problem.errors()[:3])
            # A page instead of an order comes for any number; an order with a field we do not know only for its own.
            kind = OrderUnusable if all(e["loc"] for e in problem.errors()) else OrdersAway
            raise kind(f"The order system's answer has another shape ({wrong}).") from None
        if told.number.casefold() != number.casefold():
            raise OrderUnusable("The order system answered with another order than the one asked for.")
        email = tidy_email(told.email) if told.email else None
        phone = tidy_phone(told.phone, self._region) if told.phone else None
        if (told.email and not email) or (told.phone and not phone):
            # Which order it is, the turn's trace has: its number in a log would be a customer's.
            log.warning("orders.contact_unreadable")
        return Order(
            number=number,
            status=told.status,
            placed=told.placed,
            email=email,
            phone=phone,
            shipped=told.shipped,
            expected=told.expected,
            delivered=told.delivered,
            carrier=told.carrier,
            tracking_url=str(told.tracking_url) if told.tracking_url else None,
        )
