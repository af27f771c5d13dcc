"""The hand-over brief of a country: as data and as a PDF (EOI-03)."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from access.people import Principal
from access.table import Action
from api.deps import Country, GuardedRoute, InstalledParts, Parts, allow
from api.description import errors
from api.documents import attachment_headers
from api.problems import not_found
from contracts.brief import Brief
from correspondence import brief_pdf, letter_pdf
from correspondence.brief_text import sheet_of
from framework.terms import Language
from storage import briefing

router = APIRouter(prefix="/countries/{code}", tags=["countries"], route_class=GuardedRoute)

MayRead = Annotated[Principal, allow(Action.READ_BRIEF)]
PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The brief as a PDF.",
        "content": {letter_pdf.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class BriefQuery(BaseModel):
    """In which language the brief is set in type."""

    model_config = ConfigDict(extra="forbid")

    language: Annotated[
        Language | None, Field(description="Without it the language in which the country is written to.")
    ] = None


async def brief_of(parts: Parts, code: str) -> Brief:
    """The brief of a country as of now, for the API and for pages; `correspondence.brief_text` puts it into words.

    Raises ProblemError 404 where there is no such country.
    """
    found = await briefing.brief_of(parts.database, code, parts.now().date())
    if found is None:
        raise not_found(f"country {code}")
    return found


@router.get("/brief", operation_id="read_brief", responses=errors(403, 404))
async def read_brief(principal: MayRead, country: Country, parts: InstalledParts) -> Brief:
    """Where the country stands, what is due, what it has promised, the last comments and answers, open questions, people.

    It is what a new focal point needs to know.
    """
    return await brief_of(parts, country.code)


@router.get(
    "/brief.pdf", operation_id="download_brief", response_class=Response, responses=PDF | errors(403, 404)
)
async def download_brief(
    principal: MayRead, country: Country, query: Annotated[BriefQuery, Query()], parts: InstalledParts
) -> Response:
    """The same brief as a tagged PDF, in English, French or Spanish."""
    brief = await brief_of(parts, country.code)
    made = await asyncio.to_thread(brief_pdf.pdf, sheet_of(brief, query.language or brief.language))
    name = f"brief-{country.code}-{brief.today.isoformat()}.pdf"
    return Response(made, media_type=letter_pdf.MEDIA_TYPE, headers=attachment_headers(name))
