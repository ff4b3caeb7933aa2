"""The shapes of the desk's API, as OpenAPI documents them."""

from typing import Any, Literal, NotRequired

# pydantic reads the one of typing only from Python 3.12 on.
from typing_extensions import TypedDict


class Person(TypedDict):
    """Somebody at the desk: their name, and how people call them."""

    name: str
    display: str


class UserShape(TypedDict):
    """Who is signed in. `languages` empty: any; `teams` empty: all."""

    id: int
    name: str
    display: str
    role: str
    languages: list[str]
    teams: list[str]
    capacity: int
    available: bool


class Choices(TypedDict):
    """What a desk needs to know of the product's settings."""

    away_seconds: int
    queue_limit_minutes: float
    present_seconds: int
    team: str
    teams: list[str]
    outcomes: list[str]


class Me(TypedDict):
    """Who is signed in, and the token every POST shows in X-Frontdoor-CSRF."""

    agent: UserShape
    csrf: str
    settings: Choices


class ColleagueShape(TypedDict):
    """A colleague: `present` within the last minute, `load` of `capacity` conversations."""

    id: int
    name: str
    display: str
    role: str
    languages: list[str]
    capacity: int
    available: bool
    present: bool
    load: int


class Colleagues(TypedDict):
    agents: list[ColleagueShape]


class ReasonShape(TypedDict):
    """One reason for a place in the queue, with the points it gave."""

    name: str
    value: str | float | bool
    points: float


class PlaceShape(TypedDict):
    """A place in the queue: 1 is taken first."""

    rank: int
    score: float
    why: list[ReasonShape]


class TicketShape(TypedDict):
    number: str
    status: str
    subject: str
    reply_by: str | None
    opened_at: str


class LastShape(TypedDict):
    """What was said last."""

    text: str
    role: str
    at: str


class ItemShape(TypedDict):
    """A conversation as lists show it. docs/desk-api.md says what each part means."""

    id: str
    customer: dict[str, str | None]
    language: str
    channel: str
    owner: str
    agent: Person | None
    epoch: int
    team: str | None
    reason: str
    since: str
    waiting_since: str | None
    last: LastShape | None
    place: PlaceShape | None
    unread: int
    suggested_agent: Person | None
    snoozed_until: str | None
    outcome: str | None
    ticket: TicketShape | None
    risks: list[str]
    frustration: float


class PageShape(TypedDict):
    """A part of a view, how many there are in each, and what to ask for next."""

    conversations: list[ItemShape]
    counts: dict[str, int]
    next: str | None


class EventShape(TypedDict):
    """Something that happened in a conversation. `about` and `reason`: of a word that did not reach the customer."""

    seq: int
    type: str
    role: str
    text: str
    speaker: Person | None
    sources: list[dict[str, Any]]
    buttons: list[dict[str, Any]]
    at: str
    client_id: str | None
    ticket: NotRequired[dict[str, Any]]
    owner: NotRequired[dict[str, Any]]
    was: NotRequired[str | None]
    about: NotRequired[int | None]
    reason: NotRequired[str | None]


class Whole(TypedDict):
    """A conversation with everything that happened in it. `earlier`: there is more before the first event."""

    conversation: ItemShape
    events: list[EventShape]
    earlier: bool
    packet: dict[str, Any] | None


class EventsShape(TypedDict):
    events: list[EventShape]
    earlier: bool
    typing: bool


class Moved(TypedDict):
    """The conversation as it is after a move."""

    conversation: ItemShape


class WrittenShape(TypedDict):
    """Where a word stands; `fresh` false: it was sent before."""

    seq: int
    fresh: bool


class DraftWarning(TypedDict):
    """Something a draft asks for that is known: `sentence` for the agent, `draft` where it asks."""

    field: str
    value: str | None
    sentence: str
    draft: str


class Warnings(TypedDict):
    warnings: list[DraftWarning]


class ArticleShape(TypedDict):
    permalink: str
    title: str
    text: str
    score: float
    url: str


class ArticlesShape(TypedDict):
    articles: list[ArticleShape]


class ReplyShape(TypedDict):
    """A saved reply. `mine`: the signed-in user wrote it."""

    id: str
    language: str
    title: str
    text: str
    mine: bool


class RepliesShape(TypedDict):
    replies: list[ReplyShape]


class AlertShape(TypedDict):
    """Something to look at, with its evidence in somebody's own words."""

    kind: Literal["risk", "promise", "waiting", "away"]
    name: str | None
    conversation: str
    evidence: str
    seq: int | None
    at: str
    owner: str
    agent: Person | None


class BrokenShape(TypedDict):
    """A promise that was not kept in time."""

    conversation: str
    ticket: str | None
    text: str
    due_at: str
    late_seconds: int
    owner: str
    agent: Person | None


class Overview(TypedDict):
    """What a supervisor looks at."""

    waiting: int
    oldest_seconds: int | None
    agents: list[ColleagueShape]
    alerts: list[AlertShape]
    promises_broken: list[BrokenShape]
    hooks: dict[str, int | bool]
    undelivered: int


class CustomersPlaceShape(TypedDict):
    """Where a customer stands. `place` 1: the next; `minutes` null: no time may be said."""

    owner: str
    place: int | None
    minutes: int | None
    agent: dict[str, str] | None
    typing: bool
    can_leave: bool
    mark: str
