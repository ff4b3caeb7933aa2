"""A knowledge manager's desk: examples in a folder, a small bot to teach, and a registry of its models."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from api import cli
from api.bot.registry import Registry
from api.cli import follow, prepare
from api.cli.progress import console
from api.settings import Settings
from tests.api.cli.products import RunningProduct, Says
from training_data.intents import declared

ROOT = Path(__file__).parents[3]
INTENTS = declared(ROOT / "bot" / "domain" / "intents.yml")


@dataclass
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    aside: str


@dataclass
class Desk:
    """Folders, and the command line over them."""

    root: Path
    read: Callable[[], tuple[str, str]]
    products: list[RunningProduct] = field(default_factory=list)
    port: int = 9

    @property
    def registry(self) -> Registry:
        return Registry(self.root / "data" / "models")

    @property
    def nlu(self) -> Path:
        return self.root / "training" / "nlu" / "en" / "all.yml"

    @property
    def settings(self) -> Settings:
        return Settings.read().model_copy(update={"port": self.port})

    def teach(self, extra: dict[str, list[str]] | None = None) -> None:
        """Writes the examples: five of each intent, and these."""
        lines = ["nlu:"]
        for intent in INTENTS:
            lines += [f"- intent: {intent}", "  examples: |"]
            own = (extra or {}).get(intent, [])
            lines += [f"    - {text}" for text in [*own, *(f"{intent} number{n}" for n in range(5))]]
        self.nlu.parent.mkdir(parents=True, exist_ok=True)
        self.nlu.write_text("\n".join(lines) + "\n", "utf-8")

    def ask(self, rows: list[tuple[str, str]], language: str = "en") -> None:
        """Writes the held-out questions of a language."""
        folder = self.root / "training" / "heldout"
        folder.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{text},{label}\n" for text, label in rows)
        (folder / f"intents_{language}.csv").write_text(f"text,label\n{text}", "utf-8")

    def run_product(self, says: Says, status: int = 200) -> None:
        """From now on a product runs at the desk's port."""
        self.products.append(RunningProduct(says, status))
        self.port = self.products[-1].port

    def frontdoor(self, *words: str) -> Told:
        """One command, from its words to its end."""
        patch = pytest.MonkeyPatch()
        patch.setattr(sys, "argv", ["frontdoor", *words])
        patch.setenv("FRONTDOOR_PORT", str(self.port))
        with patch.context(), pytest.raises(SystemExit) as ended:
            cli.main()
        patch.undo()
        out, aside = self.read()
        return Told(int(ended.value.code or 0), out, aside)

    @property
    def calls(self) -> list[str]:
        """What the small bot was asked to do."""
        log = self.root / "calls"
        return log.read_text().split() if log.is_file() else []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("small_bot.py")}" "$@"\n')
    python.chmod(0o755)
    monkeypatch.setenv("FRONTDOOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FRONTDOOR_TRAINING_DIR", str(tmp_path / "training"))
    monkeypatch.setenv("FRONTDOOR_BOT_PYTHON", str(python))
    monkeypatch.setenv("SMALL_BOT_LOG", str(tmp_path / "calls"))
    monkeypatch.setattr(follow, "LOOK_EVERY", 0.01)

    def encoder(settings: Settings) -> None:
        # The real one takes half a minute to export, and the small bot does not ask it.
        settings.encoder_folder.mkdir(parents=True, exist_ok=True)
        (settings.encoder_folder / "encoder.json").write_text("{}")

    monkeypatch.setattr(prepare, "encoder", encoder)
    desk = Desk(tmp_path, lambda: tuple(capsys.readouterr()))  # type: ignore[arg-type,return-value]
    desk.teach()
    yield desk
    for product in desk.products:
        product.stop()


@pytest.fixture(autouse=True)
def wide_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """A console that cuts no cell short. It took its width when it was made, before any test could set one."""
    monkeypatch.setattr(console, "width", 200)
