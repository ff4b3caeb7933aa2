"""The desk: who works at it, their sessions, what they keep of a conversation, and their saved replies."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

from handoff.columns import UtcTime, Words
from handoff.tables.base import metadata

# Who works at the desk. Who was removed stays as a name, for the conversations they had.
agents = Table(
    "agents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("display", Words, nullable=False),
    Column("role", String(32), nullable=False),
    Column("languages", JSON, nullable=False),
    Column("teams", JSON, nullable=False),
    Column("capacity", Integer, nullable=False),
    # None: nobody can sign in as them.
    Column("password_hash", Words),
    Column("available", Boolean, nullable=False),
    # When their page was heard from last.
    Column("seen_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
)

# Only a hash of the token: whoever reads this table cannot sign in with it.
agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Index(None, "agent_id"),
    Index(None, "seen_at"),
)

# Wrong passwords, counted for names (also those nobody has) and for addresses.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("who", String(200), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("locked_until", UtcTime),
    Index(None, "since"),
)

# What the desk keeps of a conversation besides what is said in it.
cases = Table(
    "cases",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    # Whose queue it is in; None: everybody's.
    Column("team", String(64)),
    # The last message somebody at the desk has read.
    Column("read_seq", Integer, nullable=False),
    Column("snoozed_until", UtcTime),
    # The last event there was when it was snoozed: a later word of the customer's ends it.
    Column("snoozed_seq", Integer),
    Column("outcome", String(16)),
    Column("outcome_at", UtcTime),
)

saved_replies = Table(
    "saved_replies",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("language", String(16), nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    # None: came with the product.
    Column("author", String(64)),
    Column("changed_at", UtcTime, nullable=False),
    # Deleted ones stay as a mark, so that those of the product do not come back.
    Column("deleted_at", UtcTime),
)
