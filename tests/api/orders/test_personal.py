"""Personal or general: one's own order is looked up, a question about how things go is for the articles."""

import pytest

from api.orders.personal import asks_after_order, asks_shortly, is_general


@pytest.mark.parametrize(
    "text",
    [
        "how do I track my order?",
        "How can I see where my parcel is",
        "where do i find the tracking link",
        "what does 'in transit' mean",
        "how long does delivery usually take",
        "my parcel says delivered but nothing is here",
        "怎么查物流",
        "订单显示处理中是什么意思",
        "包裹显示已签收但我没收到",
        "배송 조회는 어떻게 하나요",
        "배송조회 방법",
        "배송완료라는데 받은 게 없어요",
    ],
)
def test_a_general_question_is_for_the_articles(text: str) -> None:
    assert is_general(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "can you check on my package",
        "will my order come before friday",
        "why has my lamp not been delivered yet",
        "has it been delivered",
        "我的订单到哪了",
        "为什么还没到",
        "내 주문 어떻게 됐어",
        "배송조회 좀 해주세요",
    ],
)
def test_a_question_about_an_order_of_ones_own_is_not(text: str) -> None:
    assert not is_general(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "Where's the parcel?",
        "my order hasn't arrived",
        "查一下物流",
        "我的快递到哪了",
        "배송 조회",
    ],
)
def test_the_plainest_ways_of_asking_are_known_without_the_bot(text: str) -> None:
    assert asks_after_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to return my order",
        "cancel my order",
        "我想退货",
        "订单号在哪里看",
        "주문 취소해 주세요",
        "my kettle leaks",
    ],
)
def test_other_matters_are_not_taken_for_it(text: str) -> None:
    assert not asks_after_order(text)


@pytest.mark.parametrize(
    ("rest", "asks"), [("where is", True), ("到哪了", True), ("어디예요", True), ("退货", False), ("cancel", False)]
)
def test_beside_a_number_a_word_is_enough(rest: str, asks: bool) -> None:
    assert asks_shortly(rest) is asks
