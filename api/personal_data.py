"""What is held about a person, for themselves and for the Secretariat; and how somebody is forgotten.

A search asks every process and an erasure changes every one that names the person: both have minutes. An erasure that
was cut off is completed by the same again.
"""

from datetime import timedelta
from secrets import token_hex
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from access.people import Principal, actor_of
from access.table import Action
from api.deps import GuardedRoute, InstalledParts, Parts, allow
from api.description import errors
from api.problems import ProblemError, conflict, unavailable
from contracts.personal import Erasure
from storage import erasing, joining, own_data, people, personal_search
from storage.audit import Act, Outcome
from storage.erasing import EraseRefused
from storage.joining import NotOnRecord
from storage.personal_search import Held, Known
from storage.sources import SourceSilent

router = APIRouter(tags=["persons"], route_class=GuardedRoute)

PATIENCE = timedelta(minutes=5)
"""How long all processes together may take."""

NOBODY = "The token that you sent names nobody on record. Sign in, and ask for what is held about you."
SILENT = "A process does not answer. Nothing is lost; repeat this once it does."
EXPORTS: dict[str, Any] = {
    "address": {"summary": "By an address alone", "value": {"address": "ada@labour.example"}},
    "name": {
        "summary": "With a name that stands beside no address",
        "value": {"address": "ada@labour.example", "names": ["Ada Hypothetical"]},
    },
}
ERASURES: dict[str, Any] = {
    "person": {
        "summary": "With an old address, under a pseudonym",
        "value": {
            "address": "ada@labour.example",
            "also": ["ada@home.example"],
            "names": ["Ada Hypothetical"],
            "pseudonym": "person 7",
        },
    }
}

JOINED: dict[str, Any] = {
    "second": {
        "summary": "Somebody's new address beside the old one",
        "value": {"address": "ada@labour.example", "other": "ada@ministry.example"},
    }
}

Address = Annotated[
    str, Field(max_length=320, pattern=r"^[^\s@<>\x00-\x1f]{1,64}@[^\s@<>\x00-\x1f]+\.[^\s@<>\x00-\x1f]+$")
]
Name = Annotated[
    str,
    Field(
        max_length=200,
        pattern=r"^[^\s\x00-\x1f]+( [^\s\x00-\x1f]+)+$",
        description="Of two words at least: one word alone would be found in what means something else.",
    ),
]
Names = Annotated[list[Name], Field(max_length=20)]


class Sought(BaseModel):
    """Who is meant. Names that stand beside the address on record are found by themselves; give only others."""

    model_config = ConfigDict(extra="forbid")

    address: Address
    names: Names = []


class ErasureOrder(Sought):
    """Who is to be forgotten. `also`: other addresses; `pseudonym`: what stands instead of the name; empty: a new one."""

    also: Annotated[list[Address], Field(max_length=20)] = []
    pseudonym: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9 ._-]{0,59})?$")] = ""


class SamePerson(BaseModel):
    """Two addresses of one person. What is known at `other` goes over to whoever is known at `address`."""

    model_config = ConfigDict(extra="forbid")

    address: Address
    other: Address


class PersonView(BaseModel):
    """A person by id, as the record of acts names them, with all their addresses."""

    id: str
    addresses: list[str]


class HeldView(BaseModel):
    """One thing that is held: in which table, document or process, of which row, at which place; `value`: what it says."""

    where: str
    key: str
    place: str
    value: Any


class PersonalData(BaseModel):
    """All that is held, under these addresses and names; `not_searched` names what nobody can search."""

    addresses: list[str]
    names: list[str]
    held: list[HeldView]
    not_searched: str


class ErasedView(BaseModel):
    """What was changed, by kind; `ended`: processes that have ended and cannot forget; `left`: what no erasure reaches."""

    pseudonym: str
    counts: dict[str, int]
    ended: list[str]
    left: str


@router.post("/me/personal-data", operation_id="export_my_data", responses=errors(403, 409))
async def export_my_data(
    principal: Annotated[Principal, allow(Action.EXPORT_OWN_DATA)], parts: InstalledParts
) -> PersonalData:
    """What is held about you as yours: account, sessions, tokens, seats, contacts, messages to you, what you did.

    What others wrote in which you may be named, the Secretariat looks through on request.
    """
    if not principal.person:
        raise conflict(NOBODY)
    return await of_own(parts, principal.person)


@router.post("/persons/export", operation_id="export_person", responses=errors(403))
async def export_person(
    sought: Annotated[Sought, Body(openapi_examples=EXPORTS)],
    principal: Annotated[Principal, allow(Action.EXPORT_PERSON)],
    parts: InstalledParts,
) -> PersonalData:
    """All that names a person: rows, documents of closed years, what living processes carry, acts, mails."""
    known = await personal_search.known_by(parts.database, sought.address, sought.names)
    found = await _found(parts, known)
    return _view(known.addresses, known.names, found, personal_search.NOT_SEARCHED)


@router.post("/persons/erasure", operation_id="erase_person", responses=errors(403, 409))
async def erase_person(
    order: Annotated[ErasureOrder, Body(openapi_examples=ERASURES)],
    principal: Annotated[Principal, allow(Action.ERASE_PERSON)],
    parts: InstalledParts,
) -> ErasedView:
    """Forget a person: a pseudonym acts instead, in rows, processes, closed years and the record of acts.

    Refused while the person holds a mandate. The same again is harmless.
    """
    erasure = await _erasure(parts, order, principal)
    if held := await erasing.mandates(parts.database, erasure, parts.now().date()):
        raise conflict(f"This person holds mandates; end them first: {'; '.join(held)}.")
    act = Act(
        at=parts.now(),
        outcome=Outcome.DONE,
        action=Action.ERASE_PERSON.value,
        person=principal.person,
        role=principal.role.value,
    )
    try:
        async with parts.processes.in_time(PATIENCE) as client:
            report = await erasing.erase(client, parts.database, parts.documents, erasure, act)
    except SourceSilent:
        raise unavailable(SILENT) from None
    except EraseRefused:
        raise ProblemError(
            409, "A process still knows this person by a mandate or cannot do without the name. End it first."
        ) from None
    return ErasedView(
        pseudonym=erasure.pseudonym, counts=report.counts, ended=report.ended, left=erasing.LEFT
    )


@router.post("/persons/addresses", operation_id="join_addresses", responses=errors(403, 409))
async def join_addresses(
    same: Annotated[SamePerson, Body(openapi_examples=JOINED)],
    principal: Annotated[Principal, allow(Action.JOIN_ADDRESSES)],
    parts: InstalledParts,
) -> PersonView:
    """Say that two addresses are one person: mandates, sessions, exports and erasures then treat them as one.

    Whoever signs in with either holds the mandates of both. It cannot be taken back. The same again is harmless. Your
    own addresses are for a colleague to join: nobody takes up somebody's mandates alone.
    """
    concerned = [await people.person_at(parts.database, one) for one in (same.address, same.other)]
    if principal.person and principal.person in concerned:
        raise ProblemError(
            403, "One of these addresses is your own: somebody else of the Secretariat says so."
        )
    try:
        person = await joining.join(parts.database, same.address, same.other, parts.now())
    except NotOnRecord:
        raise conflict("Nobody is on record at one of these addresses, and no mandate names it.") from None
    return PersonView(id=person, addresses=await people.addresses_of(parts.database, person))


async def of_own(parts: Parts, person: str) -> PersonalData:
    """What a person may take with them by themselves."""
    found = await own_data.own_data(parts.database, person)
    addresses = frozenset(one.key for one in found if one.where == "person_address")
    return _view(addresses, frozenset(), found, f"{own_data.OF_OTHERS} {personal_search.NOT_SEARCHED}")


async def _found(parts: Parts, known: Known) -> list[Held]:
    found = await personal_search.in_rows(parts.database, known)
    found += await personal_search.in_documents(parts.documents, known)
    try:
        async with parts.processes.in_time(PATIENCE) as client:
            return found + await personal_search.in_processes(client, known)
    except SourceSilent:
        raise unavailable(SILENT) from None


async def _erasure(parts: Parts, order: ErasureOrder, principal: Principal) -> Erasure:
    known = await personal_search.known_by(parts.database, order.address, order.names)
    return Erasure(
        addresses=sorted({*known.addresses, *order.also}),
        names=sorted(known.names),
        pseudonym=order.pseudonym.strip() or f"person {token_hex(4)}",
        actor=actor_of(principal),
    )


def _view(
    addresses: frozenset[str], names: frozenset[str], found: list[Held], not_searched: str
) -> PersonalData:
    return PersonalData(
        addresses=sorted(addresses),
        names=sorted(names),
        held=[HeldView.model_validate(one, from_attributes=True) for one in found],
        not_searched=not_searched,
    )
