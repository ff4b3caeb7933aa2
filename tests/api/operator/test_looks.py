"""What needs a look: each thing that is wrong is said, with what to do, in each language; and nothing else is."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from api.operator.ledger import Book
from api.operator.looks import looks
from api.operator.overview import Overview
from api.operator.page import render
from api.operator.parts import Articles, BotPart, Parts
from api.operator.words import Words
from handoff.figures import Backlog, Tally, Trouble

from ..stand import NOW

BOT = BotPart("http://127.0.0.1:1", True, "ready", "m1", 0, 7, NOW, 5 * 10**8)
PARTS = Parts(
    version="1.2.3",
    started_at=NOW,
    pid=1,
    memory=10**8,
    watchers=2,
    bots=(BOT,),
    model="m1",
    model_starting=None,
    model_refused=None,
    database="SQLite",
    database_ready=True,
    redis="off",
    encoder="mini",
    index="i1",
    articles=Articles(3, {"en": 1, "ko": 1}, 1, NOW, ()),
)
BOOK = Book(NOW, Tally(), (), (), Backlog(0, 0, 0, None, 0), ())
WELL = Overview(NOW, "UTC", PARTS, BOOK)


def said(overview: Overview, language: str = "en") -> list[str]:
    return looks(overview, Words(language, ZoneInfo("UTC")))


def with_parts(**changes: object) -> Overview:
    return replace(WELL, parts=replace(PARTS, **changes))  # type: ignore[arg-type]  # the fields of Parts


def with_backlog(**changes: object) -> Overview:
    return replace(WELL, book=replace(BOOK, backlog=replace(BOOK.backlog, **changes)))  # type: ignore[arg-type]


def test_when_all_is_well_nothing_is_said() -> None:
    assert said(WELL) == []
    assert "Nothing. Everything is running" in render(WELL, "en")


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
@pytest.mark.parametrize(
    ("overview", "words"),
    [
        (with_parts(bots=(replace(BOT, ready=False, reason="ended with 9"),)), "ended with 9"),
        (with_parts(bots=()), ""),
        (with_parts(model_refused="m2"), "m2"),
        (with_parts(redis="away"), "Redis"),
        (with_parts(database_ready=False), ""),
        (replace(WELL, book=None), ""),
        (with_parts(articles=Articles(0, {}, 0, None, ())), "frontdoor kb import"),
        (with_parts(articles=Articles(1, {"en": 1}, 0, NOW, ("a.md, line 2: no title",) * 2)), "2"),
        (with_backlog(overdue_promises=3), "frontdoor tickets list"),
        (with_backlog(unanswered_messages=4, oldest_unanswered=NOW - timedelta(minutes=2)), "4"),
        (replace(WELL, book=replace(BOOK, today=Tally(turns=Counter({("error", "en", "web"): 5})))), "5"),
    ],
)
def test_each_thing_that_is_wrong_is_said_once(overview: Overview, words: str, language: str) -> None:
    [sentence] = said(overview, language)
    assert words in sentence


def test_a_message_that_is_being_thought_about_is_no_reason_to_look() -> None:
    assert said(with_backlog(unanswered_messages=1, oldest_unanswered=NOW - timedelta(seconds=20))) == []


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
@pytest.mark.parametrize("why", ["slow 3 s", "failed ValueError", "undelivered", "of-a-later-version x"])
def test_every_trouble_is_told_with_what_to_do(why: str, language: str) -> None:
    book = replace(BOOK, troubles=(Trouble(NOW, "telegram", "answer", why),))
    page = render(replace(WELL, book=book), language)
    assert "Telegram" in page
    [row] = page.split('id="troubles"')[1].split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    cells = [cell.split("</td>")[0] for cell in row.split("<td>")[1:]]
    assert len(cells) == 4
    assert all(cells)


def test_what_a_file_or_a_part_is_called_cannot_bring_markup_into_the_page() -> None:
    bad = "<script>alert(1)</script>"
    overview = with_parts(
        bots=(replace(BOT, ready=False, reason=bad, model=bad),),
        encoder=bad,
        articles=Articles(1, {bad: 1}, 0, NOW, (bad,)),
    )
    assert bad not in render(overview, "en")


def test_a_bot_on_another_machine_has_no_process_and_no_memory() -> None:
    page = render(with_parts(bots=(replace(BOT, pid=None, memory=None),)), "en")
    assert "on another machine" in page
