"""A file saved in the wrong encoding is named with what to do, on the line where it goes wrong."""

from pathlib import Path

import pytest

from training_data.text_files import read


def told(tmp_path: Path, raw: bytes) -> tuple[str | None, list[str]]:
    file = tmp_path / "a.yml"
    file.write_bytes(raw)
    text, problems = read(file, "a.yml")
    return text, [str(problem) for problem in problems]


def test_utf8_is_read_without_a_word(tmp_path: Path) -> None:
    assert told(tmp_path, "退款 환불 refund\n".encode()) == ("退款 환불 refund\n", [])


@pytest.mark.parametrize(("words", "encoding"), [("退款", "gb18030"), ("환불", "cp949"), ("café", "latin-1")])
def test_an_old_encoding_is_pointed_at(tmp_path: Path, words: str, encoding: str) -> None:
    text, [problem] = told(tmp_path, b"nlu:\n- " + words.encode(encoding))
    assert text is None
    assert problem.startswith("a.yml:2: byte 0x") and "save the file as UTF-8" in problem


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_named(tmp_path: Path, encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"
    text, problems = told(tmp_path, mark + "nlu:".encode(encoding))
    assert text is None
    assert problems == ["a.yml:1: the file is saved as UTF-16; save it as UTF-8"]


def test_a_byte_order_mark_is_only_worth_a_warning(tmp_path: Path) -> None:
    text, [problem] = told(tmp_path, b"\xef\xbb\xbfnlu:\n")
    assert text == "nlu:\n"
    assert problem.startswith("a.yml:1: warning:") and "byte order mark" in problem


def test_a_nul_character_is_pointed_at(tmp_path: Path) -> None:
    text, [problem] = told(tmp_path, b"nlu:\n- \0")
    assert text is None
    assert problem.startswith("a.yml:2: a NUL character")


def test_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    text, [problem] = read(tmp_path / "gone.yml", "gone.yml")
    assert text is None
    assert "cannot be opened" in str(problem)
