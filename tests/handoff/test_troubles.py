"""A few words that name a thing and its trouble are a matter."""

import pytest

from handoff.questions import tells_something
from handoff.troubles import names_trouble


@pytest.mark.parametrize(
    "text",
    [
        "kettle leaks",
        "Screen cracked!",
        "broken zip",
        "my toaster is dead",
        "水壶漏水",
        "门坏了",
        "屏幕碎了",
        "盖子裂",
        "耳机不响",
        "주전자 새요",
        "화면 깨졌어요",
        "뚜껑이 부러졌어요",
        "문 안 열려요",
        "컵 파손",
    ],
)
def test_a_thing_and_its_trouble_tell_of_a_matter(text: str) -> None:
    assert names_trouble(text)
    assert tells_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "it broke",
        "broken",
        "kettle",
        "thanks",
        "no, blue",
        "坏了",
        "它坏了",
        "都碎了",
        "水壶",
        "谢谢",
        "订单丢了",
        "깨졌어요",
        "고장 남",
        "이거 고장",
        "또 새요",
        "주전자",
        "네",
    ],
)
def test_a_trouble_without_a_thing_and_a_thing_without_a_trouble_do_not(text: str) -> None:
    assert not names_trouble(text)
    assert not tells_something(text)
