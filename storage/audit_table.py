"""The table of acts and denied attempts. No workflow knows of it: `rebuild` leaves it alone.

Rows are only ever added. Of a row, `detail` alone may go, key by key: what it held is sealed by a salted hash in the row.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from storage.column_types import Json, Text, UtcDateTime
from storage.tables import Row


def _text(*, index: bool = False) -> Any:
    return Field(default="", sa_type=Text, index=index)


class AuditTable(Row, table=True):
    """One act, attempt or denial; `storage.audit` says what the columns mean. `sha256` is of all but itself and `detail`."""

    __tablename__ = "audit"
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    outcome: str = _text()
    action: str = _text()
    person: str = _text(index=True)
    role: str = _text()
    mandate: str = _text()
    country: str = _text(index=True)
    object: str = _text()
    message: str = _text(index=True)
    event_entry: int | None = None
    event_revision: int | None = None
    reasons: list[str] = Field(sa_type=Json)
    refers_to: list[int] = Field(sa_type=Json)
    count: int = 1
    seals: dict[str, str] = Field(sa_type=Json)
    previous: str = _text()
    sha256: str = _text()
    detail: dict[str, Any] = Field(sa_type=Json)
