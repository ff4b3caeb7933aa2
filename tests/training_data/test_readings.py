"""Readings are counted as what they are."""

from training_data.readings import Reading, Score, score


def test_right_is_what_was_expected_also_for_strangers() -> None:
    right = Reading("en", "tell me a joke", "__out_of_scope__", "__out_of_scope__")
    wrong = Reading("en", "money back", "refund", "__out_of_scope__")
    assert (right.right, right.stranger, wrong.right, wrong.stranger) == (True, True, False, False)
    assert score([right, wrong]) == Score(1, 2)
    assert score([right, wrong]).share == 0.5


def test_nothing_has_no_share() -> None:
    assert score([]).share is None


def test_the_same_question_has_one_key_whatever_it_was_read_as() -> None:
    one, other = Reading("ko", "네", "affirm", "affirm"), Reading("ko", "네", "affirm", "deny", taught=True)
    assert one.key == other.key != Reading("zh", "네", "affirm", "affirm").key
