"""What stands in docker/: the compose file as Compose would read it, and the Dockerfiles by instruction."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
COMPOSE = DOCKER / "compose.yml"
DOCKERFILES = (DOCKER / "api.Dockerfile", DOCKER / "bot.Dockerfile")
EXAMPLE_ENV = DOCKER / "example.env"

Service = dict[str, Any]


class Refused(Exception):
    """A variable without which Compose would not start, and the sentence it would say."""


def filled_in(text: str, variables: dict[str, str]) -> str:
    """``${NAME}``, ``${NAME:-default}`` and ``${NAME:?sentence}`` as Compose fills them in."""

    def fill(found: "re.Match[str]") -> str:
        name, sign, rest = found["name"], found["sign"], found["rest"] or ""
        value = variables.get(name, "")
        if value or not sign:
            return value
        if sign == ":?":
            raise Refused(f"{name}: {rest}")
        return rest

    return re.sub(r"\$\{(?P<name>\w+)(?:(?P<sign>:-|:\?)(?P<rest>[^}]*))?\}", fill, text)


def services(variables: dict[str, str]) -> dict[str, Service]:
    """The services, with these variables in docker/.env."""
    found: dict[str, Service] = yaml.safe_load(filled_in(COMPOSE.read_text("utf-8"), variables))["services"]
    return found


def whole() -> dict[str, Any]:
    """The compose file as it stands, nothing filled in."""
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text("utf-8"))
    return found


def example_env() -> dict[str, str]:
    """The variables of docker/example.env, also those that are commented out."""
    lines = (line.strip().removeprefix("#") for line in EXAMPLE_ENV.read_text("utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if re.match(r"[A-Z_]+=", line))
    return {name: value for name, _, value in pairs}


@dataclass
class Image:
    """The last stage of a Dockerfile, and what all its stages copy from the repository."""

    file: Path
    bases: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)
    labels: str = ""
    user: str = "root"
    workdir: str = "/"
    stop: str = ""
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.file.name.removesuffix(".Dockerfile")


def read(file: Path) -> Image:
    """Reads what the tests need of a Dockerfile; fails on a shell form, which would swallow signals."""
    image = Image(file)
    text = re.sub(r"^\s*#.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    for line in text.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        match word:
            case "FROM":
                image = Image(file, [*image.bases, rest.split()[0]], image.copied)
            case "COPY" if "--from=" not in rest:
                image.copied += rest.split()[:-1]
            case "ENV":
                image.env |= dict(re.findall(r"(\w+)=(\S+)", rest))
            case "LABEL":
                image.labels += rest
            case "USER":
                image.user = rest
            case "WORKDIR":
                image.workdir = rest
            case "STOPSIGNAL":
                image.stop = rest
            case "ENTRYPOINT":
                image.entry = json.loads(rest)
            case "CMD":
                image.command = json.loads(rest)
            case "HEALTHCHECK":
                image.health = json.loads(rest.partition("CMD ")[2])
    return image


def image_of(service: Service) -> Image | None:
    """The image a service is built as; None for one that comes ready made."""
    build = service.get("build")
    return read(ROOT / build["dockerfile"]) if build else None
