"""Making: a packet with just what a test is about in it, without a database."""

from datetime import UTC, datetime
from typing import Any

from handoff.packet.document import VERSION, Packet
from handoff.packet.parts import Attempted, Given, Language, Problem, Reach, Reason

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LANGUAGES = ("en", "zh", "ko")

CUSTOMERS = {
    "en": {"name": "Jane Miller", "email": "jane.miller@example.com", "phone": "+31612345678"},
    "zh": {"name": "王芳", "email": "wangfang@example.com", "phone": "+8613812345678"},
    "ko": {"name": "김민지", "email": "minji.kim@example.com", "phone": "+821012345678"},
}
PROBLEMS = {
    "en": "My kettle LK-310 leaks at the bottom",
    "zh": "水壶LK-310底部漏水",
    "ko": "주전자 LK-310 바닥에서 물이 새요",
}
ARTICLES = {
    "en": "Kettle LK-310: care and cleaning",
    "zh": "水壶 LK-310 的保养与清洁",
    "ko": "주전자 LK-310 관리와 세척",
}
STEPS = ("restart", "clear_cache", "checked_spam", "sent_photos")


def a_packet(**values: Any) -> Packet:
    """A packet of a conversation in which nothing was said yet, except what is given here."""
    base: dict[str, Any] = {
        "version": VERSION,
        "conversation": "c",
        "made_at": NOW,
        "as_of_seq": 0,
        "owner": "agent",
        "agent": "kim",
        "epoch": 2,
        "reason": Reason("none", "", "none", None),
        "ledger": (),
        "telling": (),
        "problem": None,
        "given": (),
        "understanding": None,
        "tried": (),
        "promises": (),
        "mood": (),
        "language": Language("en", (), False),
        "reach": Reach("web", None, None, None, None, True),
        "earlier": (),
        "passages": (),
        "opening": "Hello.",
    }
    return Packet(**{**base, **values})


def full(language: str) -> Packet:
    """A packet that holds everything an agent might ask for."""
    details = CUSTOMERS[language] | {"order_number": "LL-20418837"}
    given = tuple(Given(field, value, "claimed", value, 3) for field, value in details.items())
    article = Attempted("article", f"/{language}/help/kettle/", ARTICLES[language], "rejected", 2)
    steps = tuple(Attempted("step", name, name, "done", 5) for name in STEPS)
    problem = Problem(PROBLEMS[language], "damaged_item", True, "ticket")
    return a_packet(given=given, problem=problem, tried=(article, *steps), language=Language(language, (), False))
