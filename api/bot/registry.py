"""The registry: which models of the bot were trained here, which one is live, and which one to go back to."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

MANIFEST = "manifest.json"
ACTIVE = "active.json"
LOCK = ".training"
#: Models that are kept to go back to, with the live one among them.
KEPT = 5
#: Inputs that were held back or taken back and are remembered, the newest of them.
REMEMBERED = 20


class UnknownModel(Exception):
    """A model file is not one that we trained."""


class AlreadyTraining(Exception):
    """Another training or change of model is under way."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"A training is already under way in {folder}. Wait until it has ended.")


@dataclass(frozen=True)
class Model:
    """A trained model: its file, the hash of what it was made from, and the hash of the file itself."""

    file: str
    made_from: str
    sha256: str
    seconds: float
    trained_at: float

    @property
    def version(self) -> str:
        return self.made_from[:12]


class Registry:
    """The models of one folder. Its files are replaced whole, so that a reader never sees half of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def models(self) -> list[Model]:
        """The models that are there, oldest first."""
        told = _read(self.folder / MANIFEST, [])
        try:
            return [Model(**entry) for entry in told] if isinstance(told, list) else []
        except TypeError:
            # Written by hand or cut off: what it said is unknown, so no model is, and one is trained.
            return []

    def find(self, version: str) -> Model | None:
        """The model of a version, when it was trained here."""
        return next((model for model in self.models() if model.version == version), None)

    def active(self) -> Model | None:
        """The model that is to serve customers; None before the first training."""
        history = self._history()
        return self.find(history[-1]) if history else None

    def previous(self) -> Model | None:
        """The model that was live before the active one and is still there."""
        older = (self.find(version) for version in reversed(self._history()[:-1]))
        return next((model for model in older if model and (self.folder / model.file).is_file()), None)

    @property
    def rejected(self) -> tuple[str, ...]:
        """The hashes of inputs whose model was held back or taken back, oldest first.

        A start does not train them; they stay until their model is made live on purpose.
        """
        state = _read(self.folder / ACTIVE, {})
        told = state.get("rejected") if isinstance(state, dict) else None
        if isinstance(told, str):
            # As it was written when one was remembered.
            told = [told]
        return tuple(str(one) for one in told if one) if isinstance(told, list) else ()

    @property
    def chosen_at(self) -> tuple[int, int] | None:
        """Another value after each choice, also when the same model is chosen again; None before the first."""
        try:
            stat = (self.folder / ACTIVE).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def add(self, model: Model) -> None:
        """Remember a trained model; the oldest that nobody would go back to is deleted."""
        models = [known for known in self.models() if known.made_from != model.made_from] + [model]
        active = self.active()
        if active and not (self.folder / ACTIVE).is_file():
            # Nobody has chosen yet; what was live stays live until somebody does.
            self.activate(active)
        spare = [old for old in models[:-KEPT] if old != active]
        for old in spare:
            (self.folder / old.file).unlink(missing_ok=True)
        _write(self.folder / MANIFEST, [asdict(kept) for kept in models if kept not in spare])

    def activate(self, model: Model, rejected: str | None = None) -> None:
        """Make a model the live one. A running product follows within a second or two.

        Args:
            rejected: the inputs (``made_from``) of the model that is held back or taken back by this, if one is.
                Those of before stay remembered, except for the model that is chosen now.
        """
        checked(self.folder, model)
        history = self._history()
        place = history.index(model.version) if model.version in history else len(history)
        history = [*history[:place], model.version]
        others = [one for one in self.rejected if one not in (model.made_from, rejected)]
        remembered = [*others, rejected] if rejected else others
        _write(self.folder / ACTIVE, {"history": history[-KEPT:], "rejected": remembered[-REMEMBERED:]})

    @contextmanager
    def training(self, patience: float = 0) -> Iterator[None]:
        """Held while models are made or exchanged.

        Args:
            patience: seconds to wait for somebody else who holds it.

        Raises:
            AlreadyTraining: somebody else holds it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire(timeout=patience)
        except Timeout as problem:
            raise AlreadyTraining(self.folder) from problem
        try:
            yield
        finally:
            lock.release()

    def _history(self) -> list[str]:
        state = _read(self.folder / ACTIVE, {})
        told = state.get("history") if isinstance(state, dict) else None
        if isinstance(told, list) and told:
            return [str(version) for version in told]
        # A folder from before there was a choice: the newest model is the live one.
        return [model.version for model in self.models()[-1:]]


def checked(folder: Path, model: Model) -> Path:
    """The model's file, when it is the one that was trained here.

    Raises:
        UnknownModel: the file is gone or is another one.
    """
    file = folder / model.file
    if not file.is_file():
        raise UnknownModel(f"The model {file} is gone. Run `frontdoor train`.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != model.sha256:
        raise UnknownModel(f"The model {file} is not the one that was trained here; it will not be loaded.")
    return file


def _read(file: Path, otherwise: object) -> object:
    try:
        return json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return otherwise


def _write(file: Path, value: object) -> None:
    draft = file.with_name(f"{file.name}.new")
    draft.write_text(json.dumps(value, indent=2), "utf-8")
    draft.replace(file)
