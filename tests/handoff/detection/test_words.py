"""The tables of words of each language."""

from pathlib import Path

import pytest

from handoff.detection import words


def test_the_three_languages_have_the_same_tables() -> None:
    names = [set(words.table(language)) for language in words.LANGUAGES]
    assert names[0] == names[1] == names[2]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "you keep saying the same thing", "same_words"),
        ("zh", "复读机", "same_words"),
        ("ko", "앵무새예요?", "same_words"),
        ("en", "no, that's not it", "rejects"),
        ("zh", "还是不行", "rejects"),
        ("ko", "그게 아니라니까요", "rejects"),
        ("en", "for the third time", "again"),
        ("zh", "我都问了两遍了", "again"),
        ("ko", "세 번째 묻는 거예요", "again"),
        ("en", "ok forget it, I give up", "resigned"),
        ("zh", "算了，不问了", "resigned"),
        ("ko", "됐어요 그냥 딴 데서 살게요", "resigned"),
        ("en", "that was my own fault", "self_blame"),
        ("zh", "怪我，手滑了", "self_blame"),
        ("ko", "제 실수예요", "self_blame"),
        ("en", "fetch whoever is on call, get me past the bot", "asks"),
        ("zh", "麻煩幫我轉接服務人員", "asks"),
        ("zh", "zhao ge ren", "asks"),
        ("ko", "tkdekadnjs", "asks"),
        ("ko", "메니저님 계신가요", "asks"),
    ],
)
def test_what_people_say_is_found_in_its_table(language: str, text: str, name: str) -> None:
    assert name in words.of_customer(text, language)


def test_the_bots_words_are_read_for_offers_and_misses_alone() -> None:
    assert set(words.of_bot("I don't have an answer to that. Would you like to talk to a person?", "en")) <= set(
        words.OF_BOT
    )


@pytest.mark.parametrize(("language", "read_by"), [("zh-TW", "zh"), ("ko_KR", "ko"), ("EN", "en"), ("de", "en")])
def test_a_language_is_read_by_its_own_table_or_the_english_one(language: str, read_by: str) -> None:
    assert words.base(language) == read_by


def test_a_broken_line_is_named_with_its_file_and_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx.yml").write_text("anger:\n  - '(['\n", "utf-8")
    monkeypatch.setattr(words, "TABLES", tmp_path)
    with pytest.raises(words.BadWords, match=r"xx\.yml: a line under anger"):
        words.table("xx")


def test_a_table_that_is_no_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xy.yml").write_text("yes: no\n", "utf-8")
    monkeypatch.setattr(words, "TABLES", tmp_path)
    with pytest.raises(words.BadWords, match="True"):
        words.table("xy")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "I'm such an idiot, I ticked the wrong box", "insult"),
        ("zh", "好吃得离谱，还想再买", "anger"),
        ("zh", "我真蠢，买错码了", "insult"),
        ("ko", "제가 멍청해서 잘못 눌렀어요", "insult"),
        ("ko", "화가 난 건 아니에요", "anger"),
        ("zh", "转人工的触发词在哪里改", "asks"),
        ("ko", "상담원 연결 버튼 문구를 바꾸려면요", "asks"),
    ],
)
def test_what_only_looks_like_a_sign_is_taken_back(language: str, text: str, name: str) -> None:
    found = words.of_customer(text, language)
    assert name in found
    assert name + words.NOT in found


def test_nothing_is_taken_back_where_nothing_was_found() -> None:
    found = words.of_customer("how do I add my manager to the team", "en")
    assert not [name for name in found if name.endswith(words.NOT) and name.removesuffix(words.NOT) not in found]
