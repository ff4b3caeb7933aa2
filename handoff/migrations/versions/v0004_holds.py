"""Holds: which process has a conversation's unanswered messages in hand, and until when unless it says more."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("held_by", sa.String(length=64), nullable=True))
    op.add_column("conversations", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as conversations:
        for name in ("held_until", "held_by"):
            conversations.drop_column(name)
