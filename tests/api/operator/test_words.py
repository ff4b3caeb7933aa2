"""Words of the operator's page: the same in every language, and none missing or left over."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from api.dialogue.outcome import LANGUAGE_GROUPS, TROUBLES
from api.operator import words as module
from api.operator.words import OPERATOR, Words, chosen
from api.wording import LANGUAGES, NoSuchSentence

HERE = Path(module.__file__).parent
UTC_ZONE = ZoneInfo("UTC")


def sentences(language: str) -> dict[str, frozenset[str]]:
    """Keys and the variables they mention."""
    parts = re.split(r"^([a-z][\w-]*) =", (OPERATOR / f"{language}.ftl").read_text("utf-8"), flags=re.MULTILINE)[1:]
    keys = parts[::2]
    assert len(set(keys)) == len(keys), f"a sentence stands twice in {language}.ftl"
    return {key: frozenset(re.findall(r"\$(\w+)", text)) for key, text in zip(keys, parts[1::2], strict=True)}


@pytest.mark.parametrize("language", ["zh", "ko"])
def test_every_language_has_the_same_sentences_and_mentions_the_same(language: str) -> None:
    assert sentences(language) == sentences("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    words = Words(language, UTC_ZONE)
    for key, names in sentences(language).items():
        said = words(key, **{name: 2 if name == "count" else "…" for name in names})
        assert said.strip()
        assert "{" not in said


def test_nothing_is_left_in_english() -> None:
    for key, names in sentences("en").items():
        if key == "api" or key.startswith("lang-"):
            continue
        values = {name: 2 if name == "count" else "…" for name in names}
        english = Words("en", UTC_ZONE)(key, **values)
        assert [other for other in ("zh", "ko") if Words(other, UTC_ZONE)(key, **values) == english] == [], key


def test_every_sentence_is_said_somewhere() -> None:
    text = "\n".join(file.read_text("utf-8") for file in HERE.rglob("*") if file.suffix in (".py", ".html"))
    filled = [f"trouble-{kind}" for kind in TROUBLES] + [f"language-{name}" for name in LANGUAGE_GROUPS]
    filled += [f"trouble-{kind}-do" for kind in TROUBLES] + [f"lang-{name}" for name in LANGUAGES]
    filled += ["trouble-undelivered", "trouble-undelivered-do", "channel-web", "channel-other"]
    filled += ["role-bot", "role-agent", "role-system"]
    means = [key for key in sentences("en") if key.endswith("-means")]
    left = [key for key in sentences("en") if f'"{key}"' not in text.replace("'", '"') and key not in [*filled, *means]]
    assert left == []
    assert [key for key in filled if key not in sentences("en")] == []


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        ("zh", "ko", "zh"),
        (None, "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("xx", "fr;q=1, zh-Hant;q=0.5", "zh"),
        (None, "", "en"),
        (None, ";;,q=", "en"),
    ],
)
def test_language_is_the_one_asked_for_else_the_first_accepted(
    wanted: str | None, accepted: str, language: str
) -> None:
    assert chosen(wanted, accepted) == language


def test_a_missing_sentence_is_an_error_and_not_silence() -> None:
    with pytest.raises(NoSuchSentence):
        Words("en", UTC_ZONE)("no-such-sentence")
    with pytest.raises(NoSuchSentence):
        Words("en", UTC_ZONE)("tickets-now")


def test_numbers_and_moments_are_written_as_the_language_writes_them() -> None:
    english, korean = Words("en", ZoneInfo("Asia/Seoul")), Words("ko", ZoneInfo("Asia/Seoul"))
    at = datetime(2026, 11, 22, 20, 5, 6, tzinfo=UTC)
    assert english.moment(at) == "23 Nov 2026, 05:05:06"
    assert korean.day(at) == "11월 23일"
    assert english.clock(at) == "05:05:06"
    assert (english.wait(0.0123), english.wait(1.26), english.wait(None)) == ("12 ms", "1.3 s", "–")
    assert (english.share(0.126), english.share(None)) == ("13 %", "–")
    assert english.size(123_456_789) == "123 MB"
    assert english.lasting(timedelta(minutes=3)) == "3 minutes"
