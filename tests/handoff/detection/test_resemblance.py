"""Whether two questions or two answers are the same, without knowing the language."""

import pytest

from handoff.detection.resemblance import alike, most_alike, same_answer


@pytest.mark.parametrize(
    ("one", "other", "third"),
    [
        ("can I raise my transfer limit", "how do I raise the transfer limit", "where is my parcel"),
        ("提前还款要收违约金吗", "提前还款有没有违约金", "快递什么时候到"),
        ("예약 변경하면 수수료가 있나요", "예약 변경 수수료가 얼마인지요", "냉장고 어디에 버려요"),
    ],
)
def test_a_question_in_other_words_is_nearer_than_another_question(one: str, other: str, third: str) -> None:
    assert alike(one, other) > 0.4 > alike(one, third)


def test_the_same_answer_from_another_article_is_the_same_answer() -> None:
    assert same_answer("청구 서류는 진단서입니다. 출처: 「서류」", "청구 서류는 진단서입니다. 출처: 「보험금」") == 1.0


def test_other_figures_make_another_answer() -> None:
    assert same_answer("Up to 2 kg to Ireland: £11.20.", "Frames have a warranty of 10 years.") < 0.5


def test_the_nearest_of_earlier_questions_is_named() -> None:
    assert most_alike("where is my parcel", ["do you sell lamps", "where is my parcel now"])[1] == 1
    assert most_alike("anything", []) == (0.0, -1)
