"""Registering on behalf of a country what came on paper: the minister's letter of interest starts its process (EOI-02)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, Parts, allow
from api.documents import UPLOAD_LIMIT, upload_document
from api.handing_in import Door, Handed
from api.pages.guard import SignedInRoute
from api.pages.handing import Errors, FormKey, errors_of
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import ProblemError
from api.registration import register_country
from correspondence.places import country_name
from framework.members import MEMBERS
from framework.records import Contact, DocumentRef, ExpressionOfInterest
from framework.terms import Addressee, Language

router = APIRouter(prefix="/desk/register", include_in_schema=False, route_class=SignedInRoute)

Registrar = Annotated[Principal, allow(Action.REGISTER)]
Text = Annotated[str, Field(max_length=500)]
FIELDS = {
    "country": "code",
    "focal_point": "point_name",
    "focal_point.name": "point_name",
    "focal_point.post": "point_post",
    "focal_point.email": "point_email",
    "country_name": "name",
    "submission": "",
}


class Typed(BaseModel):
    """What the form holds. `letter_id`: the letter, where it was uploaded before and something else was refused."""

    key: FormKey
    code: Annotated[str, Field(max_length=3)] = ""
    name: Text = ""
    minister: Text = ""
    ministry: Text = ""
    ministry_email: Text = ""
    addressee: Addressee | Literal[""] = ""
    dated: date | Literal[""] = ""
    received_on: date | Literal[""] = ""
    point_name: Text = ""
    point_post: Text = ""
    point_email: Text = ""
    language: Language = Language.ENGLISH
    letter_id: Annotated[str, Field(pattern="^([0-9a-f]{32})?$")] = ""
    letter_name: Text = ""

    def expression(self) -> ExpressionOfInterest:
        """The expression of interest that it makes; a Member State need not be named."""
        code = self.code.strip().upper()
        point = Contact(
            name=self.point_name.strip(),
            post=self.point_post.strip(),
            email=self.point_email.strip(),
            language=self.language,
        )
        known = country_name(code, Language.ENGLISH) if code in MEMBERS else ""
        return ExpressionOfInterest(
            country=code,
            country_name=self.name.strip() or known,
            minister=self.minister.strip(),
            ministry=self.ministry.strip(),
            ministry_email=self.ministry_email.strip(),
            addressee=self.addressee or None,
            dated=self.dated or None,
            letter=DocumentRef(id=self.letter_id) if self.letter_id else None,
            focal_point=point if point != Contact(language=self.language) else None,
        )


class Sent(Typed):
    """The form as it comes in, with the letter itself."""

    letter: UploadFile | None = None


@dataclass(frozen=True)
class _Upload:
    """What came of the letter: the form with its id, and what was wrong with it."""

    typed: Typed
    errors: Errors


@router.get("")
async def show_registration(request: Request, _: Registrar) -> HTMLResponse:
    """The form for a letter that came on paper or by mail."""
    return _page(request, Typed(key=uuid4().hex), [])


@router.post("", max_body_size=UPLOAD_LIMIT)
async def register(
    request: Request,
    sent: Annotated[Sent, Form(media_type="multipart/form-data")],
    registrar: Registrar,
    parts: InstalledParts,
) -> Response:
    """Keeps the letter and starts the country's process; what is refused comes back with all reasons."""
    upload = await _with_letter(request, sent, registrar, parts)
    if upload.errors:
        return _page(request, upload.typed, upload.errors)
    typed = upload.typed
    handed: Handed[Any] = Handed(submission=typed.expression(), received_on=typed.received_on or None)
    try:
        done = await register_country(handed, registrar, Door(parts, typed.key, Response()), Response())
    except ProblemError as error:
        return _page(request, typed, _errors(error, request))
    return RedirectResponse(f"/desk/countries/{done.code}", 303)


async def _with_letter(request: Request, sent: Sent, registrar: Principal, parts: Parts) -> _Upload:
    """Keeps the letter if one came: the rest of the form may be refused, and it need not be sent again."""
    typed = Typed.model_validate(sent.model_dump(exclude={"letter"}))
    code = typed.code.strip().upper()
    if sent.letter is None or not sent.letter.filename or len(code) != 3 or not code.isascii():
        return _Upload(typed, [])
    try:
        kept = await upload_document(sent.letter, code, registrar, parts, Response())
    except ProblemError as error:
        refused = [("letter", sentence) for _, sentence in _errors(error, request)]
        return _Upload(typed, refused)
    return _Upload(typed.model_copy(update={"letter_id": kept.id, "letter_name": kept.name}), [])


def _errors(error: ProblemError, request: Request) -> Errors:
    found = errors_of(error, FIELDS, language_of(request))
    return list(dict.fromkeys(found))


def _page(request: Request, typed: Typed, errors: Errors) -> HTMLResponse:
    language = language_of(request)
    members = sorted((country_name(code, language), code) for code in MEMBERS)
    return page(
        request,
        "desk/register.html",
        422 if errors else 200,
        typed=typed,
        errors=errors,
        wrong=dict(reversed(errors)),
        members=members,
        addressees=list(Addressee),
        languages=list(Language),
    )
