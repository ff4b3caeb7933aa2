"""`frontdoor kb check` quotes both sides with file and line, and its exit code says whether any is there."""

from pathlib import Path

from tests.api.cli.conftest import Desk

TEXT = "You can return any item to us within {} days of delivery, in its original box."


def write(folder: Path, name: str, days: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}._en.md").write_text(f"---\ntitle: Returns {name}\n---\n\n{TEXT.format(days)}\n", "utf-8")


def test_a_contradiction_is_quoted_from_both_files(desk: Desk) -> None:
    folder = desk.root / "articles"
    write(folder, "shop", "14")
    write(folder, "gifts", "30")
    told = desk.frontdoor("kb", "check", str(folder))
    assert told.code == 1
    assert "Seem to contradict each other: 1" in told.out
    for name, days in (("shop", "14"), ("gifts", "30")):
        assert f"{name}._en.md:5  /{name}/" in told.out
        assert TEXT.format(days) in told.out


def test_the_same_twice_is_told_and_is_no_fault(desk: Desk) -> None:
    folder = desk.root / "articles"
    write(folder, "shop", "14")
    write(folder, "gifts", "14")
    told = desk.frontdoor("kb", "check", str(folder))
    assert told.code == 0
    assert "Said in two articles: 1" in told.out
    assert "100% of the words" in told.out


def test_without_a_folder_the_articles_in_use_are_read(desk: Desk) -> None:
    told = desk.frontdoor("kb", "check")
    assert told.code == 0
    assert "refunds/refund-times._ko.md" in told.out
    assert "Seem to contradict each other: 0" in told.out


def test_a_folder_that_is_not_there_is_said(desk: Desk) -> None:
    told = desk.frontdoor("kb", "check", str(desk.root / "nowhere"))
    assert told.code == 2
    assert "this folder does not exist" in told.out
