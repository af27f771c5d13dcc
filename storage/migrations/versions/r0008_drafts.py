"""What people type before they hand it in, section by section."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

KEY = ("country", "key", "section", "aside")


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "draft",
        *(sa.Column(name, _text(), nullable=False) for name in KEY),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", _moment(), nullable=False),
        sa.Column("saved_by", _text(), nullable=False),
        sa.Column("saved_role", _text(), nullable=False),
        sa.Column("closed_at", _moment()),
        sa.PrimaryKeyConstraint(*KEY, name="pk_draft"),
    )


def downgrade() -> None:
    """Drops it. What was typed and not handed in is gone for good."""
    op.drop_table("draft")


def _text() -> TypeEngine[str]:
    postgresql = op.get_bind().dialect.name == "postgresql"
    return sa.String(collation="C") if postgresql else sa.String()


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=op.get_bind().dialect.name == "postgresql")
