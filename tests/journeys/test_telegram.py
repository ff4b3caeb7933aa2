"""Telegram: the whole product behind a bot, with a Bot API on this machine that can fail."""

import itertools
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from telegram import Message

from api import wording
from api.channels.port import conversation_id
from handoff.events import Events
from handoff.outbox import Letter, Outbox
from handoff.tickets import Tickets
from tests.api.channels.bot_api import BROKEN, TOKEN, TOO_MANY, BotApi, keyboard
from tests.api.channels.phone import Phone, headers

from .conftest import on_telegram
from .customer import sentence
from .product import Product, run

PUBLIC = "https://support.example.com"


@pytest.fixture(scope="module")
def shop(prepared: Path, tmp_path_factory: pytest.TempPathFactory, bot_api: BotApi) -> Iterator[Product]:
    """A product connected to that Bot API; to be killed."""
    with on_telegram(tmp_path_factory.mktemp("telegram"), prepared, bot_api, PUBLIC_URL=PUBLIC) as product:
        yield product


class Customer:
    """Somebody with a phone: writes, presses, and reads what arrives in the chat."""

    _ids = iter(range(8_000_001, 9_000_000))

    def __init__(self, shop: Product, api: BotApi, language: str = "en") -> None:
        self.shop, self.api, self.language = shop, api, language
        self.phone = Phone(next(self._ids), language)
        self.seen = 0
        self.id = conversation_id("telegram", TOKEN.partition(":")[0], str(self.phone.id))

    def post(self, update: str) -> None:
        answer = httpx.post(
            f"{self.shop.url}/webhooks/telegram", content=update.encode(), headers=headers(), trust_env=False
        )
        assert answer.status_code == 200, answer.text

    def chat(self) -> list[Message]:
        """Everything in the chat, as Telegram's own library reads it."""
        return [message for message in self.api.messages() if message.chat.id == self.phone.id]

    def letters(self) -> list[Letter]:
        return self.shop.read(lambda db: Outbox(db).letters(conversation_id=self.id))

    def hear(self, within: float = 60) -> list[Message]:
        """What arrived since the last time, once nothing more is on its way."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            waiting = self.shop.read(lambda db: Events(db).unhandled(self.id))
            due = [letter for letter in self.letters() if letter.status == "due"]
            if not waiting and not due:
                chat = self.chat()
                new, self.seen = chat[self.seen :], len(chat)
                return new
            self.api.wait_news(0.3)
        raise AssertionError(f"Not at rest within {within} s: {waiting} {due}")

    def says(self, text: str) -> list[Message]:
        self.post(self.phone.text(text))
        return self.hear()

    def presses(self, message: Message, text: str) -> list[Message]:
        data = next(data for title, data in keyboard(message) if title == text)
        self.post(self.phone.presses(data, message.message_id))
        return self.hear()

    def told(self, messages: list[Message], key: str) -> bool:
        words = "\n".join(str(message.text) for message in messages)
        return sentence(self.language, key).search(words) is not None


def say(language: str, key: str) -> str:
    return wording.say(language, key)


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "I forgot my password"), ("zh", "忘记密码了怎么办"), ("ko", "비밀번호를 잊어버렸어요")],
)
def test_a_question_is_answered_from_an_article_in_the_customers_language(
    shop: Product, bot_api: BotApi, language: str, question: str
) -> None:
    customer = Customer(shop, bot_api, language)
    assert customer.told(customer.says("/start"), "channel-greeting")
    answer = customer.says(question)[-1]
    buttons = [text for text, _ in keyboard(answer)]
    if say(language, "answer-helped") not in buttons:
        answer = customer.presses(answer, buttons[0])[-1]
    assert f"{PUBLIC}/kb/{language}/" in str(answer.text)
    assert customer.told(customer.presses(answer, say(language, "answer-helped")), "glad-it-helped")


@pytest.mark.parametrize(
    ("language", "wish", "matter", "name"),
    [
        ("en", "can I talk to a person please", "I want to sell my own pottery in your shop", "Jane Miller"),
        ("zh", "转人工", "我想在你们店里卖自己做的陶器", "王小明"),
        ("ko", "상담원 연결해 주세요", "제가 만든 도자기를 여기서 팔고 싶어요", "김민수"),
    ],
)
def test_the_form_leads_to_a_ticket(
    shop: Product, bot_api: BotApi, language: str, wish: str, matter: str, name: str
) -> None:
    customer = Customer(shop, bot_api, language)
    shown = customer.says(wish)
    assert customer.told(shown, "channel-disclosure")
    answers = {"question": matter, "name": name, "contact": "jane@example.com"}
    for _ in range(6):
        if customer.told(shown, "restate-ask"):
            break
        if customer.told(shown[-1:], "ask-order_number"):
            shown = customer.presses(shown[-1], say(language, "no-order-number"))
            continue
        asked = next(key for key in answers if customer.told(shown[-1:], f"ask-{key}"))
        shown = customer.says(answers.pop(asked))
    restated = shown[-1]
    shown = customer.presses(restated, say(language, "confirm-yes"))
    [ticket] = shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    assert ticket.number in str(shown[-1].text)
    assert ticket.question == matter
    # The same button once more, as on a slow line, makes no second ticket and no second answer.
    assert customer.presses(restated, say(language, "confirm-yes")) == []
    assert len(shop.read(lambda db: Tickets(db).for_conversation(customer.id))) == 1


def test_a_product_killed_between_receiving_and_sending_delivers_after_the_start(
    shop: Product, bot_api: BotApi
) -> None:
    asking, waiting = Customer(shop, bot_api), Customer(shop, bot_api)
    asking.says("/start")
    rasa = shop.rasa()
    rasa.suspend()
    # One is killed before the bot has thought, the other with its words written and not yet taken by Telegram.
    bot_api.away = BROKEN
    asking.post(asking.phone.text("I forgot my password"))
    begin = len(bot_api.asked)
    waiting.post(waiting.phone.text("/start"))
    bot_api.wait_asked(begin + 1)
    shop.end(signal.SIGKILL)
    bot_api.away = None
    rasa.resume()
    rasa.wait(15)
    assert waiting.chat() == []
    shop.start()
    assert "password" in str(asking.hear()[-1].text).lower()
    assert waiting.told(waiting.hear(), "channel-greeting")
    assert len(waiting.chat()) == 1
    answers = [m for m in asking.chat() if m.reply_markup]
    assert len(answers) == 1


def test_what_telegram_cannot_take_now_arrives_later_and_once(shop: Product, bot_api: BotApi) -> None:
    customer = Customer(shop, bot_api)
    begin = len(bot_api.asked)
    bot_api.plan.extend([TOO_MANY, BROKEN, TOO_MANY])
    assert customer.told(customer.says("/start"), "channel-greeting")
    assert [one.status for one in bot_api.asked[begin:]] == [429, 500, 429, 200]
    first, second, third, done = (one.at for one in bot_api.asked[begin:])
    assert second - first >= 1.0
    assert done - third >= 1.0
    assert len(customer.chat()) == 1


def test_messages_to_one_chat_keep_their_order_and_their_distance(shop: Product, bot_api: BotApi) -> None:
    customer = Customer(shop, bot_api)
    begin = len(bot_api.asked)
    for text in ("/start", "/help", "hello"):
        customer.post(customer.phone.text(text))
    customer.hear()
    at = [one.at for one in bot_api.asked[begin:] if one.method == "sendMessage"]
    assert len(at) >= 3
    assert all(later - earlier >= 0.95 for earlier, later in itertools.pairwise(at))
    answers = [letter.seq for letter in customer.letters()]
    assert answers == sorted(answers)


def test_the_way_in_and_out_is_shown_without_an_account_of_telegram(open_shop: Product, bot_api: BotApi) -> None:
    begin = len(bot_api.asked)
    for language, text in (("en", "I forgot my password"), ("zh", "转人工"), ("ko", "안녕하세요")):
        done = run(open_shop.settings, "channel", "simulate", "telegram", text, "--lang", language)
        assert done.returncode == 0, done.stderr
        assert text in done.stdout
        assert "out  sendMessage  simulated" in done.stdout
        assert sentence(language, "channel-disclosure").search(done.stdout)
    assert len(bot_api.asked) == begin
    listed = run(open_shop.settings, "channel", "list")
    assert "FRONTDOOR_TELEGRAM_TOKEN" in listed.stdout
    assert run(open_shop.settings, "channel", "simulate", "pigeon", "coo").returncode == 1


def test_a_real_chat_can_be_written_to_from_the_command_line(shop: Product, bot_api: BotApi) -> None:
    done = run(shop.settings, "channel", "simulate", "telegram", "/start", "--chat", "7000123")
    assert done.returncode == 0, done.stderr
    assert "out  sendMessage  sent" in done.stdout
    assert [m.chat.id for m in bot_api.messages()][-1] == 7000123


def test_a_product_that_does_not_run_is_said_to(tmp_path: Path) -> None:
    done = run({"PORT": "9", "DATA_DIR": str(tmp_path)}, "channel", "simulate", "telegram", "hello")
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert "Traceback" not in done.stderr
