"""Training: both bots made ready from nothing, each by its own command, and the seconds it takes."""

import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import yaml

from tests.bench import frontdoor, plain
from tests.bench.plan import Plan
from tests.bench.system import reset
from tests.journeys.product import ROOT

EXAMPLES = ROOT / "training_data" / "nlu" / "en"
ARTICLES = ROOT / "training_data" / "articles"


@dataclass(frozen=True)
class Trained:
    """Seconds of each step; None when an earlier run's result was used again."""

    plain_english: float | None = None
    frontdoor_english: float | None = None
    frontdoor_three_languages: float | None = None
    frontdoor_encoder: float | None = None
    frontdoor_index: float | None = None
    examples_english: int = 0

    def row(self) -> dict[str, object]:
        return {name: round(value, 1) if isinstance(value, float) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Prepared:
    """What the systems start with: the plain bot's project and Frontdoor's data folder."""

    project: Path
    data: Path
    trained: Trained


def prepare(folder: Path, plan: Plan, reuse: bool) -> Prepared:
    """Trains both; `reuse` takes what an earlier run left in the folder, and gives no figure for it."""
    logs = folder / "logs"
    examples = folder / "examples"
    count = few(EXAMPLES, examples, plan.examples)
    data, ours = _frontdoor(folder / "frontdoor", examples, logs, reuse)
    project, took = _plain(folder / "plain", examples, logs, plan.epochs, reuse)
    return Prepared(project, data, replace(ours, plain_english=took, examples_english=count))


def _frontdoor(data: Path, examples: Path, logs: Path, reuse: bool) -> tuple[Path, Trained]:
    known = reuse and (data / "models").is_dir()
    if not known:
        reset(data)
    encoder = frontdoor.export_encoder(data, logs)
    # What is known already costs nothing here, and what changed since is not trained in the middle of a start.
    three = frontdoor.train(data, logs)
    index = frontdoor.index(data, logs)
    if known:
        return data, Trained()
    return data, Trained(
        frontdoor_english=frontdoor.train_on(examples, data, logs),
        frontdoor_three_languages=three,
        frontdoor_encoder=encoder,
        frontdoor_index=index,
    )


def _plain(project: Path, examples: Path, logs: Path, epochs: int | None, reuse: bool) -> tuple[Path, float | None]:
    if reuse and (project / "models" / f"{plain.MODEL}.tar.gz").is_file():
        return project, None
    plain.make(project, examples, ARTICLES, plain.rasa_package())
    if epochs is not None:
        hurry(project / "config.yml", epochs)
    return project, plain.train(project, logs / "plain-train.log")


def few(source: Path, target: Path, most: int | None) -> int:
    """Copies NLU files with at most that many examples of each intent; how many examples there are then."""
    reset(target)
    count = 0
    for file in sorted(source.glob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8"))
        for block in content["nlu"]:
            lines = block["examples"].splitlines(keepends=True)[:most]
            block["examples"] = "".join(lines)
            count += len(lines)
        if most is None:
            shutil.copy(file, target / file.name)
        else:
            (target / file.name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return count


def hurry(config: Path, epochs: int) -> None:
    """Sets the number of epochs wherever a configuration has one."""
    content = yaml.safe_load(config.read_text("utf-8"))
    for part in [*content["pipeline"], *content["policies"]]:
        if "epochs" in part:
            part["epochs"] = epochs
    config.write_text(yaml.safe_dump(content), "utf-8")
