"""An expression of interest becomes a country's process; checked first: a wrong start cannot be mended."""

from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import TypeAdapter
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from cli import files, handing_in, process
from cli.failing import Failed
from contracts import names
from contracts.messages import Actor
from contracts.starting import Registration, memo_of, registered
from contracts.state import CountryState
from framework import obligations
from framework.editions import CURRENT, edition
from framework.records import ExpressionOfInterest
from framework.terms import Role, Status


def read(
    file: Path, name: str, received_on: date | None, *, samples_allowed: bool
) -> tuple[Registration, list[str]]:
    """The registration in a file, complete as EOI-02 and EOI-03 ask, and what is doubtful about it.

    Raises Failed with all that is missing or wrong.
    """
    content = files.read_json(file)
    expression = files.understood(TypeAdapter(ExpressionOfInterest), content, file)
    context = obligations.Context(
        status=Status.CANDIDATE,
        today=datetime.now(UTC).date(),
        samples_allowed=samples_allowed,
        policy=edition(CURRENT).policy,
    )
    findings = obligations.check(expression, context)
    if not findings.ok:
        raise Failed("\n".join(["This cannot be registered:", *process.reasons(findings.problems)]))
    registration = Registration(
        message_id=handing_in.id_of(expression.country, content),
        actor=Actor(role=Role.SECRETARIAT, name=name),
        expression=expression,
        received_on=received_on,
    )
    return registration, process.reasons(findings.warnings)


async def start(client: Client, registration: Registration) -> None:
    """Starts the country's process; the same registration again changes nothing.

    A country that has withdrawn may apply again: its record goes on. Raises Failed when it runs already.
    """
    code = registration.expression.country
    found = await _described(client, code)
    if found is not None and found.status is WorkflowExecutionStatus.RUNNING:
        await _same_or_fail(found, registration)
        return
    before = await _last_state(client, code) if found is not None else None
    try:
        await _start(client, registered(registration, before), memo_of(registration))
    except WorkflowAlreadyStartedError:
        again = await _described(client, code)
        if again is not None:
            await _same_or_fail(again, registration)


async def _start(client: Client, state: CountryState, memo: dict[str, str]) -> None:
    await client.start_workflow(
        names.COUNTRY,
        state,
        id=names.country_id(state.code),
        task_queue=names.TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        memo=memo,
        search_attributes=TypedSearchAttributes([SearchAttributePair(names.CODE_ATTRIBUTE, state.code)]),
        static_summary=f"{state.name} ({state.code})",
    )


async def _described(client: Client, code: str) -> WorkflowExecutionDescription | None:
    try:
        return await client.get_workflow_handle(names.country_id(code)).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise


async def _same_or_fail(found: WorkflowExecutionDescription, registration: Registration) -> None:
    memo, code = await found.memo(), registration.expression.country
    if any(memo.get(name) != value for name, value in memo_of(registration).items()):
        raise Failed(f"{code} is registered already: see `pathfinder country show {code}`.")


async def _last_state(client: Client, code: str) -> CountryState:
    handle = client.get_workflow_handle(names.country_id(code))
    state: CountryState = await handle.query("state", result_type=CountryState)
    if not state.ended:
        raise Failed(
            f"The process of {code} was stopped from outside; an operator has to look into it first."
        )
    return state
