"""Yes, no, a refusal, "never mind" and a question are told apart in three languages."""

import pytest

from handoff.phrases import after_no, after_yes, approves, never_minds, refuses, says_no, says_yes, yes_but
from handoff.questions import looks_like_question, question_in

YES = """
yes
Yep!
ok
that's right
correct, thanks
looks good
是的
对
好的谢谢
没错
没问题
네
네, 맞아요
맞습니다
네 맞습니다
좋아요
""".strip().splitlines()
NO = """
no
Nope.
no, my mail is x
that's wrong
not quite
不是
不对
不，我的邮箱是
아니요
아니오, 틀렸어요
아뇨
""".strip().splitlines()
NEITHER = """
maybe
nothing
your email is fine by me
对不起
是不是
네이버 메일이요
예약했어요
不知道
yesterday
not again
note this
okra
""".strip().splitlines()


@pytest.mark.parametrize("text", YES)
def test_a_yes_is_a_yes(text: str) -> None:
    assert says_yes(text)
    assert not says_no(text)


@pytest.mark.parametrize("text", NO)
def test_a_no_is_a_no(text: str) -> None:
    assert says_no(text)
    assert not says_yes(text)


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_begins_like_one_is_neither(text: str) -> None:
    assert not says_yes(text)
    assert not says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "I'd rather not",
            "no thanks",
            "I don't want to give it",
            "skip",
            "I won't tell you",
            "don't have one",
            "no",
        ),
        *("不想说", "不方便提供", "没有", "跳过", "不知道"),
        *("말하고 싶지 않아요", "싫어요", "몰라요", "없어요", "패스"),
    ],
)
def test_a_refusal_is_heard(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize("text", ["Jane Miller", "jane@example.com", "王小明", "김민지", "0612345678", "LL-20418837"])
def test_an_answer_is_no_refusal(text: str) -> None:
    assert not refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "never mind",
        "forget it",
        "Oh, nevermind then.",
        "cancel",
        "stop",
        "算了",
        "算了吧，谢谢",
        "됐어요",
        "그만할게요",
        "취소",
    ],
)
def test_never_mind_is_heard(text: str) -> None:
    assert never_minds(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order please",
        "stop the delivery",
        "我想取消订单",
        "주문 취소해 주세요 LL-20418837",
        "forget-me-not seeds",
    ],
)
def test_a_request_to_cancel_something_else_is_no_never_mind(text: str) -> None:
    assert not never_minds(text)


@pytest.mark.parametrize(
    "text", ["no, that's fine", "no changes", "no problem", "nothing", "不用改了", "수정할 것 없어요"]
)
def test_a_no_that_finds_nothing_wrong_approves(text: str) -> None:
    assert approves(text)


def test_what_follows_is_kept() -> None:
    assert after_no("No, it was the blue one") == "it was the blue one"
    assert after_no("不是，应该是蓝色的") == "蓝色的"
    assert after_no("아니요, 파란색이에요") == "파란색이에요"
    assert after_yes("yes, but the colour was blue") == "the colour was blue"
    assert yes_but("yes, but the colour was blue")
    assert yes_but("是的，但是颜色是蓝色")
    assert not yes_but("yes, thanks")


QUESTIONS = """
why do you need that
what for?
how long will it take
can i pay by invoice
is it safe
do you ship to korea
ok, but when do you open
jane?
""".strip().splitlines()
QUESTIONS_ZH = """
为什么要我的邮箱
多久能到
可以退货吗
怎么退款
你们几点下班
订单号在哪里
""".strip().splitlines()
QUESTIONS_KO = """
왜 필요한가요
언제 오나요
환불 되나요?
주문번호는 어디서 볼 수 있나요
배송비가 얼마예요?
반품 가능할까요
""".strip().splitlines()


@pytest.mark.parametrize(
    ("text", "language"),
    [(q, "en") for q in QUESTIONS] + [(q, "zh") for q in QUESTIONS_ZH] + [(q, "ko") for q in QUESTIONS_KO],
)
def test_a_question_is_heard_without_its_mark(text: str, language: str) -> None:
    assert looks_like_question(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Will Smith", "en"),
        ("May Lee", "en"),
        ("my parcel did not arrive", "en"),
        ("the cup was broken when it came", "en"),
        ("jane@example.com", "en"),
        ("几天前买的杯子碎了", "zh"),
        ("王小明", "zh"),
        ("我的包裹没到", "zh"),
        ("김민지", "ko"),
        ("컵이 깨져서 왔어요", "ko"),
        ("저는 김민지입니다", "ko"),
    ],
)
def test_a_statement_is_no_question(text: str, language: str) -> None:
    assert not looks_like_question(text, language)


def test_a_question_beside_an_answer_is_passed_on_and_one_around_it_is_not() -> None:
    said = "It's jane@example.com. How long will it take?"
    assert question_in(said, "en", ("jane@example.com",)) == "How long will it take?"
    assert question_in("can you mail me at jane@example.com?", "en", ("jane@example.com",)) is None
