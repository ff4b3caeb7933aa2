"""Parts: what is killed is gone with its children, what is frozen goes on, and what is ended ends by itself."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from .parts import DidNotStart, Part

#: Starts a child in a session of its own, as PostgreSQL does, and says when both are there.
PROGRAM = """
import signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)
def end(*_):
    child.kill()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("there", flush=True)
while True:
    signal.pause()
"""


class Program(Part):
    def answers(self) -> bool:
        return "there" in self.last_words()


@pytest.fixture
def part(tmp_path: Path) -> Iterator[Part]:
    made = Program("program", [sys.executable, "-c", PROGRAM], dict(os.environ), tmp_path / "program")
    made.start()
    made.until_it_answers(30)
    yield made
    made.close()


def test_what_is_killed_is_gone_with_all_its_children(part: Part) -> None:
    everybody = part.processes()
    assert len(everybody) == 2
    part.kill()
    assert not part.running
    assert psutil.wait_procs(everybody, timeout=5)[1] == []
    assert part.exit_code == -signal.SIGKILL


def test_what_was_killed_can_be_started_again(part: Part) -> None:
    first = part.pid
    part.kill()
    part.start()
    assert part.running
    assert part.pid != first


def test_what_is_frozen_stands_still_and_goes_on(part: Part) -> None:
    part.freeze()
    assert {process.status() for process in part.processes()} == {psutil.STATUS_STOPPED}
    part.thaw()
    assert psutil.STATUS_STOPPED not in {process.status() for process in part.processes()}
    assert part.end() == 0


def test_what_is_frozen_can_be_closed_and_leaves_nothing(part: Part) -> None:
    everybody = part.processes()
    part.freeze()
    part.close()
    assert psutil.wait_procs(everybody, timeout=5)[1] == []


def test_what_leaves_a_child_behind_is_told(tmp_path: Path) -> None:
    made = Program("bad", [sys.executable, "-c", PROGRAM.replace("child.kill()", "pass")], dict(os.environ), tmp_path)
    made.start()
    made.until_it_answers(30)
    everybody = made.processes()
    with pytest.raises(AssertionError, match="left process"):
        made.end()
    for process in everybody[1:]:
        process.kill()


def test_what_does_not_come_up_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    made = Program("bad", [sys.executable, "-c", "raise SystemExit('no such disk')"], dict(os.environ), tmp_path)
    made.start()
    with pytest.raises(DidNotStart, match=r"bad ended with 1(.|\n)*no such disk"):
        made.until_it_answers(30)
