"""The tables of sign-in: who somebody is, at which address, and by what they are let in. Secrets are kept as hashes only.

No workflow knows of these but for the contacts' addresses, which are written with their country: `rebuild` makes those
anew and leaves the others alone. Names and addresses lie here and in no key, so that they can be erased.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from storage.column_types import Json, Text, UtcDateTime
from storage.tables import Row


def _key() -> Any:
    return Field(primary_key=True, sa_type=Text)


def _text(*, index: bool = False, unique: bool = False) -> Any:
    return Field(default="", sa_type=Text, index=index, unique=unique)


def _at() -> Any:
    return Field(sa_type=UtcDateTime)


def _perhaps() -> Any:
    return Field(default=None, sa_type=UtcDateTime, nullable=True)


class PersonTable(Row, table=True):
    """A person, under an id that says nothing of them. `same_as`: who that is, once they are known to be one; the acts of
    before stay under this id."""

    __tablename__ = "person"
    id: str = _key()
    name: str = _text()
    language: str = _text()
    time_zone: str = _text()
    same_as: str = _text()
    created_at: datetime = _at()
    last_seen_at: datetime | None = _perhaps()


class PersonAddressTable(Row, table=True):
    """An address at which a person is known, folded."""

    __tablename__ = "person_address"
    address: str = _key()
    person: str = _text(index=True)


class ContactAddressTable(Row, table=True):
    """In which countries' contacts an address stands, folded. In which capacity, the country's row says."""

    __tablename__ = "contact_address"
    country: str = _key()
    address: str = Field(primary_key=True, sa_type=Text, index=True)


class SignInTable(Row, table=True):
    """One attempt to sign in. `person` is empty where nobody is known at the address: then nothing was sent.

    `browser_sha256`: of the cookie of the browser in which the address was typed, where the code can be typed too.
    """

    __tablename__ = "sign_in"
    id: str = _key()
    address: str = _text(index=True)
    person: str = _text()
    token_sha256: str = _text(unique=True, index=True)
    code_sha256: str = _text()
    browser_sha256: str = _text(index=True)
    wrong_codes: int = 0
    asked_at: datetime = _at()
    ends_at: datetime = _at()
    used_at: datetime | None = _perhaps()


class SessionTable(Row, table=True):
    """One browser in which somebody is signed in. `mandate`: the key of the one in which they act; empty: not chosen yet.

    `agent`: the short form of what the browser says of itself. `door`: by which way they came. `granted`: the roles that an
    organisation's provider said of them, for as long as this session lasts.
    """

    __tablename__ = "session"
    id: str = _key()
    secret_sha256: str = _text(unique=True, index=True)
    person: str = _text(index=True)
    mandate: str = _text()
    agent: str = _text()
    door: str = _text()
    granted: list[str] = Field(default_factory=list, sa_type=Json)
    created_at: datetime = _at()
    last_used_at: datetime = _at()
    ends_at: datetime = _at()
    revoked_at: datetime | None = _perhaps()


class ApiTokenTable(Row, table=True):
    """A machine's token, made by a person, in one mandate of theirs, for some actions."""

    __tablename__ = "api_token"
    id: str = _key()
    secret_sha256: str = _text(unique=True, index=True)
    person: str = _text(index=True)
    mandate: str = _text()
    name: str = _text()
    scopes: list[str] = Field(sa_type=Json)
    created_at: datetime = _at()
    ends_at: datetime = _at()
    last_used_on: date | None = None
    revoked_at: datetime | None = _perhaps()
