"""The MWG's desk: reports by subgroup, comments beside the text, comments and answers over the years, the review."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.confidence import hidden_evidence, without
from api.deps import Code, Country, InstalledParts, Parts, allow
from api.handing_in import Door, Handed
from api.pages.catalogues import words
from api.pages.guard import SignedInRoute
from api.pages.items_words import Errors, errors_of
from api.pages.languages import language_of
from api.pages.reviews_forms import CONDITIONS, CommentsTyped, EvidenceTyped, ReviewTyped
from api.pages.reviews_views import by_assignee, by_year, sections
from api.pages.shell import page
from api.problems import ProblemError
from contracts.rows import CountryRow
from correspondence.matters import Matters
from correspondence.places import country_name
from framework.records import Submission
from framework.terms import Confidentiality, EvidenceAbout, EvidenceForm, Language, Role
from storage import reading_history
from storage.reading_tasks import TaskFilter, tasks

router = APIRouter(prefix="/desk/reviews", include_in_schema=False, route_class=SignedInRoute)

Reviewer = Annotated[Principal, allow(Action.READ_REVIEWS)]
Judge = Annotated[Principal, allow(Action.REVIEW)]
ReviewYear = Annotated[int, Path(ge=2016, le=2200)]
KINDS = ("mwg_comments", "yearly_review")
FIELDS = {
    **{name: name for name in (*CONDITIONS, "participation_note", "guidance", "raise_flag_because")},
    **{note: note for note, _, _ in CONDITIONS.values()},
    **{name: name for name in ("about", "form", "title", "link", "supplied_by", "confidentiality")},
    "document": "link",
    "comments": "general",
}


@router.get("")
async def show_reviews(request: Request, reviewer: Reviewer, parts: InstalledParts) -> HTMLResponse:
    """What the MWG has to comment on and to review, by subgroup."""
    found = await tasks(parts.database, TaskFilter(roles=(Role.MWG,), kinds=KINDS), limit=200)
    return page(
        request,
        "reviews/reviews.html",
        groups=by_assignee(found.items),
        may_review=may(reviewer, Action.REVIEW),
    )


@router.get("/{code}")
async def show_matrix(
    request: Request, reviewer: Reviewer, country: Country, parts: InstalledParts
) -> HTMLResponse:
    """Comments and answers over the years: did last year's advice land?"""
    found = await reading_history.comments(parts.database, country.code)
    return page(
        request, "reviews/matrix.html", **_country(request, country), years=by_year(found), roadmap="roadmap"
    )


@router.get("/{code}/{year}")
async def show_report(
    request: Request, reviewer: Reviewer, country: Country, year: ReviewYear, parts: InstalledParts
) -> HTMLResponse:
    """A report section by section, with a box for comments beside each."""
    return await _report(request, reviewer, parts, country, year, CommentsTyped(key=uuid4().hex), [])


@router.post("/{code}/{year}")
async def comment(
    request: Request,
    judge: Judge,
    country: Country,
    year: ReviewYear,
    typed: Annotated[CommentsTyped, Form()],
    parts: InstalledParts,
) -> Response:
    """Hands in the comments on a report."""
    language, mistake = language_of(request), typed.mistake()
    errors = [("general", words(language).gettext(mistake))] if mistake else []
    errors = errors or await _hand_in(
        parts, judge, typed.key, country.code, typed.record(year, country.language), language
    )
    if errors:
        again = typed.model_copy(update={"key": uuid4().hex})
        return await _report(request, judge, parts, country, year, again, errors)
    return RedirectResponse(f"/desk/reviews/{country.code}", 303)


@router.get("/{code}/{year}/review")
async def show_review(
    request: Request, judge: Judge, country: Country, year: ReviewYear, parts: InstalledParts
) -> HTMLResponse:
    """The yearly review: what is on record, and the judgements that it asks for."""
    return await _review(request, judge, parts, country, year, ReviewTyped(key=uuid4().hex), [])


@router.post("/{code}/{year}/review")
async def review(
    request: Request,
    judge: Judge,
    country: Country,
    year: ReviewYear,
    typed: Annotated[ReviewTyped, Form()],
    parts: InstalledParts,
) -> Response:
    """Hands in the yearly review."""
    errors = await _hand_in(parts, judge, typed.key, country.code, typed.record(year), language_of(request))
    if errors:
        again = typed.model_copy(update={"key": uuid4().hex})
        return await _review(request, judge, parts, country, year, again, errors)
    return RedirectResponse("/desk/reviews", 303)


@router.post("/{code}/{year}/evidence")
async def register_evidence(
    request: Request,
    judge: Judge,
    country: Country,
    year: ReviewYear,
    typed: Annotated[EvidenceTyped, Form()],
    parts: InstalledParts,
) -> Response:
    """Registers a piece of evidence that the MWG has found or was given (REV-03)."""
    errors = await _hand_in(parts, judge, typed.key, country.code, typed.record(year), language_of(request))
    if errors:
        drawn = ReviewTyped(key=uuid4().hex)
        again = typed.model_copy(update={"key": uuid4().hex})
        return await _review(request, judge, parts, country, year, drawn, errors, evidence=again)
    return RedirectResponse(f"/desk/reviews/{country.code}/{year}/review", 303)


async def _report(
    request: Request,
    reader: Principal,
    parts: Parts,
    country: CountryRow,
    year: int,
    typed: CommentsTyped,
    errors: Errors,
) -> HTMLResponse:
    report = await _latest(parts, country.code, "progress_report", year)
    indicators = await _latest(parts, country.code, "indicator_framework", year)
    made = await reading_history.comments(parts.database, country.code, about=f"report-{year}")
    return page(
        request,
        "reviews/report.html",
        422 if errors else 200,
        **_country(request, country),
        year=year,
        came=report is not None,
        sections=sections(report, indicators, language_of(request)),
        comments=made,
        may_comment=may(reader, Action.REVIEW) and report is not None and not made,
        may_review=may(reader, Action.REVIEW),
        typed=typed,
        errors=errors,
    )


async def _review(
    request: Request,
    reader: Principal,
    parts: Parts,
    country: CountryRow,
    year: int,
    typed: ReviewTyped,
    errors: Errors,
    *,
    evidence: EvidenceTyped | None = None,
) -> HTMLResponse:
    hidden = await hidden_evidence(parts.database, country.code, reader)
    cycles = await reading_history.cycles(parts.database, country.code)
    cycle = next((without(one, hidden) for one in cycles if one.year == year), None)
    return page(
        request,
        "reviews/review.html",
        422 if errors else 200,
        **_country(request, country),
        year=year,
        cycle=cycle,
        conditions=_questions(language_of(request)),
        comments=await reading_history.comments(parts.database, country.code, about=f"report-{year}"),
        typed=typed,
        evidence=evidence or EvidenceTyped(key=uuid4().hex),
        abouts=_named(EvidenceAbout, "evidence_about", language_of(request)),
        forms=_named(EvidenceForm, "evidence_form", language_of(request)),
        levels=_named(Confidentiality, "confidentiality", language_of(request)),
        errors=errors,
    )


def _questions(language: Language) -> dict[str, tuple[str, str, str]]:
    say = words(language).gettext
    return {name: (note, say(question), say(hint)) for name, (note, question, hint) in CONDITIONS.items()}


def _named(members: Iterable[StrEnum], section: str, language: Language) -> list[tuple[str, str]]:
    return [(one.value, Matters(language).named(one.value, section)) for one in members]


def _country(request: Request, country: CountryRow) -> Mapping[str, Any]:
    name = country_name(country.code, language_of(request), country.name)
    return {"country": country, "country_name": name}


async def _latest(parts: Parts, code: str, kind: str, year: int) -> Mapping[str, Any] | None:
    """The content of the newest version of a year, or None where there is none."""
    found = await reading_history.versions(parts.database, code, kind=kind, year=year)
    if not found:
        return None
    number = max(one.number for one in found)
    stored = await reading_history.version(parts.database, code, kind, number, year)
    return (stored.body or {}) if stored else None


async def _hand_in(
    parts: Parts, judge: Principal, key: str, code: Code, submission: Submission, language: Language
) -> Errors:
    try:
        await Door(parts, key, Response()).hand_in(code, judge, Handed[Any](submission=submission))
    except ProblemError as error:
        return errors_of(error, language, FIELDS)
    return []
