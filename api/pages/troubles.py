"""Which processes do not move: asked of Temporal, for a short time only, since pages do not wait for it."""

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import quote

from temporalio.client import Client, WorkflowExecution
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError

from api.deps import Parts

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=1.5)
MOST = 100
"""So many are shown: where more are stuck, the cause is one and the same."""

PROBLEMS = SearchAttributeKey.for_keyword_list("TemporalReportedProblems")
QUERY = "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'"
_OF_A_COUNTRY = re.compile(r"(country|dialogue|reactivation)-([A-Z]{3})(-\d+)?")
_CAUSE = "cause=WorkflowTaskFailedCause"


@dataclass(frozen=True, kw_only=True)
class Troubled:
    """A process whose work keeps failing: its workflow id and run, its country (empty: none), when it began, and why."""

    workflow: str
    run: str
    country: str
    started_at: datetime
    cause: str


async def troubled(parts: Parts) -> list[Troubled] | None:
    """The processes whose work keeps failing; None where Temporal does not say so in time."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await _listed(parts.processes.client)
    except (TimeoutError, RPCError, RuntimeError) as error:  # RuntimeError: a first connection that fails
        log.info("Temporal does not say whose process is stuck: %s", type(error).__name__)
        return None


async def stuck_countries(parts: Parts) -> set[str] | None:
    """The codes of the countries whose process does not move; None where Temporal does not say so in time."""
    found = await troubled(parts)
    return None if found is None else {one.country for one in found if one.country}


def country_in(workflow: str) -> str:
    """The code of the country that a workflow is, or belongs to; empty for others."""
    found = _OF_A_COUNTRY.fullmatch(workflow)
    return found[2] if found else ""


def address_of(parts: Parts, workflow: str, run: str = "") -> str:
    """Where the Temporal UI shows a workflow."""
    settings = parts.settings
    space = f"{settings.temporal_ui_url}/namespaces/{quote(settings.temporal_namespace, safe='')}/workflows"
    return f"{space}/{quote(workflow, safe='')}" + (f"/{quote(run, safe='')}/history" if run else "")


async def _listed(client: Client) -> list[Troubled]:
    page = client.list_workflows(QUERY, page_size=MOST)
    await page.fetch_next_page()
    return [_troubled(one) for one in islice(page.current_page or (), MOST)]


def _troubled(one: WorkflowExecution) -> Troubled:
    reported = one.typed_search_attributes.get(PROBLEMS) or ()
    causes = [text.removeprefix(_CAUSE) for text in reported if text.startswith(_CAUSE)]
    return Troubled(
        workflow=one.id,
        run=one.run_id,
        country=country_in(one.id),
        started_at=one.start_time,
        cause=", ".join(causes or reported),
    )
