"""The tables of the read model: each row keeps the whole record as JSON beside what is searched.

`revision` is the country's revision when a row was written: an older batch never overwrites a newer row.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, MetaData
from sqlmodel import Field, SQLModel

from storage.column_types import Json, Text, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """What all tables have in common: the metadata with its naming convention."""

    metadata = metadata


def _key() -> Any:
    return Field(primary_key=True, sa_type=Text)


def _text(*, index: bool = False) -> Any:
    return Field(default="", sa_type=Text, index=index)


def _moment(*, index: bool = False) -> Any:
    return Field(default=None, sa_type=UtcDateTime, index=index, nullable=True)


def _json() -> Any:
    return Field(sa_type=Json)


class CountryTable(Row, table=True):
    """One country as the board shows it. `search`: its folded name and code; `flags`: open ones, in bars."""

    __tablename__ = "country"
    code: str = _key()
    name: str = _text()
    sort_name: str = _text(index=True)
    search: str = _text()
    status: str = _text(index=True)
    stage: str = _text()
    late: bool = False
    flags: str = _text()
    undelivered: bool = False
    next_deadline: datetime | None = _moment(index=True)
    revision: int
    content: dict[str, Any] = _json()


class TaskTable(Row, table=True):
    """One task of a country."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_state_due", "state", "due_at"),)
    country: str = _key()
    key: str = _key()
    kind: str = _text()
    role: str = _text(index=True)
    year: int | None = None
    state: str = _text()
    due_at: datetime | None = _moment()
    revision: int
    content: dict[str, Any] = _json()


class EntryTable(Row, table=True):
    """One line of a country's timeline."""

    __tablename__ = "entry"
    country: str = _key()
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    kind: str = _text(index=True)
    year: int | None = None
    revision: int
    content: dict[str, Any] = _json()


class VersionTable(Row, table=True):
    """One version of something handed in, with its content as `body`. `year` is 0 where the kind has none."""

    __tablename__ = "version"
    country: str = _key()
    kind: str = _key()
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    sha256: str = _text()
    revision: int
    content: dict[str, Any] = _json()
    body: dict[str, Any] | None = Field(default=None, sa_type=Json, nullable=True)


class DecisionTable(Row, table=True):
    """One decision of the GCM with its answer; `at` is the moment of the answer."""

    __tablename__ = "decision"
    country: str = _key()
    id: str = _key()
    kind: str = _text()
    answer: str = _text()
    at: datetime | None = _moment()
    revision: int
    content: dict[str, Any] = _json()


class CycleTable(Row, table=True):
    """One yearly cycle of a country."""

    __tablename__ = "cycle"
    country: str = _key()
    year: int = Field(primary_key=True)
    revision: int
    content: dict[str, Any] = _json()


class CommentTable(Row, table=True):
    """One numbered comment and its answer."""

    __tablename__ = "comment"
    country: str = _key()
    about: str = _key()
    number: int = Field(primary_key=True)
    revision: int
    content: dict[str, Any] = _json()


class LetterTable(Row, table=True):
    """One letter of record, by its number."""

    __tablename__ = "letter"
    country: str = _key()
    number: str = _key()
    kind: str = _text()
    state: str = _text()
    public: bool = False
    drafted_at: datetime = Field(sa_type=UtcDateTime)
    revision: int
    content: dict[str, Any] = _json()


class MailTable(Row, table=True):
    """The ledger: one row for each message to each recipient. `finished_at`: of the final outcome.

    `message_id` (the part before the @) and `token` are made of the key: reports that come back are matched by them.
    """

    __tablename__ = "mail"
    key: str = _key()
    country: str = _text(index=True)
    cycle: str = _text()
    kind: str = _text()
    task: str = _text()
    due_at: datetime = Field(sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    state: str = _text(index=True)
    answer: str = _text()
    attempts: int = 0
    possible_duplicate: bool = False
    finished_at: datetime | None = _moment()
    message_id: str = _text(index=True)
    token: str = _text(index=True)
    story: list[dict[str, Any]] = _json()
    content: dict[str, Any] = _json()


class ReturnTable(Row, table=True):
    """One message that came back to the return mailbox. Its bytes and a card with all that lie in the document store.

    `state`: `open` until somebody has looked at it, `seen` then, or `noted` where the ledger says all. `mail`: the
    key of the message that it is about, if one was found.
    """

    __tablename__ = "returned"
    id: str = _key()
    kind: str = _text()
    state: str = _text(index=True)
    mail: str = _text(index=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime, index=True)
    content: dict[str, Any] = _json()


class DocumentTable(Row, table=True):
    """One uploaded document. The bytes and a card with the same particulars lie in the document store."""

    __tablename__ = "document"
    id: str = _key()
    country: str = _text(index=True)
    name: str = _text()
    media_type: str = _text()
    size: int
    sha256: str = _text()
    confidentiality: str = _text()
    uploaded_by: str = _text()
    uploaded_role: str = _text()
    uploaded_at: datetime = Field(sa_type=UtcDateTime)


class AppointmentTable(Row, table=True):
    """Who holds a seat, from when until when (both days included)."""

    __tablename__ = "appointment"
    id: str = _key()
    role: str = _text(index=True)
    seat: str = _text()
    name: str = _text()
    email: str = _text()
    language: str = _text()
    from_on: date
    until_on: date | None = None
    digest: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    country: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    body: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    revision: int


class CalendarFeedTable(Row, table=True):
    """One address at which a person's calendar can be subscribed to; of the address itself only its hash is kept.

    No workflow knows of it: `rebuild` leaves it alone.
    """

    __tablename__ = "calendar_feed"
    id: str = _key()
    address_sha256: str = Field(sa_type=Text, index=True, unique=True)
    role: str = _text()
    country: str = _text(index=True)
    name: str = _text()
    language: str = _text()
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str = _text()
    created_role: str = _text()
    revoked_at: datetime | None = _moment()


class DraftTable(Row, table=True):
    """What was typed into a section of a task's form and not handed in yet. `saved_by`: a person's id, a pseudonym.

    `aside`: empty for the text that stands; one saved against another that came meanwhile has its author's id there.
    `content` is whatever people typed, which may name persons. No workflow knows of it: `rebuild` leaves it alone.
    """

    __tablename__ = "draft"
    country: str = _key()
    key: str = _key()
    section: str = _key()
    aside: str = _key()
    content: dict[str, Any] = _json()
    version: int
    saved_at: datetime = Field(sa_type=UtcDateTime)
    saved_by: str = _text()
    saved_role: str = _text()
    closed_at: datetime | None = _moment()


OF_A_COUNTRY = (EntryTable, TaskTable, VersionTable, DecisionTable, CycleTable, CommentTable, LetterTable)
"""The tables with rows of one country, beside the country itself."""
