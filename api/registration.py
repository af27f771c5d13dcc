"""Registering an expression of interest starts a country's process (EOI-02, EOI-03, GEN-01)."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel

from access.people import Principal
from access.table import Action
from api.deps import GuardedRoute, Parts, actor, allow
from api.description import errors
from api.examples import EXPRESSIONS
from api.handing_in import Handed, WayIn
from api.problems import Reason, conflict, reasons, refused
from api.process import AlreadyRunning
from api.references import with_documents
from contracts import names
from contracts.starting import MESSAGE_MEMO, Registration, memo_of, registered
from framework import obligations
from framework.editions import CURRENT, edition
from framework.findings import Findings
from framework.records import ExpressionOfInterest
from framework.terms import Status

router = APIRouter(prefix="/countries", tags=["countries"], route_class=GuardedRoute)


class Registered(BaseModel):
    """A country's process was started. `process` is its workflow id in the Temporal UI."""

    code: str
    name: str
    process: str
    warnings: list[Reason]


@router.post(
    "",
    operation_id="register_country",
    status_code=201,
    responses=errors(403, 409, 413),
    response_description="Registered",
)
async def register_country(
    handed: Annotated[Handed[ExpressionOfInterest], Body(openapi_examples=EXPRESSIONS)],
    principal: Annotated[Principal, allow(Action.REGISTER)],
    door: WayIn,
    response: Response,
) -> Registered:
    """Register the minister's letter of interest.

    It needs minister, ministry, addressee, date, letter, focal point.
    """
    given, parts = handed.submission, door.parts
    expression = await with_documents(given, given.country, parts.database, principal)
    findings = _checked(expression, parts)
    registration = Registration(
        message_id=door.key, actor=actor(principal), expression=expression, received_on=handed.received_on
    )
    revision = await _start(parts, registration)
    await door.wait_for(expression.country, revision)
    response.headers["Location"] = f"/api/v1/countries/{expression.country}"
    return Registered(
        code=expression.country,
        name=expression.country_name,
        process=names.country_id(expression.country),
        warnings=reasons(findings.warnings),
    )


def _checked(expression: ExpressionOfInterest, parts: Parts) -> Findings:
    """Before anything is started: a process with unusable input could never be repaired."""
    context = obligations.Context(
        status=Status.CANDIDATE,
        today=parts.now().date(),
        samples_allowed=parts.settings.samples_allowed,
        policy=edition(CURRENT).policy,
    )
    findings = obligations.check(expression, context)
    if not findings.ok:
        raise refused(findings.problems)
    return findings


async def _start(parts: Parts, registration: Registration) -> int:
    """Starts the process, or finds it started by this very message; gives the revision that will show it."""
    code = registration.expression.country
    try:
        former = await parts.processes.former(code)
        if former is not None and not former.ended:
            raise conflict(
                f"The process of {code} was stopped from outside; an operator has to look into it first."
            )
        state = registered(registration, former)
        await parts.processes.start(state, memo_of(registration))
    except AlreadyRunning as running:
        _same(running.memo, registration)
        return 1
    return state.revision + 1


def _same(memo: Mapping[str, Any], registration: Registration) -> None:
    """A repeated registration is answered as the first was; any other must not pass for what is on record."""
    own, code = memo_of(registration), registration.expression.country
    if all(memo.get(name) == value for name, value in own.items()):
        return
    if memo.get(MESSAGE_MEMO) == own[MESSAGE_MEMO]:
        raise conflict(
            f"The Idempotency-Key {registration.message_id!r} was used before, to register {code} with another"
            f" content or by somebody else. Nothing was changed now: see /api/v1/countries/{code}."
        ) from None
    raise conflict(f"{code} is already registered: see /api/v1/countries/{code}.") from None
