"""What commands ask of a country's process in Temporal, and how its silence or refusal is told."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from pydantic import TypeAdapter, ValidationError
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from cli.failing import Failed
from contracts import names
from contracts.messages import REFUSED, DecisionAnswer, Envelope, Receipt, SentDecision
from framework.decision_record import GcmDecision
from framework.findings import Finding
from workflows.process.decided import digest_of

PATIENCE_SECONDS = 30.0
POLL_SECONDS = 0.05
ASK_BEFORE_SECONDS = 5.0
PENDING, ACCEPTED = "pending", "accepted"
_FINDINGS = TypeAdapter(list[Finding])
_NO_PROCESS = "There is no living process of {code}. `pathfinder country list` shows all."
_SILENT_STATUSES = (
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.FAILED_PRECONDITION,
)
"""What the server answers when no worker asks for the country's work."""


async def submit(
    client: Client, code: str, envelope: Envelope, patience: float = PATIENCE_SECONDS
) -> Receipt:
    """Hands a submission to a country. Raises Failed with all reasons when refused, or if nobody answers."""
    try:
        async with _patiently(code, patience):
            receipt: Receipt = await _handle(client, code).execute_update(
                names.SUBMIT, envelope, id=envelope.message_id, result_type=Receipt
            )
    except WorkflowUpdateFailedError as error:
        raise Failed(_refusal(code, error)) from None
    return receipt


async def decide(
    client: Client, code: str, decision: GcmDecision, patience: float = PATIENCE_SECONDS, sent_by: str = ""
) -> DecisionAnswer:
    """Signals a decision of the GCM, sent by somebody, and waits for the country's answer.

    Sent again, a decision gets its first answer. Raises Failed when its id stands for another decision,
    when there is no such country, and when no answer comes in time (seconds).
    """
    digest = digest_of(decision)
    earlier = await _earlier(client, code, decision.id, digest)
    async with _patiently(code, patience):
        await _handle(client, code).signal(names.GCM_DECISION, SentDecision.of(decision, sent_by))
        while (answer := await _answer(client, code, decision.id, digest)).answer == PENDING:
            if earlier is not None:  # then nobody else had this id: a closed cycle keeps the answer alone
                answer = await _answer(client, code, decision.id)
                if answer.answer == ACCEPTED:
                    break
            await asyncio.sleep(POLL_SECONDS)
    return answer


async def _earlier(client: Client, code: str, decision_id: str, digest: str) -> DecisionAnswer | None:
    """What the country said of this id before; None when it does not say, as while no worker runs.

    A decision is sent all the same then: a signal waits for the worker.
    """
    try:
        async with asyncio.timeout(ASK_BEFORE_SECONDS):
            before = await _answer(client, code, decision_id)
            same = await _answer(client, code, decision_id, digest)
    except (TimeoutError, WorkflowQueryFailedError):
        return None
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Failed(_NO_PROCESS.format(code=code)) from None
        return None
    if before.answer == ACCEPTED and same.answer != ACCEPTED:
        taken = f"{code} has accepted a decision {decision_id} before; nothing was sent."
        raise Failed(f"{taken} If this is another one, give it another id.")
    return before


def reasons(findings: Iterable[Finding]) -> list[str]:
    """Findings in words, one line each, with the clause that asks for it and the place in the submission."""
    from wording import sentence

    lines = []
    for finding in findings:
        where = f"{finding.where}: " if finding.where else ""
        clause = f" ({finding.clause})" if finding.clause else ""
        lines.append(f"  {where}{sentence(finding)}{clause}")
    return lines


async def _answer(client: Client, code: str, decision_id: str, digest: str = "") -> DecisionAnswer:
    answer: DecisionAnswer = await _handle(client, code).query(
        "decision", args=[decision_id, digest], result_type=DecisionAnswer
    )
    return answer


def _handle(client: Client, code: str) -> WorkflowHandle[Any, Any]:
    return client.get_workflow_handle(names.country_id(code))


@asynccontextmanager
async def _patiently(code: str, patience: float) -> AsyncIterator[None]:
    silent = (
        f"{code} has not answered within {patience:g} seconds; is a worker running?"
        " What was sent is not lost: give the same command again to hear the answer, it counts once."
    )
    try:
        async with asyncio.timeout(patience):
            yield
    except (TimeoutError, WorkflowQueryFailedError):
        raise Failed(silent) from None
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Failed(_NO_PROCESS.format(code=code)) from None
        if error.status in _SILENT_STATUSES:
            raise Failed(silent) from None
        raise


def _refusal(code: str, error: WorkflowUpdateFailedError) -> str:
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type == REFUSED:
        return "\n".join([f"{code} has refused this:", *reasons(_findings(cause))])
    return f"The process of {code} could not deal with this: {cause}. Nothing was changed."


def _findings(cause: ApplicationError) -> list[Finding]:
    try:
        return _FINDINGS.validate_python(cause.details[0])
    except (IndexError, ValidationError):
        return [Finding(key="refused", values={"reason": cause.message})]
