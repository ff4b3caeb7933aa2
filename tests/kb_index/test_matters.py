"""Two questions in one message are told apart; one matter told in two sentences stays one."""

from __future__ import annotations

import pytest

from kb_index.matters import MOST_MATTERS, matters


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Where is my invoice? And can I pay by card?", ("Where is my invoice?", "can I pay by card?")),
        ("how long does it take and how can I pay", ("how long does it take", "how can I pay")),
        ("My account is locked. Also I want a new e-mail.", ("My account is locked.", "I want a new e-mail.")),
        ("my kettle shows E1 and whats ur refund time", ("my kettle shows E1", "whats ur refund time")),
        ("i was charged twice and also the pan is rusty", ("i was charged twice", "the pan is rusty")),
        ("扣了两次钱 另外锅生锈了", ("扣了两次钱", "锅生锈了")),
        ("주전자에 E1 떠요 그리고 환불은 얼마나 걸려요", ("주전자에 E1 떠요", "환불은 얼마나 걸려요")),
        ("发票在哪里？另外怎么退货？", ("发票在哪里？", "怎么退货？")),
        ("配送要多久，可以怎么付款", ("配送要多久", "可以怎么付款")),
        ("반품은 어떻게 하고 결제는 뭘로 해요?", ("반품은 어떻게 하고", "결제는 뭘로 해요?")),
        ("인보이스는 어디 있어요? 그리고 교환되나요?", ("인보이스는 어디 있어요?", "교환되나요?")),
    ],
)
def test_two_questions_are_told_apart_in_their_order(text: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.removeprefix("Also ").removeprefix("另外") for part in matters(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "I ordered a lamp and it has not come.",
        "Can I cancel my order? I chose the wrong colour.",
        "My kettle shows E1. What can I do?",
        "How do I wash and dry the sheets?",
        "我买了台灯，到现在还没到。",
        "盘子碎了，怎么办？",
        "my lamp is broken and I want a refund",
        "the cushion doesn't fit our sofa, can it go back",
        "打印机坏了，没法打退货标签怎么办",
        "日本和韩国都能送吗？",
        "램프를 주문했는데 아직 안 왔어요.",
        "램프를 포장하고 메모도 넣고 싶어요.",
        "",
        "???",
    ],
)
def test_one_matter_stays_one_however_it_is_told(text: str) -> None:
    assert matters(text) == (text,)


def test_the_story_stays_with_the_question_it_belongs_to() -> None:
    told = "I bought a chair last week. How do I send it back? And where is my invoice? I need it for work."
    assert matters(told) == (
        "I bought a chair last week. How do I send it back?",
        "where is my invoice? I need it for work.",
    )


def test_of_many_questions_the_first_ones_are_taken() -> None:
    asked = "How do I pay? How do I return a lamp? How do I track a parcel? How do I write a review?"
    assert matters(asked) == ("How do I pay?", "How do I return a lamp?", "How do I track a parcel?")
    assert len(matters(asked)) == MOST_MATTERS


def test_a_very_long_message_is_not_taken_apart() -> None:
    told = "How do I pay? " * 60
    assert matters(told) == (told,)
