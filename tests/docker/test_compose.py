"""The compose file: who can reach whom, what is refused, and what each service may do."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings
from tests.conftest import missing

from .files import COMPOSE, DOCKER, EXAMPLE_ENV, ROOT, Refused, Service, example_env, image_of, services, whole

SECRETS = ("FRONTDOOR_BOT_SECRET", "POSTGRES_PASSWORD", "REDIS_PASSWORD")
FILLED = dict.fromkeys(SECRETS, "a" * 40)
#: It makes things and ends.
ONE_SHOT = "setup"


@pytest.fixture(params=sorted(whole()["services"]))
def service(request: pytest.FixtureRequest) -> Service:
    return services(FILLED)[request.param] | {"name": request.param}


def test_it_fits_the_compose_specification() -> None:
    check = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    if check is None:
        missing("check-jsonschema is not installed")
    command = [check, "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_it_refuses_to_start_without_a_secret_and_says_which(name: str) -> None:
    with pytest.raises(Refused, match=rf"{name}: .*docker/\.env"):
        services(FILLED | {name: ""})


def test_the_example_holds_no_secret_that_would_work() -> None:
    example = example_env()
    assert all(example[name] == "" for name in SECRETS)
    with pytest.raises(Refused):
        services(example)


def test_every_name_is_a_setting_of_ours_or_read_by_what_runs_in_a_container() -> None:
    ours = {f"FRONTDOOR_{name.upper()}" for name in Settings.model_fields}
    scripts = [*(ROOT / "bot").glob("*.py"), *(ROOT / "bot" / "components").glob("*.py"), *DOCKER.glob("*.py")]
    read = {name for file in scripts for name in re.findall(r"FRONTDOOR_[A-Z_]+", file.read_text("utf-8"))}
    files = (COMPOSE, EXAMPLE_ENV, *DOCKER.glob("*.Dockerfile"))
    named = {name for file in files for name in re.findall(r"\bFRONTDOOR_[A-Z_]+\b", file.read_text("utf-8"))}
    assert named <= ours | read


def test_every_variable_it_asks_for_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text("utf-8")))
    assert asked <= set(example_env())


def test_every_service_has_a_health_check(service: Service) -> None:
    image = image_of(service)
    own = service.get("healthcheck", {})
    if service["name"] == ONE_SHOT:
        assert own == {"disable": True}
        assert service["restart"] == "no"
        return
    test = own.get("test") or [*(image.health if image else [])]
    assert test, f"{service['name']} has none"
    assert "NONE" not in test
    assert service["restart"] == "unless-stopped"


def test_only_the_api_can_be_reached_from_outside(service: Service) -> None:
    if service["name"] != "api":
        assert "ports" not in service
    else:
        assert service["ports"] == ["127.0.0.1:8000:8000"], "on this machine only, unless PUBLISH says otherwise"


def test_rasa_and_the_databases_have_no_way_out() -> None:
    found, networks = services(FILLED), whole()["networks"]
    assert networks["inside"] == {"internal": True}
    for name in ("bot", "bot-2", "postgres", "redis"):
        assert found[name]["networks"] == ["inside"], name
    assert found["trainer"]["network_mode"] == "none"
    assert "networks" not in found["trainer"]


def test_nobody_can_do_more_than_it_must(service: Service) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    image = image_of(service)
    assert (image.user if image else service["user"]).partition(":")[0] not in ("root", "0", "")


def test_rasa_reads_the_products_files_and_writes_none_of_them() -> None:
    found = services(FILLED)
    for name in ("bot", "bot-2", "trainer"):
        assert [volume for volume in found[name]["volumes"] if volume.startswith("data")] == ["data:/data:ro"]
        assert "env_file" not in found[name], "the passwords of others are none of its business"


def test_images_are_pinned(service: Service) -> None:
    assert re.fullmatch(r"[a-z/-]+:\d[\w.-]*", service["image"])


def test_both_sides_of_the_bot_know_the_same_secret_and_the_way_to_each_other() -> None:
    found = services(FILLED)
    api, bot = found["api"]["environment"], found["bot"]["environment"]
    assert api["FRONTDOOR_BOT_SECRET"] == bot["FRONTDOOR_BOT_SECRET"] == "a" * 40
    assert bot["FRONTDOOR_ACTIONS_URL"] == "http://api:8000/internal/actions"
    assert api["FRONTDOOR_BOT_URLS"] == "http://bot:5005"
    assert found["bot"].get("command", (image_of(found["bot"]) or pytest.fail("no image")).command)[-1] == "5005"


def test_a_second_bot_is_found_by_the_line_in_the_example() -> None:
    example = example_env()
    found = services(FILLED | {"FRONTDOOR_BOT_URLS": example["FRONTDOOR_BOT_URLS"]})
    hosts = re.findall(r"http://([\w-]+):5005", found["api"]["environment"]["FRONTDOOR_BOT_URLS"])
    assert hosts == ["bot", "bot-2"]
    assert all(host in found for host in hosts)
    assert found["bot-2"]["profiles"] == [example["COMPOSE_PROFILES"]]


def test_several_apis_have_a_port_each_by_the_lines_in_the_example() -> None:
    assert services(FILLED)["api"]["scale"] == 1
    example = example_env()
    api = services(FILLED | {name: example[name] for name in ("API_REPLICAS", "PUBLISH")})["api"]
    [published] = api["ports"]
    address, first, last, inside = re.split(r"[:-]", published)
    assert (address, inside) == ("127.0.0.1", "8000")
    assert int(last) - int(first) + 1 == api["scale"] == 2


def test_each_waits_for_what_it_cannot_do_without() -> None:
    found = services(FILLED)
    waits = {name: each.get("depends_on", {}) for name, each in found.items()}
    made, healthy = {"condition": "service_completed_successfully"}, {"condition": "service_healthy"}
    assert waits["setup"] == {"trainer": healthy}
    assert waits["bot"] == {"setup": made}
    # The bot is not among them: without it the API serves customers by its own rules.
    assert waits["api"] == {"setup": made, "postgres": healthy, "redis": healthy}


def test_every_volume_is_declared() -> None:
    declared = set(whole()["volumes"])
    used = {volume.partition(":")[0] for each in services(FILLED).values() for volume in each.get("volumes", [])}
    assert used == declared
