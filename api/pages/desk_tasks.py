"""The page of a task: what is asked and how to do it; its form, section by section, saved as one types or by a button."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from access.people import Principal
from api.deps import Code, InstalledParts, Parts
from api.documents import UPLOAD_LIMIT
from api.drafts import Reader as DraftReader
from api.drafts import SectionId, Writer, author, desk_of, save_section
from api.pages import desk_receiving as receiving
from api.pages.desk_about import about, mine_beside, section_page
from api.pages.desk_elsewhere import elsewhere
from api.pages.desk_seen import only_follows, seen
from api.pages.desk_views import address_of, reader_of, shown
from api.pages.forms.changing import changed
from api.pages.forms.describing import Section
from api.pages.forms.drawing import Pen, plain
from api.pages.forms.every import forms_of
from api.pages.forms.reading import Tree
from api.pages.forms.working import Work, lacks, work_on
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import not_found
from api.tasks import TaskKey, TaskReader
from storage import drafts, reading, reading_tasks
from storage.drafts import Clash, Place

router = APIRouter(prefix="/desk/tasks/{code}/{key}", include_in_schema=False, route_class=SignedInRoute)

SHOWING = ("progress_report", "indicator_framework", "evidence")
"""With what a country shows what was missing for its return to active status (REA-04)."""


@router.get("")
async def show_task(
    request: Request,
    code: Code,
    key: TaskKey,
    principal: TaskReader,
    parts: InstalledParts,
    form: str = "",
    task: str = "",
    entry: str = "",
) -> Response:
    """What is asked, by when, how to do it, what was typed so far and what that lacks.

    `task`, `entry`: of which task or entry one comes, where the form asks for one and nothing was typed yet.
    """
    if other := await _elsewhere(parts, principal, code, key):
        return _go(other)
    if only_follows(principal, code):
        return await seen(request, parts, principal, code, key)
    desk = await desk_of(parts, principal, code, key)
    if not forms_of(desk.kind):
        return await _without_form(request, parts, principal, code, key)
    work = await work_on(parts, principal, code, key, form)
    found = lacks(work, parts, principal, language_of(request))
    if len(work.form.sections) == 1:
        tree = work.tree if work.texts else work.tree | _about(work, task, entry)
        return section_page(request, parts, principal, work, work.form.sections[0], found, tree=tree)
    return page(request, "desk/task.html", **about(request, parts, principal, work, found))


@router.get("/{section}")
async def show_section(
    request: Request,
    code: Code,
    key: TaskKey,
    section: SectionId,
    principal: DraftReader,
    parts: InstalledParts,
    beside: str = "",
) -> Response:
    """One section of the form. `beside`: show the text that stands beside one's own that was set aside."""
    work, part = await _at(parts, principal, code, key, section)
    found = lacks(work, parts, principal, language_of(request))
    mine = mine_beside(work, section, principal) if beside else None
    if mine is None:
        return section_page(request, parts, principal, work, part, found)
    return section_page(request, parts, principal, work, part, found, tree=mine, beside=work.tree)


@router.post("/{section}", max_body_size=UPLOAD_LIMIT * 2)
async def save(
    request: Request, code: Code, key: TaskKey, section: SectionId, principal: Writer, parts: InstalledParts
) -> Response:
    """Saves a section, whatever it lacks; a button may add or take away an item, or go on to the next section."""
    work, part = await _at(parts, principal, code, key, section)
    posted = await receiving.posted(request, parts, principal, code, part)
    place = changed(part.shape, posted.content, posted.act)
    try:
        await save_section(parts, principal, work.desk, section, posted.content, posted.based_on)
    except Clash:
        return _go(address_of(code, key, section, "clash"))
    if posted.refused:
        work = await work_on(parts, principal, code, key, work.form.kind)
        return section_page(request, parts, principal, work, part, posted.refused, 422)
    return _go(_after(work, part, posted.act, place))


@router.get("/{section}/clash")
async def show_clash(
    request: Request,
    code: Code,
    key: TaskKey,
    section: SectionId,
    principal: DraftReader,
    parts: InstalledParts,
) -> Response:
    """Two texts of a section side by side, where another saved meanwhile; or back to the section when it is settled."""
    work, part = await _at(parts, principal, code, key, section)
    mine = mine_beside(work, section, principal)
    if mine is None:
        return _go(address_of(code, key, section))
    pen = Pen(language=language_of(request), work=work, beside=mine)
    theirs, own = part.inside(work.tree), part.inside(mine)
    texts = [
        {
            "label": pen.say(one.label),
            "theirs": plain(one, theirs.get(one.name), pen),
            "mine": plain(one, own.get(one.name), pen),
        }
        for one in part.fields
        if theirs.get(one.name) != own.get(one.name)
    ]
    values = about(request, parts, principal, work, [])
    return page(
        request, "desk/clash.html", **values, section=part, section_title=pen.say(part.title), texts=texts
    )


@router.post("/{section}/clash")
async def settle_clash(
    request: Request, code: Code, key: TaskKey, section: SectionId, principal: Writer, parts: InstalledParts
) -> Response:
    """Keeps one's own text, the other's, or goes on to edit both together."""
    work, _ = await _at(parts, principal, code, key, section)
    mine, act = mine_beside(work, section, principal), str((await request.form()).get("act", ""))
    here = address_of(code, key, section)
    if act == "together" or mine is None:
        return _go(f"{here}?beside=1" if mine is not None else here)
    if act == "mine":
        try:
            await save_section(parts, principal, work.desk, section, mine, work.version(section))
        except Clash:
            return _go(f"{here}/clash")
    elif act == "theirs":
        await drafts.let_go(parts.database, Place(country=code, key=key, section=section), author(principal))
    return _go(here)


def _about(work: Work, task: str, entry: str) -> Tree:
    """The task or entry from whose page one comes, where it is one that this form takes."""
    known = {one.name: work.look.known(one.known) for one in work.form.fields() if one.known}
    found: Tree = {"task": task} if task in known.get("task", ()) else {}
    numbered = "entry" in work.tree and entry.isdecimal() and len(entry) < 7
    return found | ({"entry": entry} if numbered else {})


async def _elsewhere(parts: Parts, principal: Principal, code: str, key: str) -> str:
    """Where a task is done that is no country's, for those who see such tasks; links to tasks need not know them."""
    task = None if principal.for_country else await reading_tasks.task(parts.database, code, key)
    return elsewhere(principal, code, task) if task else ""


async def _at(parts: Parts, principal: Principal, code: str, key: str, section: str) -> tuple[Work, Section]:
    desk = await desk_of(parts, principal, code, key)
    part = desk.section(section)
    form = next(one for one in forms_of(desk.kind) if one.section(section) is part)
    return await work_on(parts, principal, code, key, form.kind), part


async def _without_form(
    request: Request, parts: Parts, principal: Principal, code: str, key: str
) -> Response:
    """A task that no single form completes: what was missing for the return to active status (REA-04)."""
    desk, row = await desk_of(parts, principal, code, key), await reading.country(parts.database, code)
    if row is None or desk.task is None:
        raise not_found(f"task {key}")
    reader = reader_of(principal, row, language_of(request), parts.now())
    year = parts.now().year
    links = [(kind, address_of(code, f"{kind}-{year}" if kind != "evidence" else kind)) for kind in SHOWING]
    task = shown(code, desk.task, {}, reader)
    missing = desk.task.values.get("missing", [])
    return page(
        request, "desk/without_form.html", task=task, row=row, zone=reader.zone, links=links, missing=missing
    )


def _after(work: Work, section: Section, act: str, place: str) -> str:
    """Where one comes to after saving: back to the place that was touched, on to the next section, or to the contents."""
    here = address_of(work.desk.code, work.desk.key)
    if place:
        return f"{here}/{section.id}#{quote(place)}"
    ids = [one.id for one in work.form.sections]
    at = ids.index(section.id) + 1
    if act == "next":
        return f"{here}/{ids[at]}" if at < len(ids) else f"{here}/preview?form={work.form.kind}"
    return f"{here}/{section.id}?saved=1"


def _go(address: str) -> Response:
    return RedirectResponse(address, 303)
