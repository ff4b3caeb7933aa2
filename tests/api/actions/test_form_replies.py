"""Form replies: a wish to change something, a refusal of forms and a sigh are known for what they are."""

import pytest

from api.actions.form_replies import as_told, sighs, wants_no_form, wants_to_change
from handoff.details import find_details


@pytest.mark.parametrize("text", ["change something", "I need to correct something", "要改一下", "고칠 게 있어요"])
def test_a_wish_to_change_something_is_known(text: str) -> None:
    assert wants_to_change(text)


@pytest.mark.parametrize("text", ["I want to change my address", "改成红色", "색상을 고칠 수 있나요", "Chance"])
def test_a_change_that_says_what_is_left_to_the_form(text: str) -> None:
    assert not wants_to_change(text)


@pytest.mark.parametrize("text", ["no i wont fill in a form", "hate forms", "我不填表", "就是不想填", "양식 안 쓸래요"])
def test_a_refusal_of_forms_is_known(text: str) -> None:
    assert wants_no_form(text)


@pytest.mark.parametrize("text", ["the table is out of form", "表格在哪里下载", "Norm Former", "폼 매트리스가 왔어요"])
def test_a_word_like_it_is_not_refusing(text: str) -> None:
    assert not wants_no_form(text)


@pytest.mark.parametrize("text", ["ugh", "Argh!!", "烦死了", "아 짜증나"])
def test_a_sigh_is_nobodys_name(text: str) -> None:
    assert sighs(text)


@pytest.mark.parametrize("text", ["Ughetta Rossi", "烦恼的是灯坏了", "짜증나게 조명이 고장났어요"])
def test_more_than_a_sigh_is_read(text: str) -> None:
    assert not sighs(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("change my name to Robert", "Robert"),
        ("名字改成张伟", "张伟"),
        ("이름 박민지로요", "박민지"),
        ("이름은 박민지로 바꿔주세요", "박민지"),
    ],
)
def test_a_corrected_name_is_found(text: str, name: str) -> None:
    found = find_details(as_told(text)).name
    assert found is not None and found.value == name


def test_other_words_stay_as_they_are() -> None:
    assert as_told("my mail is a@b.nl") == "my mail is a@b.nl"
