"""Settings: a wrong one is named, with its value and what is allowed."""

import os
import subprocess
import sys

import pytest

from api.settings import PREFIX, BadSetting, Settings

WRONG = [
    ("PORT", "eighty", "integer"),
    ("PORT", "70000", "65535"),
    ("MAX_CHARACTERS", "0", "greater than or equal to 1"),
    ("MAX_BYTES", "12", "256"),
    ("PHONE_REGION", "Netherlands", "[A-Z]{2}"),
    ("BOT_TIMEOUT", "-1", "greater than 0"),
    ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
    ("ORDER_PATTERN", "(", "regular expression"),
    ("RATE_PER_ADDRESS", "lots", "120/minute"),
    ("RATE_PER_CONVERSATION", "", "30/minute"),
    ("REDIS_URL", "http://cache", "redis://"),
    ("DATABASE_URL", "mysql://shop", "postgresql://"),
    ("ORDER_TEMPLATE", "LL-{1}", "{0}"),
]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(("name", "value", "allowed"), WRONG)
def test_a_wrong_setting_names_itself_its_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(BadSetting) as told:
        Settings.read()
    assert f"{PREFIX}{name}={value!r}" in str(told.value)
    assert allowed in str(told.value)


def test_every_wrong_setting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_PORT", "x")
    monkeypatch.setenv("FRONTDOOR_LOG_LEVEL", "y")
    with pytest.raises(BadSetting) as told:
        Settings.read()
    assert len(str(told.value).splitlines()) == 2


def test_the_defaults_are_good() -> None:
    settings = Settings.read()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database == f"sqlite:///{settings.data_dir / 'frontdoor.db'}"


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "no"), ("DATABASE_URL", "mysql://shop"), ("RATE_PER_ADDRESS", "x")]
)
def test_a_command_with_a_wrong_setting_ends_with_2_and_a_sentence(name: str, value: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", "up"],
        env={**os.environ, PREFIX + name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 2, told.stderr
    assert PREFIX + name in told.stderr
    assert "Traceback" not in told.stderr
