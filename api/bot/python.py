"""The bot's Python: Rasa 3.6 needs an environment of its own, and we say plainly when it is not there."""

import subprocess
from pathlib import Path

from api.settings import ROOT

BOT = ROOT / "bot"
#: Its numerical libraries would split small sums over all cores, and take these from customers while they wait.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"),
    "1",
)


class NoBotPython(Exception):
    """The bot's environment is missing or is not Python 3.10 with Rasa."""


def check(python: Path) -> None:
    """Make sure the bot's Python can run Rasa.

    Raises:
        NoBotPython: with what to do about it.
    """
    if not python.is_file():
        raise NoBotPython(
            f"The bot's Python is not at {python}. Run `make setup`, or set FRONTDOOR_BOT_PYTHON to a Python 3.10 "
            "that has bot/requirements.lock installed."
        )
    probe = "import sys, importlib.metadata as m; print('%d.%d' % sys.version_info[:2], m.version('rasa'))"
    try:
        told = subprocess.run([python, "-c", probe], capture_output=True, text=True, timeout=60, check=True)
    except (subprocess.CalledProcessError, OSError, subprocess.TimeoutExpired) as problem:
        detail = getattr(problem, "stderr", "") or str(problem)
        raise NoBotPython(
            f"{python} cannot run Rasa ({detail.strip().splitlines()[-1] if detail.strip() else 'no reason given'}). "
            "Run `make setup`."
        ) from problem
    version, rasa = told.stdout.split()
    if version != "3.10":
        raise NoBotPython(f"{python} is Python {version} with Rasa {rasa}; Rasa 3.6 needs 3.10. Run `make setup`.")
