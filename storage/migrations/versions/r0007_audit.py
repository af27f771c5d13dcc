"""Who did what, and who was not let."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

INDEXED = ("at", "person", "country", "message")


def upgrade() -> None:
    """Makes the table."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    text: TypeEngine[str] = sa.String(collation="C") if postgresql else sa.String()
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=postgresql), nullable=False),
        *(
            sa.Column(name, text, nullable=False)
            for name in ("outcome", "action", "person", "role", "mandate", "country", "object", "message")
        ),
        sa.Column("event_entry", sa.Integer(), nullable=True),
        sa.Column("event_revision", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("refers_to", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seals", sa.JSON(), nullable=False),
        sa.Column("previous", text, nullable=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
    )
    for name in INDEXED:
        op.create_index(f"ix_audit_{name}", "audit", [name])


def downgrade() -> None:
    """Drops it, with all that it proves: no other place has its rows. Export it before."""
    for name in INDEXED:
        op.drop_index(f"ix_audit_{name}", "audit")
    op.drop_table("audit")
