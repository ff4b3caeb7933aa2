"""Stopping: the product ends within ten seconds whatever it is doing, and loses and doubles nothing."""

import contextlib
import itertools
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from api.channels.port import conversation_id
from handoff.events import Events
from handoff.outbox import Outbox

from .conftest import at_work, hours_file
from .customer import Customer
from .harm import secret_of
from .product import FRONTDOOR, ROOT, Product, data_folder, environment

#: Seconds that supervisors give; after that they kill.
WITHIN = 10.0
Record = Callable[[str, object], None]
QUESTIONS = (
    "I forgot my password",
    "how do I return a lamp?",
    "do you ship to Norway?",
    "thanks",
    "怎么退货？",
    "반품 방법",
)


@pytest.fixture(scope="module")
def stopped(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("stop")
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours_file(folder, at_work()))
    yield product
    product.close()


@pytest.fixture
def product(stopped: Product) -> Product:
    """Running, whatever the test before did to it."""
    if not stopped.running:
        stopped.start()
    return stopped


def family(product: Product) -> list[psutil.Process]:
    return [product.process, *product.process.children(recursive=True)]


def ended(product: Product, how: signal.Signals, again: bool = False) -> float:
    """Sends the signal, and perhaps again and again; seconds until it and all it started were gone."""
    begin, everybody, begun = len(product.lines), family(product), time.monotonic()
    product.process.send_signal(how)
    while again and product.process.is_running() and product.process.status() != psutil.STATUS_ZOMBIE:
        with contextlib.suppress(psutil.NoSuchProcess):
            product.process.send_signal(how)
        if psutil.wait_procs(everybody[:1], timeout=0.05)[0] or time.monotonic() - begun > WITHIN:
            break
    code = product.end(how)
    left = psutil.wait_procs(everybody, timeout=max(0.1, WITHIN - (time.monotonic() - begun)))[1]
    seconds = time.monotonic() - begun
    said = [line for line in product.lines[begin:] if not line.startswith("{")]
    assert code == 0, product.lines[-20:]
    assert left == [] and seconds < WITHIN, (left, seconds)
    assert not [line for line in product.lines[begin:] if "Traceback" in line or '"level": "error"' in line], said
    return seconds


class Writer(threading.Thread):
    """A customer who writes on and on until nobody is there, and remembers what was acknowledged."""

    def __init__(self, product: Product, number: int) -> None:
        super().__init__(daemon=True)
        self.customer = Customer(product)
        self.acknowledged: list[int] = []
        self._number = number

    def run(self) -> None:
        customer = self.customer
        place, headers = f"/conversations/{customer.id}/messages", customer._headers
        with httpx.Client(base_url=str(customer.product.http.base_url), timeout=15, trust_env=False) as http:
            for number in itertools.count(self._number):
                text = QUESTIONS[number % len(QUESTIONS)]
                try:
                    answer = http.post(place, json={"id": f"w{number}", "text": text}, headers=headers)
                except httpx.HTTPError:
                    return
                if answer.status_code == 202:
                    self.acknowledged.append(answer.json()["seq"])
                time.sleep(random.uniform(0.05, 0.25))


class Reader(threading.Thread):
    """A page that is open: a stream, or one long poll after the other."""

    def __init__(self, customer: Customer, stream: bool) -> None:
        super().__init__(daemon=True)
        self._customer, self._stream = customer, stream
        self.reading = threading.Event()

    def run(self) -> None:
        customer = self._customer
        place, headers = f"/conversations/{customer.id}/events", customer._headers
        if self._stream:
            headers = {**headers, "Accept": "text/event-stream"}
        base = str(customer.product.http.base_url)
        # However the connection ends: what a customer would notice is asked of the conversation afterwards.
        with httpx.Client(base_url=base, timeout=40, trust_env=False) as http, contextlib.suppress(httpx.HTTPError):
            if self._stream:
                with http.stream("GET", place, headers=headers) as answer:
                    self.reading.set()
                    for _ in answer.iter_raw():
                        pass
                return
            self.reading.set()
            while True:
                http.get(place, params={"after": 2**31 - 1, "wait": 20}, headers=headers).raise_for_status()


def answered_once(product: Product, customer: Customer, acknowledged: list[int]) -> None:
    """Every acknowledged message got its turn, and no turn came twice."""
    deadline = time.monotonic() + 60
    while product.read(lambda db: Events(db).unhandled(customer.id)):
        assert time.monotonic() < deadline, "acknowledged, and not answered after the next start"
        customer.read(0, wait=0)
        time.sleep(0.2)
    events = product.read(lambda db: Events(db).after(customer.id, 0, 1000, dropped=True))
    asked = [e.seq for e in events if e.role == "customer"]
    assert set(acknowledged) <= set(asked)
    turns = [e.turn for e in events if e.role == "bot"]
    begins = [turn for turn, _ in itertools.groupby(turns)]
    assert sorted(begins, key=lambda turn: turn or 0) == asked, (begins, asked)


@pytest.mark.alone
@pytest.mark.parametrize(
    ("how", "again"), [(signal.SIGTERM, False), (signal.SIGINT, False), (signal.SIGTERM, True)], ids=str
)
def test_under_load_it_ends_in_time_and_every_message_is_answered_once(
    product: Product, how: signal.Signals, again: bool, record_property: Record
) -> None:
    writers = [Writer(product, number) for number in range(6)]
    readers = [Reader(writers[n % 6].customer, stream=n % 2 == 0) for n in range(8)]
    for thread in (*readers, *writers):
        thread.start()
    assert all(reader.reading.wait(20) for reader in readers)
    phone = psutil.Popen(
        [str(FRONTDOOR), "channel", "simulate", "telegram", *QUESTIONS[:2]],
        env=environment(product.settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while sum(len(writer.acknowledged) for writer in writers) < 30:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    record_property("seconds", ended(product, how, again))
    for thread in (*readers, *writers):
        thread.join(20)
        assert not thread.is_alive()
    phone.wait(60)
    product.start()
    for writer in writers:
        answered_once(product, writer.customer, writer.acknowledged)


def test_a_turn_that_takes_too_long_is_handed_to_the_next_start(product: Product, record_property: Record) -> None:
    customer = Customer(product)
    customer.say("hello")
    rasa = product.rasa()
    rasa.suspend()
    try:
        seq = customer.post(QUESTIONS[0])
        # A half body and a connection that says nothing hold nobody up either.
        half = httpx.Client(base_url=product.url, timeout=30, trust_env=False)
        posting = threading.Thread(target=lambda: _half(half), daemon=True)
        posting.start()
        record_property("seconds", ended(product, signal.SIGTERM))
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            rasa.resume()
    posting.join(20)
    half.close()
    product.start()
    customer.hear(seq)
    answered_once(product, customer, [seq])


def _half(http: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        while True:
            yield b"["
            time.sleep(0.2)

    with contextlib.suppress(httpx.HTTPError):
        http.post("/api/v1/conversations", content=pieces())


@pytest.mark.parametrize("words", ["Frontdoor is starting.", "looking at the encoder", "starting the bot"])
def test_asked_while_it_starts_it_ends_as_cleanly(
    prepared: Path, tmp_path: Path, words: str, record_property: Record
) -> None:
    product = Product(data_folder(tmp_path / "data", prepared))
    try:
        product.launch()
        product.wait_for(words, within=60)
        record_property("seconds", ended(product, signal.SIGTERM))
        assert not [line for line in product.lines if "is ready" in line]
    finally:
        product.close()


def test_a_letter_that_is_on_its_way_does_not_hold_it_up(product: Product) -> None:
    # Nobody connected a bot of Telegram's here: what is sent is only recorded.
    update = {
        "update_id": random.randrange(2**50),
        "message": {
            "message_id": 1,
            "date": 1,
            "text": QUESTIONS[0],
            "chat": {"id": 2**52 + 77, "type": "private"},
            "from": {"id": 2**52 + 77, "is_bot": False, "language_code": "en"},
        },
    }
    answer = httpx.post(f"{product.url}/webhooks/telegram", json=update, headers=secret_of(product), trust_env=False)
    assert answer.status_code == 200
    ended(product, signal.SIGTERM)
    id_ = conversation_id("telegram", "", str(2**52 + 77))
    # What was said before the stop is recorded as sent; what was not is due at the next start. Nothing is in between.
    letters = product.read(lambda db: Outbox(db).letters(conversation_id=id_))
    assert letters and {letter.status for letter in letters} <= {"simulated", "due"}
