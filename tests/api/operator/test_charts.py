"""Charts: drawn from figures, without a script, a style or an address of somebody else's."""

from xml.etree import ElementTree

import pytest

from api.operator.charts import Chart, Series

SVG = "{http://www.w3.org/2000/svg}"


def a_chart(kind: str, *values: list[int | float | None]) -> Chart:
    series = [Series(f"row {n}", ("good", "fair", "poor", "plain")[n], row) for n, row in enumerate(values)]
    labels = [f"{n:02}:00" for n in range(len(values[0]))]
    return Chart("turns", "Turns", kind, labels, series, 3, lambda v: "–" if v is None else f"{v:g}")  # type: ignore[arg-type]


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg())


@pytest.mark.parametrize("kind", ["stack", "bars", "lines"])
@pytest.mark.parametrize("values", [[0, 0, 0], [None, None, None], [1, None, 5], [0.5, 10**7, 3]])
def test_nothing_in_a_chart_runs_or_comes_from_elsewhere(kind: str, values: list[int | float | None]) -> None:
    text = a_chart(kind, values, values).svg()
    assert "<script" not in text
    assert "<style" not in text
    assert "style=" not in text
    assert "//" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "id=" not in text


def test_each_bar_says_its_number_when_it_is_pointed_at() -> None:
    titles = [title.text for title in drawn(a_chart("stack", [4, 0], [1, 2])).iter(f"{SVG}title")]
    assert titles == ["00:00, row 0: 4", "01:00, row 0: 0", "00:00, row 1: 1", "01:00, row 1: 2"]


def test_a_lonely_hour_is_seen_and_no_line_crosses_hours_without_figures() -> None:
    found = drawn(a_chart("lines", [None, 1.5, None, 2.5, None]))
    assert len(list(found.iter(f"{SVG}circle"))) == 2
    series = [one for one in found.iter(f"{SVG}g") if one.get("class") == "series good"]
    assert series
    assert [path.get("d") for one in series for path in one.iter(f"{SVG}path") if "L" in str(path.get("d"))] == []


@pytest.mark.parametrize(("highest", "last"), [(0, "1"), (1, "1"), (3, "3"), (7, "8"), (41, "60"), (4000, "4000")])
def test_counts_are_measured_in_whole_numbers(highest: int, last: str) -> None:
    texts = [t.text for t in drawn(a_chart("bars", [highest, 0])).iter(f"{SVG}text")]
    numbers = [text for text in texts if text and ":" not in text]
    assert numbers[0] == "0"
    assert numbers[-1] == last
    assert all(number.isdigit() for number in numbers)


def test_a_name_cannot_bring_markup_into_a_chart() -> None:
    chart = Chart("x", "<b>", "bars", ["<i>"], [Series("<script>", "good", [1])], 1, str)
    text = chart.svg()
    assert "<script>" not in text
    assert "<i>" not in text
