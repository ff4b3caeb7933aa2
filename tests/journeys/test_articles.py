"""Articles: what the team writes is what customers read, at once, and a broken file stops nothing."""

import time
from pathlib import Path

import httpx
import pytest

from .customer import Customer, offers, text_of
from .product import Product, run

ARTICLE = """---
title: How to feed the lunar hamster
lang: en
permalink: /en/help/lunar-hamster/
---

Feed the lunar hamster {food} at midnight.
"""
QUESTION = "how do I feed the lunar hamster"


@pytest.fixture
def article(open_shop: Product) -> Path:
    folder = open_shop.data / "articles" / "mine"
    folder.mkdir(exist_ok=True)
    return folder / "hamster.md"


def refreshed(shop: Product, change: "object") -> float:
    """Makes a change; how long it took until the product had it."""
    begin, started = len(shop.lines), time.monotonic()
    change()  # type: ignore[operator]
    shop.wait_for("articles.refreshed", since=begin, within=15)
    return time.monotonic() - started


def test_a_new_edited_and_deleted_article_is_live_within_about_a_second(open_shop: Product, article: Path) -> None:
    page = f"{open_shop.url}/kb/en/help/lunar-hamster/"
    took = [refreshed(open_shop, lambda: article.write_text(ARTICLE.format(food="moon cheese")))]
    assert "moon cheese" in text_of(Customer(open_shop).say(QUESTION))
    took.append(refreshed(open_shop, lambda: article.write_text(ARTICLE.format(food="star dust"))))
    assert "star dust" in text_of(Customer(open_shop).say(QUESTION))
    assert "star dust" in httpx.get(page, trust_env=False).text
    took.append(refreshed(open_shop, article.unlink))
    assert "star dust" not in text_of(Customer(open_shop).say(QUESTION))
    assert httpx.get(page, trust_env=False).status_code == 404
    assert max(took) < 2.5, took


def test_an_article_saved_broken_leaves_the_last_good_ones_in_place(open_shop: Product, article: Path) -> None:
    try:
        refreshed(open_shop, lambda: article.write_bytes(b"---\ntitle: [\n---\n\xff\xfe"))
        assert "sources" in Customer(open_shop).say("I forgot my password")[-1]
        assert open_shop.ready().status_code == 200
        assert any("hamster.md" in line for line in open_shop.lines if "articles.refreshed" in line)
    finally:
        refreshed(open_shop, article.unlink)


def test_an_internal_article_never_reaches_a_customer(open_shop: Product) -> None:
    for question in (
        "compensation limit for agents",
        "can I offer 20 euro to an unhappy customer",
        "goodwill guideline",
    ):
        shown = Customer(open_shop).say(question)
        assert "/internal/" not in str(shown)
        assert "oodwill" not in text_of(shown)
    page = httpx.get(f"{open_shop.url}/kb/en/help/internal/goodwill-guideline/", trust_env=False)
    assert page.status_code == 404


def test_an_import_with_a_broken_file_names_it_and_the_rest_is_live(open_shop: Product, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(ARTICLE.format(food="comet crumbs").replace("lunar-hamster", "imported-hamster"))
    (tmp_path / "broken.md").write_text("---\ntitle: Never closed\n\nText.")
    (tmp_path / "latin.md").write_bytes(b"---\ntitle: Caf\xe9\n---\nText")
    begin = len(open_shop.lines)
    told = run(open_shop.settings, "kb", "import", str(tmp_path), "--name", "imported", "--keep-sample")
    said = told.stdout + told.stderr
    assert told.returncode == 0, said
    assert "Imported: 1" in said
    assert "Refused: 2" in said
    assert "broken.md:1: its front matter is never closed" in said
    assert "latin.md:2: byte 0xe9 is not UTF-8" in said
    open_shop.wait_for("articles.refreshed", since=begin, within=15)
    assert "comet crumbs" in text_of(Customer(open_shop).say(QUESTION))


def test_importing_nothing_usable_is_an_error(open_shop: Product, tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_text("---\nnever closed")
    told = run(open_shop.settings, "kb", "import", str(tmp_path), "--name", "nothing", "--keep-sample")
    assert told.returncode == 1
    assert "Nothing was imported" in told.stdout + told.stderr


def test_a_question_asked_on_the_command_line_gets_the_customers_answer(open_shop: Product) -> None:
    shown = Customer(open_shop).say("how do I reset my password")
    assert offers(shown, "en", "answer-helped")
    told = run(open_shop.settings, "kb", "ask", "how do I reset my password")
    assert told.returncode == 0
    for part in ("answer (confidence", shown[-1]["text"].split("\n")[0], shown[-1]["sources"][0]["permalink"], " ms)"):
        assert part in told.stdout + told.stderr
