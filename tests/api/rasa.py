"""What Rasa itself says an answer of an action server must look like, read from its own wheel."""

import json
import os
import subprocess
from functools import cache
from typing import Any

from api.settings import ROOT
from tests.conftest import missing

PYTHON = os.environ.get("FRONTDOOR_BOT_PYTHON", str(ROOT / "bot" / ".venv" / "bin" / "python"))
QUESTION = """
import json, warnings
warnings.simplefilter("ignore")
from rasa.core.actions.action import RemoteAction
print("SCHEMA " + json.dumps(RemoteAction.action_response_format_spec()))
"""


@cache
def action_schema() -> dict[str, Any]:
    """The JSON schema Rasa validates our answers with."""
    try:
        told = subprocess.run([PYTHON, "-c", QUESTION], capture_output=True, text=True, timeout=120, check=True)
    except (OSError, subprocess.SubprocessError) as problem:
        missing(f"the bot's own environment cannot be asked: {problem}")
    line = next(line for line in told.stdout.splitlines() if line.startswith("SCHEMA "))
    schema: dict[str, Any] = json.loads(line.removeprefix("SCHEMA "))
    return schema
