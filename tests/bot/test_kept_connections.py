"""A line to the product stays open: dialled once, used again, dialled anew when it is gone, and hung up at the end."""

import asyncio
from typing import Awaitable, Callable, List, Optional

import pytest
from aiohttp.client_proto import ResponseHandler
from components import kept_connections
from components.kept_connections import kept
from rasa.utils.endpoints import ClientResponseError, EndpointConfig


class Product:
    """Answers every request with ``answer`` and counts how often it was dialled."""

    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: who=ana\r\nContent-Length: 2\r\n\r\n{}"
    hangs_up = False

    def __init__(self) -> None:
        self.dialled = 0
        self.asked: List[bytes] = []
        self.gone = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.dialled += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split()[0]))
                self.asked.append(head)
                writer.write(self.answer)
                if self.hangs_up:
                    break
        except asyncio.IncompleteReadError:
            self.gone.set()
        writer.close()


Call = Callable[[Product, EndpointConfig], Awaitable[None]]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Call], None]:
    monkeypatch.setattr(EndpointConfig, "session", kept)

    def run(call: Call) -> None:
        async def all_of_it() -> None:
            product = Product()
            server = await asyncio.start_server(product.serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            try:
                await call(product, EndpointConfig(f"http://127.0.0.1:{port}", headers={"X-Frontdoor-Secret": "s"}))
            finally:
                await kept_connections.close()
                server.close()
                await server.wait_closed()

        asyncio.run(all_of_it())

    return run


def test_many_questions_go_over_one_line(talk) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        assert [await endpoint.request(json={}) for _ in range(3)] == [{}] * 3
        assert product.dialled == 1 and all(b"X-Frontdoor-Secret: s" in head for head in product.asked)

    talk(call)


def test_a_line_the_product_hung_up_is_dialled_anew(talk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        noticed, notice = asyncio.Event(), ResponseHandler.connection_lost

        def notice_and_tell(line: ResponseHandler, problem: Optional[BaseException]) -> None:
            notice(line, problem)
            noticed.set()

        monkeypatch.setattr(ResponseHandler, "connection_lost", notice_and_tell)
        product.hangs_up = True
        await endpoint.request(json={})
        await asyncio.wait_for(noticed.wait(), 10)
        assert await endpoint.request(json={}) == {} and product.dialled == 2

    talk(call)


def test_what_the_product_refuses_is_told_as_before_and_the_line_stays_good(talk) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        good, product.answer = product.answer, b"HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nover"
        with pytest.raises(ClientResponseError) as told:
            await endpoint.request(json={})
        assert (told.value.status, told.value.text) == (409, b"over")
        product.answer = good
        assert await endpoint.request(json={}) == {} and product.dialled == 1

    talk(call)


def test_nothing_of_one_customers_question_hangs_on_the_next(talk) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        await endpoint.request(json={}, headers={"X-Turn": "1"})
        await endpoint.request(json={})
        assert b"X-Turn" in product.asked[0]
        assert b"X-Turn" not in product.asked[1] and b"cookie" not in product.asked[1].lower()

    talk(call)


def test_questions_at_once_do_not_wait_for_each_other(talk) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        await asyncio.gather(*(endpoint.request(json={}) for _ in range(5)))
        assert product.dialled == 5

    talk(call)


def test_a_question_given_up_leaves_no_answer_to_the_next_one(talk) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        good, product.answer = product.answer, b""
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(endpoint.request(json={}), 0.2)
        product.answer = good
        assert await endpoint.request(json={}) == {} and product.dialled == 2

    talk(call)


def test_all_lines_are_hung_up_at_the_end(talk) -> None:
    async def call(product: Product, endpoint: EndpointConfig) -> None:
        await endpoint.request(json={})
        await kept_connections.close()
        await asyncio.wait_for(product.gone.wait(), 10)
        assert await endpoint.request(json={}) == {} and product.dialled == 2

    talk(call)


def test_a_served_bot_keeps_its_line(bot) -> None:
    assert EndpointConfig.session is kept
    bot.said("where is my refund?")
    bot.said("where is my refund?")
    assert len({asked["line"] for asked in bot.actions.asked}) == 1
