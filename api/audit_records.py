"""Who did what: the record of acts for those who answer for it, and whether it is what was written."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, BaseModel, Field

from access.people import FOR_A_COUNTRY, Principal
from access.table import Action
from api.deps import GuardedRoute, InstalledParts, allow, own_country
from api.description import errors
from api.paging import Listing, PageQuery, bad_cursor, listing
from framework.terms import Role
from storage import audit_reading
from storage.audit import Outcome
from storage.audit_reading import AuditFilter, AuditItem, OtherDoor
from storage.audit_verifying import Defect, verify

router = APIRouter(prefix="/audit", tags=["audit"], route_class=GuardedRoute)

Auditor = Annotated[Principal, allow(Action.READ_AUDIT)]
OF_THE_COUNTRY = frozenset(role.value for role in FOR_A_COUNTRY)
CONTENTS = frozenset({"given", "before", "after"})
"""Particulars that may hold what was given in confidence."""


class AuditQuery(PageQuery):
    """Which acts."""

    country: Annotated[str, Field(pattern="^([A-Z]{3})?$", description="Only about this country.")] = ""
    person: Annotated[
        str, Field(pattern="^[A-Za-z0-9-]{0,64}$", description="Only by the person with this id.")
    ] = ""
    action: Annotated[
        str, Field(pattern="^[a-z_]{0,60}$", description="Only this action of the table of access.")
    ] = ""
    outcome: Annotated[Outcome | None, Field(description="Only with this outcome.")] = None
    since: Annotated[AwareDatetime | None, Field(description="Not before.")] = None
    until: Annotated[AwareDatetime | None, Field(description="Before.")] = None


class ActView(BaseModel):
    """One act, attempt or denial. `message`: its Idempotency-Key or decision. `entry`, `revision`: what it became in
    the country's timeline. `refers_to`: the rows before to which it belongs. `count`: how often it came within a minute.

    `detail`: names, addresses, what was given and what changed, as far as you may see it; `erased`: what is no longer
    there, since somebody asked to be forgotten.
    """

    sequence: int
    at: datetime
    outcome: Outcome
    action: str
    person: str
    role: str
    mandate: str
    country: str
    object: str
    message: str
    entry: int | None
    revision: int | None
    reasons: list[str]
    refers_to: list[int]
    count: int
    detail: dict[str, Any]
    erased: list[str]
    sha256: str

    @classmethod
    def of(cls, item: AuditItem, principal: Principal) -> "ActView":
        """A row, with those of its particulars that this person may see."""
        values = item.model_dump(exclude={"detail", "event_entry", "event_revision"})
        detail = {name: value for name, value in item.detail.items() if _sees(principal, item, name)}
        return cls(**values, entry=item.event_entry, revision=item.event_revision, detail=detail)


class DefectView(BaseModel):
    """What is wrong, at the row at which it shows first."""

    sequence: int
    defect: Defect


class VerificationView(BaseModel):
    """Whether the record is what was written: `rows` read up to `sequence`, `anchors` compared with, all `defects`.

    `other_doors` are entries of timelines that came neither through the API nor by a command: no defect.
    """

    sound: bool
    rows: int
    sequence: int
    sha256: str
    erased: int
    anchors: int
    defects: list[DefectView]
    other_doors: list[OtherDoor]


@router.get("", operation_id="list_acts", responses=errors(403, 404))
async def list_acts(
    request: Request, query: Annotated[AuditQuery, Query()], principal: Auditor, parts: InstalledParts
) -> Listing[ActView]:
    """Acts, attempts and denials, the newest first.

    A focal point sees those about its own country, without the addresses from which others came.
    """
    if query.country:
        own_country(principal, query.country)
    bound = principal.for_country
    chosen = AuditFilter(
        country=principal.country if bound else query.country,
        person=query.person,
        action=query.action,
        outcome=query.outcome,
        since=query.since,
        until=query.until,
        country_side=bound,
    )
    try:
        page = await audit_reading.acts(parts.database, chosen, limit=query.limit, cursor=query.cursor)
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, lambda item: ActView.of(item, principal))


@router.get("/verification", operation_id="verify_audit", responses=errors(403))
async def verify_audit(
    principal: Annotated[Principal, allow(Action.VERIFY_AUDIT)], parts: InstalledParts
) -> VerificationView:
    """Read the whole record, and compare it with what is anchored in Temporal every day.

    503 while Temporal is away.
    """
    found = await verify(parts.database, await parts.processes.anchors())
    return VerificationView(
        sound=found.sound,
        rows=found.rows,
        sequence=found.sequence,
        sha256=found.sha256,
        erased=found.erased,
        anchors=found.anchors,
        defects=[DefectView(sequence=one.sequence, defect=one.defect) for one in found.defects],
        other_doors=await audit_reading.by_other_doors(parts.database),
    )


def _sees(principal: Principal, item: AuditItem, name: str) -> bool:
    """An operator sees no contents. Who acts for a country sees contents of its own side's acts, and no addresses."""
    if principal.for_country:
        return name != "client" and (name not in CONTENTS or item.role in OF_THE_COUNTRY)
    return principal.role is not Role.OPERATOR or name not in CONTENTS
