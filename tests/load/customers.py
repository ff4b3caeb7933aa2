"""Customers: played by Locust in a process of its own; each message is sent when it is due, and its answer timed.

Started by `python -m tests.load`. Writes one JSON object a line to its output: `ready`, `begun`, `over`, and `found`.
"""

import argparse
import itertools
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

import gevent

# Before anything that opens a socket: it makes the standard library's own ones wait without holding up the others.
import locust
from gevent.event import Event
from geventhttpclient import HTTPClient
from locust.env import Environment

from tests.bench.dialogues import Dialogue, dialogues
from tests.load.arrivals import Arrivals

TRAINING_DATA = Path(__file__).resolve().parents[2] / "training_data"
#: Seconds after which a message counts as unanswered.
PATIENCE = 30.0
#: Conversations opened a second before the stream begins.
OPENED = 50.0


class Failed(Exception):
    """A message got no answer; the text is the kind of failure, short, because they are counted by it."""


@dataclass
class Found:
    """What the customers saw of the counted messages: seconds until each was acknowledged and answered."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    in_time: int = 0
    failures: Counter[str] = field(default_factory=Counter)


@dataclass
class Play:
    """What all customers share: where to, when, what to say, and what they saw."""

    hosts: list[str]
    arrivals: Arrivals
    script: list[Dialogue]
    found: Found = field(default_factory=Found)
    begun: Event = field(default_factory=Event)
    start: float = 0.0
    numbers: Any = field(default_factory=itertools.count)
    opened: int = 0
    done: int = 0


class Chat:
    """One conversation: messages go to one replica, and its events may come from another one."""

    def __init__(self, post_to: str, read_from: str) -> None:
        self._posts = HTTPClient.from_url(post_to, concurrency=1, connection_timeout=30, network_timeout=PATIENCE)
        # Longer than the product lets a stream be silent.
        self._reads = HTTPClient.from_url(read_from, concurrency=1, connection_timeout=30, network_timeout=60)
        opened = self._post("/api/v1/conversations", {"locale": "en"}, 201)
        self._place = f"/api/v1/conversations/{opened['id']}"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._ids = itertools.count()
        self._said: list[int] = []
        self._news = Event()
        self._over = ""
        self._listening = gevent.spawn(self._listen)

    def send(self, text: str) -> int:
        """Sends a message; the place it was given."""
        body = {"id": f"m{next(self._ids)}", "text": text}
        return int(self._post(f"{self._place}/messages", body, 202, self._headers)["seq"])

    def answer_to(self, seq: int) -> None:
        """Waits for the bot's words to a message."""
        while not (self._said and self._said[-1] > seq):
            if self._over:
                raise Failed(f"the stream ended: {self._over}")
            self._news.clear()
            self._news.wait()

    def close(self) -> None:
        gevent.kill(self._listening)
        self._posts.close()
        self._reads.close()

    def _post(self, place: str, body: dict[str, Any], wanted: int, headers: dict[str, str] | None = None) -> Any:
        headers = {"Content-Type": "application/json", **(headers or {})}
        answer = self._posts.post(place, body=json.dumps(body), headers=headers)
        told = answer.read()
        if answer.status_code != wanted:
            raise Failed(f"status {answer.status_code}")
        return json.loads(told)

    def _listen(self) -> None:
        try:
            accept = {**self._headers, "Accept": "text/event-stream"}
            stream = self._reads.get(f"{self._place}/events", headers=accept)
            while line := stream.readline(b"\n"):
                if line.startswith(b"data:"):
                    event = json.loads(line[5:])
                    if event["role"] == "bot":
                        self._said.append(int(event["seq"]))
                        self._news.set()
            self._over = "it was closed"
        except (OSError, ValueError, HTTPException) as problem:
            self._over = type(problem).__name__
        finally:
            self._news.set()


class Customer(locust.User):
    """Writes when it is due, as long as the stream lasts; begins a new conversation after each dialogue."""

    play: Play

    def on_start(self) -> None:
        self._number = next(self.play.numbers)
        self._dialogues = itertools.count(self._number)
        self._moments = self.play.arrivals.of(self._number)
        self._texts: list[str] = []
        self._chat: Chat | None = None
        try:
            self._begin()
        except (Failed, OSError, HTTPException) as problem:
            # Counted with its first message, which finds no conversation.
            sys.stderr.write(f"customer {self._number}: {problem!r}\n")
        self.play.opened += 1

    @locust.task
    def write(self) -> None:
        self.play.begun.wait()
        at = next(self._moments, None)
        if at is None:
            self.play.done += 1
            raise locust.exception.StopUser
        intended = self.play.start + at
        gevent.sleep(max(0.0, intended - time.perf_counter()))
        name = "message" if self.play.arrivals.counts(at) else "warm-up"
        problem: Exception | None = None
        try:
            with gevent.Timeout(PATIENCE, Failed(f"no answer in {PATIENCE:g} s")):
                self._say(intended, name == "message")
        except (Failed, OSError, ValueError, HTTPException) as failed:
            problem = failed
            if name == "message":
                self.play.found.failures[str(failed) if isinstance(failed, Failed) else type(failed).__name__] += 1
            self._end()
        self.environment.events.request.fire(
            request_type="chat",
            name=name,
            response_time=1000 * (time.perf_counter() - intended),
            response_length=0,
            exception=problem,
            context={},
        )
        if not self._texts:
            # In the time until the next message, as a customer who comes anew.
            self._end()

    def _say(self, intended: float, counted: bool) -> None:
        if self._chat is None:
            self._begin()
        assert self._chat is not None
        seq = self._chat.send(self._texts.pop(0))
        acknowledged = time.perf_counter()
        self._chat.answer_to(seq)
        answered = time.perf_counter()
        if counted:
            found, arrivals = self.play.found, self.play.arrivals
            found.acknowledged.append(acknowledged - intended)
            found.answered.append(answered - intended)
            found.in_time += answered <= self.play.start + arrivals.warm_up + arrivals.seconds

    def _begin(self) -> None:
        hosts, number = self.play.hosts, self._number
        # All pairs of replicas come up alike.
        self._chat = Chat(hosts[number % len(hosts)], hosts[number // len(hosts) % len(hosts)])
        self._texts = list(self.play.script[next(self._dialogues) % len(self.play.script)].messages)

    def _end(self) -> None:
        if self._chat is not None:
            self._chat.close()
        self._chat, self._texts = None, []
        try:
            self._begin()
        except (Failed, OSError, HTTPException):
            # The next message tries again, and counts the failure if it lasts.
            self._chat = None


def tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", required=True, help="addresses of the replicas, comma separated")
    parser.add_argument("--rate", type=float, required=True, help="messages a second")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up", type=float, required=True)
    asked = parser.parse_args()
    play = Play(asked.hosts.split(","), Arrivals(asked.rate, asked.seconds, asked.warm_up), dialogues(TRAINING_DATA))
    Customer.play = play
    environment = Environment(user_classes=[Customer])
    runner = environment.create_local_runner()
    many = play.arrivals.customers
    runner.start(many, spawn_rate=OPENED)
    while play.opened < many:
        gevent.sleep(0.1)
    tell(stage="ready", customers=many)
    play.start = time.perf_counter() + 0.2
    play.begun.set()
    _until(play.start + asked.warm_up)
    cpu = time.process_time()
    tell(stage="begun")
    _until(play.start + asked.warm_up + asked.seconds)
    tell(stage="over", cpu=time.process_time() - cpu)
    end = time.perf_counter() + 2 * PATIENCE
    while play.done < many and time.perf_counter() < end:
        gevent.sleep(0.1)
    runner.quit()
    found = play.found
    tell(
        stage="found",
        meant=play.arrivals.counted,
        acknowledged=found.acknowledged,
        answered=found.answered,
        in_time=found.in_time,
        failures=dict(found.failures),
    )
    return 0


def _until(moment: float) -> None:
    gevent.sleep(max(0.0, moment - time.perf_counter()))


if __name__ == "__main__":
    sys.exit(main())
