"""Retraining: the bot learns new words while customers chat, a bad file changes nothing, and there is a way back."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handoff.tickets import Tickets

from .conftest import at_work, hours_file
from .customer import Customer, says, text_of
from .product import BOT_PYTHON, ROOT, Product, data_folder, run

#: How regulars of this shop ask for a person, which nobody has taught the bot yet: the phrase asked, and those taught.
NEW = {
    "en": ("ring the bell for me", ("ring the bell please", "just ring the bell", "can you ring the bell for me")),
    "zh": ("帮我接通店里的伙计", ("接通店里的伙计", "帮我接通伙计", "请接通店里伙计")),
    "ko": ("갑판 당직 호출해 주세요", ("갑판 당직 호출", "갑판 당직 불러 주세요", "당직 호출해 주세요")),
}
#: What the others in the queue go on about, one after the other.
SMALL_TALK = {
    "en": ("hello", "how long does a refund take?", "thanks", "can I return a lamp?", "are you a robot?"),
    "zh": ("你好", "退款要多久", "谢谢", "怎么退货", "你是机器人吗"),
    "ko": ("안녕하세요", "환불은 얼마나 걸려요?", "감사합니다", "반품하고 싶어요", "로봇이에요?"),
}
#: The bot's Python, until it is broken: then it trains as before, and no new process of the bot comes up.
PYTHON = """#!/bin/sh
case "$1" in *serve.py) [ -e "{broken}" ] && echo "no memory left" >&2 && exit 7;; esac
exec "{python}" "$@"
"""
#: A training on a busy machine, with its measurements.
TRAINS_WITHIN = 500.0


class Chatter:
    """Customers who chat all along, one in each language; what went wrong for any of them is kept."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._over = threading.Event()
        self._pool = ThreadPoolExecutor(len(SMALL_TALK))
        self.seconds: list[float] = []
        self._all = [self._pool.submit(self._chat, language) for language in SMALL_TALK]

    def _chat(self, language: str) -> None:
        while not self._over.is_set():
            customer = Customer(self._product, language)
            for words in SMALL_TALK[language]:
                begun = time.monotonic()
                # Silence raises, and so ends this customer's chat: it is told when the chat is over.
                shown = customer.say(words)
                self.seconds.append(time.monotonic() - begun)
                assert not says(shown, language, "trouble"), f"{words}: {text_of(shown)}"
                if self._over.wait(0.5):
                    return

    def end(self) -> None:
        """Ends the chat; raises what any of them met."""
        self._over.set()
        for chat in self._all:
            chat.result(60)
        self._pool.shutdown()


@pytest.fixture
def shop(prepared: Path, tmp_path: Path) -> Iterator[Product]:
    """A product with examples and models of its own, which nobody else's tests see change."""
    examples = tmp_path / "training"
    for part in ("nlu", "heldout"):
        shutil.copytree(ROOT / "training_data" / part, examples / part)
    data = data_folder(tmp_path / "data", prepared)
    (data / "models").unlink()
    shutil.copytree(prepared / "models", data / "models")
    python = tmp_path / "python"
    python.write_text(
        PYTHON.format(broken=tmp_path / "broken", python=os.environ.get("FRONTDOOR_BOT_PYTHON", BOT_PYTHON))
    )
    python.chmod(0o755)
    settings = {"TRAINING_DIR": str(examples), "BOT_PYTHON": str(python)}
    product = Product(data, HOURS_FILE=hours_file(tmp_path, at_work()), **settings)
    product.start()
    yield product
    product.close()


@pytest.fixture
def others(shop: Product) -> Iterator[Chatter]:
    """Customers who chat from now on."""
    chatter = Chatter(shop)
    yield chatter
    chatter.end()


def train(shop: Product, *words: str) -> subprocess.CompletedProcess[str]:
    return run(shop.settings, "train", *words, timeout=TRAINS_WITHIN)


def live(shop: Product) -> str:
    version: str = shop.ready().json()["models"]["live"]
    return version


def examples_of(shop: Product, language: str) -> Path:
    return Path(shop.settings["TRAINING_DIR"]) / "nlu" / language / "service.yml"


def teach(shop: Product) -> None:
    """The new phrases, put under the intent that means them."""
    for language, (_, taught) in NEW.items():
        file = examples_of(shop, language)
        head = "- intent: request_human\n  examples: |\n"
        before = file.read_text("utf-8")
        assert head in before
        file.write_text(before.replace(head, head + "".join(f"    - {words}\n" for words in taught)), "utf-8")


def understood(shop: Product) -> list[str]:
    """The languages in which the new phrase leads to a person."""
    return [
        language
        for language, (asked, _) in NEW.items()
        if says(Customer(shop, language).say(asked), language, "ask-question")
    ]


def test_the_bot_is_retrained_while_customers_chat_and_taken_back(shop: Product, others: Chatter) -> None:
    first = live(shop)
    assert understood(shop) == []
    customer = Customer(shop)
    customer.say("can I talk to a person please")
    assert says(customer.say("I want to sell my own pottery in your shop"), "en", "ask-name")

    # A bad file: every mistake with its line, and nothing else happens.
    file = examples_of(shop, "ko")
    good = file.read_text("utf-8")
    lines = good.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("- intent: request_human"))
    lines[at] = "- intent: request_humann"
    lines[at + 2] = "    - [당직](role) 불러 주세요"
    file.write_text("\n".join(lines), "utf-8")
    bad = train(shop)
    assert bad.returncode == 2
    assert f"{file}:{at + 1}: there is no intent 'request_humann'; did you mean 'request_human'?" in bad.stdout
    assert f"{file}:{at + 3}: `[당직](`" in bad.stdout
    assert "Nothing was trained, nothing was changed." in bad.stdout
    assert live(shop) == first
    assert says(customer.say("Jane Miller"), "en", "ask-contact")

    # A good one: trained, measured, and live, while the form goes on.
    file.write_text(good, "utf-8")
    teach(shop)
    done = train(shop)
    assert done.returncode == 0, done.stdout + done.stderr
    second = live(shop)
    assert second != first and f"Model {second} is live." in done.stdout
    assert f"model {first} → {second}" in done.stdout
    restated = customer.say("jane@example.com")
    assert says(restated, "en", "restate-ask") and "Jane Miller" in text_of(restated) and "pottery" in text_of(restated)
    assert understood(shop) == list(NEW)

    # And back again.
    back = train(shop, "--rollback")
    assert back.returncode == 0, back.stdout + back.stderr
    assert live(shop) == first
    assert understood(shop) == []
    # A model that does not come up is refused, and nobody notices that either.
    (Path(shop.settings["BOT_PYTHON"]).parent / "broken").touch()
    refused = train(shop, "--even-if-worse")
    assert refused.returncode == 4, refused.stdout + refused.stderr
    assert "no memory left" in refused.stderr and f"Model {first} is the chosen one again" in refused.stderr
    assert live(shop) == first
    customer.say("yes")
    [ticket] = shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    assert ticket.details["email"]["value"] == "jane@example.com"

    others.end()
    assert len(others.seconds) > 100
    assert not any("Traceback" in line for line in shop.lines), shop.lines
