"""The operator at their page: opens it with the key, reads its figures, and takes a picture of it."""

from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Locator, Page
from prometheus_client.parser import text_string_to_metric_families as parse

from .product import Product


class OperatorPage:
    """The page of a running product in one tab."""

    def __init__(self, page: Page, product: Product) -> None:
        self.page = page
        self.product = product
        self.errors: list[str] = []
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda problem: self.errors.append(str(problem)))

    def open(self, lang: str = "en") -> "OperatorPage":
        """As `frontdoor up` prints it: with the key in the address."""
        self.page.goto(f"{self.product.url}/operator?key={key_of(self.product)}&lang={lang}")
        return self

    def figure(self, name: str) -> Locator:
        """The large number of a tile."""
        return self.page.locator(f"#tile-{name}")

    def cell(self, table: str, row: str, column: str) -> str:
        """A cell of a table by the words of its row and column."""
        heads = [head.strip() for head in self.page.locator(f"#table-{table} thead th").all_inner_texts()]
        cells = self.page.locator(f"#table-{table} tbody tr").filter(has=self.page.get_by_role("rowheader", name=row))
        return cells.locator("th, td").nth(heads.index(column)).inner_text()

    def picture(self, file: Path) -> Path:
        """A picture of the whole page."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file, full_page=True)
        return file


def key_of(product: Product) -> str:
    return (product.data / "operator.key").read_text("utf-8").strip()


def figures_of(product: Product) -> dict[str, Any]:
    """The page's figures as JSON."""
    headers = {"Authorization": f"Bearer {key_of(product)}"}
    answer = httpx.get(f"{product.url}/operator/figures", headers=headers, timeout=20, trust_env=False)
    told: dict[str, Any] = answer.raise_for_status().json()
    return told


def scraped(product: Product) -> dict[str, list[tuple[dict[str, str], float]]]:
    """The metrics as Prometheus reads them: series by name."""
    headers = {"Authorization": f"Bearer {key_of(product)}"}
    answer = httpx.get(f"{product.url}/metrics", headers=headers, timeout=20, trust_env=False)
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in parse(answer.raise_for_status().text):
        for sample in family.samples:
            found.setdefault(sample.name.removeprefix("frontdoor_"), []).append((sample.labels, sample.value))
    return found
