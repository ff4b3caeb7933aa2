"""The comparison counts rows, and tells chance from a fall."""

import pytest

from training_data.comparison import FEWEST_LOST, LARGEST_FALL, Comparison, IntentChange, compare
from training_data.readings import Reading, score

STRANGE = "__out_of_scope__"


def reading(text: str, read_as: str, label: str = "refund", language: str = "en", taught: bool = False) -> Reading:
    return Reading(language, text, label, read_as, taught)


def rows(right: int, of: int) -> list[Reading]:
    return [reading(str(n), "refund" if n < right else "greet") for n in range(of)]


def fall(before: int, after: int, of: int) -> Comparison:
    return compare(rows(before, of), rows(after, of))


def test_accuracy_and_strangers_are_counted_by_language() -> None:
    before = [
        reading("a", "refund"),
        reading("b", "greet"),
        reading("c", STRANGE, STRANGE),
        reading("가", "greet", language="ko"),
    ]
    after = [
        reading("a", "refund"),
        reading("b", "refund"),
        reading("c", "greet", STRANGE),
        reading("가", "refund", language="ko"),
    ]
    english, korean = compare(before, after).languages
    assert (english.before, english.after) == (score(before[:3]), score(after[:3]))
    assert (english.before and english.before.right, english.after.right, english.after.rows) == (2, 2, 3)
    assert (english.strangers_before and english.strangers_before.right, english.strangers_after.right) == (1, 0)
    assert (korean.points, korean.strangers_before, korean.strangers_after.share) == (100.0, None, None)


def test_what_got_better_and_worse_is_told_by_intent_the_worst_first() -> None:
    before = [
        reading("a", "refund"),
        reading("b", "refund"),
        reading("hi", "refund", "greet"),
        reading("yo", "greet", "greet"),
    ]
    after = [
        reading("a", "greet"),
        reading("b", "invoice"),
        reading("hi", "greet", "greet"),
        reading("yo", "greet", "greet"),
    ]
    worse, better = compare(before, after).intents
    assert (worse.intent, worse.before.right, worse.after.right, worse.after.rows) == ("refund", 2, 0, 2)
    assert [(lost.text, lost.read_as) for lost in worse.lost] == [("a", "greet"), ("b", "invoice")]
    assert (better.intent, [gained.text for gained in better.gained], better.lost) == ("greet", ["hi"], ())


def test_a_row_that_is_wrong_in_another_way_is_no_change() -> None:
    assert compare([reading("a", "greet")], [reading("a", "invoice")]).intents == ()


def test_rows_that_one_of_the_two_was_taught_prove_nothing() -> None:
    before = [reading("a", "refund", taught=True), reading("b", "refund"), reading("c", "refund")]
    after = [reading("a", "greet"), reading("b", "refund", taught=True), reading("c", "refund")]
    compared = compare(before, after)
    assert compared.left_out == 2
    assert [change.after.rows for change in compared.languages] == [1]


def test_only_rows_that_both_have_read_are_compared() -> None:
    compared = compare(
        [reading("a", "refund"), reading("gone", "refund")], [reading("a", "refund"), reading("new", "greet")]
    )
    assert [(change.before, change.after.rows) for change in compared.languages] == [(score(rows(1, 1)), 1)]


def test_a_first_model_is_counted_alone_and_never_worse() -> None:
    compared = compare(None, rows(1, 100))
    [change] = compared.languages
    assert (change.before, change.points, change.after.right) == (None, None, 1)
    assert compared.intents == () and compared.worse == ()


@pytest.mark.parametrize(
    ("before", "after", "of", "held"),
    [
        (280, 271, 320, False),  # 2.8 points
        (280, 270, 320, True),  # 3.1 points
        (97, 94, 100, False),  # exactly 3 points
        (97, 93, 100, True),
        (10, 8, 10, False),  # 20 points, but two rows
        (10, 7, 10, True),
        (200, 320, 320, False),
    ],
)
def test_a_fall_beyond_chance_is_one(before: int, after: int, of: int, held: bool) -> None:
    assert fall(before, after, of).languages[0].worse is held
    assert (LARGEST_FALL, FEWEST_LOST) == (3.0, 3)


def test_one_language_that_falls_is_enough() -> None:
    korean = [reading(str(n), "refund", language="ko") for n in range(50)]
    lost = [reading(str(n), "greet", language="ko") for n in range(50)]
    compared = compare([*rows(10, 50), *korean], [*rows(50, 50), *lost])
    assert {change.language for change in compared.worse} == {"ko"}


@pytest.mark.parametrize(
    ("before", "after", "of", "held"),
    [
        (6, 2, 7, True),  # a whole intent read as another
        (10, 6, 10, True),
        (10, 7, 10, False),  # three come and go
        (5, 1, 12, False),  # four, but not more than a third
        (40, 27, 40, False),
        (40, 26, 40, True),
        (2, 6, 7, False),
    ],
)
def test_an_intent_that_is_lost_holds_back_a_language_that_hardly_moves(
    before: int, after: int, of: int, held: bool
) -> None:
    others = [reading(f"hi {n}", "greet", "greet") for n in range(600)]
    compared = compare([*rows(before, of), *others], [*rows(after, of), *others])
    assert not compared.languages[0].worse
    assert [change.intent for change in compared.worse if isinstance(change, IntentChange)] == ["refund"] * held


def test_nothing_measured_is_no_change() -> None:
    assert compare(None, []) == compare([], []) == Comparison((), (), 0)
