"""The MWG's desk: reports to comment on beside their text, and the yearly review with its judgement and guidance."""

from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.deps import Code, InstalledParts, Parts, allow
from api.letters import Year
from api.pages.guard import SignedInRoute
from api.pages.handing import Errors, FormKey, hand_in
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import not_found
from framework.records import MwgComments, YearlyReview
from framework.terms import Role
from storage import reading, reading_history
from storage.reading_board import duties

router = APIRouter(prefix="/desk/reviews", include_in_schema=False, route_class=SignedInRoute)

ReviewReader = Annotated[Principal, allow(Action.READ_REVIEWS)]
KINDS = ("mwg_comments", "yearly_review")
JUDGED = (
    "evidence_of_progress",
    "evidence_of_collaboration",
    "commitments_met",
    "active_in_community",
    "reporting_met",
)
"""What is judged yes or no in a yearly review, as the record's fields are called (REV-08, REV-12, REV-13)."""

Text = Annotated[str, Field(max_length=20_000)]
Judgement = Literal["yes", "no", ""]
SAYS: dict[str, bool | None] = {"yes": True, "no": False, "": None}


class Typed(BaseModel):
    """What is typed: comments on the report, or the review of the year."""

    act: Literal["comment", "review"]
    key: FormKey
    comments: Text = ""
    evidence_of_progress: Judgement = ""
    progress_note: Text = ""
    evidence_of_collaboration: Judgement = ""
    collaboration_note: Text = ""
    commitments_met: Judgement = ""
    commitments_note: Text = ""
    active_in_community: Judgement = ""
    community_note: Text = ""
    reporting_met: Judgement = ""
    reporting_note: Text = ""
    participation_note: Text = ""
    guidance: Text = ""
    raise_flag_because: Text = ""

    def submission(self, year: int) -> MwgComments | YearlyReview:
        """What is handed in to the country's process."""
        if self.act == "comment":
            return MwgComments(year=year, comments=_blocks(self.comments))
        notes: dict[str, Any] = self.model_dump(exclude={"act", "key", "comments", "guidance", *JUDGED})
        judged: dict[str, Any] = {name: SAYS[getattr(self, name)] for name in JUDGED}
        return YearlyReview(year=year, guidance=_blocks(self.guidance), **judged, **notes)


@router.get("")
async def show_reviews(request: Request, _: ReviewReader, parts: InstalledParts) -> HTMLResponse:
    """The reports that wait for comments and the years that wait for their review, soonest due first."""
    found = [
        one for one in await duties(parts.database) if one.role == Role.MWG and one.kind in KINDS and one.year
    ]
    return page(request, "desk/reviews.html", duties=found)


@router.get("/{code}/{year}")
async def show_review(
    request: Request, code: Code, year: Year, reader: ReviewReader, parts: InstalledParts
) -> HTMLResponse:
    """A year of a country: its report, what was said about it, and the forms."""
    return await _page(request, reader, parts, code, year, None, [])


@router.post("/{code}/{year}")
async def review(
    request: Request,
    code: Code,
    year: Year,
    typed: Annotated[Typed, Form()],
    reviewer: Annotated[Principal, allow(Action.REVIEW)],
    parts: InstalledParts,
) -> Response:
    """Hands in comments or a review; what is refused comes back with all reasons and what was typed."""
    errors = await hand_in(parts, typed.key, code, reviewer, typed.submission(year), language_of(request))
    if not errors:
        return RedirectResponse(f"/desk/reviews/{code}/{year}?done={typed.act}", 303)
    return await _page(request, reviewer, parts, code, year, typed, errors)


async def _page(
    request: Request,
    reader: Principal,
    parts: Parts,
    code: str,
    year: int,
    typed: Typed | None,
    errors: Errors,
) -> HTMLResponse:
    country = await reading.country(parts.database, code)
    cycles = await reading_history.cycles(parts.database, code)
    cycle = next((one for one in cycles if one.year == year), None)
    if country is None or cycle is None:
        raise not_found(f"year {year} of {code}")
    return page(
        request,
        "desk/review.html",
        422 if errors else 200,
        country=country,
        cycle=cycle,
        report=await _report(parts, code, year),
        comments=await reading_history.comments(parts.database, code, about=f"report-{year}"),
        typed=typed or Typed(act="comment", key=uuid4().hex),
        key=uuid4().hex,
        errors=errors,
        wrong=dict(reversed(errors)),
        can_act=may(reader, Action.REVIEW),
        done=request.query_params.get("done", ""),
    )


async def _report(parts: Parts, code: str, year: int) -> dict[str, Any] | None:
    """The newest version of a year's report as it was handed in; None where none came."""
    known = await reading_history.versions(parts.database, code, kind="progress_report", year=year)
    if not known:
        return None
    stored = await reading_history.version(parts.database, code, "progress_report", known[-1].number, year)
    return stored.body if stored else None


def _blocks(text: str) -> tuple[str, ...]:
    """The paragraphs of a typed text: a blank line stands between two."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())
