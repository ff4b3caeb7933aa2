"""Detection on dialogues it was not fitted on: what was reached once may not be lost."""

import json
from pathlib import Path

import pytest

from handoff.detection import Detector, Said
from handoff.detection.replay import BadDialogues, evaluate, read_dialogues

DATA = Path(__file__).parents[3] / "training_data" / "handoff"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """The held-out dialogues of all languages, read without an encoder."""
    file = tmp_path_factory.mktemp("dialogues") / "heldout.jsonl"
    lines = [line for one in sorted(DATA.glob("??.jsonl")) for line in one.read_text("utf-8").splitlines()]
    file.write_text("\n".join(line for line in lines if json.loads(line)["split"] == "heldout"), "utf-8")
    result: dict[str, float] = evaluate(read_dialogues(file), Detector())
    return result


def test_who_needs_a_person_is_found_and_who_does_not_is_left_alone(report: dict[str, float]) -> None:
    assert report["f1"] >= 0.84
    assert report["false_alarm_rate"] <= 0.10
    assert report["mean_delay_turns"] <= 0.1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I want to talk to a human please"),
        ("en", "get me a human"),
        ("zh", "我要转人工客服"),
        ("ko", "상담원 연결해 주세요"),
    ],
)
def test_an_explicit_request_is_honoured_at_once(language: str, text: str) -> None:
    reading = Detector().read([Said("customer", text, 1)], language)
    assert (reading.decision, reading.reason) == ("hand_over", "explicit_request")
    assert any(signal.name == "explicit_request" and signal.quote in text for signal in reading.ledger)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "THANK YOU SO MUCH!!! THAT WAS QUICK!!!"),
        ("en", "no problem at all, the parcel came this morning"),
        ("zh", "太好啦！！！谢谢你们！！！"),
        ("ko", "우와 진짜 빨리 왔네요!!! 감사합니다!!!"),
    ],
)
def test_joy_and_thanks_are_no_frustration(language: str, text: str) -> None:
    assert Detector().read([Said("customer", text, 1)], language).decision == "go_on"


def test_a_dialogue_that_cannot_be_read_is_named_by_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('{"id": "1", "lang": "en"\n', "utf-8")
    with pytest.raises(BadDialogues, match=r"broken\.jsonl:1"):
        read_dialogues(file)
