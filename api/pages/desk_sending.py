"""Seeing what will be sent, as a page and as a PDF; sending it, once; the receipt."""

import asyncio
import re
import uuid
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from access.people import Principal
from access.table import Action
from api.deps import Code, InstalledParts, Parts, allow
from api.documents import attachment_headers
from api.drafts import Reader as DraftReader
from api.drafts import desk_of
from api.handing_in import Door, Handed
from api.pages.catalogues import N_, words
from api.pages.desk_about import about, link_to
from api.pages.desk_views import address_of, reader_of, shown
from api.pages.forms.every import FORMS, forms_of
from api.pages.forms.papers import digest, paper, parts_shown
from api.pages.forms.reading import NO_DATE
from api.pages.forms.working import Lack, Work, lacks, lacks_of, work_on
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import ProblemError, Reason, not_found
from api.tasks import TaskKey
from contracts.record import Version
from correspondence.dates import as_date
from correspondence.matters import Matters
from correspondence.typesetting import MEDIA_TYPE, NotTypeset
from framework.findings import Finding, Findings
from framework.obligations import KINDS
from framework.terms import Language, Role
from storage import drafts, reading, reading_history
from wording import sentence

router = APIRouter(prefix="/desk/tasks/{code}/{key}", include_in_schema=False, route_class=SignedInRoute)

Sender = Annotated[Principal, allow(Action.SUBMIT)]
EntryNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]

KEY = r"[!-~]{1,200}"
"""What a key of an attempt looks like, as the API takes it."""

CHANGED = N_("The draft has changed since this preview was shown. Read it again, then send it.")
AWAY = N_("It could not be sent just now. Nothing is lost: please send it again in a few minutes.")


@dataclass(frozen=True)
class Came:
    """What the Secretariat types of a paper that came: for whom it acts (GEN-05), and on which day it came, as typed."""

    on_behalf_of: str = ""
    received_on: str = ""

    @classmethod
    def typed(cls, posted: FormData) -> Self:
        """As it stands in a form, whose field takes no longer name."""
        behalf, received = (str(posted.get(name) or "").strip() for name in ("on_behalf_of", "received_on"))
        return cls(behalf[:200], received[:40])

    def unreadable(self) -> str:
        """What cannot be taken as it is typed, as a text to be translated; empty when all can."""
        return NO_DATE if self.received_on and as_date(self.received_on) is None else ""


NOT_ON_PAPER = Came()


@router.get("/preview")
async def show_preview(
    request: Request, code: Code, key: TaskKey, principal: DraftReader, parts: InstalledParts, form: str = ""
) -> Response:
    """Exactly what will be sent, what it lacks, and the button that sends it."""
    work = await work_on(parts, principal, code, key, form)
    return preview(request, parts, principal, work, lacks(work, parts, principal, language_of(request)))


@router.get("/preview.pdf")
async def download_preview(
    request: Request, code: Code, key: TaskKey, principal: DraftReader, parts: InstalledParts, form: str = ""
) -> Response:
    """The same as a tagged PDF, to be read and signed off on paper."""
    work, language = await work_on(parts, principal, code, key, form), language_of(request)
    try:
        content = await asyncio.to_thread(paper, work, language, parts.now().date())
    except NotTypeset as error:
        raise ProblemError(422, f"This cannot be set in type: {error}.") from error
    return Response(content, media_type=MEDIA_TYPE, headers=attachment_headers(f"{code}-{key}-draft.pdf"))


@router.post("/send")
async def send(
    request: Request, code: Code, key: TaskKey, principal: Sender, parts: InstalledParts, form: str = ""
) -> Response:
    """Hands the draft in through the same door as the API. Refused: all reasons, and the draft stays as it is."""
    work, language = await work_on(parts, principal, code, key, form), language_of(request)
    posted = await request.form()
    given = str(posted.get("idempotency-key") or "")
    message = given if re.fullmatch(KEY, given) else uuid.uuid4().hex
    found, came = lacks(work, parts, principal, language), Came.typed(posted)

    def refused(errors: list[Lack], status: int, message: str = "") -> Response:
        return preview(
            *(request, parts, principal, work, found),
            errors=errors,
            status=status,
            message=message,
            came=came,
        )

    if str(posted.get("digest") or "") != digest(work):
        return refused([Lack(words(language).gettext(CHANGED), "", "")], 409)
    if unreadable := came.unreadable():
        return refused([Lack(words(language).gettext(unreadable), "", "")], 422)
    if stops := [one for one in lacks_of(work, work.made(), Findings(), language) if one.stops]:
        return refused(stops, 422)
    try:
        receipt = await _hand_in(parts, principal, work, message, came)
    except ProblemError as error:
        return refused(_said(error, work, language), error.status_code, message)
    await drafts.close(parts.database, code, key, parts.now())
    return RedirectResponse(address_of(code, key, "receipt", str(receipt)), 303)


@router.get("/receipt/{entry}")
async def show_receipt(
    request: Request,
    code: Code,
    key: TaskKey,
    entry: EntryNumber,
    principal: DraftReader,
    parts: InstalledParts,
) -> Response:
    """What became of what was sent: its entry, its version, its fingerprint, what happens next."""
    desk = await desk_of(parts, principal, code, key)
    row, found = (
        await reading.country(parts.database, code),
        await reading_history.entry(parts.database, code, entry),
    )
    if row is None or found is None or found.kind not in {one.kind for one in forms_of(desk.kind)}:
        raise not_found(f"entry {entry}")
    language = language_of(request)
    reader = reader_of(principal, row, language, parts.now())
    version = await _version(parts, code, found.kind, entry)
    return page(
        request,
        "desk/receipt.html",
        row=row,
        zone=reader.zone,
        here=address_of(code, key),
        entry=found,
        thing=Matters(language).thing(found.kind, found.year),
        task=shown(code, desk.task, {}, reader) if desk.task else None,
        version=version,
        warnings=[sentence(one, language.value) for one in version.warnings] if version else [],
        next=words(language).gettext(FORMS[found.kind].next),
    )


def preview(
    request: Request,
    parts: Parts,
    principal: Principal,
    work: Work,
    found: list[Lack] | None,
    *,
    errors: list[Lack] | None = None,
    status: int = 200,
    message: str = "",
    came: Came = NOT_ON_PAPER,
) -> Response:
    """The page of what will be sent. `message`: the key of an attempt that may have been taken; `came`: what was typed."""
    return page(
        request,
        "desk/preview.html",
        status,
        **about(request, parts, principal, work, found),
        shown=parts_shown(work, language_of(request)),
        errors=[(link_to(work, one), one.told) for one in errors or []],
        message=message or uuid.uuid4().hex,
        digest=digest(work),
        came=came,
        on_behalf=principal.role is Role.SECRETARIAT and KINDS[work.form.kind].on_behalf,
    )


async def _hand_in(parts: Parts, principal: Principal, work: Work, message: str, came: Came) -> int:
    handed: Handed[Any] = Handed(
        submission=work.made().record, on_behalf_of=came.on_behalf_of, received_on=as_date(came.received_on)
    )
    task = work.desk.key if work.desk.task else ""
    receipt = await Door(parts, message, Response()).hand_in(work.desk.code, principal, handed, task)
    return receipt.entry


def _said(error: ProblemError, work: Work, language: Language) -> list[Lack]:
    """A refusal in the reader's language, each reason at its field."""
    if not error.findings:
        return [
            Lack(words(language).gettext(AWAY) if error.status_code in {429, 503} else error.detail, "", "")
        ]
    return [_reason(one, work, language) for one in error.findings]


def _reason(reason: Reason, work: Work, language: Language) -> Lack:
    """One reason of a refusal; one that only the API knows is told in its own words."""
    finding = Finding(key=reason.key, where=reason.where, clause=reason.clause, values=reason.values)
    (lack,) = lacks_of(work, work.made(), Findings(problems=(finding,)), language)[-1:]
    return replace(lack, text=reason.text) if lack.text == reason.key else lack


async def _version(parts: Parts, code: str, kind: str, entry: int) -> Version | None:
    found = await reading_history.versions(parts.database, code, kind=kind)
    return next((one for one in found if one.entry == entry), None)
