"""Guesses: how often an order look-up may fail before nobody is told anything any more."""

import hashlib
import ipaddress
from collections import OrderedDict

from limits import RateLimitItem, parse

from api.limits import Rates

#: An address may be a whole office, or all customers of one mobile network.
PEOPLE_AN_ADDRESS = 4
#: Conversations whose address is remembered; the longest silent one is forgotten first.
REMEMBERED = 10_000


class Guesses:
    """Counts look-ups of a conversation, for an order number and from an address, in windows of fixed length.

    A look-up is counted before it is made and taken back when it was no guess. Counted afterwards, a hundred made at
    the same moment would all be let through.

    Args:
        rates: counts in process or in Redis.
        limit: the setting, such as ``5/hour``.
    """

    def __init__(self, rates: Rates, limit: str) -> None:
        self._rates = rates
        self._limit = parse(limit)
        self._address_limit = type(self._limit)(self._limit.amount * PEOPLE_AN_ADDRESS, self._limit.multiples)
        self._addresses: OrderedDict[str, str] = OrderedDict()

    def came_from(self, conversation_id: str, address: str) -> None:
        """Remembers where a conversation's messages come from: in this process only, and as a hash."""
        self._addresses[conversation_id] = hashlib.sha256(_network(address).encode()).hexdigest()[:24]
        self._addresses.move_to_end(conversation_id)
        if len(self._addresses) > REMEMBERED:
            self._addresses.popitem(last=False)

    async def begin(self, conversation_id: str, number: str) -> bool:
        """Counts one look-up; False when there were too many already."""
        counts = [
            (limit, await self._rates.tally(limit, kind, who))
            for limit, kind, who in self._keys(conversation_id, number)
        ]
        return all(count <= limit.amount for limit, count in counts)

    async def take_back(self, conversation_id: str, number: str) -> None:
        """The look-up was no guess: the right customer was told, or nobody was told anything."""
        for limit, kind, who in self._keys(conversation_id, number):
            await self._rates.tally(limit, kind, who, -1)

    def _keys(self, conversation_id: str, number: str) -> list[tuple[RateLimitItem, str, str]]:
        keys = [(self._limit, "lookup-conversation", conversation_id), (self._limit, "lookup-number", number)]
        address = self._addresses.get(conversation_id)
        return [*keys, (self._address_limit, "lookup-address", address)] if address else keys


def _network(address: str) -> str:
    """Whoever has one IPv6 address has the whole /64 of it."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
