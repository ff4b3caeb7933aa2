"""Who grows angry or goes in circles gets a person without asking for one, and the agent sees why."""

import pytest
from playwright.sync_api import expect

from api import wording

from ..web.desk.desk_page import DeskPage
from .customer import Customer, sentence, text_of
from .product import Product
from .street import SOON, Street, answered, id_of, place_of, take

pytestmark = pytest.mark.browser

MATTER = {
    "en": "My teapot arrived broken, order LL-20418837",
    "zh": "我的茶壶到货就碎了，订单 LL-20418837",
    "ko": "찻주전자가 깨져서 왔어요, 주문번호 LL-20418837",
}
ANGRY = {
    "en": "This is ridiculous, I am sick and tired of this. Worst service ever, you are all useless!",
    "zh": "太气人了，你们什么垃圾服务，我真的受够了！",
    "ko": "진짜 짜증나네요. 이따위 서비스는 처음 봅니다, 너무 화가 나요!",
}
STILL_ANGRY = {
    "zh": "你们到底管不管？一次次敷衍我，太让人火大了！",
    "ko": "도대체 몇 번을 말해야 합니까? 정말 화나서 못 참겠어요!",
}
#: What of it the agent sees first.
TELLING = {"en": "ridiculous", "zh": "垃圾服务", "ko": "짜증나네요"}
QUESTION = {"en": "How long does delivery take?", "zh": "配送要多久？", "ko": "배송은 얼마나 걸리나요?"}
#: What is said first: that the feeling was heard, or that the bot knows it has failed them.
HEARD = ("fetch-feeling", "fetch-circles")


def heard(told: str, lang: str) -> bool:
    """Whether these words fetch a person, and begin with how the customer feels."""
    return any(told.startswith(wording.say(lang, key)) for key in HEARD)


def sees_anger(desk: DeskPage, id_: str, lang: str) -> None:
    """Who stands in the queue for their mood, and whose own words say why, once the agent has taken them."""
    expect(desk.item(id_)).to_be_visible(timeout=SOON)
    expect(desk.item(id_)).not_to_contain_text("asked for a person")
    expect(desk.item(id_).locator(".why")).to_contain_text("frustration")
    desk.claim(id_)
    expect(desk.packet.locator(".card.reason blockquote")).to_contain_text(TELLING[lang])
    expect(desk.packet).to_contain_text("LL-20418837")


def test_who_grows_angry_is_heard_first_and_gets_a_person_who_sees_why(street: Street) -> None:
    kim, chat = street.agent(), street.customer()
    answered(chat, MATTER["en"])
    told = answered(chat, ANGRY["en"])
    assert heard(told, "en"), told
    assert wording.say("en", "person-coming") in told
    expect(place_of(chat)).not_to_be_empty(timeout=SOON)
    sees_anger(kim, id_of(chat), "en")
    kim.packet.locator(".card.reason summary").click()
    take(kim, "angry")
    kim.write("Hello, I am looking at it now")
    expect(chat.said("agent")).to_have_text("Hello, I am looking at it now", timeout=SOON)


def test_anger_is_heard_in_chinese_and_korean(street: Street, staffed: Product) -> None:
    kim = street.agent()
    for lang in ("zh", "ko"):
        customer = Customer(staffed, lang)
        customer.say(MATTER[lang])
        told = text_of(customer.say(ANGRY[lang]))
        if not heard(told, lang):
            # A first outburst may be named and a person offered; a second one fetches them.
            # The apology for a complaint names it as well.
            assert told.startswith((wording.say(lang, "felt"), wording.say(lang, "complaint"))), told
            assert wording.say(lang, "offer-person") in told
            told = text_of(customer.say(STILL_ANGRY[lang]))
        assert heard(told, lang), told
        assert wording.say(lang, "person-coming") in told
        sees_anger(kim, customer.id, lang)
        kim.view("queue").click()


def offered_then_fetched(told: list[str], lang: str) -> None:
    """Nothing was said twice; the words before the last ones, and only they, offered a person; the last fetched one."""
    assert len(set(told)) == len(told) <= 4, told
    offers = [sentence(lang, "offer-person").search(text) is not None for text in told]
    assert offers == [*[False] * (len(told) - 2), True, False], told
    assert heard(told[-1], lang), told


def sees_circles(desk: DeskPage, id_: str, lang: str) -> None:
    """Who stands in the queue because they asked the same again, with the question."""
    expect(desk.item(id_)).to_contain_text("same question again", timeout=SOON)
    desk.claim(id_)
    expect(desk.packet.locator(".card.reason")).to_contain_text("same question again")
    expect(desk.packet).to_contain_text(QUESTION[lang])


def test_who_asks_the_same_again_hears_nothing_twice_is_offered_a_person_and_then_gets_one(street: Street) -> None:
    kim, chat = street.agent(), street.customer()
    told = [answered(chat, QUESTION["en"])]
    while len(told) < 6 and not heard(told[-1], "en"):
        told.append(answered(chat, QUESTION["en"]))
        if len(told) == 2:
            chat.page.reload()
            chat.open()
    offered_then_fetched(told, "en")
    sees_circles(kim, id_of(chat), "en")


def test_circles_end_in_chinese_and_korean(street: Street, staffed: Product) -> None:
    kim = street.agent()
    for lang in ("zh", "ko"):
        customer = Customer(staffed, lang)
        told = [text_of(customer.say(QUESTION[lang]))]
        while len(told) < 6 and not heard(told[-1], lang):
            told.append(text_of(customer.say(QUESTION[lang])))
        offered_then_fetched(told, lang)
        sees_circles(kim, customer.id, lang)
        kim.view("queue").click()


def test_a_person_who_is_offered_and_taken_comes_with_the_story(street: Street) -> None:
    kim, chat = street.agent(), street.customer()
    person = chat.quick(wording.say("en", "ask-person-button"))
    for _ in range(3):
        answered(chat, QUESTION["en"])
        if person.count():
            break
    person.click()
    expect(place_of(chat)).to_contain_text("You are", timeout=SOON)
    expect(kim.item(id_of(chat))).to_be_visible(timeout=SOON)
    kim.claim(id_of(chat))
    expect(kim.packet).to_contain_text(QUESTION["en"])
