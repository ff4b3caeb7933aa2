"""The first sentence acknowledges, restates, says what happens, and promises nothing."""

import re

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import Message

from handoff.packet.opening import FEELINGS, opening
from handoff.packet.parts import Given, Problem, Reason
from handoff.packet.wording import FOLDER, LANGUAGES, NoSuchSentence, say
from tests.handoff.packet.making import PROBLEMS, full

# Hours, days, "soon", "as fast as possible", "we will refund": nothing backs them here.
PROMISES = re.compile(
    r"\d ?(?:h|min)|hour|minute|today|tomorrow|soon|shortly|right away|refund|replace|guarantee|promise"
    r"|小时|分钟|今天|明天|尽快|马上|退款|换货|保证|承诺|시간|분 |오늘|내일|곧|빨리|환불|교환|보장|약속",
    re.IGNORECASE,
)


def because(code: str) -> Reason:
    return Reason(code, "", "signals", None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*FEELINGS, "none", "something_new"])
def test_the_feeling_comes_first_then_the_matter_and_no_promise(language: str, code: str) -> None:
    packet = full(language)
    words = opening(because(code), packet.problem, packet.given, language)
    feeling = say(language, f"feeling-{FEELINGS.get(code, 'asked')}")
    assert 0 < words.index(feeling) < words.index(PROBLEMS[language]) < words.index(say(language, "next"))
    assert "LL-20418837" in words
    assert PROMISES.search(words) is None


def test_the_three_read_as_people_write() -> None:
    said = {one: opening(because("loop"), full(one).problem, full(one).given, one) for one in LANGUAGES}
    assert said == {
        "en": "Hello Jane Miller. I'm sorry our assistant sent you round in circles. About order LL-20418837 you "
        "wrote: “My kettle LK-310 leaks at the bottom”. I've read the conversation, so you needn't repeat anything. "
        "I'm looking into it now.",
        "zh": "王芳，您好！抱歉，刚才智能客服一直没答到点子上，让您白费了不少口舌。"
        "关于订单 LL-20418837，您反映的情况是：“水壶LK-310底部漏水”。"
        "前面的对话我都看过了，您不用再说一遍，我现在就帮您看。",
        "ko": "김민지 님, 안녕하세요. 자동 상담이 제대로 답을 드리지 못해 답답하셨을 텐데 죄송합니다. "
        "주문 LL-20418837 건으로 남겨 주신 내용은 잘 확인했습니다: “주전자 LK-310 바닥에서 물이 새요”. "
        "앞서 나누신 대화를 모두 읽었으니 다시 "
        "설명하지 않으셔도 됩니다. 지금 바로 살펴보겠습니다.",
    }


def test_an_order_that_is_in_the_problem_is_not_named_twice() -> None:
    problem = Problem("Where is LL-1?", None, False, "dialogue")
    words = opening(because("none"), problem, (Given("order_number", "LL-1", "claimed", "LL-1", 1),), "en")
    assert words.count("LL-1") == 1
    assert "You wrote: “Where is LL-1?” I've" in words


@pytest.mark.parametrize("language", ["fr", "", "EN-us"])
def test_who_speaks_another_language_is_greeted_in_english(language: str) -> None:
    assert opening(because("none"), None, (), language).startswith("Hello. ")


def test_every_sentence_is_there_in_every_language() -> None:
    keys = {}
    for language in LANGUAGES:
        body = parse((FOLDER / f"{language}.ftl").read_text("utf-8")).body
        keys[language] = {one.id.name for one in body if isinstance(one, Message)}
    assert keys["en"] == keys["zh"] == keys["ko"]
    assert {f"feeling-{one}" for one in FEELINGS.values()} <= keys["en"]


def test_a_sentence_that_is_missing_is_named_with_its_file() -> None:
    with pytest.raises(NoSuchSentence, match=r"words/ko\.ftl"):
        say("ko", "no-such")
    with pytest.raises(NoSuchSentence, match="restate in"):
        say("en", "restate")
