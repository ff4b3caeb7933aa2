"""Machine: what the figures were measured on, without a name or a date."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.bench.processes import memory_kind
from tests.journeys.product import BOT_PYTHON


def facts() -> dict[str, object]:
    """Cores, memory and versions, and how busy the machine was before the benchmark began."""
    return {
        "cores": len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "bot_python": _bot("import platform; print(platform.python_version())"),
        "rasa": _bot("from importlib.metadata import version; print(version('rasa'))"),
        "httpx": version("httpx"),
        "memory_is": memory_kind(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _bot(code: str) -> str:
    done = subprocess.run([str(BOT_PYTHON), "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
