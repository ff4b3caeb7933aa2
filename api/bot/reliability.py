"""Reliability: when the bot says it is 80 % sure of what a customer wants, is it right in 80 of 100 cases?"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

OUT_OF_SCOPE = "__out_of_scope__"
BINS = 10
#: Pixels: the side of one square, and what stands around it.
SIDE, LEFT, TOP, BOTTOM = 200, 44, 52, 44
#: Squares in a row.
ACROSS = 3


@dataclass(frozen=True)
class Bin:
    """Rows read with a probability in one tenth: how many, their mean probability, the share read rightly."""

    rows: int
    said: float
    right: float


def bins(rows: Sequence[dict[str, Any]]) -> list[Bin]:
    """The tenths of probability that have rows, lowest first; only rows that are in scope count.

    Args:
        rows: of a report of ``frontdoor eval intents``: label, predicted, probability.
    """
    tenths: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["label"] != OUT_OF_SCOPE:
            tenths.setdefault(min(int(row["probability"] * BINS), BINS - 1), []).append(row)
    return [
        Bin(
            rows=len(part),
            said=sum(row["probability"] for row in part) / len(part),
            right=sum(row["predicted"] == row["label"] for row in part) / len(part),
        )
        for _, part in sorted(tenths.items())
    ]


def calibration_error(rows: Sequence[dict[str, Any]]) -> float | None:
    """How far probability and share of right readings lie apart, by tenths weighed by their rows (ECE); 0 is best.
    None when no row is in scope."""
    parts = bins(rows)
    total = sum(part.rows for part in parts)
    return sum(part.rows * abs(part.said - part.right) for part in parts) / total if total else None


def picture(reports: dict[str, Sequence[dict[str, Any]]]) -> str:
    """An SVG with one square a report, by name. A dot is a tenth, its area its rows; right ones lie on the line."""
    across = min(len(reports), ACROSS)
    width, height = (LEFT + SIDE) * across + 12, TOP + SIDE + BOTTOM
    squares = "".join(
        f'<g transform="translate({n % ACROSS * (LEFT + SIDE)} {n // ACROSS * height})">{_square(name, rows)}</g>'
        for n, (name, rows) in enumerate(reports.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height * -(-len(reports) // ACROSS)}" '
        'font-family="sans-serif" font-size="11" fill="#222">'
        f'<rect width="100%" height="100%" fill="#fff"/>{squares}</svg>\n'
    )


def _square(name: str, rows: Sequence[dict[str, Any]]) -> str:
    error, parts = calibration_error(rows), bins(rows)
    total = sum(part.rows for part in parts)
    figures = "no row in scope" if error is None else f"ECE {error:.3f}, {total} rows"
    drawn = [
        f'<text x="{LEFT}" y="{TOP - 26}" font-size="12">{escape(name)}</text>',
        f'<text x="{LEFT}" y="{TOP - 10}" fill="#555">{figures}</text>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
        f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="#999" stroke-dasharray="4 4"/>',
        f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 34}" text-anchor="middle">probability said</text>',
        f'<text transform="translate({LEFT - 32} {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">right</text>',
    ]
    for tick in (0, 0.5, 1):
        x, y = LEFT + tick * SIDE, TOP + (1 - tick) * SIDE
        drawn.append(f'<text x="{x}" y="{TOP + SIDE + 16}" text-anchor="middle">{tick:g}</text>')
        drawn.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    points = [(LEFT + part.said * SIDE, TOP + (1 - part.right) * SIDE, part.rows) for part in parts]
    drawn.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)}" fill="none" stroke="#06c"/>')
    drawn += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + 12 * (n / total) ** 0.5:.1f}" fill="#06c" fill-opacity="0.5"/>'
        for x, y, n in points
    ]
    return "".join(drawn)
