"""People, the addresses of countries' contacts, sign-ins, sessions and machines' tokens; whose seat a seat is."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from storage.contact_addresses import addresses_in

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

TABLES = ("api_token", "session", "sign_in", "contact_address", "person_address", "person")
INDEXES = (
    ("person_address", "person", False),
    ("contact_address", "address", False),
    ("sign_in", "address", False),
    ("sign_in", "token_sha256", True),
    ("sign_in", "browser_sha256", False),
    ("session", "secret_sha256", True),
    ("session", "person", False),
    ("api_token", "secret_sha256", True),
    ("api_token", "person", False),
)


def upgrade() -> None:
    """Makes the tables, and finds the addresses of the contacts on record."""
    _table("person", ["id"], ["name", "language", "time_zone"], [_at("created_at"), _perhaps("last_seen_at")])
    _table("person_address", ["address"], ["person"], [])
    _table("contact_address", ["country", "address"], [], [])
    _table(
        "sign_in",
        ["id"],
        ["address", "person", "token_sha256", "code_sha256", "browser_sha256"],
        [
            sa.Column("wrong_codes", sa.Integer(), nullable=False),
            _at("asked_at"),
            _at("ends_at"),
            _perhaps("used_at"),
        ],
    )
    _table(
        "session",
        ["id"],
        ["secret_sha256", "person", "mandate", "agent", "door"],
        [_at("created_at"), _at("last_used_at"), _at("ends_at"), _perhaps("revoked_at")],
    )
    _table(
        "api_token",
        ["id"],
        ["secret_sha256", "person", "mandate", "name"],
        [
            sa.Column("scopes", sa.JSON(), nullable=False),
            _at("created_at"),
            _at("ends_at"),
            sa.Column("last_used_on", sa.Date()),
            _perhaps("revoked_at"),
        ],
    )
    for table, column, unique in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=unique)
    for name in ("country", "body"):
        op.add_column("appointment", sa.Column(name, _text(), nullable=False, server_default=""))
    _find_contacts()


def downgrade() -> None:
    """Drops them: everybody is signed out, and machines get new tokens."""
    for name in ("body", "country"):
        op.drop_column("appointment", name)
    for table, column, _ in reversed(INDEXES):
        op.drop_index(f"ix_{table}_{column}", table)
    for table in TABLES:
        op.drop_table(table)


def _find_contacts() -> None:
    country = sa.table("country", sa.column("code"), sa.column("content", sa.JSON()))
    found = [
        {"country": row.code, "address": address}
        for row in op.get_bind().execute(sa.select(country))
        for address in sorted(addresses_in(row.content or {}))
    ]
    if found:
        into = sa.table("contact_address", *map(sa.column, ("country", "address")))
        op.get_bind().execute(sa.insert(into), found)


def _table(name: str, keys: Sequence[str], texts: Sequence[str], more: Sequence[sa.Column[object]]) -> None:
    op.create_table(
        name,
        *(sa.Column(one, _text(), nullable=False) for one in (*keys, *texts)),
        *more,
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
    )


def _text() -> TypeEngine[str]:
    postgresql = op.get_bind().dialect.name == "postgresql"
    return sa.String(collation="C") if postgresql else sa.String()


def _at(name: str) -> sa.Column[object]:
    return sa.Column(name, _moment(), nullable=False)


def _perhaps(name: str) -> sa.Column[object]:
    return sa.Column(name, _moment())


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=op.get_bind().dialect.name == "postgresql")
