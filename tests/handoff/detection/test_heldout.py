"""Detection on dialogues it has not learnt from. The floors may only rise."""

from pathlib import Path

import pytest

from handoff.detection import Detector
from handoff.detection.replay import Dialogue, figures, read_dialogues, replay

DATA = Path(__file__).parents[3] / "training_data" / "handoff"
#: Without the encoder: F1 at least, false alarms and delay at most.
FLOORS = {"en": (0.95, 0.0152, 0.0), "zh": (0.904, 0.05, 0.0), "ko": (0.926, 0.0541, 0.036)}


def heldout(language: str, folder: Path) -> list[Dialogue]:
    file = folder / f"{language}.jsonl"
    lines = (DATA / f"{language}.jsonl").read_text("utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if '"split": "heldout"' in line), "utf-8")
    return read_dialogues(file)


@pytest.mark.parametrize("language", FLOORS)
def test_detection_is_no_worse_than_it_was(language: str, tmp_path: Path) -> None:
    detector = Detector()
    dialogues = heldout(language, tmp_path)
    told = figures([replay(one, detector) for one in dialogues])
    f1, alarms, delay = FLOORS[language]
    assert len(dialogues) > 100
    assert told["f1"] >= f1, told
    assert told["false_alarm_rate"] <= alarms, told
    assert told["mean_delay_turns"] <= delay, told
