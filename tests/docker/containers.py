"""Containers without an engine: the compose file's services as processes of this machine, with what it says of each.

Where this runs as root, each process is the user that its image names, and can write nothing but what is its own.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from .files import ROOT, Image, Service, image_of, services

GROUP = 10001
READ_ALL = "-all,+dac_read_search"
#: As the services' start periods allow, on a machine with two cores.
HEALTHY_WITHIN = 150.0


def as_user(uid: int) -> list[str]:
    """What is put before a command so that it runs as a user who may read this folder and write nothing in it."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return []
    # The code of a test stands in folders only root may enter; an image's does not.
    may_read = ["--inh-caps", READ_ALL, "--ambient-caps", READ_ALL, "--bounding-set", READ_ALL]
    prefix = ["setpriv", "--reuid", str(uid), "--regid", str(GROUP), "--clear-groups", *may_read, "--"]
    return prefix if subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0 else []


class Containers:
    """Starts services, asks for their health, stops them.

    Args:
        place: a folder for the volumes and what the services say.
        variables: what stands in docker/.env.
        ports: the port of this machine for each address of the compose file (``api:8000``).
        otherwise: by service, what else is called differently here.
        bot_python: Python 3.10 with Rasa.
        tools: folders of programs that ready-made images bring.
    """

    def __init__(
        self,
        place: Path,
        variables: dict[str, str],
        ports: dict[str, int],
        otherwise: dict[str, dict[str, str]],
        bot_python: Path,
        tools: list[Path],
    ) -> None:
        self.place = place
        self.services = services(variables)
        self._variables = variables
        self._ports = ports
        self._otherwise = otherwise
        self._path = os.pathsep.join([*map(str, tools), os.environ["PATH"]])
        self._pythons = {"api": Path(sys.executable), "bot": bot_python}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for name, mode in (("data", 0o750), ("jobs", 0o2770), ("turns", 0o770), ("tmp", 0o1777)):
            (place / name).mkdir(exist_ok=True)
            if os.geteuid() == 0:
                os.chown(place / name, GROUP, GROUP)
            (place / name).chmod(mode)

    def _here(self, name: str, word: str) -> str:
        """A word of a service or its image, as it is called on this machine."""
        image = image_of(self.services[name])
        if word.startswith("/"):
            # Both images have the health check, each in its own folder.
            word = re.sub(r"^/app/(docker|bot)/health\.py$", str(ROOT / "docker" / "health.py"), word)
            word = re.sub(r"^/app(?=/|$)", str(ROOT), word)
            return re.sub(r"^/(data|jobs|turns|tmp)(?=/|$)", rf"{self.place}/\1", word)
        for there, here in self._otherwise.get(name, {}).items():
            word = word.replace(there, here)
        own = {f"127.0.0.1:{address.partition(':')[2]}": port for address, port in self._ports.items()}
        for address, port in {**self._ports, **own}.items():
            word = word.replace(address, f"127.0.0.1:{port}")
        for address, port in self._ports.items():
            word = str(port) if word == address.partition(":")[2] else word
        if image and word == "python":
            return str(self._pythons[image.name])
        if word == "frontdoor":
            return str(Path(sys.executable).with_name("frontdoor"))
        return word

    def _image(self, name: str) -> Image:
        image = image_of(self.services[name])
        assert image is not None, f"{name} comes ready made; a test starts it"
        return image

    def environment(self, name: str) -> dict[str, str]:
        """What a service finds in its environment: its image's, then .env, then the compose file's."""
        service, image = self.services[name], image_of(self.services[name])
        found = dict(image.env) if image else {}
        found |= self._variables if service.get("env_file") == ".env" else {}
        found |= service.get("environment", {})
        found["PATH"] = self._path
        here = {key: self._here(name, value) for key, value in found.items()}
        return {**here, "TMPDIR": str(self.place / "tmp"), "COLUMNS": "200"}

    def _start(self, name: str, words: list[str]) -> "subprocess.Popen[bytes]":
        image = self._image(name)
        user = as_user(int(image.user.partition(":")[0]))
        with (self.place / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [*user, *(self._here(name, word) for word in words)],
                cwd=self._here(name, image.workdir),
                env=self.environment(name),
                stdout=log,
                stderr=log,
            )

    def up(self, name: str) -> None:
        """Starts a service with the entry point of its image and the command of the compose file."""
        image = self._image(name)
        command = self.services[name].get("command", image.command)
        self.running[name] = self._start(name, [*image.entry, *command])

    def complete(self, name: str, within: float = 400) -> str:
        """Runs a service that ends; returns what it said."""
        self.up(name)
        code = self.running.pop(name).wait(within)
        assert code == 0, self.log(name)
        return self.log(name)

    def execute(self, name: str, *words: str, within: float = 300) -> str:
        """As `docker compose exec`: a command beside a service's own; returns what both said."""
        process = self._start(name, list(words))
        assert process.wait(within) == 0, self.log(name)
        return self.log(name)

    def ask_health(self, name: str) -> "subprocess.CompletedProcess[str]":
        """Runs a service's health check, as it is written."""
        service: Service = self.services[name]
        image = image_of(service)
        kind, *test = service.get("healthcheck", {}).get("test") or ["CMD", *(image.health if image else [])]
        words = [self._here(name, word) for word in test]
        return subprocess.run(
            ["sh", "-c", *words] if kind == "CMD-SHELL" else words,
            cwd=self._here(name, image.workdir) if image else self.place,
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def healthy(self, name: str) -> None:
        """Asks until the answer is yes, as Docker does; fails when the process ends or it takes too long."""
        deadline = time.monotonic() + HEALTHY_WITHIN
        while (told := self.ask_health(name)).returncode != 0:
            process = self.running.get(name)
            assert process is None or process.poll() is None, self.log(name)
            assert time.monotonic() < deadline, f"{name}: {told.stdout}{told.stderr}\n{self.log(name)}"
            time.sleep(0.3)

    def log(self, name: str) -> str:
        file = self.place / f"{name}.log"
        return file.read_text("utf-8", "replace") if file.is_file() else "nothing: it was started elsewhere"

    def memory(self, name: str) -> int:
        """Megabytes a service holds, its children with it."""
        whole = psutil.Process(self.running[name].pid)
        return sum(each.memory_info().rss for each in [whole, *whole.children(recursive=True)]) // 2**20

    def down(self, name: str) -> int:
        """Sends the image's stop signal; returns the exit code. No child may stay behind."""
        image = self._image(name)
        process = self.running.pop(name)
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.Signals[image.stop])
        code = process.wait(30)
        _, left = psutil.wait_procs(children, timeout=10)
        assert not left, f"{name} left {left} behind"
        return code

    def kill(self) -> None:
        """Whatever still runs when a test has failed."""
        for process in self.running.values():
            process.kill()
            process.wait()
