"""Nothing is asked twice, a refusal is respected, and there is a ticket at the end.

Whole dialogues, as people have them, are in dialogues.yml.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.details import OrderFormat, region_hints
from handoff.intake import FIELDS, Intake

SHOP = OrderFormat(r"(?:LL[- ]?)?(\d{8})", "LL-{0}")


def say(intake: Intake, text: str, intent: str | None = None) -> Intake:
    """The customer answers whatever is asked."""
    return intake.take(
        text, intent, intake.next_field(), region_hints=region_hints(intake.language), order_pattern=SHOP
    )


def first(text: str, language: str = "en", topic: str | None = None) -> Intake:
    """The customer's first message is the question, and may hold anything else."""
    intake = Intake.start(language, topic, question=text)
    return intake.take(text, topic, region_hints=region_hints(language), order_pattern=SHOP)


def how(intake: Intake) -> list[tuple[str, str]]:
    return [(one.field, one.how) for one in intake.understood]


DIALOGUES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("dialogues.yml").read_text("utf-8"))
SAID = [text for dialogue in DIALOGUES.values() for turn in dialogue["turns"] for text in turn]


@pytest.mark.parametrize("dialogue", DIALOGUES.values(), ids=DIALOGUES.keys())
def test_a_dialogue_asks_only_what_it_has_to(dialogue: dict[str, Any]) -> None:
    opening, *turns = [pair for turn in dialogue["turns"] for pair in turn.items()]
    intake = first(opening[0], dialogue["language"], dialogue["topic"])
    assert intake.next_field() == opening[1]
    for text, asked in turns:
        intake = Intake.from_dict(say(intake, text).to_dict())
        assert (intake.next_field() or "done") == asked, text
    assert intake.done
    assert intake.confirmed
    assert {name: intake.value(name) for name in dialogue["ticket"]} == dialogue["ticket"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("never mind", "en"),
        ("cancel", "en"),
        ("forget it", "en"),
        ("算了", "zh"),
        ("不填了", "zh"),
        ("됐어요", "ko"),
        ("그만할게요", "ko"),
    ],
)
@pytest.mark.parametrize("field", FIELDS)
def test_never_mind_ends_it_anywhere(text: str, language: str, field: str) -> None:
    intake = Intake.start(language, "refund").take(text, None, field)
    assert intake.abandoned
    assert not intake.done
    assert intake.next_field() is None
    assert how(intake) == [("ticket", "abandoned")]


def test_never_mind_is_also_heard_from_the_intent() -> None:
    assert Intake.start().take("ach laat maar zitten", "never_mind", "question").abandoned


def test_the_question_is_asked_when_there_is_none_and_gives_the_topic() -> None:
    intake = Intake.start("en")
    assert intake.next_field() == "question"
    intake = say(intake, "the cup in LL-20418837 came broken", "damaged_item")
    assert intake.value("question") == "the cup in LL-20418837 came broken"
    assert intake.value("order_number") == "LL-20418837"
    assert intake.topic == "damaged_item"
    assert intake.next_field() == "name"


def test_details_instead_of_the_question_leave_the_question_asked() -> None:
    intake = say(Intake.start(), "I'm Jane Miller, jane@example.com")
    assert intake.next_field() == "question"
    assert intake.has("name")
    assert intake.has("contact")


@pytest.mark.parametrize("text", ["I'd rather not say", "no", "跳过", "싫어요"])
def test_the_question_can_be_refused(text: str) -> None:
    assert say(Intake.start(), text).next_field() == "name"


def test_a_greeting_is_no_question_and_is_asked_once_more() -> None:
    intake = say(Intake.start(), "hello", "greet")
    assert (intake.next_field(), intake.reason("question")) == ("question", "no_question")
    assert say(intake, "hello", "greet").next_field() == "name"


def test_what_other_channels_know_is_not_asked() -> None:
    known = {"name": "Jane", "phone": "+31612345678", "order_number": "LL-20418837", "email": None}
    assert Intake.start("en", "refund", question="money?", known=known).next_field() == "confirmation"


def test_no_order_number_is_asked_where_none_matters() -> None:
    assert Intake.start("en", "praise", question="lovely", known={"name": "J", "email": "a@b.nl"}).next_field() == (
        "confirmation"
    )


def test_the_reason_is_given_when_something_is_asked_again() -> None:
    intake = say(Intake.start(question="help", known={"name": "Jane"}), "jane@gmail")
    assert (intake.next_field(), intake.reason("contact")) == ("contact", "email_no_dot")
    assert how(intake) == [("email", "invalid")]
    intake = say(intake, "jane@gmail")
    assert how(intake) == [("email", "unverified")]
    assert intake.details()["email"]["status"] == "unverified"
    assert intake.next_field() == "confirmation"


def test_a_slip_is_suggested_as_a_whole_address() -> None:
    intake = say(Intake.start(question="help", known={"name": "Jane"}), "jane@gmial.com")
    assert intake.suggested_email == "jane@gmail.com"
    assert how(say(intake, "yes"))[-1] == ("email_typo", "typo_accepted")
    kept = say(intake, "no")
    assert how(kept) == [("email_typo", "typo_declined")]
    again = say(kept, "no, jane@gmial.com is my address")
    assert again.next_field() != "email_typo"


def test_a_question_beside_the_answer_is_passed_on() -> None:
    intake = say(Intake.start(question="help", known={"name": "Jane"}), "jane@example.com. How long will it take?")
    asides = [one.value for one in intake.understood if one.how == "aside"]
    assert asides == ["How long will it take?"]
    assert intake.next_field() == "confirmation"


def test_a_later_value_is_told_to_be_a_replacement() -> None:
    intake = Intake.start(question="help", known={"name": "Jane", "email": "a@example.com"})
    assert how(intake.take("b@example.com")) == [("email", "replaced")]
    assert how(intake.take("a@example.com")) == []


def test_the_summary_is_made_a_ticket_even_if_nobody_ever_says_yes() -> None:
    intake = Intake.start(question="help", known={"name": "Jane", "email": "a@example.com"})
    for text in ("purple", "purple monkeys"):
        assert intake.next_field() == "confirmation"
        intake = say(intake, text)
    assert intake.done
    assert intake.confirmed is False


def test_sending_the_summary_back_for_ever_ends_in_a_ticket() -> None:
    intake = Intake.start(question="help", known={"name": "Jane", "email": "a@example.com"})
    for n in range(20):
        if intake.next_field() is None:
            break
        intake = say(intake, f"no, my mail is b{n}@example.com")
    assert intake.done


def test_a_finished_intake_stays_as_it_is() -> None:
    intake = say(Intake.start(question="help", known={"name": "Jane", "email": "a@example.com"}), "yes")
    assert intake.take("my name is Bob", None, "name").value("name") == "Jane"


_NOISE = (
    "",
    "👋",
    "jane@",
    "06",
    "what?",
    "왜요?",
    "为什么",
    "no",
    "yes",
    "hmm",
    "a@gmial.com",
    "bob@gmal.com",
)
_REPLIES = st.sampled_from([*SAID, *_NOISE])
_INTENTS = st.sampled_from([None, None, None, "affirm", "deny", "refuse_details", "greet", "refund", "ask_kb"])


@settings(max_examples=400, deadline=None)
@given(
    language=st.sampled_from(["en", "zh", "ko"]),
    topic=st.sampled_from([None, "refund", "praise"]),
    turns=st.lists(st.tuples(_REPLIES | st.text(max_size=30), _INTENTS), min_size=45, max_size=60),
)
def test_whatever_is_said_it_ends(language: str, topic: str | None, turns: list[tuple[str, str | None]]) -> None:
    intake = Intake.start(language, topic)
    for text, intent in turns:
        if intake.next_field() is None:
            break
        again = say(Intake.from_dict(intake.to_dict()), text, intent)
        intake = say(intake, text, intent)
        assert again == intake, "an intake that was stored and read back goes on in the same way"
    assert intake.next_field() is None
    assert intake.done or intake.abandoned


# What a customer does, in words whose meaning is known here without asking the intake.
_GIVES = {
    "name": {
        "en": ["my name is Jane Miller", "Hi, this is Jane Miller"],
        "zh": ["我叫王小明", "我是李娜"],
        "ko": ["제 이름은 김민지예요", "저는 박서준입니다"],
    },
    "contact": {
        "en": ["jane@example.com", "you can call 06 12345678", "it's jane@example.org"],
        "zh": ["邮箱是xiaoming@qq.com", "手机13812345678"],
        "ko": ["이메일은 minji@naver.com입니다", "010-1234-5678"],
    },
    "order_number": {
        "en": ["LL-20418837", "order LL-20418838"],
        "zh": ["订单LL-20418837"],
        "ko": ["주문번호는 LL-20418837이에요"],
    },
}
_REFUSES = {
    "en": ["no", "I'd rather not", "no thanks", "I don't want to give that"],
    "zh": ["不", "不想说", "不方便提供"],
    "ko": ["아니요", "말하고 싶지 않아요", "싫어요"],
}
_ASKS = {
    "en": ["why do you need that?", "how long does it take"],
    "zh": ["为什么要这个", "多久能到"],
    "ko": ["왜 필요한가요", "언제 오나요?"],
}
_ACTS = st.sampled_from(
    ["name", "contact", "order_number", "refuse", "ask", "noise", "name contact", "order_number name"]
)


@settings(max_examples=400, deadline=None)
@given(
    language=st.sampled_from(["en", "zh", "ko"]),
    topic=st.sampled_from([None, "refund", "praise"]),
    acts=st.lists(st.tuples(_ACTS, st.integers(0, 11)), max_size=40),
)
def test_nothing_is_asked_that_was_given_or_refused(
    language: str, topic: str | None, acts: list[tuple[str, int]]
) -> None:
    intake = Intake.start(language, topic, question="The lamp does not work")
    over: set[str] = set()
    for act, pick in acts:
        asked = intake.next_field()
        if asked is None:
            break
        assert asked not in over
        gives = [field for field in act.split() if field in _GIVES]
        if gives:
            text = ", ".join(_GIVES[field][language][pick % len(_GIVES[field][language])] for field in gives)
            over.update(gives)
        elif act == "refuse":
            text = _REFUSES[language][pick % len(_REFUSES[language])]
            over.update({asked} & set(FIELDS))
        else:
            text = _ASKS[language][pick % len(_ASKS[language])] if act == "ask" else "123 456"
        intake = say(intake, text)
    for field in over & {"name", "order_number"}:
        assert intake.has(field)
