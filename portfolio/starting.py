"""Starting the countries of a portfolio: all or nothing, harmless when repeated, completed when cut off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.names import CODE_ATTRIBUTE, COUNTRY, TASK_QUEUE, country_id
from contracts.starting import imported
from portfolio.reading import Parsed, ParsedCountry
from portfolio.sheet import CellError

MEMO_KEY = "portfolio_row"
"""In the memo of an imported country: the hash of the rows that it came from."""


class Fate(StrEnum):
    """What becomes of one country of a portfolio."""

    NEW = "new"
    STARTED = "started"
    RUNNING = "running already"
    WITHDRAWN = "has withdrawn since"


_FATES = {
    WorkflowExecutionStatus.RUNNING: Fate.RUNNING,
    WorkflowExecutionStatus.COMPLETED: Fate.WITHDRAWN,
}
_OTHERWISE = {
    Fate.RUNNING: "already runs here, and not from these rows; leave them out and record changes there",
    Fate.WITHDRAWN: "has withdrawn; when it applies again, register its expression of interest",
}
"""What to say of a country that did not come from these rows."""


@dataclass(frozen=True)
class Line:
    """One country of the portfolio and its fate."""

    code: str
    name: str
    status: str
    years: int
    fate: Fate


@dataclass(frozen=True)
class Report:
    """What an import did, or would do (`dry_run`). With any error nothing was started."""

    dry_run: bool
    lines: tuple[Line, ...] = ()
    errors: tuple[CellError, ...] = ()

    @property
    def ok(self) -> bool:
        """True when every country runs now, or could be started."""
        return not self.errors

    def count(self, fate: Fate) -> int:
        """How many countries have this fate."""
        return sum(line.fate is fate for line in self.lines)


def _silent(code: str) -> None:
    """Tells nobody."""


async def import_portfolio(
    client: Client | None, parsed: Parsed, *, dry_run: bool, progress: Callable[[str], None] = _silent
) -> Report:
    """Starts every country that does not run yet; none when there is an error in the file or beside it.

    A country that already runs with the same rows counts as done, one with other rows is an error. `progress`
    is told each code. A dry run may do without a client: then it looks at the file alone.
    """
    if parsed.errors:
        return Report(dry_run, errors=parsed.errors)
    if client is None:
        if not dry_run:
            raise ValueError("an import needs a client; only a dry run does without")
        return Report(dry_run, lines=_lines(parsed.countries, {}, Fate.NEW))
    there = {one.country.code: await _there(client, one) for one in parsed.countries}
    errors = tuple(found for found in there.values() if isinstance(found, CellError))
    done = {code: found for code, found in there.items() if isinstance(found, Fate)}
    if errors or dry_run:
        return Report(
            dry_run, lines=() if errors else _lines(parsed.countries, done, Fate.NEW), errors=errors
        )
    for one in parsed.countries:
        if one.country.code not in done:
            await start(client, one)
        progress(one.country.code)
    return Report(dry_run, lines=_lines(parsed.countries, done, Fate.STARTED))


async def start(client: Client, one: ParsedCountry) -> None:
    """Starts one country; the same rows started by somebody else in the meantime are as good.

    Raises WorkflowAlreadyStartedError when it was started with other rows in the meantime.
    """
    country = one.country
    try:
        await client.start_workflow(
            COUNTRY,
            imported(country),
            id=country_id(country.code),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            memo={MEMO_KEY: one.digest},
            search_attributes=TypedSearchAttributes([SearchAttributePair(CODE_ATTRIBUTE, country.code)]),
            static_summary=f"{country.name} ({country.code})",
        )
    except WorkflowAlreadyStartedError:
        if not isinstance(await _there(client, one), Fate):
            raise


async def _there(client: Client, one: ParsedCountry) -> Fate | CellError | None:
    """What became of these rows already, None when nothing did; an error when the country came otherwise."""
    code = one.country.code
    try:
        found = await client.get_workflow_handle(country_id(code)).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    fate = _FATES.get(found.status) if found.status else None
    if fate is None:
        stopped = "was stopped from outside and not by its own letter"
        return CellError(one.row, "code", f"{code} {stopped}; an operator has to look into it first")
    if (await found.memo()).get(MEMO_KEY) == one.digest:
        return fate
    return CellError(one.row, "code", f"{code} {_OTHERWISE[fate]}")


def _lines(countries: Iterable[ParsedCountry], known: dict[str, Fate], otherwise: Fate) -> tuple[Line, ...]:
    return tuple(
        Line(
            code=one.country.code,
            name=one.country.name,
            status=one.country.status,
            years=len(one.country.cycles),
            fate=known.get(one.country.code, otherwise),
        )
        for one in countries
    )
