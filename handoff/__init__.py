"""From bot to person: conversations and who owns them, tickets, hours, promises, and what a ticket needs."""
