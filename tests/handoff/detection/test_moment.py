"""What is seen of a dialogue at a customer's turn."""

from collections.abc import Sequence

from handoff.detection.ledger import Context, Said
from handoff.detection.moment import Moment, lately, see


def seen(*texts: str, language: str = "en", context: Context | None = None, **more: object) -> Moment:
    said = [Said("customer" if text[0] == "c" else "bot", text[2:], seq) for seq, text in enumerate(texts)]
    return see(lately(said), language, context or Context(), **more)  # type: ignore[arg-type]


def test_the_same_answer_twice_is_seen_with_its_place() -> None:
    sign = seen("c:a", "b:Restart the router.", "c:done", "b:Restart the router.", "c:hm").signs["same_answer"]
    assert (sign.value, sign.seq, sign.quote) == (1.0, 3, "Restart the router.")


def test_misses_count_in_a_row_and_an_answer_ends_them() -> None:
    missed = "b:I don't have an answer to that in our help articles."
    assert seen("c:a", missed, "c:b", missed, "c:c").value("misses") == 2
    assert seen("c:a", missed, "c:b", "b:Up to 5 kg: £16.40.", "c:c").value("misses") == 0
    assert seen("c:a", context=Context(misses=2)).value("misses") == 2


def test_a_form_that_asks_again_is_seen_in_three_languages() -> None:
    for language, question in (
        ("en", "What name should we use?"),
        ("zh", "请输入手机号。"),
        ("ko", "생년월일을 알려 주세요."),
    ):
        twice = seen("c:a", f"b:{question}", "c:b", f"b:{question}", "c:c", language=language)
        assert twice.value("form_again") >= 1, language


def test_a_question_of_the_same_meaning_is_the_same_question() -> None:
    meanings: dict[str, Sequence[float]] = {"broadband is slow": (1.0, 0.0), "my net crawls": (0.9, 0.436)}
    by_words = seen("c:broadband is slow", "b:OK.", "c:my net crawls")
    by_meaning = seen("c:broadband is slow", "b:OK.", "c:my net crawls", meaning=meanings.get)
    assert by_words.value("asked_again") < 0.5 < by_meaning.value("asked_again")
    assert by_meaning.signs["asked_again"].seq == 0


def test_threats_and_what_only_sounds_like_one_are_kept_apart() -> None:
    assert seen("c:my solicitor will write to you").value("threat") > 0
    lesson = seen("c:law student here, what does the court say? it's for an essay")
    assert lesson.value("threat") == 0 < lesson.value("threat_maybe")


def test_loudness_is_seen_in_capitals_and_in_marks() -> None:
    assert seen("c:WHERE IS MY MONEY").value("shouting") > 0
    assert seen("c:退钱退钱！！！！！", language="zh").value("shouting") > 0
    assert seen("c:버튼이!!!!!! 없다고!!!!!!", language="ko").value("shouting") > 0
    assert seen("c:where is my money").value("shouting") == 0
