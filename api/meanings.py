"""Meanings: the encoder's numbers for what customers wrote, so that detection can read them without waiting."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence

#: Messages that are remembered; a conversation asks for its last ones again at each of its turns.
KEPT = 2000

Row = tuple[float, ...]
Encode = Callable[[list[str]], Awaitable[Iterable[Iterable[float]]]]


class Meanings:
    """Remembers what messages mean.

    Args:
        encode: gives a row of numbers for each text, away from the event loop.
        kept: how many are remembered; the one not asked for longest is forgotten first.
    """

    def __init__(self, encode: Encode, kept: int = KEPT) -> None:
        self._encode = encode
        self._kept = kept
        self._rows: OrderedDict[str, Row] = OrderedDict()

    async def learn(self, texts: Sequence[str]) -> None:
        """Has those encoded that are not known yet."""
        fresh = list(dict.fromkeys(text for text in texts if text not in self._rows))
        if fresh:
            for text, row in zip(fresh, await self._encode(fresh), strict=True):
                self._rows[text] = tuple(map(float, row))
        while len(self._rows) > self._kept:
            self._rows.popitem(last=False)

    def of(self, text: str) -> Row | None:
        """The numbers of a message, or None when it was not learnt or is forgotten."""
        row = self._rows.get(text)
        if row is not None:
            self._rows.move_to_end(text)
        return row
