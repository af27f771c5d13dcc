"""Submissions refer to documents by id: here they are looked up, and their particulars filled in.

So nobody can refer to a document that is not there, to another country's, or to one that was given to others
in confidence.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from access.deciding import reaches, sees_content
from access.people import FOR_A_COUNTRY, Principal
from access.table import Action
from api.problems import ProblemError, Reason
from framework.records import DocumentRef
from storage.engine import Database
from storage.uploads import StoredDocument, document

Record = TypeVar("Record")


def sees_document(principal: Principal, stored: StoredDocument) -> bool:
    """Whether this person may have the document: its country is theirs to see, and so is its confidence."""
    if not reaches(principal, Action.READ_DOCUMENT, stored.country):
        return False
    content = {"confidentiality": stored.confidentiality.value}
    return sees_content(
        principal, content, stored.country, from_country=stored.uploaded_role in FOR_A_COUNTRY
    )


async def with_documents(record: Record, code: str, database: Database, principal: Principal) -> Record:
    """The record with every document reference filled in;
    raises ProblemError 422 naming each that leads nowhere."""
    found: dict[str, DocumentRef] = {}
    unknown: list[Reason] = []
    for where, reference in _references(record, "submission"):
        stored = await document(database, reference.id)
        if stored is None or stored.country != code or not sees_document(principal, stored):
            unknown.append(_unknown(where, reference.id, code))
        else:
            found[reference.id] = stored.ref
    if unknown:
        raise ProblemError(422, "Nothing was changed: upload the documents first.", unknown, slug="refused")
    filled: Record = _filled(record, found)
    return filled


def _unknown(where: str, document_id: str, code: str) -> Reason:
    return Reason(
        key="document.unknown",
        where=where,
        values={"id": document_id, "country": code},
        text=f"There is no document {document_id!r} of {code}. Upload it, and give the id that you get.",
    )


def _references(value: Any, where: str) -> Iterator[tuple[str, DocumentRef]]:
    if isinstance(value, DocumentRef):
        yield where, value
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _references(one, f"{where}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _references(getattr(value, field.name), f"{where}.{field.name}")


def _filled(value: Any, found: dict[str, DocumentRef]) -> Any:
    if isinstance(value, DocumentRef):
        return found[value.id]
    if isinstance(value, tuple):
        return tuple(_filled(one, found) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _filled(getattr(value, field.name), found) for field in fields(value)}
        )
    return value
