"""Addresses of calendars that people subscribe to; meetings are found by the kind of their entry."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

TEXTS = ("address_sha256", "role", "country", "name", "language", "created_by", "created_role")


def upgrade() -> None:
    """Makes the table and the indexes."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", _text(), nullable=False),
        *(sa.Column(name, _text(), nullable=False) for name in TEXTS),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("revoked_at", _moment()),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
    )
    op.create_index("ix_calendar_feed_address_sha256", "calendar_feed", ["address_sha256"], unique=True)
    op.create_index("ix_calendar_feed_country", "calendar_feed", ["country"])
    op.create_index("ix_entry_kind", "entry", ["kind"])


def downgrade() -> None:
    """Drops them. Addresses that were given out are gone for good: people get new ones."""
    op.drop_index("ix_entry_kind", "entry")
    op.drop_table("calendar_feed")


def _text() -> TypeEngine[str]:
    postgresql = op.get_bind().dialect.name == "postgresql"
    return sa.String(collation="C") if postgresql else sa.String()


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=op.get_bind().dialect.name == "postgresql")
