"""Strange texts: the search for details takes its time from nobody, whatever is written."""

import time

import pytest

from handoff.details import bare_name, find_details, region_hints
from handoff.orders import OrderFormat
from handoff.phrases import LONGEST, plain, yes_but

ORDERS = OrderFormat(r"(?:LL[- ]?)?(\d{8})", "LL-{0}")
UNITS = (
    *("a@", "a at ", "%00", "jane@x.com ", "1/1.", "1-", "1 ", "12345678 ", "010-1234-5678 ", "+1", "LL-1234567 "),
    *(" ", "thanks ", ",. ", "가 ", "我姓", "ﷺ", "my name is ", "yes.", "order ", "phone "),
)
#: Seconds of the processor, many times what was measured (0.02), and a small part of what it took before (10).
PATIENCE = 0.5


@pytest.mark.parametrize("expecting", [None, "contact", "order_number"])
@pytest.mark.parametrize("unit", UNITS)
def test_two_thousand_characters_are_searched_in_a_moment(unit: str, expecting: str | None) -> None:
    begun = time.thread_time()
    for text in (unit * (2000 // len(unit)), "a" + (unit * 2000)[:1990] + "at"):
        find_details(text, region_hints("en"), ORDERS, expecting)
        bare_name(text)
        yes_but(text)
    assert time.thread_time() - begun < PATIENCE


def test_a_number_is_still_found_at_either_end_of_a_long_story() -> None:
    story = "We ordered 12 plates in 3 parcels on 4 May and 2 of them came broken. " * 20
    for text in (f"+31 6 12345678 {story}", f"{story} +31 6 12345678"):
        found = find_details(text, region_hints("en"), ORDERS)
        assert found.phone is not None and found.phone.value == "+31612345678"
        assert plain(text)[found.phone.start : found.phone.end] == found.phone.raw
    named = find_details(f"{story} my order is LL-20418837. {story}", region_hints("en"), ORDERS)
    assert named.order_number is not None and named.order_number.value == "LL-20418837"


def test_what_grows_in_plain_form_stays_within_bounds() -> None:
    # One of these characters stands for eighteen.
    assert len(plain("\ufdfa" * 8000)) <= LONGEST


def test_names_and_politeness_are_read_as_before() -> None:
    assert bare_name("민아라고 합니다 ~~") == "민아"
    assert bare_name("Jane Miller, thanks !!") == "Jane Miller"
    assert yes_but("yes, but the mail is wrong")
    assert yes_but("好的，不过邮箱错了")
