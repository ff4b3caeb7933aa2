"""Matters: what is told with the wish for a person is known, and the wish alone is none."""

import pytest

from api.actions.matter import matter_beside_request, tells_a_matter
from api.dialogue.memory import Memory
from api.dialogue.turn import Turn
from handoff.conversations import Conversation
from tests.api.stand import Stand


async def beside(stand: Stand, conversation: Conversation, text: str) -> str | None:
    seq = (await stand.events.receive(conversation.id, None, text, stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    return matter_beside_request(Turn(conversation, message, Memory(), "en", "en", stand.now))


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("talk to someone please, the kettle arrived cracked", "the kettle arrived cracked"),
        ("can i talk to someone about my broken lamp", "my broken lamp"),
        ("my refund has not come, let me speak to a person", "my refund has not come"),
        ("转人工 我的灯坏了", "我的灯坏了"),
        ("找人工说一下我的灯坏了", "我的灯坏了"),
        ("상담원 연결해 주세요 환불이 아직 안 들어왔어요", "환불이 아직 안 들어왔어요"),
    ],
)
async def test_what_is_told_with_the_request_is_its_matter(
    stand: Stand, conversation: Conversation, text: str, matter: str
) -> None:
    assert await beside(stand, conversation, text) == matter


@pytest.mark.parametrize(
    "text",
    [
        "I want to talk to a human",
        "I've asked three times now, human please",
        "what's your phone number",
        "i've explained it three times to this machine, now let me talk to a person",
        "叫你们经理来",
        "我跟机器说不通，叫个人来行吗",
        "상담원 연결해주세요",
        "자동응답 지겨워요 상담사 연결해달라고요",
    ],
)
async def test_the_request_alone_is_no_matter(stand: Stand, conversation: Conversation, text: str) -> None:
    assert await beside(stand, conversation, text) is None


@pytest.mark.parametrize("text", ["包裹丢了", "parcel lost", "택배 분실"])
def test_a_few_words_can_be_the_whole_matter(text: str) -> None:
    assert tells_a_matter(text)


@pytest.mark.parametrize("text", ["谢谢", "ok", "hello there", "order", "네 알겠어요"])
def test_a_courtesy_or_a_bare_word_is_none(text: str) -> None:
    assert not tells_a_matter(text)
