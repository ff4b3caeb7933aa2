"""The picture of how far probabilities can be trusted shows what was counted."""

from xml.etree import ElementTree

import pytest

from api.bot.reliability import OUT_OF_SCOPE, bins, calibration_error, picture

SVG = "{http://www.w3.org/2000/svg}"


def row(probability: float, right: bool) -> dict[str, object]:
    return {"label": "refund", "predicted": "refund" if right else "invoice", "probability": probability}


def test_rows_are_sorted_into_tenths_of_probability() -> None:
    parts = bins([row(0.95, True), row(1.0, False), row(0.05, False), row(0.0, True)])
    assert [(part.rows, part.right) for part in parts] == [(2, 0.5), (2, 0.5)]
    assert [part.said for part in parts] == pytest.approx([0.025, 0.975])


def test_a_bot_right_as_often_as_it_says_has_no_error() -> None:
    assert calibration_error([row(0.75, True)] * 3 + [row(0.75, False)]) == pytest.approx(0.0)


def test_the_error_is_the_distance_weighed_by_rows() -> None:
    assert calibration_error([row(0.9, False)] + [row(0.5, True)] * 3) == pytest.approx(0.25 * 0.9 + 0.75 * 0.5)


def test_what_is_out_of_scope_has_no_right_intent_and_does_not_count() -> None:
    stranger = {"label": OUT_OF_SCOPE, "predicted": "refund", "probability": 0.9}
    assert calibration_error([stranger]) is None
    assert calibration_error([stranger, row(1.0, True)]) == pytest.approx(0.0)


def test_each_report_has_its_square_and_each_tenth_its_dot() -> None:
    drawn = ElementTree.fromstring(picture({"a<b": [row(0.15, True), row(0.95, True)], "none": []}))
    assert len(drawn.findall(f".//{SVG}circle")) == 2
    assert len(drawn.findall(f".//{SVG}polyline")) == 2
    titles = [text.text for text in drawn.findall(f".//{SVG}text")]
    assert {"a<b", "ECE 0.450, 2 rows", "none", "no row in scope"} <= set(titles)
