"""Decisions of the GCM: sent to the country as the signal `gcm_decision`,
and answered by it with yes or no and why."""

import re
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.decision_examples import DECISIONS
from api.deps import Code, Country, GuardedRoute, InstalledParts, Parts, Reader, allow
from api.description import errors
from api.handing_in import READ_MODEL_HEADER, no_process, reached
from api.paging import Listing, PageQuery, bad_cursor, listing, page_of
from api.problems import ProblemError, reasons
from api.process import NoProcess
from api.views import AnswerView
from contracts.messages import DecisionAnswer, SentDecision
from contracts.state import DecisionRecord
from framework.decision_record import YEARS, GcmDecision, Position
from framework.records import SpecialCircumstances
from storage import reading_history
from storage.canonical import canonical, sha256

router = APIRouter(prefix="/countries/{code}/decisions", tags=["decisions"], route_class=GuardedRoute)

DECISION_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
PENDING, ACCEPTED, REFUSED = "pending", "accepted", "refused"
_DECISION = TypeAdapter(GcmDecision)


class Sent(BaseModel):
    """A decision as it is sent.

    Its `id` is yours and names it for ever: sent again, it is the same decision.
    """

    model_config = ConfigDict(extra="forbid")

    decision: GcmDecision

    @field_validator("decision")
    @classmethod
    def _can_be_understood(cls, decision: GcmDecision) -> GcmDecision:
        for one in filter(None, (decision, decision.replacement)):
            if not re.fullmatch(DECISION_ID, one.id):
                raise ValueError("an id has 1 to 100 letters, digits, dots, hyphens and underscores")
            if one.year is not None and one.year not in YEARS:
                raise ValueError(f"a year is from {YEARS[0]} to {YEARS[-1]}")
        return decision


class DecisionView(BaseModel):
    """A decision with the country's answer; `decision` is null while the country has not read it.

    `circumstances` are those that were on record when it was judged (DIA-02), `beforehand` the positions that seats took
    before and of which the decision says nothing: for those who may read them.
    """

    decision: GcmDecision | None
    answer: AnswerView
    circumstances: list[SpecialCircumstances] = []
    beforehand: list[Position] = []

    @classmethod
    def of(cls, record: DecisionRecord, *, with_positions: bool = False) -> "DecisionView":
        """A decision on record, its answer put into words."""
        return cls(
            decision=record.decision,
            answer=AnswerView.of(record.answer),
            circumstances=record.circumstances,
            beforehand=record.beforehand if with_positions else [],
        )


class DecisionQuery(PageQuery):
    """Which decisions."""

    answer: Annotated[str, Field(pattern="^(accepted|refused|)$", description="Only those answered so.")] = ""


@router.post(
    "",
    operation_id="send_decision",
    response_model=AnswerView,
    responses={
        202: {"model": AnswerView, "description": "Sent; not read yet. Ask again at Location."},
        **errors(403, 404, 409, 413),
    },
)
async def send_decision(
    code: Code,
    sent: Annotated[Sent, Body(openapi_examples=DECISIONS)],
    principal: Annotated[Principal, allow(Action.DECIDE)],
    parts: InstalledParts,
) -> Response:
    """Send a decision and hear the country's answer: 200 accepted, 422 refused with all reasons,
    202 not read yet."""
    return await _answered(parts, code, await answer_to(parts, code, sent.decision, principal.name))


@router.get("", operation_id="list_decisions", responses=errors(403, 404))
async def list_decisions(
    request: Request,
    country: Country,
    query: Annotated[DecisionQuery, Query()],
    principal: Reader,
    parts: InstalledParts,
) -> Listing[DecisionView]:
    """All decisions on a country, accepted and refused, in the order in which they were answered."""
    found = await reading_history.decisions(parts.database, country.code)
    chosen = [record for record in found if query.answer in ("", record.answer.answer)]
    try:
        page = page_of(chosen, _order, query)
    except ValueError as error:
        raise bad_cursor(error) from None
    reads = reaches(principal, Action.READ_ITEMS, country.code)
    return listing(request, page, lambda record: DecisionView.of(record, with_positions=reads))


@router.get("/{id}", operation_id="read_decision", responses=errors(403, 404, 409))
async def read_decision(
    country: Country,
    id: Annotated[str, Path(pattern=DECISION_ID, description="The decision's own id.")],
    principal: Reader,
    parts: InstalledParts,
) -> DecisionView:
    """One decision and the country's answer; `pending` also for one that nobody has sent."""
    record = await reading_history.decision(parts.database, country.code, id)
    if record is not None:
        reads = reaches(principal, Action.READ_ITEMS, country.code)
        return DecisionView.of(record, with_positions=reads)
    try:
        answer = await parts.processes.decision(country.code, id)
    except NoProcess:
        raise await no_process(parts, country.code) from None
    return DecisionView(decision=None, answer=AnswerView.of(answer))


def _order(record: DecisionRecord) -> tuple[int | str, ...]:
    moment = record.answer.at
    return (1, "", record.decision.id) if moment is None else (0, moment.isoformat(), record.decision.id)


async def answer_to(parts: Parts, code: str, decision: GcmDecision, by: str) -> DecisionAnswer:
    """Sends a decision and gives the country's answer; raises ProblemError where there is no such process.

    An accepted decision that comes again is not sent again; a refused one is judged anew.
    """
    digest = sha256(canonical(_DECISION.dump_python(decision, mode="json")))
    record = await reading_history.decision(parts.database, code, decision.id)
    known = record.answer if record and record.answer.sha256 == digest else None
    if known and known.answer == ACCEPTED:
        return known
    try:
        sent = SentDecision.of(decision, by)
        return await parts.processes.decide(code, sent, digest, judged_at=known.at if known else None)
    except NoProcess:
        raise await no_process(parts, code) from None


async def _answered(parts: Parts, code: str, answer: DecisionAnswer) -> Response:
    view = AnswerView.of(answer).model_dump(mode="json")
    headers = {"Location": f"/api/v1/countries/{code}/decisions/{answer.decision_id}"}
    if answer.answer == PENDING:
        return JSONResponse(view, 202, headers)
    headers[READ_MODEL_HEADER] = "current" if await reached(parts, code, answer.revision) else "behind"
    if answer.answer == REFUSED:
        detail = "The country's process has refused this decision; the refusal is on record."
        raise ProblemError(422, detail, reasons(answer.reasons), slug="decision-refused", headers=headers)
    return JSONResponse(view, 200, headers)
