"""The straight walk gives what Rasa's scheduler gives, and fails as it fails."""

from pathlib import Path
from typing import Any, Dict

import pytest
from components import straight_runner
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# As Rasa brought it, also when a bot of another test has put ours in its place.
RASAS = straight_runner.RASAS


@pytest.fixture(scope="module")
def processor(trained: Path) -> Any:
    return Agent.load(str(trained)).processor


def tracker(processor: Any, intent: str) -> DialogueStateTracker:
    said = UserUttered("…", {"name": intent, "confidence": 1.0})
    return DialogueStateTracker.from_events("ana", [ActionExecuted("action_listen"), said], processor.domain.slots)


def parsed(processor: Any, run: Any, text: str) -> Dict[str, Any]:
    inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker(processor, "greet")}
    target = processor.model_metadata.nlu_target
    [message] = run(processor.graph_runner, inputs, [target])[target]
    return message.as_dict(only_output_properties=True)


@pytest.mark.parametrize("text", ["where is my refund?", "我的包裹到哪了", "주문 취소해 주세요", ""])
def test_a_message_is_read_the_same(processor, text: str) -> None:
    assert parsed(processor, straight_runner.run, text) == parsed(processor, RASAS, text)


@pytest.mark.parametrize("intent", ["greet", "request_human", "ask_kb", "no intent of ours"])
def test_the_next_action_is_the_same(processor, intent: str) -> None:
    target = processor.model_metadata.core_target
    ours, theirs = (
        run(processor.graph_runner, {PLACEHOLDER_TRACKER: tracker(processor, intent)}, [target])[target]
        for run in (straight_runner.run, RASAS)
    )
    assert ours.probabilities == theirs.probabilities and ours.policy_name == theirs.policy_name
    assert max(ours.probabilities) > 0


def test_a_missing_input_is_told(processor) -> None:
    targets = [processor.model_metadata.core_target]
    for run in (straight_runner.run, RASAS):
        with pytest.raises(GraphRunError, match="Missing input"):
            run(processor.graph_runner, {}, targets)


def test_a_step_that_fails_is_told(processor) -> None:
    inputs = {PLACEHOLDER_MESSAGE: [7], PLACEHOLDER_TRACKER: None}
    for run in (straight_runner.run, RASAS):
        with pytest.raises(GraphComponentException):
            run(processor.graph_runner, inputs, [processor.model_metadata.nlu_target])


def test_a_served_bot_walks_straight(bot) -> None:
    assert DaskGraphRunner.run is straight_runner.run
    runner = bot.app.ctx.agent.processor.graph_runner
    runner.__dict__.pop("_walks", None)
    bot.said("hello")
    # Found at the first message, and used from then on.
    walks = dict(runner._walks)
    bot.said("hello")
    assert len(walks) == 2 and all(runner._walks[wanted] is walk for wanted, walk in walks.items())
