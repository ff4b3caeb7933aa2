"""What a message says about its writer is found, in any order and any of the three languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.details import OrderFormat, bare_name, find_details, region_hints

SHOP = OrderFormat(r"(?:LL[- ]?)?(\d{8})", "LL-{0}")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("my mail is jane@example.com", "en", {"email": "jane@example.com"}),
        ("Jane.Miller+shop@Example.COM.", "en", {"email": "Jane.Miller+shop@example.com"}),
        ("write to <jane@example.com>, please", "en", {"email": "jane@example.com"}),
        ("mailto:jane@example.com", "en", {"email": "jane@example.com"}),
        ("not jane@example.com but jane@example.org", "en", {"email": "jane@example.org"}),
        ("我的邮箱是jane@qq.com谢谢", "zh", {"email": "jane@qq.com"}),
        ("邮箱：１２３４５＠ｑｑ．ｃｏｍ", "zh", {"email": "12345@qq.com"}),
        ("이메일은 minji@naver.com입니다", "ko", {"email": "minji@naver.com"}),
        ("josé@example.com", "en", {"email": "josé@example.com"}),
        ("call me on 06 12345678", "en", {"phone": "+31612345678"}),
        ("call 0612345678 please", "en", {"phone": "+31612345678"}),
        ("+44 20 7946 0958", "en", {"phone": "+442079460958"}),
        ("(415) 555-2671", "en", {"phone": "+14155552671"}),
        ("电话13812345678谢谢", "zh", {"phone": "+8613812345678"}),
        ("我的手机号是 138 1234 5678", "zh", {"phone": "+8613812345678"}),
        ("제 번호는 010-1234-5678입니다", "ko", {"phone": "+821012345678"}),
        ("01012345678로 전화주세요", "ko", {"phone": "+821012345678"}),
        ("order LL-20418837", "en", {"order_number": "LL-20418837"}),
        ("ll20418837 has not come", "en", {"order_number": "LL-20418837"}),
        ("my order number is 20418837", "en", {"order_number": "LL-20418837"}),
        ("Order#20418837", "en", {"order_number": "LL-20418837"}),
        ("#20418837", "en", {"order_number": "LL-20418837"}),
        ("订单号20418837还没到", "zh", {"order_number": "LL-20418837"}),
        ("订单LL-20418837到哪了", "zh", {"order_number": "LL-20418837"}),
        ("주문번호는 LL-20418837이에요", "ko", {"order_number": "LL-20418837"}),
        ("주문번호 20418837 배송 조회", "ko", {"order_number": "LL-20418837"}),
        ("20418837", "zh", {"order_number": "LL-20418837"}),
        ("my name is jane miller", "en", {"name": "Jane Miller"}),
        ("My name's Jane and my parcel is late", "en", {"name": "Jane"}),
        ("My name is Jan van der Berg.", "en", {"name": "Jan van der Berg"}),
        ("I am Jane, order LL-20418837", "en", {"name": "Jane", "order_number": "LL-20418837"}),
        ("Hi, this is Jane Miller, I have a question", "en", {"name": "Jane Miller"}),
        ("Hello I am Sean O'Brien.", "en", {"name": "Sean O'Brien"}),
        ("name: Zoë Müller-Lang", "en", {"name": "Zoë Müller-Lang"}),
        ("我叫王小明", "zh", {"name": "王小明"}),
        ("你好，我是李娜，我的包裹没到", "zh", {"name": "李娜"}),
        ("我的名字是欧阳娜娜。", "zh", {"name": "欧阳娜娜"}),
        ("姓名：张伟 电话：13812345678", "zh", {"name": "张伟", "phone": "+8613812345678"}),
        ("제 이름은 김민지예요", "ko", {"name": "김민지"}),
        ("저는 박서준입니다", "ko", {"name": "박서준"}),
        ("안녕하세요 이영희라고 합니다", "ko", {"name": "이영희"}),
        ("이름: 최민호, 주문번호: LL-20418837", "ko", {"name": "최민호", "order_number": "LL-20418837"}),
        (
            "I'm Jane, LL-20418837, j@b.nl, 0612345678",
            "en",
            {"name": "Jane", "order_number": "LL-20418837", "email": "j@b.nl", "phone": "+31612345678"},
        ),
        ("Im Anna Lee anna@lee.org", "en", {"name": "Anna Lee", "email": "anna@lee.org"}),
        ("minji1234567@naver.com", "ko", {"email": "minji1234567@naver.com"}),
    ],
)  # fmt: skip
def test_details_are_found_wherever_they_stand(text: str, language: str, found: dict[str, str]) -> None:
    details = find_details(text, region_hints(language), SHOP)
    assert {field: hit.value for field, hit in details.found.items()} == found
    assert details.attempts == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("this is ridiculous", "en"),
        ("im still waiting", "en"),
        ("Im From Seoul", "en"),
        ("This is Unacceptable!", "en"),
        ("THIS IS A SCANDAL", "en"),
        ("my name is not on the invoice", "en"),
        ("my name is spelled wrong on the parcel", "en"),
        ("I am very angry", "en"),
        ("I'm Dutch", "en"),
        ("it is Monday and 3 parcels of 12 are missing", "en"),
        ("I paid 149.99 on 2026-11-20 at 14:05", "en"),
        ("the LK-220 shows E3", "en"),
        ("my ticket is FD-2K7Q9X", "en"),
        ("gift number GN-123456", "en"),
        ("我是来退货的", "zh"),
        ("我是顾客", "zh"),
        ("我是你们的老客户", "zh"),
        ("我是昨天下的单", "zh"),
        ("저는 학생입니다", "ko"),
        ("저는 고객입니다", "ko"),
        ("저는 환불을 원합니다", "ko"),
        ("저는 주문한 사람입니다", "ko"),
        ("전 아직 못 받았어요", "ko"),
        ("", "en"),
        ("👋", "en"),
    ],
)
def test_what_only_looks_like_a_detail_is_left_alone(text: str, language: str) -> None:
    assert not find_details(text, region_hints(language), SHOP)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("jane@gmail", "email_no_dot"),
        ("jane at gmail dot com", "email_spelled_out"),
        ("jane [at] example [dot] org", "email_spelled_out"),
        ("it's jane at gmail.com", "email_spelled_out"),
        ("jane골뱅이naver닷com", "email_spelled_out"),
        ("jane @ gmail.com", "email_spaces"),
        ("jane@gmail,com", "email_comma"),
        ("jane@@gmail.com", "email_two_ats"),
        ("@gmail.com", "email_no_name"),
        ("jane@", "email_no_domain"),
        ("jane..m@gmail.com", "email_characters"),
        ("邮箱是jane@qq", "email_no_dot"),
    ],
)
def test_a_broken_address_is_recognised_with_its_reason(text: str, reason: str) -> None:
    details = find_details(text, region_hints("en"), SHOP)
    assert details.email is None
    assert [attempt.reason for attempt in details.attempts] == [reason]


def test_an_address_in_passing_is_no_attempt() -> None:
    assert find_details("I looked at example.com and found nothing", ("NL",), SHOP).attempts == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("06123", "phone_too_short"), ("061234567890123456", "phone_too_long"), ("0000000000", "phone_invalid")],
)
def test_a_broken_telephone_is_reported_only_when_one_was_asked_for(text: str, reason: str) -> None:
    assert find_details(text, ("NL",), SHOP).attempts == ()
    asked = find_details(text, ("NL",), SHOP, expecting="contact")
    assert [(attempt.field, attempt.reason) for attempt in asked.attempts] == [("phone", reason)]


@pytest.mark.parametrize("text", ["LL-2041883", "1234", "order LL-204188371"])
def test_a_broken_order_number_is_reported_when_one_was_asked_for(text: str) -> None:
    asked = find_details(text, ("NL",), SHOP, expecting="order_number")
    assert [(attempt.field, attempt.reason) for attempt in asked.attempts] == [("order_number", "order_format")]


@pytest.mark.parametrize(
    ("text", "expecting", "field", "value"),
    [
        ("91234567", "contact", "phone", "+85291234567"),
        ("91234567", "order_number", "order_number", "LL-91234567"),
        ("我的电话是91234567", None, "phone", "+85291234567"),
        ("订单91234567", None, "order_number", "LL-91234567"),
        ("订单91234567", "contact", "order_number", "LL-91234567"),
        ("13812345678", "order_number", "phone", "+8613812345678"),
    ],
)
def test_a_telephone_and_an_order_number_are_never_mistaken(
    text: str, expecting: str | None, field: str, value: str
) -> None:
    details = find_details(text, region_hints("zh"), SHOP, expecting=expecting)
    assert {name: hit.value for name, hit in details.found.items()} == {field: value}


def test_a_shops_own_pattern_is_obeyed() -> None:
    assert find_details("it is 4155550132, order 4155550199", ("US",), r"\d{10}").found["order_number"].value == (
        "4155550199"
    )


def test_countries_are_tried_by_language() -> None:
    assert region_hints("ko") == ("KR", "NL")
    assert region_hints("zh-TW", "US") == ("CN", "HK", "TW", "US")
    assert region_hints("en", "GB") == ("GB", "US")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Miller", "Jane Miller"),
        ("jane", "Jane"),
        ("JANE MILLER", "Jane Miller"),
        ("it's jane", "Jane"),
        ("It is Jane Miller, thanks", "Jane Miller"),
        ("Sure, Jane Miller", "Jane Miller"),
        ("Mr. Smith", "Smith"),
        ("sorry, it's Jane", "Jane"),
        ("Lý Thị Hoa", "Lý Thị Hoa"),
        ("李小龙先生", "李小龙"),
        ("我姓王", "王"),
        ("김민지고요", "김민지"),
        ("저 김철수인데요", "김철수"),
        ("Jean-Luc d'Arc", "Jean-Luc d'Arc"),
        ("María de la Cruz", "María de la Cruz"),
        ("J. R. Hartley", "J. R. Hartley"),
        ("Will Smith", "Will Smith"),
        ("call me Ishmael", "Ishmael"),
        ("you can call me Bob", "Bob"),
        ("王小明", "王小明"),
        ("我叫王小明", "王小明"),
        ("我是李娜", "李娜"),
        ("叫我小李", "小李"),
        ("您好，张伟，谢谢", "张伟"),
        ("谢霆锋", "谢霆锋"),
        ("欧阳修", "欧阳修"),
        ("古丽·买买提", "古丽·买买提"),
        ("王先生", "王先生"),
        ("김민지", "김민지"),
        ("김민지요", "김민지"),
        ("김 민지", "김 민지"),
        ("제 이름은 김민지예요", "김민지"),
        ("저는 김민지입니다", "김민지"),
        ("김민지라고 합니다", "김민지"),
        ("네, 박서준입니다", "박서준"),
        ("남궁민수", "남궁민수"),
        ("민지예요", "민지"),
        ("이민아요", "이민아"),
    ],
)
def test_a_name_is_taken_from_an_answer(text: str, name: str) -> None:
    assert bare_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "why do you need that?",
        "what for",
        "jane@example.com",
        "0612345678",
        "LL-20418837",
        "no",
        "I'd rather not",
        "where is my order",
        "I want a refund",
        "hello",
        "yes",
        "my name is not important",
        "不想说",
        "为什么要名字",
        "我想退货",
        "谢谢",
        "没有",
        "我的订单还没到",
        "싫어요",
        "왜요",
        "환불해주세요",
        "안 알려줄래요",
        "네",
        "아니요",
        "감사합니다",
        "괜찮아요",
        "그런데요",
        "주문했는데요",
        "",
        "👋",
        "a",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert bare_name(text) is None


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("@.0123456789-+ 王김我이"), max_size=120),
    expecting=st.sampled_from([None, "contact", "order_number", "name"]),
)
def test_any_text_is_read_without_falling_over(text: str, expecting: str | None) -> None:
    details = find_details(text, region_hints("zh"), SHOP, expecting)
    spans = sorted((hit.start, hit.end) for hit in details.found.values() if hit is not details.name)
    assert all(start < end for start, end in spans)
    bare_name(text)


def test_a_very_long_message_is_read_quickly() -> None:
    for text in ("a" * 100_000, "a@" * 50_000, "1-" * 50_000, "my name is " * 10_000, "王" * 100_000):
        find_details(text, region_hints("en"), SHOP, "contact")
