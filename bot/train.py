"""Trains the bot: rules, domain and examples in, one model file out.

Usage: python train.py --examples DIR --out FILE.tar.gz
Progress goes to standard output, one JSON object a line: {"step": ..., "seconds": ...}.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
from pathlib import Path

# Rasa would reuse a component trained by older code of ours: it hashes data and settings, not the component's source.
os.environ["RASA_MAX_CACHE_SIZE"] = "0"
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

HERE = Path(__file__).resolve().parent
STARTED = time.monotonic()
#: How far a training steps back for customers who are being served on the same machine.
NICENESS = 10


def tell(step: str) -> None:
    print(json.dumps({"step": step, "seconds": round(time.monotonic() - STARTED, 1)}), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=Path, required=True, help="folder of NLU files")
    parser.add_argument("--out", type=Path, required=True, help="the model file to write")
    asked = parser.parse_args()

    os.nice(NICENESS)
    tell("starting Rasa")
    from rasa.model_training import train
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    # Thousands of debug lines would bury the one that says why a training failed.
    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(logging.WARNING)
    tell("learning from the examples")
    result = train(
        domain=str(HERE / "domain"),
        config=str(HERE / "config.yml"),
        training_files=[str(HERE / "rules"), str(asked.examples.resolve())],
        output=str(asked.out.resolve().parent),
        fixed_model_name=asked.out.name[: -len(".tar.gz")],
        force_training=True,
    )
    if result.model is None:
        tell(f"failed with code {result.code}")
        return 1
    tell("trained")
    return 0


if __name__ == "__main__":
    sys.exit(main())
