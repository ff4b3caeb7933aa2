"""What comes of a conversation: tickets, promises, why the bot said what it said, and how the customer felt."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from handoff.columns import UtcTime, Words
from handoff.tables.base import metadata, of_conversation

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", String(16), nullable=False, unique=True),
    Column("key", String(200), nullable=False, unique=True),
    of_conversation(),
    Column("team", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("language", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("details", JSON, nullable=False),
    Column("intent", Words),
    Column("tried", JSON, nullable=False),
    Column("transcript", JSON, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("reply_by", UtcTime),
    Index(None, "conversation_id"),
    Index(None, "team", "status", "opened_at"),
    Index(None, "opened_at"),
    Index(None, "status"),
)

promises = Table(
    "promises",
    metadata,
    Column("id", String(32), primary_key=True),
    of_conversation(),
    Column("ticket_id", ForeignKey("tickets.id")),
    Column("kind", String(32), nullable=False),
    Column("text", Words, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("kept_at", UtcTime),
    Index(None, "conversation_id"),
    Index(None, "kept_at", "due_at"),
)

traces = Table(
    "traces",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(),
    Column("seq", Integer, nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    # What figures are made of: what the turn came to, in which language, and how long it was thought about.
    Column("language", Words),
    Column("outcome", String(16)),
    Column("milliseconds", Integer),
    Column("channel", String(64)),
    # What kept the turn from going as it should; never a word of the customer's.
    Column("trouble", Words),
    Index(None, "conversation_id", "seq"),
    Index("ix_traces_figures", "at", "outcome", "language", "channel", "milliseconds"),
    Index(
        "ix_traces_trouble",
        "at",
        sqlite_where=text("trouble IS NOT NULL"),
        postgresql_where=text("trouble IS NOT NULL"),
    ),
)

# What a customer's message gave away of how it goes: why a person was asked in, kept with the words that say so.
signals = Table(
    "signals",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(),
    Column("seq", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("weight", Float, nullable=False),
    Column("quote", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("conversation_id", "seq", "name"),
    Index(None, "at"),
)
