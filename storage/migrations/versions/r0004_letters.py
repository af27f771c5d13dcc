"""Letters of record: their numbers, what became of them, and where the letters themselves lie."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Makes the table."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    text: TypeEngine[str] = sa.String(collation="C") if postgresql else sa.String()
    op.create_table(
        "letter",
        sa.Column("country", text, primary_key=True),
        sa.Column("number", text, primary_key=True),
        sa.Column("kind", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=postgresql), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    """Drops it; `rebuild` can make its rows again."""
    op.drop_table("letter")
