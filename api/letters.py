"""Letters of record: the register of a country, a draft with its text, a preview, and the letter as it was sent."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from access.deciding import may, sees_letter
from access.people import Principal
from access.table import Action
from api.deps import Country, GuardedRoute, InstalledParts, Parts, Reader, allow
from api.description import errors
from api.documents import as_attachment, attachment_headers
from api.letter_views import LetterView, LetterWhole
from api.paging import Listing, PageQuery, bad_cursor, listing, page_of
from api.problems import ProblemError, conflict, not_found, unavailable
from contracts.letters import Letter
from contracts.rows import CountryRow
from correspondence import letter_pdf
from correspondence.letter_text import LetterText, previewed, sheet_of, text_of
from framework.obligations.letters import LONGEST_SIGNATURE
from framework.terms import LetterState
from storage import reading_letters
from storage.documents import DocumentDamaged, DocumentMissing
from storage.uploads import document

router = APIRouter(prefix="/countries/{code}/letters", tags=["letters"], route_class=GuardedRoute)

Year = Annotated[int, Path(ge=2016, le=9999, examples=[2027], description="The year in the letter's number.")]
Place = Annotated[int, Path(ge=1, le=1_000_000, examples=[3], description="The last part of its number.")]
Drafter = Annotated[Principal, allow(Action.READ_DRAFTS)]
Signature = Annotated[str, Field(max_length=LONGEST_SIGNATURE, pattern=r"^[^\x00-\x1f]*$")]
PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The letter as a tagged PDF.",
        "content": {letter_pdf.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class LetterQuery(PageQuery):
    """Which letters."""

    state: Annotated[LetterState | None, Field(description="Only in this state.")] = None


class PreviewQuery(BaseModel):
    """Who would sign."""

    model_config = ConfigDict(extra="forbid")

    signed_by: Signature = ""
    signed_post: Signature = ""


@router.get("", operation_id="list_letters", responses=errors(403, 404))
async def list_letters(
    request: Request,
    country: Country,
    query: Annotated[LetterQuery, Query()],
    principal: Reader,
    parts: InstalledParts,
) -> Listing[LetterView]:
    """The letters of a country that you may read, in the order of their numbers."""
    state = query.state.value if query.state else ""
    every = await reading_letters.letters(parts.database, country.code, state=state)
    seen = [one for one in every if sees_letter(principal, one, country.code)]
    try:
        page = page_of(seen, lambda one: reading_letters.place_of(one.number), query)
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, lambda one: LetterView.of(one, whole=_all_of_it(principal)))


@router.get("/{year}/{place}", operation_id="read_letter", responses=errors(403, 404))
async def read_letter(
    country: Country, year: Year, place: Place, principal: Reader, parts: InstalledParts
) -> LetterWhole:
    """One letter with its subject and paragraphs; a paragraph whose lines begin with `- ` is a list."""
    letter = await found(parts, principal, country, year, place)
    said = await text(parts, country, letter)
    shown = LetterView.of(letter, whole=_all_of_it(principal))
    return LetterWhole(letter=shown, subject=said.subject, paragraphs=list(said.paragraphs))


@router.get(
    "/{year}/{place}/preview",
    operation_id="preview_letter",
    response_class=Response,
    responses=PDF | errors(403, 404, 409),
)
async def preview_letter(
    principal: Drafter,  # before the country: whether it is there, those who may not preview do not learn
    country: Country,
    year: Year,
    place: Place,
    query: Annotated[PreviewQuery, Query()],
    parts: InstalledParts,
) -> Response:
    """A draft as it would be sent if it were approved today with this signature."""
    letter = await found(parts, principal, country, year, place)
    if letter.state is not LetterState.DRAFT:
        raise conflict(f"The letter {letter.number} is {letter.state.value}: only a draft has a preview.")
    meant = previewed(letter, country, parts.now(), query.signed_by, query.signed_post)
    sheet = sheet_of(meant, await text(parts, country, letter), country.code, country.name)
    try:
        made = await asyncio.to_thread(letter_pdf.pdf, sheet)
    except letter_pdf.NotTypeset as error:
        raise ProblemError(422, f"The letter cannot be set in type: {error}.") from None
    return Response(
        made, media_type=letter_pdf.MEDIA_TYPE, headers=attachment_headers(f"preview-{year}-{place}.pdf")
    )


@router.get(
    "/{year}/{place}/pdf",
    operation_id="download_letter",
    response_class=Response,
    responses=PDF | errors(403, 404),
)
async def download_letter(
    country: Country, year: Year, place: Place, principal: Reader, parts: InstalledParts
) -> Response:
    """The letter as it was sent and archived, as an attachment. There is none before it is approved."""
    letter = await found(parts, principal, country, year, place)
    stored = await document(parts.database, letter.document.id) if letter.document else None
    if stored is None:
        raise not_found(f"document of letter {letter.number}")
    return await as_attachment(parts, stored)


async def found(parts: Parts, principal: Principal, country: CountryRow, year: int, place: int) -> Letter:
    """A letter by the last parts of its number; raises ProblemError 404 when it is not there, or not for this person."""
    number = f"A8.7/{country.code}/{year}/{place}"
    letter = await reading_letters.letter(parts.database, country.code, number)
    if letter is None or not sees_letter(principal, letter, country.code):
        raise not_found(f"letter {number}")
    return letter


async def text(parts: Parts, country: CountryRow, letter: Letter) -> LetterText:
    """What a letter says; raises ProblemError 503 while the document store does not answer."""
    try:
        draft, given = await reading_letters.contents(parts.documents, letter)
    except (DocumentMissing, DocumentDamaged):
        raise unavailable("The text of the letter cannot be read from the document store.") from None
    return text_of(letter, country.code, country.name, draft, given)


def _all_of_it(principal: Principal) -> bool:
    return may(principal, Action.READ_DRAFTS)
