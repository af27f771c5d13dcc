"""The read model: countries with all that belongs to them; mail, uploads, the directory of seats."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

TABLES = (
    "appointment",
    "comment",
    "country",
    "cycle",
    "decision",
    "document",
    "entry",
    "mail",
    "task",
    "version",
)


def upgrade() -> None:
    """Makes the tables."""
    _countries()
    _history()
    _handed_in()
    _mail()
    _people_and_documents()


def downgrade() -> None:
    """Drops the tables with their indexes."""
    for table in TABLES:
        op.drop_table(table)


def _countries() -> None:
    op.create_table(
        "country",
        *_keys("code"),
        *_texts("name", "sort_name", "search", "status", "stage"),
        sa.Column("late", sa.Boolean(), nullable=False),
        *_texts("flags"),
        sa.Column("next_deadline", _moment()),
        *_revision_and_content(),
    )
    op.create_index("ix_country_sort_name", "country", ["sort_name"])
    op.create_index("ix_country_status", "country", ["status"])
    op.create_index("ix_country_next_deadline", "country", ["next_deadline"])
    op.create_table(
        "task",
        *_keys("country", "key"),
        *_texts("kind", "role"),
        sa.Column("year", sa.Integer()),
        *_texts("state"),
        sa.Column("due_at", _moment()),
        *_revision_and_content(),
    )
    op.create_index("ix_task_role", "task", ["role"])
    op.create_index("ix_task_state_due", "task", ["state", "due_at"])


def _history() -> None:
    op.create_table(
        "entry",
        *_keys("country"),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", _moment(), nullable=False),
        *_texts("kind"),
        sa.Column("year", sa.Integer()),
        *_revision_and_content(),
    )
    op.create_table(
        "decision",
        *_keys("country", "id"),
        *_texts("kind", "answer"),
        sa.Column("at", _moment()),
        *_revision_and_content(),
    )
    op.create_table(
        "cycle",
        *_keys("country"),
        sa.Column("year", sa.Integer(), primary_key=True),
        *_revision_and_content(),
    )


def _handed_in() -> None:
    op.create_table(
        "version",
        *_keys("country", "kind"),
        sa.Column("year", sa.Integer(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        *_texts("sha256"),
        *_revision_and_content(),
        sa.Column("body", sa.JSON()),
    )
    op.create_table(
        "comment",
        *_keys("country", "about"),
        sa.Column("number", sa.Integer(), primary_key=True),
        *_revision_and_content(),
    )


def _mail() -> None:
    op.create_table(
        "mail",
        *_keys("key"),
        *_texts("country", "cycle", "kind", "task"),
        sa.Column("due_at", _moment(), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        *_texts("state", "answer"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("possible_duplicate", sa.Boolean(), nullable=False),
        sa.Column("finished_at", _moment()),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    for column in ("country", "made_at", "state"):
        op.create_index(f"ix_mail_{column}", "mail", [column])


def _people_and_documents() -> None:
    op.create_table(
        "document",
        *_keys("id"),
        *_texts("country", "name", "media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        *_texts("sha256", "confidentiality", "uploaded_by", "uploaded_role"),
        sa.Column("uploaded_at", _moment(), nullable=False),
    )
    op.create_index("ix_document_country", "document", ["country"])
    op.create_table(
        "appointment",
        *_keys("id"),
        *_texts("role", "seat", "name", "email", "language"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("revision", sa.Integer(), nullable=False),
    )
    op.create_index("ix_appointment_role", "appointment", ["role"])


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _text(), primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _text(), nullable=False) for name in names]


def _revision_and_content() -> list[sa.Column[object]]:
    return [
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    ]


def _text() -> TypeEngine[str]:
    postgresql = op.get_bind().dialect.name == "postgresql"
    return sa.String(collation="C") if postgresql else sa.String()


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=op.get_bind().dialect.name == "postgresql")
