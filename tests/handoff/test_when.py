"""A moment is said as a person of that language says it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handoff.when import say_when

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("language", "ahead", "said"),
    [
        ("en", timedelta(hours=5, minutes=20), "today at 16:20 (Amsterdam time)"),
        ("en", timedelta(hours=23), "tomorrow (Tuesday) at 10:00 (Amsterdam time)"),
        ("en", timedelta(days=7, hours=2), "Monday 30 November at 13:00 (Amsterdam time)"),
        ("en-US", timedelta(days=60), "Friday 22 January 2027 at 11:00 (Amsterdam time)"),
        ("zh", timedelta(hours=5, minutes=20), "今天16:20（阿姆斯特丹时间）"),
        ("zh-CN", timedelta(hours=23), "明天（星期二）10:00（阿姆斯特丹时间）"),
        ("zh", timedelta(days=7, hours=2), "11月30日（星期一）13:00（阿姆斯特丹时间）"),
        ("zh", timedelta(days=60), "2027年1月22日（星期五）11:00（阿姆斯特丹时间）"),
        ("ko", timedelta(hours=5, minutes=20), "오늘 오후 4:20(암스테르담 시간)"),
        ("ko_KR", timedelta(hours=23), "내일(화요일) 오전 10:00(암스테르담 시간)"),
        ("ko", timedelta(days=7, hours=1), "11월 30일 월요일 오후 12:00(암스테르담 시간)"),
        ("ko", timedelta(days=60), "2027년 1월 22일 금요일 오전 11:00(암스테르담 시간)"),
        ("fr", timedelta(hours=5), "today at 16:00 (Amsterdam time)"),
    ],
)
def test_it_sounds_natural(language: str, ahead: timedelta, said: str) -> None:
    assert say_when(NOW + ahead, NOW, AMSTERDAM, language) == said


def test_today_is_the_teams_today() -> None:
    # 23:30 in London is already Tuesday in Amsterdam.
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert say_when(late + timedelta(hours=9), late, AMSTERDAM, "en", name_zone=False) == "today at 09:30"


def test_the_zone_is_named_only_when_wanted_and_utc_is_utc() -> None:
    assert say_when(NOW, NOW, AMSTERDAM, "ko", name_zone=False) == "오늘 오전 11:00"
    assert say_when(NOW, NOW, ZoneInfo("UTC"), "en") == "today at 10:00 (UTC)"
    assert say_when(NOW, NOW, ZoneInfo("Asia/Seoul"), "ko") == "오늘 오후 7:00(서울 시간)"
