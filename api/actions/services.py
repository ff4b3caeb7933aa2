"""What actions may use: the knowledge base, tickets, the facts, the team's hours and a few settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.desk.staff import Staff
from api.knowledge import Knowledge
from api.orders.lookups import LookUps
from handoff.details import region_hints
from handoff.events import Events
from handoff.facts import Facts
from handoff.orders import OrderFormat
from handoff.teams import Team
from handoff.tickets import Tickets


@dataclass(frozen=True)
class Services:
    """Built once in wiring and handed to every action."""

    knowledge: Knowledge
    events: Events
    facts: Facts
    tickets: Tickets
    team: Team
    shop_name: str
    orders: OrderFormat
    order_example: str
    phone_region: str
    lookups: LookUps
    staff: Staff
    #: Marks of the settings that change what customers are told, kept with each turn.
    versions: Mapping[str, str] = field(default_factory=dict)

    def regions(self, language: str) -> Sequence[str]:
        """Countries whose way of writing telephone numbers is tried, the likeliest first."""
        return region_hints(language, self.phone_region)
