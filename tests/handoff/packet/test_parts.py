"""Mood, reach, sentences, and what is taken for telling."""

from datetime import timedelta

import pytest

from handoff.detection.weighing import REASONS, SHOWN_AS
from handoff.packet.mood import MOST, mood
from handoff.packet.opening import FEELINGS
from handoff.packet.parts import Evidence
from handoff.packet.reach import WINDOWS, reach
from handoff.packet.readings import Trace, said_nothing_new, understanding
from handoff.packet.sentences import sentences, shortened
from handoff.packet.signal_names import NO_MOODS, NO_REASONS
from handoff.packet.telling import Message, telling
from tests.handoff.packet.making import NOW


@pytest.mark.parametrize(
    ("channel", "hours", "person_hours"),
    [("whatsapp", 24, None), ("messenger", 24, 168), ("instagram", 24, 168), ("wechat", 48, None)],
)
def test_an_app_with_a_window_closes_to_the_minute(channel: str, hours: int, person_hours: int | None) -> None:
    end = NOW + timedelta(hours=hours)
    before, after = reach(channel, NOW, end - timedelta(minutes=1)), reach(f"{channel}:account", NOW, end)
    assert (before.open, before.until, before.window_hours) == (True, end, hours)
    assert (after.open, after.until) == (False, end)
    assert before.person_until == (NOW + timedelta(hours=person_hours) if person_hours else None)
    assert not reach(channel, None, NOW).open


@pytest.mark.parametrize("channel", ["web", "telegram", "line", "slack", "something-new"])
def test_elsewhere_an_answer_may_come_at_any_time(channel: str) -> None:
    found = reach(channel, NOW, NOW + timedelta(days=900))
    assert (found.open, found.until, found.window_hours) == (True, None, None)
    assert channel not in WINDOWS


def test_asking_for_a_person_is_no_bad_mood_and_thanks_are_a_better_one() -> None:
    ledger = [
        Evidence(1, "explicit_request", 4.0, "a person"),
        Evidence(2, "insult", 1.0, "x"),
        Evidence(2, "anger", 2.0, "y"),
        Evidence(3, "thanks", -1.0, "thanks"),
    ]
    calm, worse, better = mood([1, 2, 3], ledger)
    assert (calm.value, calm.why) == (0.0, ())
    assert (worse.value, worse.why) == (-0.91, ("anger", "insult"))
    assert better.value > 0
    assert mood(range(1, 100), ())[0].seq == 100 - MOST


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hi. It broke! Why?", ["Hi.", "It broke!", "Why?"]),
        ("Version 4.2.1 of example.com fails.", ["Version 4.2.1 of example.com fails."]),
        ("我的水壶漏水了。怎么办？谢谢", ["我的水壶漏水了。", "怎么办？", "谢谢"]),
        ("물이 새요.어떻게 하죠?", ["물이 새요.", "어떻게 하죠?"]),
        ("one\ntwo", ["one", "two"]),
        ("…!?", []),
    ],
)
def test_sentences_are_the_message_letter_for_letter(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


def test_too_long_a_sentence_is_cut_at_a_word() -> None:
    assert shortened("word " * 100, 22) == "word word word word…"
    assert len(shortened("字" * 500)) == 300
    assert shortened("as it is") == "as it is"


def messages(*texts: str) -> list[Message]:
    return [Message(number, text) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        (
            "en",
            [
                "Hi there, quick question",
                "My name is Jane, jane@example.com",
                "the left speaker of my set is dead silent",
            ],
            ["the left speaker of my set is dead silent"],
        ),
        (
            "zh",
            ["您好，在吗", "我叫王芳，邮箱wang@example.com", "收到的音箱左边一点声音都没有"],
            ["收到的音箱左边一点声音都没有"],
        ),
        (
            "ko",
            [
                "안녕하세요 질문 있어요",
                "제 이름은 김민지입니다, minji@example.com",
                "스피커 왼쪽에서 소리가 전혀 안 나요",
            ],
            ["스피커 왼쪽에서 소리가 전혀 안 나요"],
        ),
    ],
)
def test_greetings_and_bare_details_tell_nothing(language: str, said: list[str], told: list[str]) -> None:
    assert [one.text for one in telling(messages(*said), None, [], language)] == told


def test_what_was_said_twice_is_told_once() -> None:
    found = telling(messages("where is my refund?!", "Where is my refund??", "WHERE IS MY REFUND"), None, [], "en")
    assert [one.text for one in found] == ["WHERE IS MY REFUND"]


def test_at_most_three_are_told_in_the_order_in_which_they_were_said() -> None:
    said = messages(*(f"This is matter number {n} and it is about thing {n}." for n in range(9)))
    ledger = [Evidence(2, "anger", 1.0, "thing 1"), Evidence(5, "insult", 3.0, "matter number 4")]
    found = telling(said, "This is matter number 7 and it is about thing 7.", ledger, "en")
    assert [(one.seq, one.why) for one in found] == [(5, "signal"), (8, "problem"), (9, "matter")]


def test_the_packet_knows_the_names_under_which_detection_keeps_its_signals() -> None:
    assert set(SHOWN_AS.values()) - REASONS == NO_REASONS
    assert set(FEELINGS) == REASONS | {"frustration"}
    assert set(SHOWN_AS.values()) >= NO_MOODS


def test_the_wish_for_a_person_is_the_reason_and_no_matter() -> None:
    said = messages("the pump makes a grinding noise", "please let me talk to a real person now")
    ledger = [Evidence(2, "explicit_request", 5.0, "talk to a real person")]
    assert [one.seq for one in telling(said, None, ledger, "en")] == [1]


def test_a_short_answer_to_the_bot_is_no_matter_and_a_story_with_a_request_in_it_is() -> None:
    said = messages("주전자에서 물이 새요", "그게 아니라니까요", "상담원 연결해 주세요")
    assert [one.seq for one in telling(said, None, [], "ko", {2, 3})] == [1]
    story = messages("I was promised a refund two weeks ago and nothing came, now get me a human")
    assert [one.seq for one in telling(story, None, [], "en", {1})] == [1]
    felt = [Evidence(2, "rejected_answer", 1.0, "그게 아니라니까요")]
    assert [one.seq for one in telling(said, None, felt, "ko", {2, 3})] == [1, 2]


def test_only_a_sure_reading_says_that_nothing_new_was_told() -> None:
    def read(seq: int, name: str, confidence: float) -> Trace:
        return Trace(seq, {"reading": {"intent": {"name": name, "confidence": confidence}}}, "en")

    traces = [read(1, "request_human", 0.9), read(3, "deny", 0.4), read(5, "refund", 0.9), Trace(7, None, None)]
    assert said_nothing_new(traces) == {1}


def test_the_reading_of_the_matter_counts_before_the_last_one() -> None:
    def trace(seq: int, name: str) -> Trace:
        return Trace(seq, {"reading": {"intent": {"name": name, "confidence": 0.8}, "ranking": []}}, "en")

    traces = [trace(1, "refund"), trace(3, "deny")]
    of_matter, last = understanding(traces, "refund"), understanding(traces, None)
    assert of_matter is not None
    assert last is not None
    assert (of_matter.intent, of_matter.seq, of_matter.runner_up) == ("refund", 1, None)
    assert last.intent == "deny"
    assert understanding([Trace(1, {"failed": True}, None)], None) is None
