"""A conversation that is still with the bot, read along by somebody at the desk."""

from playwright.sync_api import expect

from .desk_page import DeskPage
from .shop import Shop

#: Far below the 30 seconds after which everything is read again; in milliseconds.
SOON = 10_000


def say(shop: Shop, id_: str, text: str) -> None:
    shop.do(shop.stand.say(id_, text))
    shop.do(told(shop, id_))


async def told(shop: Shop, id_: str) -> None:
    shop.stand.broadcast.tell(id_)


def look_at(kim: DeskPage, id_: str) -> None:
    kim.page.evaluate("(id) => { location.hash = `#queue/${id}`; }", id_)
    expect(kim.said("customer").first).to_be_visible()


def test_what_is_said_to_the_bot_is_seen_at_once_and_so_is_its_answer(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.chat("hello bot")
    look_at(kim, id_)
    for text in ("where is my parcel?", "and when does it come?"):
        before = kim.said("bot").count()
        say(shop, id_, text)
        expect(kim.said("customer").last).to_have_text(text, timeout=SOON)
        expect(kim.said("bot")).not_to_have_count(before, timeout=SOON)


def test_who_looks_at_another_conversation_follows_that_one(kim: DeskPage, shop: Shop) -> None:
    first, second = shop.chat("I am the first"), shop.chat("I am the second")
    look_at(kim, first)
    kim.page.evaluate("(id) => { location.hash = `#queue/${id}`; }", second)
    expect(kim.said("customer").first).to_have_text("I am the second")
    say(shop, first, "still the first")
    say(shop, second, "still the second")
    expect(kim.said("customer").last).to_have_text("still the second", timeout=SOON)
    expect(kim.log.get_by_text("still the first")).to_have_count(0)


def test_one_that_leaves_the_bot_is_followed_by_the_news_alone(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.chat("hello bot")
    look_at(kim, id_)
    shop.move(id_, "queue", "explicit_request")
    # Who claims what has moved on meanwhile is refused.
    expect(kim.page.locator(".about")).to_contain_text("In the queue", timeout=SOON)
    asked: list[str] = []
    kim.page.on("request", lambda one: asked.append(one.url) if "/events?after=" in one.url else None)
    kim.act("claim").click()
    expect(kim.page.locator(".about")).to_contain_text("You have it", timeout=SOON)
    assert asked == []
