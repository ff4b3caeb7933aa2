"""The knowledge base as its callers meet it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kb_index.answers import Outcome
from kb_index.base import KnowledgeBase, NoSuchArticle, NotLoaded
from tests.kb_index.letters import LetterEncoder


def told(outcome: Outcome) -> str:
    """Everything an outcome says, in one text."""
    return repr(outcome)


def test_edited_article_is_live_and_the_rest_is_not_encoded_again(
    base: KnowledgeBase, letters: LetterEncoder, write
) -> None:
    letters.seen.clear()
    write("delivery/late._en.md", "A parcel counts as late after nine working days.", title="My parcel is late")
    changes = base.refresh()
    assert changes.changed == ("/delivery/late/",)
    assert changes.seconds < 1
    assert all("parcel" in text for text in letters.seen)
    assert 0 < changes.encoded == len(letters.seen) <= 3
    assert "nine working days" in base.passage("/delivery/late/").text


def test_only_the_changed_language_is_built_again(base: KnowledgeBase, write) -> None:
    before = base._now.shards
    write("delivery/late._ko.md", "9영업일이 지나면 늦은 것입니다.", title="배송이 늦어요")
    base.refresh()
    assert base._now.shards["en"] is before["en"]
    assert base._now.shards["ko"] is not before["ko"]


def test_refresh_without_changes_changes_nothing(base: KnowledgeBase) -> None:
    version = base.version
    changes = base.refresh()
    assert (changes.added, changes.changed, changes.removed, changes.encoded) == ((), (), (), 0)
    assert base.version == version


def test_new_and_removed_articles_are_told(base: KnowledgeBase, write, shop: Path) -> None:
    write("new._en.md", "Quokkas are sold out.", title="Quokka")
    assert base.refresh().added == ("/new/",)
    (shop / "new._en.md").unlink()
    assert base.refresh().removed == ("/new/",)
    assert base.article("/new/") is None


def test_broken_file_keeps_its_last_good_version(base: KnowledgeBase, shop: Path, tmp_path: Path) -> None:
    (shop / "delivery" / "late._en.md").write_bytes(b"\xff")
    changes = base.refresh()
    assert [error.file for error in changes.errors] == ["delivery/late._en.md"]
    assert base.article("/delivery/late/") is not None
    assert base.stats()["errors"] == [str(changes.errors[0])]
    again = KnowledgeBase(shop, LetterEncoder(), tmp_path / "store")
    assert again.load().errors
    assert again.article("/delivery/late/") is not None


def test_restart_encodes_nothing(shop: Path, base: KnowledgeBase, tmp_path: Path) -> None:
    encoder = LetterEncoder()
    again = KnowledgeBase(shop, encoder, tmp_path / "store")
    changes = again.load()
    assert (changes.encoded, encoder.seen) == (0, [])
    assert again.version == base.version


@pytest.mark.parametrize("lang", ["en", "zh", "ko", None])
@pytest.mark.parametrize(
    "question", ["Refund rules for agents", "zebra lamp", "Agents may refund a zebra lamp without a photo."]
)
def test_internal_article_never_leaks(base: KnowledgeBase, question: str, lang: str | None) -> None:
    said = told(base.ask(question, lang)).replace(question, "")
    assert "/internal/" not in said
    assert "Refund rules" not in said
    with pytest.raises(NoSuchArticle):
        base.answer_from("/internal/refund-rules/")


def test_article_that_becomes_internal_is_gone_at_once(base: KnowledgeBase, write) -> None:
    write("delivery/late._en.md", "A parcel counts as late.", title="My parcel is late", internal="true")
    base.refresh()
    assert "/delivery/late/" not in told(base.ask("My parcel is late", "en"))


@pytest.mark.parametrize("question", ["", "   ", "😀😀", "\0", "?!…", "\u200b\n\t", "\ud800"])
def test_question_without_a_word_gets_no_answer_and_no_error(base: KnowledgeBase, question: str) -> None:
    outcome = base.ask(question, "en")
    assert (outcome.kind, outcome.confidence, outcome.hits) == ("none", 0.0, ())


@pytest.mark.parametrize(
    "question", ["late " * 400, "包" * 2000, "x" * 100_000, "a\0b parcel", "\U0001f469\u200d\U0001f4bb parcel"]
)
def test_strange_questions_are_looked_up_all_the_same(base: KnowledgeBase, question: str) -> None:
    outcome = base.ask(question)
    assert len(str(outcome.trace["question"])) <= 2000
    assert "\0" not in str(outcome.trace["question"])


def test_what_did_not_help_is_not_told_again(base: KnowledgeBase) -> None:
    first = base.ask("coffee grinder LK-220 error E3", "en").hits[0].passage
    assert first.permalink == "/products/grinder/"
    for tried in (first.permalink, first.id):
        assert tried not in told(base.ask("coffee grinder LK-220 error E3", "en", frozenset({tried})).hits)


def test_that_what_fits_best_was_told_is_known(base: KnowledgeBase) -> None:
    question = "coffee grinder LK-220 error E3"
    best = base.ask(question, "en")
    assert "told_already" not in best.trace
    again = base.ask(question, "en", frozenset({best.hits[0].passage.permalink}))
    assert again.trace["told_already"] == best.hits[0].passage.id
    # An article that fits less was tried before: what fits best was not.
    assert "told_already" not in base.ask(question, "en", frozenset({best.hits[-1].passage.permalink})).trace


def test_chosen_article_is_told_from_its_beginning(base: KnowledgeBase) -> None:
    answer = base.answer_from("/returns/start/")
    assert answer.text == "You can return an item within 30 days."
    assert (answer.title, answer.lang) == ("How do I return an item?", "en")
    with pytest.raises(NoSuchArticle):
        base.answer_from("/nowhere/")


def test_every_outcome_can_say_why(base: KnowledgeBase) -> None:
    outcome = base.ask("my parcel is late", "en")
    assert {"version", "encoder", "thresholds", "features", "milliseconds", "question"} <= set(outcome.trace)
    assert outcome.hits[0].parts


def test_questions_go_on_while_articles_change(base: KnowledgeBase, write) -> None:
    stop, wrong = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                if base.ask("my parcel is late", "en").hits[0].passage.permalink != "/delivery/late/":
                    wrong.append("another article")
            except Exception as error:  # noqa: BLE001 - any error at all is the failure looked for
                wrong.append(repr(error))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        write("new._en.md", f"Quokka number {number}.", title="Quokka")
        base.refresh()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_asking_before_loading_is_a_clear_error(shop: Path, letters: LetterEncoder, tmp_path: Path) -> None:
    with pytest.raises(NotLoaded):
        KnowledgeBase(shop, letters, tmp_path / "s").ask("a question")


def test_empty_folder_answers_nothing(letters: LetterEncoder, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    empty = KnowledgeBase(tmp_path / "empty", letters, tmp_path / "s")
    empty.load()
    assert empty.ask("my parcel is late").kind == "none"


def test_huge_folder_is_no_trouble(letters: LetterEncoder, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"a{number}._en.md").write_text(f"# Article {number}\n\nIt is about thing{number}.", encoding="utf-8")
    base = KnowledgeBase(folder, letters, tmp_path / "s")
    base.load()
    assert base.ask("thing321", "en").hits[0].passage.permalink == "/a321/"
