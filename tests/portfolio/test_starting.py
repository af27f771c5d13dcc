"""An import starts all countries or none, is harmless when repeated, and completes one that was cut off."""

import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from temporalio import workflow
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError
from temporalio.worker import Worker

from contracts.names import COUNTRY, TASK_QUEUE, country_id
from contracts.starting import ImportedCountry
from contracts.state import CountryState
from portfolio.reading import Parsed
from portfolio.starting import Fate, import_portfolio, start
from tests.forgetful import forgetful_server
from tests.portfolio.papers import active, candidate, parsed


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    """A client of a server that forgets everything at the end; no worker: countries start and stand still."""
    async with forgetful_server() as found:
        yield found


def both() -> Parsed:
    """A candidate and an active country."""
    return parsed([*candidate(), *active()])


async def running(client: Client, code: str) -> bool:
    """Whether a country's process is there and has not ended."""
    try:
        found = await client.get_workflow_handle(country_id(code)).describe()
    except RPCError:
        return False
    return found.status is WorkflowExecutionStatus.RUNNING


async def carried(client: Client, code: str) -> CountryState:
    """The state with which a country was started."""
    history = await client.get_workflow_handle(country_id(code)).fetch_history()
    payloads = history.events[0].workflow_execution_started_event_attributes.input.payloads
    (state,) = await pydantic_data_converter.decode(payloads, [CountryState])
    return CountryState.model_validate(state)


async def test_every_country_of_a_portfolio_is_started_with_its_history(client: Client) -> None:
    told: list[str] = []
    report = await import_portfolio(client, both(), dry_run=False, progress=told.append)
    assert [(line.code, line.years, line.fate) for line in report.lines] == [
        ("XAA", 0, Fate.STARTED),
        ("XAB", 2, Fate.STARTED),
    ]
    assert told == ["XAA", "XAB"]
    state = await carried(client, "XAB")
    history = ImportedCountry.model_validate(state.history)
    assert (state.code, state.name, history.cycles[0].year) == ("XAB", "Brisovia", 2025)


async def test_a_dry_run_says_what_would_happen_and_touches_nothing(client: Client) -> None:
    await import_portfolio(client, parsed(candidate()), dry_run=False)
    report = await import_portfolio(client, both(), dry_run=True)
    assert [(line.code, line.fate) for line in report.lines] == [("XAA", Fate.RUNNING), ("XAB", Fate.NEW)]
    assert not await running(client, "XAB")


async def test_a_dry_run_without_a_server_looks_at_the_file_alone() -> None:
    report = await import_portfolio(None, both(), dry_run=True)
    assert report.ok
    assert report.count(Fate.NEW) == 2
    with pytest.raises(ValueError, match="needs a client"):
        await import_portfolio(None, both(), dry_run=False)


async def test_nothing_is_started_when_the_file_has_an_error(client: Client) -> None:
    report = await import_portfolio(client, parsed([*candidate(), *active(granted_on="")]), dry_run=False)
    assert [(error.row, error.column) for error in report.errors] == [(3, "granted_on")]
    assert not await running(client, "XAA")


async def test_nothing_is_started_when_one_country_runs_from_other_rows(client: Client) -> None:
    await import_portfolio(client, parsed(active(ministry="Another ministry")), dry_run=False)
    report = await import_portfolio(client, both(), dry_run=False)
    assert [(error.row, error.column) for error in report.errors] == [(3, "code")]
    assert "XAB already runs here, and not from these rows" in report.errors[0].message
    assert report.lines == ()
    assert not await running(client, "XAA")


async def test_the_same_import_again_changes_nothing(client: Client) -> None:
    await import_portfolio(client, both(), dry_run=False)
    before = (await client.get_workflow_handle(country_id("XAB")).describe()).run_id
    report = await import_portfolio(client, both(), dry_run=False)
    assert (report.count(Fate.RUNNING), report.count(Fate.STARTED)) == (2, 0)
    assert (await client.get_workflow_handle(country_id("XAB")).describe()).run_id == before


async def test_an_import_that_was_cut_off_is_completed_by_the_same_import(client: Client) -> None:
    await start(client, both().countries[0])
    report = await import_portfolio(client, both(), dry_run=False)
    assert [line.fate for line in report.lines] == [Fate.RUNNING, Fate.STARTED]


async def test_two_imports_at_once_start_every_country_once(client: Client) -> None:
    first = both().countries[0]
    await start(client, first)
    await start(client, first)  # what an import does that has looked before the other one started it
    assert await running(client, "XAA")


async def test_a_country_that_was_registered_here_is_not_replaced(client: Client) -> None:
    await client.start_workflow("country", {}, id=country_id("XAA"), task_queue=str(uuid.uuid4()))
    report = await import_portfolio(client, both(), dry_run=False)
    assert [(error.row, error.column) for error in report.errors] == [(2, "code")]
    assert not await running(client, "XAB")


@workflow.defn(name=COUNTRY, sandboxed=False)
class Withdrawn:
    """A country that withdraws at once."""

    @workflow.run
    async def run(self, state: CountryState) -> None:
        """Ends."""


@pytest.mark.clause("GEN-03")
async def test_a_country_that_has_withdrawn_since_is_not_brought_back(client: Client) -> None:
    rows = both()
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[Withdrawn]):
        await start(client, rows.countries[0])
        await client.get_workflow_handle(country_id("XAA")).result()
    again = await import_portfolio(client, rows, dry_run=False)
    assert [line.fate for line in again.lines] == [Fate.WITHDRAWN, Fate.STARTED]
    other = await import_portfolio(client, parsed(candidate(ministry="Another")), dry_run=False)
    assert "has withdrawn; when it applies again, register" in other.errors[0].message
    assert not await running(client, "XAA")


async def test_a_country_that_an_operator_stopped_is_not_started_behind_the_operators_back(
    client: Client,
) -> None:
    await import_portfolio(client, parsed(candidate()), dry_run=False)
    await client.get_workflow_handle(country_id("XAA")).terminate()
    report = await import_portfolio(client, both(), dry_run=False)
    assert "XAA was stopped from outside" in report.errors[0].message
    assert not await running(client, "XAB")
