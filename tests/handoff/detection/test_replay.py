"""The report of `frontdoor eval handoff`, and what is said of a file that cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from handoff.detection import Detector
from handoff.detection.replay import BadDialogues, Dialogue, Replayed, evaluate, figures, read_dialogues, replay


def row(**changes: Any) -> dict[str, Any]:
    turns = [
        {"role": "customer", "text": "hi"},
        {"role": "bot", "text": "Hello!"},
        {"role": "customer", "text": "agent"},
    ]
    return {"id": "a", "lang": "en", "turns": turns, "handoff_at": 2, "reason": "explicit_request"} | changes


def written(folder: Path, *rows: object) -> Path:
    file = folder / "d.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows), "utf-8")
    return file


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{", r"d\.jsonl:2: this is not JSON"),
        ([], r"d\.jsonl:2: a dialogue must be a JSON object"),
        (row(id=""), r"d\.jsonl:2: id must be a text"),
        (row(id="b", lang=None), r"d\.jsonl:2: lang must be a text; it is missing"),
        (row(id="b", turns=[]), r"d\.jsonl:2: turns must be a list"),
        (
            row(id="b", turns=[{"role": "robot", "text": "x"}]),
            r"turns\[0\]\.role must be customer, bot or agent; it is \"robot\"",
        ),
        (row(id="b", turns=[{"role": "customer"}]), r"turns\[0\]\.text must be a text"),
        (row(id="b", handoff_at=3), r"handoff_at must be null or a turn from 0 to 2; it is 3"),
        (row(id="b", handoff_at=True), r"handoff_at must be null or a turn"),
        (row(id="b", handoff_at=1), r"handoff_at must be a customer's turn; turn 1 is the bot's"),
        (row(id="b", reason=7), r"reason must be a text or null"),
        (row(), r"d\.jsonl:2: id \"?'?a\"?'? stands in line 1 too"),
        ({key: value for key, value in row(id="b").items() if key != "handoff_at"}, "handoff_at is missing"),
    ],
)
def test_a_bad_line_is_named_with_what_to_do(tmp_path: Path, bad: object, says: str) -> None:
    with pytest.raises(BadDialogues, match=says):
        read_dialogues(written(tmp_path, row(), bad))


def test_an_empty_file_and_one_in_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDialogues, match="no dialogue"):
        read_dialogues(written(tmp_path, ""))
    (tmp_path / "k.jsonl").write_bytes("상담".encode("euc-kr"))
    with pytest.raises(BadDialogues, match="UTF-8"):
        read_dialogues(tmp_path / "k.jsonl")


def test_fields_it_does_not_know_and_a_missing_reason_are_no_trouble(tmp_path: Path) -> None:
    found = read_dialogues(written(tmp_path, row(note="x", split="heldout", handoff_at=None, reason=None)))
    assert (found[0].handoff_at, found[0].reason) == (None, "")


def test_the_replay_stops_at_the_first_handover_with_its_ledger(tmp_path: Path) -> None:
    turns = [*row()["turns"], {"role": "bot", "text": "?"}, {"role": "customer", "text": "human!!"}]
    report = evaluate(read_dialogues(written(tmp_path, row(turns=turns))), Detector())
    only = report["rows"][0]
    assert (only["id"], only["predicted_at"], only["reason"]) == ("a", 2, "explicit_request")
    assert only["ledger"][0] == {
        "turn": 2,
        "signal": "explicit_request",
        "weight": only["ledger"][0]["weight"],
        "quote": "agent",
    }


def test_a_calm_dialogue_is_read_to_its_end(tmp_path: Path) -> None:
    calm = read_dialogues(written(tmp_path, row(turns=row()["turns"][:2], handoff_at=None)))
    assert replay(calm[0], Detector()).predicted_at is None


def done(at: int | None, predicted: int | None, reason: str = "anger") -> Replayed:
    return Replayed(Dialogue("x", "en", (), at, reason if at is not None else ""), predicted, "anger", ())


def test_figures_count_late_early_missed_and_needless_handovers() -> None:
    told = figures([done(2, 2), done(2, 6), done(4, 2), done(4, None), done(None, 0), done(None, None)])
    assert told["precision"] == 3 / 4
    assert told["recall"] == 3 / 4
    assert told["f1"] == pytest.approx(3 / 4)
    assert told["false_alarm_rate"] == 1 / 2
    assert told["mean_delay_turns"] == pytest.approx(4 / 3)
    assert told["early"] == 1


def test_figures_with_nothing_behind_them_are_none_and_not_zero() -> None:
    told = figures([])
    assert (told["precision"], told["recall"], told["f1"], told["false_alarm_rate"]) == (None, None, None, None)
    assert figures([done(2, None), done(None, None)])["recall"] == 0


def test_languages_and_reasons_are_told_apart(tmp_path: Path) -> None:
    other = row(id="b", lang="ko", turns=[{"role": "customer", "text": "감사합니다"}], handoff_at=None, reason="")
    report = evaluate(read_dialogues(written(tmp_path, row(), other)), Detector())
    assert set(report["by_language"]) == {"en", "ko"}
    assert report["by_language"]["ko"]["false_alarm_rate"] == 0
    assert report["by_reason"]["explicit_request"] == {
        "handoffs": 1, "recall": 1.0, "mean_delay_turns": 0.0, "reason_agrees": 1.0,
    }  # fmt: skip
