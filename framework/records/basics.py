"""The small records that others are made of: contacts, documents by reference, consultations."""

from dataclasses import dataclass
from datetime import date

from framework.terms import Category, Language


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person who holds a post for a country. The mandate belongs to the country, the person only fills it (EOI-03).

    `second_email` gets the same messages; one that is the same mailbox gets each of them once.
    """

    name: str = ""
    post: str = ""
    email: str = ""
    language: Language = Language.ENGLISH
    time_zone: str = "UTC"
    second_email: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentRef:
    """A document in the store, by reference: workflows never carry its bytes."""

    id: str
    name: str = ""
    media_type: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """One consultation of stakeholders (GEN-02): when, through which body, who took part, what came of it."""

    held_on: date | None = None
    body: str = ""
    categories: tuple[Category, ...] = ()
    summary: str = ""
