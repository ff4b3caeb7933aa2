"""Rules, domain and actions know each other: what is called exists, and what exists is called."""

import json
import os
import subprocess

import pytest
from project import BUTTONS, ROOT, domain, files, rules, steps

DOMAIN = domain()


@pytest.fixture(scope="module")
def served_actions() -> "set[str]":
    """The actions the product serves, as its own Python tells them."""
    python = os.environ.get("FRONTDOOR_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
    code = "import json; from api.actions import ACTIONS; print(json.dumps(list(ACTIONS)))"
    told = subprocess.run([python, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    return set(json.loads(told.stdout))


def test_the_product_serves_every_action_of_the_domain_and_no_other(served_actions: "set[str]") -> None:
    assert served_actions == set(DOMAIN["actions"])


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["rule"])
def test_every_rule_speaks_of_what_exists(rule: dict) -> None:
    assert set(steps(rule, "action")) <= {*DOMAIN["actions"], *DOMAIN["responses"], *DOMAIN["forms"]}
    assert set(steps(rule, "intent")) <= set(DOMAIN["intents"])
    for condition in rule.get("condition", []):
        for slots in condition.get("slot_was_set", []):
            for name, value in slots.items():
                assert value is None or value in DOMAIN["slots"][name]["values"]


def test_no_two_rules_have_one_name() -> None:
    names = [rule["rule"] for rule in rules()]
    assert len(set(names)) == len(names)


def test_every_intent_leads_somewhere() -> None:
    assert {intent for rule in rules() for intent in steps(rule, "intent")} == set(DOMAIN["intents"])
    assert BUTTONS.issubset(DOMAIN["intents"])


def test_every_response_is_spoken_by_a_rule() -> None:
    spoken = {action for rule in rules() for action in steps(rule, "action")}
    assert set(DOMAIN["responses"]) == {action for action in spoken if action.startswith("utter_")}


@pytest.mark.parametrize("answer", ["affirm", "deny"])
def test_a_bare_yes_or_no_is_understood_whatever_was_asked(answer: str) -> None:
    understood = [
        slots["awaiting"]
        for rule in rules()
        if steps(rule, "intent") == [answer]
        for condition in rule["condition"]
        for slots in condition["slot_was_set"]
    ]
    assert sorted(understood, key=str) == sorted([*DOMAIN["slots"]["awaiting"]["values"], None], key=str)


@pytest.mark.parametrize("name", DOMAIN["responses"])
def test_every_response_is_there_in_three_languages(name: str) -> None:
    spoken = {}
    for variation in DOMAIN["responses"][name]:
        [condition] = variation.get("condition", [{"name": "language", "value": "en"}])
        assert condition["name"] == "language"
        spoken[condition["value"]] = variation["text"].strip()
    assert set(spoken) == {"en", "zh", "ko"} and len(set(spoken.values())) == 3 and all(spoken.values())
    # English comes last, without a condition: it is also what a customer in any other language hears.
    assert "condition" not in DOMAIN["responses"][name][-1]


def test_every_question_of_the_form_has_its_slot_and_its_action() -> None:
    for form, settings in DOMAIN["forms"].items():
        assert f"validate_{form}" in DOMAIN["actions"]
        for slot in settings["required_slots"]:
            assert slot in DOMAIN["slots"] and f"action_ask_{form}_{slot}" in DOMAIN["actions"]


def test_only_our_own_channel_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_BOT_SECRET", "read, and not used")
    monkeypatch.setenv("FRONTDOOR_ACTIONS_URL", "http://127.0.0.1:9/nobody")
    [credentials] = [f for f in files("bot") if set(f) & {"components.channel.FrontdoorChannel", "rest"}]
    assert list(credentials) == ["components.channel.FrontdoorChannel"]
