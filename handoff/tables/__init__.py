"""The tables: everything the front door has to remember."""

from handoff.tables.base import metadata
from handoff.tables.conversation import HAS_ADDRESS, IS_ADDRESS, conversations, events, facts, ownership_changes
from handoff.tables.desk import agent_sessions, agents, cases, saved_replies, sign_in_failures
from handoff.tables.outcomes import promises, signals, tickets, traces
from handoff.tables.post import hooks, inbound, outbox

__all__ = [
    "HAS_ADDRESS",
    "IS_ADDRESS",
    "agent_sessions",
    "agents",
    "cases",
    "conversations",
    "events",
    "facts",
    "hooks",
    "inbound",
    "metadata",
    "outbox",
    "ownership_changes",
    "promises",
    "saved_replies",
    "sign_in_failures",
    "signals",
    "tickets",
    "traces",
]
