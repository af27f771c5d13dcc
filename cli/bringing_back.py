"""A country that was terminated by mistake goes on from exactly what its last run carried."""

import asyncio
from typing import Any

from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
)
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from cli.failing import Failed
from contracts import names
from contracts.state import CountryState

PATIENCE_SECONDS = 60.0
"""A worker that has never seen the country reads its whole last run first."""


async def bring_back(client: Client, code: str, patience: float = PATIENCE_SECONDS) -> CountryState:
    """Starts a country again with the state, the memo of its last run and its summary; gives that state.

    Without its memo the country would no longer be known by the portfolio or the letter that it came from.
    Raises Failed when it was never there, runs, or has withdrawn, and when no worker tells what it carried.
    """
    last = client.get_workflow_handle(names.country_id(code))
    found = await _described(last, code)
    if found.status is WorkflowExecutionStatus.RUNNING:
        raise Failed(_RUNS.format(code=code))
    state = await _carried(last, code, patience)
    if state.ended:
        raise Failed(f"{code} has withdrawn by its own letter. When it applies again, register that.")
    try:
        await client.start_workflow(
            names.COUNTRY,
            state,
            id=last.id,
            task_queue=names.TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            memo=await found.memo(),
            search_attributes=TypedSearchAttributes([SearchAttributePair(names.CODE_ATTRIBUTE, code)]),
            static_summary=f"{state.name} ({code})",  # a run that was continued as new has lost its own
        )
    except WorkflowAlreadyStartedError:
        raise Failed(_RUNS.format(code=code)) from None
    return state


_RUNS = "The process of {code} runs; nothing was done."


async def _described(last: WorkflowHandle[Any, Any], code: str) -> WorkflowExecutionDescription:
    try:
        return await last.describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Failed(
                f"There never was a process of {code}, or what it carried is no longer kept."
            ) from None
        raise


async def _carried(last: WorkflowHandle[Any, Any], code: str, patience: float) -> CountryState:
    try:
        async with asyncio.timeout(patience):
            state: CountryState = await last.query("state", result_type=CountryState)
    except (TimeoutError, WorkflowQueryFailedError):
        raise Failed(_silent(code, patience)) from None
    except RPCError as error:
        if error.status in (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.FAILED_PRECONDITION):
            raise Failed(_silent(code, patience)) from None
        raise
    return state


def _silent(code: str, patience: float) -> str:
    return (
        f"Nobody told within {patience:g} seconds what {code} carried; is a worker running? Nothing was done."
    )
