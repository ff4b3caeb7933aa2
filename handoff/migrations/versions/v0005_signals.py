"""Signals: what in a customer's words asked for a person; and finding the same customer's earlier conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_IS_ADDRESS = sa.text("field IN ('email', 'phone') AND length(value) <= 200")
_HAS_ADDRESS = sa.text("address IS NOT NULL AND length(address) <= 200")


def upgrade() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_signals_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signals"),
        sa.UniqueConstraint("conversation_id", "seq", "name", name="uq_signals_conversation_id_seq_name"),
    )
    op.create_index("ix_signals_at", "signals", ["at"])
    op.create_index("ix_facts_address", "facts", ["value"], sqlite_where=_IS_ADDRESS, postgresql_where=_IS_ADDRESS)
    op.create_index(
        "ix_conversations_address",
        "conversations",
        ["channel", "address"],
        sqlite_where=_HAS_ADDRESS,
        postgresql_where=_HAS_ADDRESS,
    )


def downgrade() -> None:
    op.drop_index("ix_conversations_address", "conversations")
    op.drop_index("ix_facts_address", "facts")
    op.drop_table("signals")
