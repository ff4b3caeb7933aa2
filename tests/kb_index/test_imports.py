"""Importing somebody's help centre."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index.articles import read_folder
from kb_index.imports import import_folder

LOGINGOV = Path(__file__).parents[3] / "shared" / "data" / "kb" / "logingov"


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}


def source(tmp_path: Path) -> Path:
    src = tmp_path / "src"
    src.mkdir()
    front = "---\ntitle: 'Cost: 5'\nlayout: help\nredirect_from: [/old/name/]\nlist: [one, two]\n---\n\n"
    (src / "a._en.md").write_text(front + "{: .x}\n{% include l.html items=page.list %}\n", encoding="utf-8")
    (src / "bad._en.md").write_bytes(b"---\ntitle: x\n---\n\n\xff")
    (src / "twin._en.md").write_text("---\ntitle: y\npermalink: /a/\n---\n", encoding="utf-8")
    return src


def test_report_tells_what_was_imported_cleaned_and_refused(tmp_path: Path) -> None:
    report = import_folder(source(tmp_path), tmp_path / "dest")
    assert [(note.file, note.reason) for note in report.imported] == [("a._en.md", "imported as a._en.md")]
    assert [(note.file, note.line) for note in report.cleaned] == [("a._en.md", 8), ("a._en.md", 9)]
    assert [(note.file, note.line) for note in report.refused] == [("bad._en.md", 5), ("twin._en.md", 1)]


def test_imported_article_reads_the_same_without_its_template(tmp_path: Path) -> None:
    src = source(tmp_path)
    import_folder(src, tmp_path / "dest")
    before, after = read_folder(src)[0], read_folder(tmp_path / "dest")[0]
    assert [(a.title, a.permalink, a.body, a.aliases) for a in after] == [
        (a.title, a.permalink, a.body, a.aliases) for a in before
    ]
    assert "* one\n* two" in after[0].body


def test_importing_again_changes_no_file(tmp_path: Path) -> None:
    src = source(tmp_path)
    import_folder(src, tmp_path / "dest")
    first = files(tmp_path / "dest")
    report = import_folder(src, tmp_path / "dest")
    assert files(tmp_path / "dest") == first
    assert report.imported[0].reason == "unchanged in a._en.md"


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    import_folder(source(tmp_path), tmp_path / "dest", lambda step, done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_missing_source_and_own_folder_are_refused(tmp_path: Path) -> None:
    assert "does not exist" in import_folder(tmp_path / "no", tmp_path / "dest").refused[0].reason
    assert "own folder" in import_folder(tmp_path, tmp_path / "dest").refused[0].reason


@pytest.mark.skipif(not LOGINGOV.is_dir(), reason="the shared help centre is not here")
def test_a_real_help_centre_comes_in_whole(tmp_path: Path) -> None:
    report = import_folder(LOGINGOV, tmp_path / "dest")
    assert len(report.imported) == 110
    assert report.refused == ()
    assert len(report.cleaned) > 200
    articles, errors = read_folder(tmp_path / "dest")
    assert (len(articles), errors) == (110, [])
