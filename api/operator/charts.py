"""Charts: small pictures of figures, drawn as SVG on the server, without a script and without a colour of their own."""

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement

import pygal
from pygal.style import Style

# pygal looks for maps, which are other packages, by a way of importing that Python has given up; tools trip over it.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

WIDTH, HEIGHT = 520, 200
Number = float | int | None
KINDS: dict[str, type[Any]] = {"stack": pygal.StackedBar, "bars": pygal.Bar, "lines": pygal.Line}


@dataclass(frozen=True)
class Series:
    """One row of numbers of a chart, with a name; None where there is nothing to show. ``tone`` is its colour's name
    in operator.css."""

    name: str
    tone: str
    values: Sequence[Number]


@dataclass(frozen=True)
class Chart:
    """A chart: what it shows, its rows, and the names of the places along the bottom, a few of them written out."""

    key: str
    title: str
    kind: Literal["stack", "bars", "lines"]
    labels: Sequence[str]
    series: Sequence[Series]
    every: int
    written: Callable[[Number], str]

    def svg(self) -> str:
        """The picture. Its title names it to a screen reader; the table beside it has the numbers."""
        drawing = KINDS[self.kind](
            width=WIDTH,
            height=HEIGHT,
            margin=4,
            # pygal's own style sheet and script would be inline, and its tooltips come from another site.
            css=[],
            js=[],
            no_prefix=True,
            show_legend=False,
            include_x_axis=True,
            x_label_rotation=0,
            x_labels_major_every=self.every,
            show_minor_x_labels=False,
            truncate_label=-1,
            dots_size=4,
            min_scale=2,
            max_scale=4,
            no_data_text="",
            # A line is not drawn across hours in which nothing happened.
            allow_interruptions=True,
            value_formatter=self.written,
            style=Style(label_font_size=12, major_label_font_size=12),
        )
        drawing.title = None
        drawing.x_labels = list(self.labels)
        if self.kind != "lines":
            drawing.y_labels = self._whole_numbers()
        for one in self.series:
            drawing.add(one.name, list(one.values))
        drawing.add_xml_filter(self._tidied)
        return str(drawing.render(is_unicode=True, disable_xml_declaration=True))

    def _whole_numbers(self) -> list[int]:
        """Places along the side for counts: about four, and never half a conversation."""
        rows = zip(*(one.values for one in self.series), strict=True)
        together = sum if self.kind == "stack" else max
        highest = max((together([value or 0 for value in row]) for row in rows), default=0) or 1
        step = next(s for n in range(12) for s in (10**n, 2 * 10**n, 5 * 10**n) if s * 4 >= highest)
        return list(range(0, math.ceil(highest / step) * step + 1, step))

    def _tidied(self, root: Element) -> Element:
        """Only what is drawn is left; each bar and dot says its numbers when it is pointed at."""
        root.attrib.pop("id", None)
        root.attrib.update({"role": "img", "aria-labelledby": f"chart-{self.key}", "focusable": "false"})
        for child in list(root):
            if not isinstance(child.tag, str) or _name(child) in ("defs", "title"):
                root.remove(child)
        for parent in list(root.iter()):
            for child in list(parent):
                if "-overlay" in child.get("class", "") or _name(child) == "title":
                    parent.remove(child)
        for number, one in enumerate(self.series):
            for group in root.iter():
                if f"serie-{number} " in f"{group.get('class', '')} ":
                    group.set("class", f"series {one.tone}")
                    self._name_values(group, one)
        return root

    def _name_values(self, group: Element, one: Series) -> None:
        for mark in list(group.iter()):
            told = {d.get("class", "").split(" ")[0]: d.text or "" for d in mark if _name(d) == "desc"}
            for child in [d for d in mark if _name(d) == "desc"]:
                mark.remove(child)
            if "value" in told:
                title = SubElement(mark, mark.tag.replace("}g", "}title") if "}" in mark.tag else "title")
                title.text = f"{told.get('x_label', '')}, {one.name}: {told['value']}".lstrip(", ")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
