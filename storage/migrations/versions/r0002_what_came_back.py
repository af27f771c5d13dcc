"""Mail: what happened to each message, what came back, and which countries somebody could not be reached in."""

import hashlib
import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_IDENTITY = re.compile(r"[A-Za-z0-9._-]{1,200}")


def upgrade() -> None:
    """Adds the columns and the table; rows of mail get the identities that are made of their keys."""
    op.add_column(
        "country", sa.Column("undelivered", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    for name in ("message_id", "token"):
        op.add_column("mail", sa.Column(name, _text(), nullable=False, server_default=""))
    op.add_column("mail", sa.Column("story", sa.JSON(), nullable=False, server_default="[]"))
    _identify()
    for name in ("message_id", "token"):
        op.create_index(f"ix_mail_{name}", "mail", [name])
    op.create_table(
        "returned",
        sa.Column("id", _text(), primary_key=True),
        *(sa.Column(name, _text(), nullable=False) for name in ("kind", "state", "mail")),
        sa.Column("recorded_at", _moment(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    for name in ("state", "mail", "recorded_at"):
        op.create_index(f"ix_returned_{name}", "returned", [name])


def downgrade() -> None:
    """Takes them away; a message that bounced is one that was sent again."""
    op.drop_table("returned")
    op.execute("UPDATE mail SET state = 'sent' WHERE state = 'bounced'")
    for name in ("message_id", "token"):
        op.drop_index(f"ix_mail_{name}", "mail")
    for table, name in (
        ("mail", "story"),
        ("mail", "token"),
        ("mail", "message_id"),
        ("country", "undelivered"),
    ):
        op.drop_column(table, name)


def _identify() -> None:
    mail = sa.table("mail", *(sa.column(name, sa.String()) for name in ("key", "message_id", "token")))
    connection = op.get_bind()
    for key in connection.execute(sa.select(mail.c.key)).scalars().all():
        token = hashlib.sha256(f"return {key}".encode("utf-8", "replace")).hexdigest()[:24]
        values = {"message_id": _identity(key), "token": token}
        connection.execute(mail.update().where(mail.c.key == key).values(values))


def _identity(key: str) -> str:
    return key if _IDENTITY.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _text() -> TypeEngine[str]:
    postgresql = op.get_bind().dialect.name == "postgresql"
    return sa.String(collation="C") if postgresql else sa.String()


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=op.get_bind().dialect.name == "postgresql")
