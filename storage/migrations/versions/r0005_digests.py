"""Who gets a digest instead of single messages, and how often."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Adds the choice to the directory of seats; an empty one is the default of the role."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    text = sa.String(collation="C") if postgresql else sa.String()
    op.add_column("appointment", sa.Column("digest", text, nullable=False, server_default=""))


def downgrade() -> None:
    """Takes the choice away."""
    op.drop_column("appointment", "digest")
