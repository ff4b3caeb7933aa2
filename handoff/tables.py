"""The tables: everything the front door has to remember, in one place."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from handoff.columns import UtcTime, Words

# Fixed names, so that a later migration can find a constraint on either database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_conversation(*, nullable: bool = False) -> Column[str]:
    return Column("conversation_id", ForeignKey("conversations.id"), nullable=nullable)


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
    _of_conversation(),
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
    _of_conversation(),
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
    _of_conversation(),
    Column("field", String(64), nullable=False),
    Column("value", Words),
    Column("raw", Words, nullable=False),
    Column("seq", Integer),
    Column("confirmed", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "conversation_id", "field"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", String(16), nullable=False, unique=True),
    Column("key", String(200), nullable=False, unique=True),
    _of_conversation(),
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
    _of_conversation(),
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
    _of_conversation(),
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

# What a messaging app delivered, as it came: once for each of the provider's ids.
inbound = Table(
    "inbound",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("provider_id", String(200), nullable=False),
    _of_conversation(nullable=True),
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
    _of_conversation(),
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

# What a customer's message gave away of how it goes: why a person was asked in, kept with the words that say so.
signals = Table(
    "signals",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_conversation(),
    Column("seq", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("weight", Float, nullable=False),
    Column("quote", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("conversation_id", "seq", "name"),
    Index(None, "at"),
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
