"""Drafts of what a country hands in: saved as they are typed, section by section, for everybody who works on the task.

A section is saved with `If-Match`, the version that was read before. Where another has saved meanwhile the answer is 409
with both texts; the one that came second is kept beside the other until somebody has chosen. Nothing here hands in.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Response
from fastapi.openapi.models import Example
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from access.deciding import reaches, sees_task
from access.people import Principal
from access.table import Action
from api.deps import Code, GuardedRoute, InstalledParts, Parts, allow, own_country
from api.description import errors
from api.pages.forms.describing import Section
from api.pages.forms.every import forms_of, is_secretariats
from api.pages.forms.reading import Tree, shaped
from api.problems import MEDIA_TYPE, TITLES, Problem, conflict, not_found
from api.tasks import TaskKey
from contracts.state import Task
from framework.terms import OPEN_TASK_STATES, Role
from storage import drafts, reading, reading_tasks
from storage.drafts import Clash, Place, SavedText, Saving

router = APIRouter(prefix="/countries/{code}/tasks/{key}/draft", tags=["drafts"], route_class=GuardedRoute)

Reader = Annotated[Principal, allow(Action.READ_TASK_DRAFT)]
Writer = Annotated[Principal, allow(Action.SAVE_TASK_DRAFT)]
SectionId = Annotated[str, Path(pattern=r"^[a-z-]{1,40}$", examples=["obstacles"])]
IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        pattern=r'^"\d{1,9}"$',
        description='The version that was read before, in quotes; `"0"` where there was none.',
        examples=['"0"'],
    ),
]
EXAMPLES: dict[str, Example] = {
    "experience": {
        "summary": "A section of a report, half done",
        "value": {"content": {"worked_well": "Village committees.", "obstacles": ""}},
    }
}
_KEY = re.compile(r"([a-z_]+)(?:-(\d{4}))?(?:\.\d+)?")


class DraftText(BaseModel):
    """A text of a section as it was typed. `role`: of who saved it; `by_you`: whether you did."""

    section: str
    content: dict[str, Any]
    version: int
    saved_at: datetime
    role: Role
    by_you: bool

    @classmethod
    def of(cls, text: SavedText, principal: Principal) -> "DraftText":
        """A stored text as this person sees it; who else saved it is told by role."""
        plain = text.model_dump(include=set(cls.model_fields))
        return cls(**plain, by_you=text.by == author(principal))


class DraftSection(BaseModel):
    """A section: the text that stands (null: nothing was saved), and those that wait beside it for a choice."""

    section: str
    text: DraftText | None
    beside: list[DraftText]


class Draft(BaseModel):
    """The draft of a task. `closed`: its task is done, it can only be read."""

    country: str
    key: str
    closed: bool
    sections: list[DraftSection]


class DraftClash(Problem):
    """Another has saved this section meanwhile: their text stands, yours is kept beside it."""

    mine: DraftText
    theirs: DraftText


class Typed(BaseModel):
    """What was typed into a section, by the names of its fields: texts, lists of texts, fields, lists of fields."""

    model_config = ConfigDict(extra="forbid")

    content: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The task of a draft: its kind, whether it is there (a form can be filled in although nobody asks), its form."""

    code: str
    key: str
    kind: str
    year: int | None
    task: Task | None

    @property
    def closed(self) -> bool:
        """Whether the task is done with."""
        return self.task is not None and self.task.state not in OPEN_TASK_STATES

    def section(self, id: str) -> Section:
        """A section of one of its forms; raises ProblemError 404."""
        found = (form.section(id) for form in forms_of(self.kind))
        section = next((one for one in found if one), None)
        if section is None:
            raise not_found(f"section {id}")
        return section


def author(principal: Principal) -> str:
    """As whom a person's texts are kept: their id, or what stands for it where a token names nobody on record."""
    named = f"{principal.role.value}:{principal.name}"
    return principal.person or f"t-{hashlib.sha256(named.encode()).hexdigest()[:16]}"


async def desk_of(parts: Parts, principal: Principal, code: str, key: str) -> Desk:
    """The task that a draft belongs to; raises ProblemError 404 when it is not there for this person."""
    own_country(principal, code)
    row = await reading.country(parts.database, code)
    if row is None or not reaches(principal, Action.READ_TASK_DRAFT, code):
        raise not_found(f"country {code}")
    task = await reading_tasks.task(parts.database, code, key)
    named = _KEY.fullmatch(key)
    kind = task.kind if task else named[1] if named else ""
    year = task.year if task else int(named[2]) if named and named[2] else None
    forms = forms_of(kind)
    free = task is None and forms and ("year" in forms[0].left_out) is (year is not None)
    mine = task is not None and (task.role is Role.FOCAL_POINT or (task.role is Role.SECRETARIAT and forms))
    if not (free or mine) or not _is_there_for(principal, kind):
        raise not_found(f"task {key} of {code}")
    return Desk(code=code, key=key, kind=kind, year=year, task=task)


def _is_there_for(principal: Principal, kind: str) -> bool:
    """What the Secretariat does by itself is there for it, and for those who read everything."""
    return sees_task(principal, kind) and (not is_secretariats(kind) or not principal.for_country)


async def save_section(
    parts: Parts, principal: Principal, desk: Desk, section: str, content: Tree, based_on: int
) -> SavedText:
    """Saves what was typed into a section. Raises Clash; ProblemError 409 when the task is done, 404 for no section."""
    if desk.closed:
        raise conflict("This task is done: its draft can only be read.")
    saving = Saving(
        content=shaped(desk.section(section), content),
        based_on=based_on,
        by=author(principal),
        role=principal.role,
        at=parts.now(),
    )
    return await drafts.save(parts.database, place(desk, section), saving)


async def texts_of(parts: Parts, desk: Desk) -> dict[str, SavedText]:
    """The texts that stand, by section. Where nobody asks, what was handed in is over and the next begins anew.

    Those of a task that was completed by another way are closed when they are first looked at.
    """
    found = await drafts.standing(parts.database, desk.code, desk.key)
    if desk.closed and any(text.closed_at is None for text in found.values()):
        done_at = desk.task.closed_at if desk.task else None
        await drafts.close(parts.database, desk.code, desk.key, done_at or parts.now())
    return {id: text for id, text in found.items() if desk.task or not text.closed_at}


def place(desk: Desk, section: str) -> Place:
    """Where a section's texts are kept."""
    return Place(country=desk.code, key=desk.key, section=section)


@router.get("", operation_id="read_draft", responses=errors(403, 404))
async def read_draft(code: Code, key: TaskKey, principal: Reader, parts: InstalledParts) -> Draft:
    """What was typed for a task so far, section by section."""
    desk = await desk_of(parts, principal, code, key)
    standing = await texts_of(parts, desk)
    beside = await drafts.set_aside(parts.database, code, key)
    sections = [
        _shown(one.id, standing.get(one.id), beside.get(one.id, []), principal)
        for form in forms_of(desk.kind)
        for one in form.sections
    ]
    return Draft(country=code, key=key, closed=desk.closed, sections=sections)


@router.get("/{section}", operation_id="read_draft_section", responses=errors(403, 404))
async def read_draft_section(
    code: Code, key: TaskKey, section: SectionId, principal: Reader, parts: InstalledParts, response: Response
) -> DraftSection:
    """One section; its version is the ETag."""
    desk = await desk_of(parts, principal, code, key)
    desk.section(section)
    text = (await texts_of(parts, desk)).get(section)
    beside = (await drafts.set_aside(parts.database, code, key)).get(section, [])
    response.headers["ETag"] = _etag(text.version if text else 0)
    return _shown(section, text, beside, principal)


@router.put(
    "/{section}",
    operation_id="save_draft_section",
    responses=errors(403, 404, 413) | {409: {"model": DraftClash, "description": TITLES[409]}},
    response_model=DraftText,
)
async def save_draft_section(
    code: Code,
    key: TaskKey,
    section: SectionId,
    typed: Annotated[Typed, Body(openapi_examples=EXAMPLES)],
    based_on: IfMatch,
    principal: Writer,
    parts: InstalledParts,
    response: Response,
) -> Any:
    """Saves what was typed into a section, whatever it lacks. 409 with both texts when another saved meanwhile."""
    desk = await desk_of(parts, principal, code, key)
    try:
        saved = await save_section(parts, principal, desk, section, typed.content, int(based_on.strip('"')))
    except Clash as clash:
        return _clashed(clash, principal)
    response.headers["ETag"] = _etag(saved.version)
    return DraftText.of(saved, principal)


@router.delete(
    "/{section}/mine", operation_id="give_up_draft_text", status_code=204, responses=errors(403, 404)
)
async def give_up_draft_text(
    code: Code, key: TaskKey, section: SectionId, principal: Writer, parts: InstalledParts
) -> Response:
    """Gives up your own text that was kept beside the one that stands; that one stays as it is."""
    desk = await desk_of(parts, principal, code, key)
    desk.section(section)
    if not await drafts.let_go(parts.database, place(desk, section), author(principal)):
        raise not_found("text of yours")
    return Response(status_code=204)


def _shown(
    section: str, text: SavedText | None, beside: list[SavedText], principal: Principal
) -> DraftSection:
    shown = DraftText.of(text, principal) if text else None
    return DraftSection(section=section, text=shown, beside=[DraftText.of(one, principal) for one in beside])


def _clashed(clash: Clash, principal: Principal) -> Response:
    found = DraftClash(
        type="urn:pathfinder:problem:clash",
        title=TITLES[409],
        status=409,
        detail="Another has saved this section meanwhile. Both texts are kept.",
        mine=DraftText.of(clash.mine, principal),
        theirs=DraftText.of(clash.theirs, principal),
    )
    headers = {"ETag": _etag(clash.theirs.version)}
    return JSONResponse(found.model_dump(mode="json"), 409, headers, media_type=MEDIA_TYPE)


def _etag(version: int) -> str:
    return f'"{version}"'
