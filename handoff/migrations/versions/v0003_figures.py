"""Figures: where a turn came from and what went wrong in it, and indexes for counting without reading everything."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TROUBLE = sa.text("trouble IS NOT NULL")
COUNTED = ["at", "outcome", "language", "channel", "milliseconds"]


def upgrade() -> None:
    op.add_column("traces", sa.Column("channel", sa.String(length=64), nullable=True))
    op.add_column("traces", sa.Column("trouble", sa.Text(), nullable=True))
    op.create_index("ix_traces_trouble", "traces", ["at"], unique=False, sqlite_where=TROUBLE, postgresql_where=TROUBLE)
    # Begins like the index on `at` alone, and answers what is counted without a look at the rows.
    op.create_index("ix_traces_figures", "traces", COUNTED, unique=False)
    op.drop_index(op.f("ix_traces_at"), "traces")
    op.create_index(op.f("ix_tickets_status"), "tickets", ["status"], unique=False)
    op.create_index(op.f("ix_outbox_status_done_at"), "outbox", ["status", "done_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_status_done_at"), "outbox")
    op.drop_index(op.f("ix_tickets_status"), "tickets")
    op.create_index(op.f("ix_traces_at"), "traces", ["at"], unique=False)
    op.drop_index("ix_traces_figures", "traces")
    op.drop_index("ix_traces_trouble", "traces")
    with op.batch_alter_table("traces") as traces:
        for name in ("trouble", "channel"):
            traces.drop_column(name)
