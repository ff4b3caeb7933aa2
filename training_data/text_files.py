"""Text files: reading what was saved by any editor, and saying plainly when it was saved in the wrong encoding."""

import codecs
from pathlib import Path

from training_data.problems import Problem

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(file: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Takes a file and the name it is shown by; returns its text, or None, and what is wrong with its encoding."""
    try:
        raw = file.read_bytes()
    except OSError as problem:
        return None, [Problem(name, 1, f"the file cannot be opened ({problem.strerror}); look at its permissions")]
    if raw.startswith(_UTF16):
        return None, [Problem(name, 1, "the file is saved as UTF-16; save it as UTF-8")]
    warnings = []
    if raw.startswith(codecs.BOM_UTF8):
        message = "the file begins with an invisible byte order mark; save it as UTF-8 without BOM"
        warnings.append(Problem(name, 1, message, "warning"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        return None, [Problem(name, line, f"byte 0x{raw[problem.start]:02x} is not UTF-8; save the file as UTF-8")]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, [*warnings, Problem(name, line, "a NUL character stands here; delete it, or save the file anew")]
    return text, warnings
