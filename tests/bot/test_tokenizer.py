"""The tokenizer loses no character of any script, and knows where each one stood."""

import pytest
from components.tokenizer import AnyScriptTokenizer, pieces
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message
from test_scripts import TEXTS

ANY = st.one_of(st.text(), TEXTS)


@given(ANY)
def test_every_visible_character_is_in_exactly_one_token(text: str) -> None:
    places = [place for token in pieces(text) for place in range(token.start, token.end)]
    assert places == [place for place, character in enumerate(text) if not character.isspace()]


@given(ANY)
def test_a_token_stands_where_it_says(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in pieces(text))


@given(ANY.filter(bool))
def test_rasa_gets_the_same_tokens_and_never_none(text: str) -> None:
    message = Message({"text": text})
    AnyScriptTokenizer(AnyScriptTokenizer.get_default_config()).process([message])
    found = [(token.text, token.start) for token in message.get("text_tokens")]
    assert found == ([(token.text, token.start) for token in pieces(text)] or [(text, 0)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("주문번호 A123 배송 조회", ["주문번호", "A123", "배송", "조회"]),
        ("订单A123在哪？", ["订", "单", "A123", "在", "哪", "？"]),
        ("返品したい", list("返品したい")),
        ("don't 👍🏽", ["don", "'", "t", "👍", "🏽"]),
    ],
)
def test_words_of_each_script_are_told_apart(text: str, words: "list[str]") -> None:
    assert [token.text for token in pieces(text)] == words
