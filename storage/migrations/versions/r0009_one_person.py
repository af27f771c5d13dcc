"""Whom two addresses are known to be; and the roles that an organisation's provider said of whoever signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Adds the columns. Nobody is said to be somebody else yet, and no session has roles from elsewhere."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    text = sa.String(collation="C") if postgresql else sa.String()
    op.add_column("person", sa.Column("same_as", text, nullable=False, server_default=""))
    op.add_column("session", sa.Column("granted", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drops them. Whom addresses belong to stays with the addresses; sessions lose the roles from elsewhere."""
    for table, column in (("session", "granted"), ("person", "same_as")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
