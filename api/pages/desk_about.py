"""What the pages of a task show: what it is about, its sections with their state, what it lacks; a section's fields."""

from typing import Any
from urllib.parse import quote

from fastapi import Request, Response

from access.deciding import may_hand_in
from access.people import Principal
from api.deps import Parts
from api.drafts import author
from api.pages.catalogues import words
from api.pages.desk_views import address_of, reader_of, shown
from api.pages.forms.describing import Section
from api.pages.forms.drawing import Pen, by_place, drawn
from api.pages.forms.every import forms_of
from api.pages.forms.reading import GIVEN, YES, Tree
from api.pages.forms.working import Lack, Work
from api.pages.languages import language_of
from api.pages.shell import page
from correspondence.matters import Matters
from framework.obligations import KINDS
from framework.obligations.management import waivable
from framework.terms import Language, Role


def section_page(
    request: Request,
    parts: Parts,
    principal: Principal,
    work: Work,
    section: Section,
    found: list[Lack] | None,
    status: int = 200,
    *,
    tree: Tree | None = None,
    beside: Tree | None = None,
) -> Response:
    """A section with its fields. What is wrong shows at the fields once something was saved."""
    seen = section.id in work.texts or status != 200
    wrong = by_place([one for one in found or [] if one.section == section.id]) if seen else {}
    pen = Pen(
        language=language_of(request), work=work, wrong=wrong, beside=beside or {}, refused=status != 200
    )
    at = [one.id for one in work.form.sections].index(section.id)
    return page(
        request,
        "desk/section.html",
        status,
        **about(request, parts, principal, work, found),
        section=section,
        section_title=pen.say(section.title),
        intro=pen.say(section.intro),
        fields=drawn(section, tree or work.tree, pen),
        text=work.texts.get(section.id),
        version=work.version(section.id),
        errors=[(one.place, one.told) for one in found or [] if one.section == section.id]
        if status != 200
        else [],
        unticked=bool(section.within) and work.tree.get(section.within + GIVEN) != YES,
        clash=mine_beside(work, section.id, principal) is not None and beside is None,
        together=beside is not None,
        draft_address=f"/api/v1/countries/{work.desk.code}/tasks/{quote(work.desk.key)}/draft/{section.id}",
        last=at == len(work.form.sections) - 1,
    )


def about(
    request: Request, parts: Parts, principal: Principal, work: Work, found: list[Lack] | None
) -> dict[str, Any]:
    """What all pages of a task show: what it is about, its sections with their state, what it lacks."""
    language, desk = language_of(request), work.desk
    reader = reader_of(principal, work.row, language, parts.now())
    say = Pen(language=language, work=work)
    here = address_of(desk.code, desk.key)
    lacking = {one.section for one in found or [] if one.stops}
    sections = [
        {
            "title": say.say(one.title),
            "address": f"{here}/{one.id}" if len(work.form.sections) > 1 else here,
            "text": work.texts.get(one.id),
            "id": one.id,
            "lacking": one.id in lacking,
        }
        for one in work.form.sections
    ]
    return {
        "work": work,
        "row": work.row,
        "zone": reader.zone,
        "here": here,
        "query": f"?form={work.form.kind}" if work.form.kind != forms_of(desk.kind)[0].kind else "",
        "title": _title(work, language),
        "task": shown(desk.code, desk.task, {}, reader) if desk.task else None,
        "how": say.say(work.form.how),
        "sections": sections,
        "stops": [(link_to(work, one), one.told) for one in found or [] if one.stops],
        "doubts": [(link_to(work, one), one.told) for one in found or [] if not one.stops],
        "unknown": found is None,
        "people": _people(work, language) if work.form.kind == "contacts_confirmation" else [],
        "may_save": principal.role is not Role.AUDITOR and not desk.closed,
        "may_send": principal.role not in {Role.CONTRIBUTOR, Role.AUDITOR} and not desk.closed,
        "may_extend": work.row.status in KINDS["extension_request"].statuses and not desk.closed,
        "may_move": may_hand_in(principal.role, "extension") and desk.task is not None and not desk.closed,
        "may_waive": may_hand_in(principal.role, "waiver") and waivable(desk.key),
        "others": [
            (one.kind, Matters(language).thing(one.kind))
            for one in forms_of(desk.kind)
            if one is not work.form
        ],
    }


def _title(work: Work, language: Language) -> str:
    matters = Matters(language)
    task = work.desk.task
    if task is not None and work.form.kind in {task.kind, "roadmap"}:
        return matters.asked(task.kind, task.year)
    return matters.thing(work.form.kind, work.desk.year)


def mine_beside(work: Work, section: str, principal: Principal) -> Tree | None:
    """This person's own text of a section that was set aside, since another had saved meanwhile."""
    texts = work.aside.get(section, [])
    return next((one.content for one in texts if one.by == author(principal)), None)


def link_to(work: Work, lack: Lack) -> str:
    """Where something that is missing leads: to its field, in its section; empty for what concerns the whole."""
    if not lack.section:
        return ""
    here = address_of(work.desk.code, work.desk.key)
    whole = len(work.form.sections) == 1
    return f"{here}{'' if whole else '/' + lack.section}#{quote(lack.place)}"


def _people(work: Work, language: Language) -> list[list[str]]:
    named = Matters(language).named
    found = [
        [one.name, one.post, ", ".join(filter(None, (one.email, one.second_email))), named(role, "role")]
        for role, one in (
            (Role.FOCAL_POINT.value, work.row.focal_point),
            *((Role.DEPUTY.value, each) for each in work.row.deputies),
        )
    ]
    return [*found, [work.row.ministry, "", work.row.ministry_email, words(language).gettext("Ministry")]]
