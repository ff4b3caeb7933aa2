"""Courtesies: told from what asks for something, in three languages."""

import time

import pytest

from handoff.courtesies import is_courtesy

COURTESIES = (
    "hi",
    "Hello there!",
    "hey, quick question",
    "Good morning :)",
    "I have a question",
    "sorry to bother you",
    "can I ask something?",
    "thanks in advance!!",
    "hi!! thanks",
    "您好",
    "你好呀，在吗？",
    "请问一下",
    "想咨询一下",
    "不好意思，打扰一下",
    "谢谢啦～",
    "안녕하세요",
    "안녕하세요~ 하나만 여쭤볼게요",
    "질문 있어요",
    "문의드립니다",
    "저기요",
    "감사합니다!",
)
MATTERS = (
    "hi, my kettle leaks",
    "is anybody there",
    "a person please",
    "help",
    "no",
    "yes",
    "questionable quality",
    "thanks for nothing",
    "LL-20418837",
    "hilary",
    "您好，我要退货",
    "有人吗",
    "人工",
    "请问多久到",
    "谢谢，不过还没收到",
    "안녕하세요 환불해 주세요",
    "상담원 연결해 주세요",
    "질문 말고 환불이요",
    "아니요",
    "",
    "?",
)


@pytest.mark.parametrize("text", COURTESIES)
def test_a_courtesy_asks_for_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize("text", MATTERS)
def test_whoever_wants_something_is_not_taken_for_polite(text: str) -> None:
    assert not is_courtesy(text)


@pytest.mark.parametrize("text", ["hi " * 20, "질문 " * 20 + "x", "a" * 60, "hmmmm" * 12 + "!", " ,." * 20])
def test_what_is_made_to_hold_it_up_does_not(text: str) -> None:
    begun = time.process_time()
    is_courtesy(text)
    assert time.process_time() - begun < 0.05
