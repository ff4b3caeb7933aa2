"""Conversations: what was said, who owns them, what was given, and who wrote before under the same address."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from handoff.columns import UtcTime, Words
from handoff.tables.base import metadata, of_conversation

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("locale", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("token_hash", String(128)),
    Column("owner", String(16), nullable=False),
    Column("agent", Words),
    Column("epoch", Integer, nullable=False),
    Column("dialogue", JSON),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    # Where the channel reaches the customer, in the channel's own terms; none on the website.
    Column("address", Words),
    # Which process has its unanswered messages in hand, and until when unless it says more.
    Column("held_by", String(64)),
    Column("held_until", UtcTime),
    Index(None, "owner", "updated_at"),
    Index(None, "created_at"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(),
    Column("seq", Integer, nullable=False),
    Column("type", String(32), nullable=False),
    Column("role", String(16), nullable=False),
    Column("text", Words, nullable=False),
    Column("data", JSON, nullable=False),
    Column("client_id", Words),
    Column("epoch", Integer, nullable=False),
    # The customer's message this event answers: the last one of the turn.
    Column("turn", Integer),
    Column("handled_at", UtcTime),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("conversation_id", "client_id"),
    # Only a customer's message is ever unhandled, so this index stays as small as the work that is waiting.
    Index(
        "ix_events_unhandled",
        "conversation_id",
        "seq",
        sqlite_where=text("handled_at IS NULL"),
        postgresql_where=text("handled_at IS NULL"),
    ),
)

ownership_changes = Table(
    "ownership_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(),
    Column("epoch", Integer, nullable=False),
    Column("from", String(16), nullable=False),
    Column("to", String(16), nullable=False),
    Column("actor", Words, nullable=False),
    Column("agent", Words),
    Column("reason", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("conversation_id", "epoch"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(),
    Column("field", String(64), nullable=False),
    Column("value", Words),
    Column("raw", Words, nullable=False),
    Column("seq", Integer),
    Column("confirmed", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "conversation_id", "field"),
)

# Who wrote before under the same address. No longer ones: an index of PostgreSQL cannot hold them.
IS_ADDRESS = "field IN ('email', 'phone') AND length(value) <= 200"
HAS_ADDRESS = "address IS NOT NULL AND length(address) <= 200"
Index("ix_facts_address", facts.c.value, sqlite_where=text(IS_ADDRESS), postgresql_where=text(IS_ADDRESS))
Index(
    "ix_conversations_address",
    conversations.c.channel,
    conversations.c.address,
    sqlite_where=text(HAS_ADDRESS),
    postgresql_where=text(HAS_ADDRESS),
)
