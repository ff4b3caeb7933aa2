"""Serves the bot to its product, and to nobody else.

Usage: python serve.py --model FILE.tar.gz --sha256 HASH --port N [--host 127.0.0.1]
       python serve.py --models FOLDER [--turns FOLDER] --port N --host 0.0.0.0
The first is how the product starts one. The second runs by itself, in a container of a private network: it serves
whichever model is live, and ends when another one is, for its supervisor to start it again.
Needs FRONTDOOR_BOT_SECRET, FRONTDOOR_ACTIONS_URL and FRONTDOOR_ENCODER_FOLDER in the environment.
"""

from __future__ import annotations

import argparse
import ctypes
import http.client
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from active import ActiveModel, NoActiveModel
from verified import NotOurModel, own_copy

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# One message is too little to share out: a second thread would only wait, and waits by spinning.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
# Rasa 3.6 is frozen; what its libraries deprecate is not news to anybody.
warnings.simplefilter("ignore", DeprecationWarning)

HERE = Path(__file__).resolve().parent
PR_SET_PDEATHSIG = 1
#: Seconds a model may need to load. Rasa goes on without one that it cannot load, and would do so for ever.
START_SECONDS = 120.0
#: Seconds for the turns in hand. One that still loads its model does not hear that it is asked to end.
END_SECONDS = 60.0
LOOK_EVERY = 1.0

log = logging.getLogger("frontdoor.serve")


def die_with(parent: int) -> None:
    """End when the product ends, also when it was killed and could not say goodbye."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def until_over(active: ActiveModel, version: str, serving: Callable[[], bool]) -> str:
    """Returns when this process should make way for a new one, with the reason.

    Args:
        version: of the model that it serves.
        serving: whether customers can be sent to it.
    """
    begun = time.monotonic()
    while not serving():
        if active.version() not in (None, version):
            # Nobody is served from here, so there is no turn to wait for.
            return f"another model than {version} is live"
        if time.monotonic() - begun > START_SECONDS:
            return f"model {version} was not loaded after {START_SECONDS:.0f} s"
        time.sleep(LOOK_EVERY)
    active.arrived()
    active.wait_for_another(than=version)
    return f"another model than {version} is live"


def end_with(active: ActiveModel, version: str, port: int) -> None:
    """End when another model is live and it is our turn to fetch it; the turns in hand are finished first.

    A process that does not get ready ends as well, for its supervisor to start it again.
    """
    headers = {"X-Frontdoor-Secret": os.environ["FRONTDOOR_BOT_SECRET"]}

    def serving() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/webhooks/frontdoor/ready", headers=headers)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def watch() -> None:
        why = ""
        while not why:
            try:
                why = until_over(active, version, serving)
            except Exception:
                # Without its watcher this process would serve the same model for ever.
                log.exception("The live model could not be watched; it is looked at again.")
                time.sleep(LOOK_EVERY)
        print(f"The bot ends: {why}.", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(END_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--model", type=Path, help="the model file")
    which.add_argument("--models", type=Path, help="the product's models, of which the live one is served")
    parser.add_argument("--sha256", help="with --model: the file's hash, as whoever trained it wrote it down")
    parser.add_argument("--turns", type=Path, help="with --models: folder by which several of these take turns")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--parent", type=int, help="process whose end ends this one")
    asked = parser.parse_args()
    if asked.model and not asked.sha256:
        parser.error("--model wants --sha256: a model is loaded only when it is known to be ours")
    for name in ("FRONTDOOR_BOT_SECRET", "FRONTDOOR_ACTIONS_URL", "FRONTDOOR_ENCODER_FOLDER"):
        if not os.environ.get(name):
            print(f"{name} is not set. Start the bot by `frontdoor up`.", file=sys.stderr)
            return 2
    if asked.parent:
        die_with(asked.parent)
    model, sha256 = asked.model, asked.sha256
    if asked.models:
        active = ActiveModel(asked.models.resolve(), asked.turns.resolve() if asked.turns else None)
        try:
            version = active.version()
            model, sha256 = active.file_and_hash()
        except NoActiveModel as problem:
            print(problem, file=sys.stderr)
            return 3
        end_with(active, str(version), asked.port)
    with tempfile.TemporaryDirectory(prefix="frontdoor-bot-") as folder:
        try:
            copy = own_copy(model.resolve(), sha256, Path(folder))
        except NotOurModel as problem:
            print(problem, file=sys.stderr)
            return 3
        os.chdir(HERE)
        serve(copy, asked.host, asked.port, or_end=bool(asked.model))
    return 0


def serve(model: Path, host: str, port: int, or_end: bool) -> None:
    """Returns when the process is asked to end.

    Args:
        model: a copy in a folder of its own, which is deleted as soon as it is loaded.
        or_end: end at once when it cannot be loaded; whoever started this waits to hear it.
    """
    from alone import close_to_others
    from components import log_lines
    from rasa.core import run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    # Rasa's debug lines quote what customers type; warnings do not.
    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(logging.WARNING)
    # Last: Rasa's own way of logging leaves out lines that look alike, and turns do.
    log_lines.install()
    loading = run.load_agent_on_start

    async def load(model_path: str, endpoints: Any, remote_storage: Any, app: Any, loop: Any) -> None:
        await loading(model_path, endpoints, remote_storage, app, loop)
        await loop.run_in_executor(None, shutil.rmtree, model.parent)
        if or_end and not (app.ctx.agent and app.ctx.agent.is_ready()):
            # Rasa would go on without one for ever, and answer that it has none.
            print(f"The model {model.name} could not be loaded; the reason stands above.", file=sys.stderr, flush=True)
            os._exit(4)

    configure = run.configure_app

    def closed(*words: Any, **named: Any) -> Any:
        app = configure(*words, **named)
        close_to_others(app, os.environ["FRONTDOOR_BOT_SECRET"])
        return app

    run.load_agent_on_start, run.configure_app = load, closed
    run.serve_application(
        model_path=str(model),
        interface=host,
        port=port,
        credentials=str(HERE / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(HERE / "endpoints.yml")),
        # Only our channel: no HTTP API that could swap a model or read a tracker.
        enable_api=False,
    )


if __name__ == "__main__":
    sys.exit(main())
