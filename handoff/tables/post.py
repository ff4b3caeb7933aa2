"""Post: what messaging apps delivered, what is to reach customers there, and what the operator's webhook is told."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, UniqueConstraint

from handoff.columns import UtcTime, Words
from handoff.tables.base import metadata, of_conversation

# What a messaging app delivered, as it came: once for each of the provider's ids.
inbound = Table(
    "inbound",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("provider_id", String(200), nullable=False),
    of_conversation(nullable=True),
    Column("kind", String(32), nullable=False),
    Column("payload", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("channel", "provider_id"),
)

# What is to reach a customer in a messaging app: one row for each event, written with the event.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(),
    Column("seq", Integer, nullable=False),
    Column("channel", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    # A long text goes out in parts; what was sent is not sent again.
    Column("parts_sent", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("reason", Words),
    # What the provider said to each part: its own message ids.
    Column("sent", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    UniqueConstraint("conversation_id", "seq"),
    Index(None, "status", "due_at"),
    Index(None, "status", "done_at"),
)

# What is to be posted to the operator's own webhook: written with the fact it tells.
hooks = Table(
    "hooks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("type", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("reason", Words),
    Column("at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Index(None, "status", "due_at"),
    Index(None, "done_at"),
)
