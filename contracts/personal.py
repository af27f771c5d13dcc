"""The erasure of a person from what processes carry, and from the documents that they refer to."""

from pydantic import BaseModel

from contracts.messages import Actor
from framework.records import DocumentRef


class Erasure(BaseModel):
    """Whom to forget: by addresses and names, with the pseudonym that acts instead; `actor` is who erases."""

    addresses: list[str]
    names: list[str] = []
    pseudonym: str
    actor: Actor


class Rewriting(BaseModel):
    """Documents to be written anew without the person: contents of versions by hash, and archived years."""

    erasure: Erasure
    contents: list[str] = []
    archives: list[DocumentRef] = []


class Rewritten(BaseModel):
    """What was written anew: contents by their old hash with the new one, archived years by their old hash."""

    contents: dict[str, str] = {}
    archives: dict[str, DocumentRef] = {}


class Erased(BaseModel):
    """What a process answers: whether it named the person, and which documents nothing refers to any more."""

    changed: bool = False
    contents: list[str] = []
    archives: list[str] = []
