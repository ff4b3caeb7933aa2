"""Wording: the same sentences in every language, and none missing."""

import re
from pathlib import Path

import pytest

from api import wording
from api.actions.apology import SORRY
from api.actions.form import FIELDS

API = Path(wording.__file__).parent
OTHERS = [language for language in wording.LANGUAGES if language != wording.DEFAULT]


def sentences(language: str) -> dict[str, frozenset[str]]:
    """Keys and the variables they mention."""
    lines = (wording.FOLDER / f"{language}.ftl").read_text("utf-8").splitlines()
    pairs = [line.split(" =", 1) for line in lines if re.match(r"[a-z]", line)]
    found = {key: frozenset(re.findall(r"\{ \$(\w+) \}", text)) for key, text in pairs}
    assert len(found) == len(pairs), f"a sentence stands twice in {language}.ftl"
    return found


def used() -> set[str]:
    """Keys as the code writes them; what is filled in is left as {}."""
    found: set[str] = set()
    for file in API.rglob("*.py"):
        text = file.read_text("utf-8")
        for call in re.findall(r"\bsay\(\s*[\w.() ]+,\s*f?[\"']([^\"']+)[\"']", text):
            found.add(re.sub(r"\{[^}]*\}", "{}", call))
        found |= set(re.findall(r"\"(error-[a-z-]+)\"", text))
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_sentences_and_mentions_the_same(language: str) -> None:
    assert sentences(language) == sentences(wording.DEFAULT)


def test_every_sentence_the_code_says_exists() -> None:
    known = sentences(wording.DEFAULT)
    assert len(used()) > 40
    for key in used():
        pattern = re.escape(key).replace(r"\{\}", ".*")
        assert any(re.fullmatch(pattern, one) for one in known), f"{key} is in no .ftl file"


def test_every_filled_in_sentence_exists() -> None:
    known = sentences(wording.DEFAULT)
    asked = [f for f in FIELDS if f != "confirmation"]
    wanted = [f"ack-{intent}" for intent in SORRY] + [f"ask-{field}" for field in [*asked, "email_typo", "correction"]]
    wanted += [f"ask-{field}-again" for field in asked] + [f"language-{one}" for one in wording.LANGUAGES]
    wanted += [f"ticket-{how}-{where}" for how in ("reply", "no-time") for where in ("contact", "here")]
    assert [key for key in wanted if key not in known] == []


def test_no_sentence_is_left_over() -> None:
    patterns = [re.escape(key).replace(r"\{\}", ".*") for key in used()]
    text = "\n".join(file.read_text("utf-8") for file in API.rglob("*.py"))
    left = [k for k in sentences("en") if not any(re.fullmatch(p, k) for p in patterns) and f'"{k}"' not in text]
    assert left == []


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_no_sentence_is_empty_or_left_in_english(language: str) -> None:
    for key in sentences(language):
        values = dict.fromkeys(sentences(language)[key], "…")
        said = wording.say(language, key, **values)
        assert said.strip()
        assert "{" not in said
        if language != "en" and re.search(r"\w", said):
            assert said != wording.say("en", key, **values), key


@pytest.mark.parametrize(
    ("asked", "spoken"), [("zh-Hans-CN", "zh"), ("ko_KR", "ko"), ("EN-gb", "en"), ("fr", "en"), ("", "en")]
)
def test_a_language_we_do_not_speak_gets_english(asked: str, spoken: str) -> None:
    assert wording.spoken(asked) == spoken


def test_a_missing_sentence_is_an_error_and_not_silence() -> None:
    with pytest.raises(wording.NoSuchSentence):
        wording.say("en", "no-such-sentence")
    with pytest.raises(wording.NoSuchSentence):
        wording.say("en", "error-too-long")


def test_sentences_follow_each_other_as_the_language_writes_them() -> None:
    assert [wording.together(language, ["A.", "B."]) for language in ("en", "zh", "ko")] == ["A. B.", "A.B.", "A. B."]
