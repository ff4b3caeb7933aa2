"""The operator watches the running product: what customers did is what the page and Prometheus say."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ..web.conftest import browser, context, page  # noqa: F401 - fixtures
from .conftest import at_work, hours_file
from .customer import Customer, Shown, fill, offers, says
from .operator_page import OperatorPage, figures_of, key_of, scraped
from .product import Product, data_folder

SHOTS = Path(__file__).resolve().parent.parent / "shots"
pytestmark = pytest.mark.browser
#: The page asks again every five seconds, and figures are at most five seconds old.
SOON = 20_000
QUESTIONS = {
    "en": ("I forgot my password", "what is the meaning of life"),
    "zh": ("怎么退货", "你们卖陶土吗？"),
    "ko": ("비밀번호를 잊어버렸어요", "도자기 흙도 파나요?"),
}


@dataclass
class Day:
    """What was done on a product, counted by what customers saw."""

    product: Product
    looks: "Counter[str]"
    turns: int = 0

    def ask(self, customer: Customer, text: str) -> list[Shown]:
        shown = customer.say(text)
        self.turns += 1
        return shown

    def look_up(self, customer: Customer, text: str) -> None:
        shown = self.ask(customer, text)
        if offers(shown, customer.locale, "answer-helped"):
            self.looks["answered"] += 1
        elif (
            offers(shown, customer.locale, "suggest-none")
            or offers(shown, customer.locale, "ask-back-none")
            or says(shown, customer.locale, "other-language")
        ):
            self.looks["suggested"] += 1
        elif any(says(shown, customer.locale, key) for key in ("unknown", "unknown-off-topic")):
            self.looks["unanswered"] += 1
        # Anything else was not taken for a question, and is none in the figures either.


@pytest.fixture(scope="module")
def day(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A morning at the shop: questions in three languages, a ticket, and a bot that dies and comes back."""
    folder = tmp_path_factory.mktemp("watched")
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours_file(folder, at_work()))
    product.start()
    day = Day(product, Counter())
    for language, questions in QUESTIONS.items():
        customer = Customer(product, language)
        for question in questions:
            day.look_up(customer, question)
    assert min(day.looks["answered"], day.looks["unanswered"]) > 0, day.looks
    customer = Customer(product)
    shown = day.ask(customer, "I want to talk to a human")
    before = len([e for e in customer.history() if e["role"] == "customer"])
    restated = fill(customer, shown, question="The lid of my pot is loose", name="Jane Miller", contact="jane@x.com")
    day.turns += len([e for e in customer.history() if e["role"] == "customer"]) - before
    assert day.ask(customer, restated[-1]["buttons"][0]["text"])[-1]["type"] == "ticket"
    begin = len(product.lines)
    product.rasa().kill()
    product.wait_for("bot.died", since=begin)
    day.look_up(Customer(product), "I forgot my password")
    product.wait_for("bot.restarted", since=begin, within=90)
    yield day
    product.close()


@pytest.fixture
def seen(page: Page, day: Day) -> Iterator[OperatorPage]:  # noqa: F811
    """The page in a tab. No test may leave an error in the console behind."""
    seen = OperatorPage(page, day.product)
    yield seen
    assert seen.errors == []


def test_the_start_says_where_the_page_and_its_key_are_and_leaves_no_key_in_a_log(day: Day) -> None:
    line = next(line for line in day.product.lines if "/operator" in line)
    assert f"{day.product.url}/operator" in line
    assert str(day.product.data / "operator.key") in line
    assert key_of(day.product) not in "\n".join(day.product.lines)


def test_a_key_in_the_address_leaves_it(day: Day, page: Page) -> None:  # noqa: F811
    page.goto(f"{day.product.url}/operator?key={key_of(day.product)}")
    assert page.url == f"{day.product.url}/operator"
    expect(page.locator("h1")).to_contain_text("Operator")


def test_page_shows_what_customers_did(seen: OperatorPage, day: Day) -> None:
    seen.open()
    questions = day.looks.total()
    expect(seen.figure("conversations")).to_have_text("5")
    for name in ("answered", "suggested", "unanswered"):
        expect(seen.figure(name)).to_have_text(f"{day.looks[name] / questions:.0%}".replace("%", " %"))
        expect(seen.page.locator(f"#more-{name}")).to_have_text(f"{day.looks[name]} of {questions}")
    expect(seen.figure("tickets")).to_have_text("1")
    expect(seen.figure("handoffs")).to_have_text("1")
    expect(seen.figure("turns")).to_have_text(str(day.turns))
    expect(seen.figure("errors")).to_have_text("1")
    kinds = "1 without the bot, 0 failed, 0 without the order system, 0 undelivered"
    expect(seen.page.locator("#more-errors")).to_have_text(kinds)
    expect(seen.page.locator("#look-list")).to_contain_text("One error today")
    expect(seen.page.locator("#troubles tbody tr")).to_have_count(1)
    expect(seen.page.locator("#troubles")).to_contain_text("No bot process was ready.")
    for language in ("English", "Chinese", "Korean"):
        assert seen.cell("by-language", language, "Conversations") == ("3" if language == "English" else "1")
    assert seen.cell("by-language", "English", "Tickets opened") == "1"
    bot = seen.page.locator("#parts tr").filter(has_text="Bot 1")
    expect(bot).to_contain_text(str(day.product.rasa().pid))
    expect(bot.locator("td").last).to_have_text("1")
    seen.picture(SHOTS / "operator-en.png")


def test_prometheus_reads_the_same(day: Day) -> None:
    told, found = figures_of(day.product)["figures"], scraped(day.product)
    today = told["today"]
    assert today["turns"] == day.turns
    assert sum(value for _, value in found["today_turns"]) == day.turns
    # One process has done it all, so its own counters say the same as the database.
    assert sum(value for _, value in found["turns_total"]) == day.turns
    assert sum(value for _, value in found["messages_received_total"]) == day.turns
    assert found["turn_seconds_count"] and sum(value for _, value in found["turn_seconds_count"]) == day.turns
    for name, outcome in (("answered", "answer"), ("suggested", "suggest"), ("unanswered", "none")):
        assert today[name] == day.looks[name]
        counted = sum(value for labels, value in found["today_turns"] if labels["outcome"] == outcome)
        assert counted == day.looks[name]
    assert found["tickets_opened_total"] == [({"kind": "person", "language": "en"}, 1.0)]
    assert sum(value for _, value in found["today_tickets"]) == today["tickets"] == 1
    assert found["engine_down_total"] == [({"kind": "away"}, 1.0)]
    assert sum(value for _, value in found["today_troubles"]) == today["without_bot"] == 1
    assert found["bot_restarts_total"] == [({"bot": "1"}, 1.0)]
    memory = {labels["process"]: value for labels, value in found["process_memory_bytes"]}
    assert memory["bot-1"] == pytest.approx(day.product.rasa().memory_info().rss, rel=0.3)
    waits = {
        labels["quantile"]: value for labels, value in found["today_turn_wait_seconds"] if labels["language"] == "all"
    }
    assert waits == {"0.5": today["wait_p50"], "0.95": today["wait_p95"]}
    assert 0 < today["wait_p50"] <= today["wait_p95"]


def test_page_keeps_itself_up_to_date_without_being_loaded_again(seen: OperatorPage, day: Day) -> None:
    seen.open()
    before = int(seen.figure("turns").inner_text())
    seen.page.evaluate("window.mark = 'the same page'")
    definition = seen.page.locator(".tile details").first
    definition.locator("summary").press("Enter")
    day.ask(Customer(day.product), "hello")
    expect(seen.figure("turns")).to_have_text(str(before + 1), timeout=SOON)
    assert seen.page.evaluate("window.mark") == "the same page"
    # What the operator has opened stays open.
    expect(definition).to_have_attribute("open", "")


def test_a_page_that_is_stopped_stays_as_it_is_until_it_goes_on(seen: OperatorPage, day: Day) -> None:
    seen.open()
    seen.page.get_by_role("button", name="Stop refreshing").press("Space")
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    before = int(seen.figure("turns").inner_text())
    day.ask(Customer(day.product), "hello")
    with seen.page.expect_response(lambda answer: "/operator" in answer.url, timeout=SOON):
        assert asked == []
        expect(seen.figure("turns")).to_have_text(str(before))
        seen.page.get_by_role("button", name="Go on refreshing").press("Space")
    expect(seen.figure("turns")).to_have_text(str(before + 1), timeout=SOON)


def test_page_says_when_the_product_does_not_answer_any_more(page: Page, day: Day) -> None:  # noqa: F811
    seen = OperatorPage(page, day.product).open()
    page.route("**/operator*", lambda route: route.abort())
    expect(page.get_by_role("status")).to_contain_text("No answer from the product.", timeout=SOON)
    page.unroute("**/operator*")
    expect(page.get_by_role("status")).to_be_empty(timeout=SOON)
    assert all("ERR_FAILED" in error for error in seen.errors)


@pytest.fixture
def opened(browser: Browser, day: Day) -> Iterator[Callable[..., OperatorPage]]:  # noqa: F811
    """Opens the page in a browser of a certain kind."""
    contexts: list[BrowserContext] = []

    def make(lang: str, **options: object) -> OperatorPage:
        contexts.append(browser.new_context(**options))  # type: ignore[arg-type]  # playwright's own options
        return OperatorPage(contexts[-1].new_page(), day.product).open(lang)

    yield make
    for one in contexts:
        one.close()


@pytest.mark.parametrize("lang", ["en", "zh", "ko"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_page_shuts_nobody_out_and_fits_its_window(
    opened: Callable[..., OperatorPage], lang: str, scheme: str, width: int
) -> None:
    seen = opened(lang, color_scheme=scheme, viewport={"width": width, "height": 800})
    for details in seen.page.locator("summary").all():
        details.press("Enter")
    found = Axe().run(seen.page).response["violations"]
    assert [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate("document.documentElement.lang") == lang
    seen.picture(SHOTS / f"operator-{lang}-{scheme}-{width}.png")


def test_page_asks_nobody_else_for_anything(seen: OperatorPage, day: Day) -> None:
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    seen.open()
    expect(seen.page.locator(".chart svg")).to_have_count(4)
    assert [url for url in asked if not url.startswith((day.product.url, "data:"))] == []


def test_without_the_key_the_page_asks_for_it_and_takes_it(page: Page, day: Day) -> None:  # noqa: F811
    page.goto(f"{day.product.url}/operator?lang=ko")
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("키").fill(key_of(day.product))
    page.keyboard.press("Enter")
    expect(page.locator("#tile-conversations")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ko"
    assert "key=" not in page.url


@pytest.mark.parametrize("place", ["/operator", "/operator/figures", "/metrics"])
def test_nobody_without_the_key_sees_a_figure(day: Day, place: str) -> None:
    answer = httpx.get(f"{day.product.url}{place}", timeout=20, trust_env=False)
    assert answer.status_code == 401
    assert "operator.key" in answer.text
    assert key_of(day.product) not in answer.text
    assert "frontdoor_turns" not in answer.text


def test_no_word_of_a_customer_is_on_the_page(seen: OperatorPage, day: Day) -> None:
    seen.open()
    text = seen.page.content() + str(figures_of(day.product)) + str(scraped(day.product))
    for word in ("Jane Miller", "jane@x.com", "lid of my pot", "forgot my password", "도자기", "退货"):
        assert word not in text
