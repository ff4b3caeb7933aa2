"""Exporting the encoder: once, whole, and into the three files others read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb_index import export
from kb_index.export import DEFAULT_SOURCE, ExportFailed, export_encoder, find_source, source_languages


def test_export_is_three_files_and_a_manifest_that_tells_all(exported: Path) -> None:
    assert sorted(p.name for p in exported.iterdir()) == ["encoder.json", "model_quantized.onnx", "tokenizer.json"]
    manifest = json.loads((exported / "encoder.json").read_text(encoding="utf-8"))
    assert manifest["name"] == "all-MiniLM-L6-v2"
    assert (manifest["dimensions"], manifest["max_length"], manifest["pooling"]) == (384, 256, "mean")
    assert (manifest["languages"], manifest["quantised"], manifest["normalise"]) == (["en"], True, True)


def test_second_export_of_the_same_model_does_nothing(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_run_apart", lambda *_: pytest.fail("it was exported again"))
    told: list[str] = []
    export_encoder(DEFAULT_SOURCE, exported, lambda step, done, total: told.append(step))
    assert told[-1] == "the encoder is there already"


def test_failed_export_leaves_the_old_one(exported: Path, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "encoder.json").write_bytes((exported / "encoder.json").read_bytes())
    broken = tmp_path / "model"
    broken.mkdir()
    (broken / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ExportFailed):
        export_encoder(str(broken), folder)
    assert (folder / "encoder.json").read_bytes() == (exported / "encoder.json").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["encoder", "model"]


def test_default_model_comes_inside_a_package() -> None:
    assert (Path(find_source(DEFAULT_SOURCE)) / "model.safetensors").is_file()
    assert find_source("some/other-model") == "some/other-model"


@pytest.mark.parametrize(
    ("told", "languages"),
    [("en", ("en",)), ("[en, de]", ("en", "de")), ("multilingual", ("*",)), ("[multilingual, en]", ("*",))],
)
def test_model_card_tells_the_languages(tmp_path: Path, told: str, languages: tuple[str, ...]) -> None:
    (tmp_path / "README.md").write_text(f"---\nlanguage: {told}\n---\n", encoding="utf-8")
    assert source_languages(str(tmp_path)) == languages


def test_model_without_a_card_may_know_any_language(tmp_path: Path) -> None:
    assert source_languages(str(tmp_path)) == ("*",)
