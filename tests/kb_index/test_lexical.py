"""Lexical search."""

from __future__ import annotations

import numpy as np

from kb_index.lexical import CharIndex, Grams, WordIndex
from kb_index.words import ngrams, tokens

TEXTS = ["return an item within thirty days", "the parcel is late", "coffee grinder LK-220 error E3"]


def words() -> WordIndex:
    return WordIndex([tokens(text, "en") for text in TEXTS])


def test_words_find_their_text() -> None:
    assert int(np.argmax(words().scores(tokens("late parcels", "en")))) == 1
    assert int(np.argmax(words().scores(tokens("lk 220", "en")))) == 2


def test_strange_words_lower_the_score() -> None:
    index = words()
    plain = index.scores(tokens("parcel", "en"))[1]
    strange = index.scores(tokens("parcel zebra quark", "en"))[1]
    assert 0 < strange < plain <= 1


def test_spelling_nobody_typed_makes_no_question_strange() -> None:
    index = words()
    plain = index.scores(["parcel", "is", "late"])[1]
    assert index.scores(["parcel", "is", "late", "islate"], {"islate"})[1] == plain
    assert index.scores(["parcel", "is", "late", "islate"])[1] < plain


def test_parts_of_a_code_that_is_met_are_not_missing() -> None:
    index = WordIndex([["the", "ab12", "lamp"], ["the", "chair"]])
    scores = index.scores(["ab", "12", "ab12"], {"ab12"})
    assert scores[0] > 0.3
    assert index.scores(["zz", "99", "zz99", "lamp"], {"zz99"})[0] < scores[0]


def test_rare_words_tell_more_than_common_ones() -> None:
    index = WordIndex([["the", "cat"], ["the", "dog"], ["the", "cow"]])
    assert index.rarity("the") < index.rarity("cat") < index.rarity("unheard")
    assert index.knows("cat")
    assert not index.knows("unheard")


def test_characters_forgive_typos() -> None:
    index = CharIndex([Grams.of(ngrams(text)) for text in TEXTS])
    assert int(np.argmax(index.scores(Grams.of(ngrams("cofee grindr"))))) == 2


def test_same_text_scores_one() -> None:
    index = CharIndex([Grams.of(ngrams(text)) for text in TEXTS])
    assert abs(float(index.scores(Grams.of(ngrams(TEXTS[1])))[1]) - 1) < 1e-5


def test_nothing_asked_and_nothing_there_are_no_error() -> None:
    assert words().scores([]).tolist() == [0, 0, 0]
    assert len(WordIndex([]).scores(["a"])) == 0
    assert len(CharIndex([]).scores(Grams.of(["a"]))) == 0
    assert WordIndex([[]]).scores(["a"]).tolist() == [0]
