"""Telling: what the order book says, in the customer's language, and nothing it does not say."""

from dataclasses import replace
from datetime import date

import pytest

from api.orders.book import STATUSES, Order
from api.orders.telling import tell_order
from api.wording import LANGUAGES

ORDER = Order("LL-1", "shipped", date(2026, 11, 16), shipped=date(2026, 11, 18), expected=date(2026, 11, 24))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_is_a_sentence_of_its_own(language: str, today: date) -> None:
    told = [tell_order(replace(ORDER, status=status), language, today) for status in STATUSES]  # type: ignore[arg-type]
    assert len(set(told)) == len(STATUSES)
    assert all("LL-1" in text for text in told)


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", ["Monday 16 November", "Wednesday 18 November", "Tuesday 24 November"]),
        ("zh", ["11月16日（星期一）", "11月18日（星期三）", "11月24日（星期二）"]),
        ("ko", ["11월 16일 월요일", "11월 18일 수요일", "11월 24일 화요일"]),
    ],
)
def test_days_are_written_as_in_the_customers_language(language: str, days: list[str], today: date) -> None:
    told = tell_order(ORDER, language, today)
    assert [day for day in days if day not in told] == []


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    assert "Monday 16 November 2026" in tell_order(ORDER, "en", date(2027, 1, 4))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_that_has_passed_is_said_to_have_passed(language: str) -> None:
    before, after = (tell_order(ORDER, language, day) for day in (date(2026, 11, 24), date(2026, 11, 25)))
    assert before != after


def test_what_the_book_does_not_say_is_not_said(today: date) -> None:
    told = tell_order(Order("LL-1", "shipped", date(2026, 11, 16)), "en", today)
    assert told == "Your order LL-1 of Monday 16 November is on its way."


def test_a_cancelled_order_is_not_expected(today: date) -> None:
    told = tell_order(replace(ORDER, status="cancelled"), "en", today)
    assert "24 November" not in told and "18 November" not in told


def test_the_carrier_is_named_with_and_without_a_day(today: date) -> None:
    assert "with PostNL" in tell_order(replace(ORDER, carrier="PostNL"), "en", today)
    assert "PostNL" in tell_order(replace(ORDER, carrier="PostNL", shipped=None), "en", today)
