"""Serves the bot to the product that started it, and to nobody else.

Usage: python serve.py --model FILE.tar.gz --port N [--host 127.0.0.1]
Needs FRONTDOOR_BOT_SECRET, FRONTDOOR_ACTIONS_URL and FRONTDOOR_ENCODER_FOLDER in the environment.
"""

from __future__ import annotations

import argparse
import ctypes
import logging
import os
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# Rasa 3.6 is frozen; what its libraries deprecate is not news to anybody.
warnings.simplefilter("ignore", DeprecationWarning)

HERE = Path(__file__).resolve().parent
PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """End when the product ends, also when it was killed and could not say goodbye."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--parent", type=int, help="process whose end ends this one")
    asked = parser.parse_args()
    for name in ("FRONTDOOR_BOT_SECRET", "FRONTDOOR_ACTIONS_URL", "FRONTDOOR_ENCODER_FOLDER"):
        if not os.environ.get(name):
            print(f"{name} is not set. Start the bot by `frontdoor up`.", file=sys.stderr)
            return 2
    if asked.parent:
        die_with(asked.parent)
    os.chdir(HERE)

    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    # Rasa's debug lines quote what customers type; warnings do not.
    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(logging.WARNING)
    serve_application(
        model_path=str(asked.model.resolve()),
        interface=asked.host,
        port=asked.port,
        credentials=str(HERE / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(HERE / "endpoints.yml")),
        # Only our channel: no HTTP API that could swap a model or read a tracker.
        enable_api=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
