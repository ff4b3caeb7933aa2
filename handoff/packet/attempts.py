"""Attempts: the articles, orders and steps that were tried already, with what came of each and where."""

from collections.abc import Iterable, Mapping, Sequence

from handoff.packet.parts import Attempted
from handoff.packet.readings import look_ups
from handoff.packet.record import Record, Spoken
from handoff.packet.remembered import Remembered
from handoff.packet.sentences import shortened
from handoff.packet.steps import steps_in
from handoff.stream import UNSEEN

#: Of what was tried, the last ones.
MOST = 20
#: How the bot's memory marks an order it told of.
_ORDER = "order:"


def attempts(record: Record, memory: Remembered, spoken: Sequence[Spoken]) -> tuple[Attempted, ...]:
    """Takes what is known and the customer's own messages; returns articles first, then orders, then steps."""
    shown = _shown_at(record.events)
    articles = {
        one.permalink: Attempted("article", one.permalink, one.title, one.outcome, shown.get(one.permalink))  # type: ignore[arg-type]
        for one in memory.tried
        if not one.permalink.startswith(_ORDER)
    }
    told = {one.permalink.removeprefix(_ORDER): one.title for one in memory.tried if one.permalink.startswith(_ORDER)}
    orders = {number: Attempted("order", number, shortened(title, 160), "told", None) for number, title in told.items()}
    for found in look_ups(record.traces):
        title = shortened(told.get(found.number, found.number), 160)
        orders[found.number] = Attempted("order", found.number, title, found.outcome, found.seq)
    taken: dict[str, Attempted] = {}
    for message in spoken:
        for name, quote in steps_in(message.text).items():
            taken[name] = Attempted("step", name, quote, "done", message.seq)
    return (*_last(articles), *_last(orders), *_last(taken))


def _last(tried: Mapping[str, Attempted]) -> Iterable[Attempted]:
    return list(tried.values())[-MOST:]


def _shown_at(events: Iterable[Spoken]) -> dict[str, int]:
    """Where each article was last shown to the customer."""
    places: dict[str, int] = {}
    for event in events:
        sources = event.data.get("sources") if event.role != "customer" and event.type not in UNSEEN else None
        for source in sources if isinstance(sources, list) else []:
            permalink = source.get("permalink") if isinstance(source, Mapping) else None
            if isinstance(permalink, str):
                places[permalink] = event.seq
    return places
