"""What the tests of the knowledge base share: one exported encoder, a quick one made of letters, small articles."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder
from kb_index.export import DEFAULT_SOURCE, export_encoder
from tests.kb_index.letters import LetterEncoder


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default encoder, exported once; FRONTDOOR_TEST_CACHE keeps it from one run to the next."""
    cache = os.environ.get("FRONTDOOR_TEST_CACHE")
    folder = (Path(cache) if cache else tmp_path_factory.mktemp("encoder")) / "all-MiniLM-L6-v2"
    export_encoder(DEFAULT_SOURCE, folder)
    return folder


@pytest.fixture(scope="session")
def minilm(exported: Path) -> OnnxEncoder:
    return OnnxEncoder(exported)


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an article: write("returns/start._en.md", "text", title="…")."""

    def put(name: str, body: str, **front: object) -> Path:
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}: {value}" for key, value in front.items()]
        path.write_text("\n".join(["---", *lines, "---", "", body, ""]), encoding="utf-8")
        return path

    return put


SHOP = {
    "returns/start._en.md": (
        "How do I return an item?",
        "You can return an item within 30 days.\n\n## Send it back\n\n1. Print the label.\n2. Hand it to the carrier.",
    ),
    "returns/start._zh.md": ("怎么退货？", "收到后 30 天内可以退货。\n\n## 寄回\n\n1. 打印标签。\n2. 交给快递。"),
    "delivery/late._en.md": (
        "My parcel is late",
        "A parcel counts as late after seven working days.\n\n## What we do\n\nWe ask the carrier to search for it.",
    ),
    "delivery/late._ko.md": ("배송이 늦어요", "7영업일이 지나면 배송이 늦은 것으로 봅니다."),
    "products/grinder._en.md": (
        "Coffee grinder LK-220",
        "The LK-220 grinds 100 g at once.\n\n## Error E3\n\nError E3 means that the grinder is blocked. Clean it.",
    ),
    "internal/refund-rules._en.md": (
        "Refund rules for agents",
        "Agents may refund a zebra lamp without a photo.",
    ),
}


@pytest.fixture
def shop(write: Write, tmp_path: Path) -> Path:
    """A small shop's articles in three languages, one of them internal."""
    for name, (title, body) in SHOP.items():
        extra = {"internal": "true"} if name.startswith("internal") else {}
        write(name, body, title=f'"{title}"', **extra)
    return tmp_path / "articles"


@pytest.fixture
def base(shop: Path, letters: LetterEncoder, tmp_path: Path) -> KnowledgeBase:
    knowledge = KnowledgeBase(shop, letters, tmp_path / "store")
    knowledge.load()
    return knowledge
