"""Composing an answer that can be read in a chat."""

from __future__ import annotations

from dataclasses import replace

from kb_index.articles import Article
from kb_index.compose import LONGEST, compose
from kb_index.passages import Passage, passages

ARTICLE = Article("T", "en", "/t/", "", False, (), "", "t._en.md", "t")


def of(body: str) -> Passage:
    return passages(replace(ARTICLE, body=body))[0]


def near(passage: Passage, words: str) -> list[float]:
    return [1.0 if words in sentence else 0.0 for sentence in passage.sentences]


def test_short_passage_is_told_whole() -> None:
    passage = of("One.\n\n1. Two.\n2. Three.")
    assert compose(passage, near(passage, "Two")) == "One.\n1. Two.\n2. Three."


def test_long_passage_is_cut_around_the_nearest_sentence() -> None:
    body = "\n\n".join(f"Paragraph {n} says something about subject {n}. It has two sentences." for n in range(40))
    passage = of(body)
    text = compose(passage, near(passage, "subject 27."))
    assert "subject 27." in text
    assert len(text) <= LONGEST
    assert all(line in passage.text.split("\n") for line in text.split("\n"))


def test_steps_are_never_cut_in_the_middle() -> None:
    passage = of("Do this:\n\n" + "\n".join(f"{n}. Step {n} with some words in it to fill it." for n in range(1, 40)))
    text = compose(passage, near(passage, "Step 3 "))
    assert text.startswith("Do this:\n1. Step 1")
    assert len(text) <= LONGEST
    assert text.endswith(".")
    far = compose(passage, near(passage, "Step 30 "))
    assert far.startswith("30. Step 30")


def test_line_that_announces_what_was_cut_off_is_not_told() -> None:
    body = (
        "Intro.\n\n" + "w" * 560 + " end.\n\nThese are the options:\n\n" + "\n".join(f"* {'x' * 80}" for _ in range(9))
    )
    passage = of(body)
    assert not compose(passage, near(passage, "Intro")).endswith(":")


def test_one_endless_paragraph_is_cut_at_a_sentence() -> None:
    passage = of(" ".join(f"This is sentence number {n} of a very long text." for n in range(60)))
    text = compose(passage, near(passage, "number 0 "))
    assert len(text) <= LONGEST
    assert text.endswith("long text.")
