"""Measurements: what each model read the held-out questions as, kept beside it so that none is made twice."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from api.bot import evaluate
from api.bot.registry import Model, Registry, checked
from training_data.check import Data
from training_data.heldout import fingerprint
from training_data.readings import Reading

Tell = Callable[[str], None]


class Measurements:
    """Measures the models of a registry on the held-out questions of the examples.

    Args:
        registry: whose models are measured, and in whose folder the measurements are kept.
        python: the bot's Python.
        encoder_folder: where the exported encoder is.
        data: the examples and the held-out questions as they stand.
    """

    def __init__(self, registry: Registry, python: Path, encoder_folder: Path, data: Data) -> None:
        self._registry = registry
        self._python = python
        self._encoder = encoder_folder
        self._data = data
        self._asked = fingerprint(data.rows)

    def of(self, model: Model, tell: Tell) -> list[Reading]:
        """What a model reads the held-out questions as; read now when it never was, or they have changed since.

        Raises:
            TrainingFailed: the model could not be measured.
            UnknownModel: its file is gone or is another one.
        """
        if not self._data.rows:
            return []
        kept = self._kept(model)
        if kept is not None:
            return kept
        tell(f"reading {len(self._data.rows)} held-out questions with model {model.version}")
        file = checked(self._registry.folder, model)
        readings = evaluate.read_with(self._python, self._encoder, file, self._data.rows)
        content = {"model": model.sha256, "asked": self._asked, "readings": [asdict(reading) for reading in readings]}
        draft = self._file(model.version).with_suffix(".new")
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
        draft.replace(self._file(model.version))
        return readings

    def tidy(self) -> None:
        """Deletes measurements whose model is gone."""
        there = {self._file(model.version) for model in self._registry.models()}
        for file in self._registry.folder.glob("eval-*.json"):
            if file not in there:
                file.unlink(missing_ok=True)

    def _file(self, version: str) -> Path:
        return self._registry.folder / f"eval-{version}.json"

    def _kept(self, model: Model) -> list[Reading] | None:
        try:
            content = json.loads(self._file(model.version).read_text("utf-8"))
            if (content["model"], content["asked"]) != (model.sha256, self._asked):
                return None
            return [Reading(**reading) for reading in content["readings"]]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            # Never measured, or cut off by a full disk: it is measured anew.
            return None
