"""The ground all tables stand on: one list of them, and how a row says which conversation it belongs to."""

from sqlalchemy import Column, ForeignKey, MetaData

# Fixed names, so that a later migration can find a constraint on either database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_conversation(*, nullable: bool = False) -> Column[str]:
    """The column that says whose row it is."""
    return Column("conversation_id", ForeignKey("conversations.id"), nullable=nullable)
