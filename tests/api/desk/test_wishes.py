"""Who waits says in a word that they would rather have a ticket; whoever writes about a ticket does not."""

import time

import pytest

from api import wording
from api.desk.wishes import wants_ticket


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_the_buttons_words_are_understood(language: str) -> None:
    assert wants_ticket(wording.say(language, "queue-leave"))


@pytest.mark.parametrize(
    "text",
    [
        "ticket",
        "Ticket please!",
        "I'd rather leave a ticket",
        "ok, just make it a ticket",
        "can I have a ticket instead?",
        "I can't wait, turn this into a ticket",
        "工单",
        "那就改成工单吧",
        "不等了，帮我提交工单",
        "문의",
        "문의 남길게요",
        "티켓으로 해주세요",
        "그냥 문의로 접수해 주세요",
    ],
)
def test_asking_for_a_ticket_is_understood(text: str) -> None:
    assert wants_ticket(text)


@pytest.mark.parametrize(
    "text",
    [
        "no ticket",
        "I don't want a ticket",
        "what happened to my ticket?",
        "my ticket number is FD-7K2M4Q",
        "I bought a concert ticket",
        "我不要工单",
        "工单号是多少",
        "문의가 있어요",
        "문의한 내용 언제 답변 오나요",
        "티켓 번호가 뭐예요",
        "jane@example.com",
        "",
    ],
)
def test_writing_about_a_ticket_is_not_asking_for_one(text: str) -> None:
    assert not wants_ticket(text)


@pytest.mark.parametrize("text", ["ok " * 5000, "just to " * 2000 + "ticket", "我要" * 4000 + "工", "티켓으로 " * 3000])
def test_no_message_takes_long_to_read(text: str) -> None:
    begin = time.perf_counter()
    assert not wants_ticket(text)
    assert time.perf_counter() - begin < 0.5
