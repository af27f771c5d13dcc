"""`pathfinder import`: a portfolio on paper becomes living countries, all of them or none."""

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson
from cli.terminal import progress, put_json, put_table, tell

if TYPE_CHECKING:
    from temporalio.client import Client

    from portfolio.reading import Parsed
    from portfolio.starting import Report
    from settings import Settings


@command
async def import_portfolio(
    file: Annotated[Path, typer.Argument(metavar="PORTFOLIO.csv", help="Columns: see docs/portfolio.md.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, start nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Start the countries of a portfolio, each in the middle of its history.

    With any error nothing is started. The same file again is harmless, and completes a broken import.
    """
    from portfolio.reading import read
    from settings import load_settings

    settings = load_settings()
    parsed = read(file, samples_allowed=settings.samples_allowed)
    report = await _carried_out(parsed, settings, dry_run)
    if as_json:
        put_json({"dry_run": report.dry_run, "countries": report.lines, "errors": report.errors})
    elif report.ok:
        put_table(
            ("code", "name", "status", "years", "process"),
            ((line.code, line.name, line.status, line.years, line.fate) for line in report.lines),
        )
    if not report.ok:
        raise Failed("\n".join([*map(str, report.errors), _nothing(len(report.errors))]))
    tell(_summary(report))


async def _carried_out(parsed: "Parsed", settings: "Settings", dry_run: bool) -> "Report":
    from cli import connection
    from cli.auditing import recorded
    from portfolio.starting import import_portfolio as start_all

    if parsed.errors:
        return await start_all(None, parsed, dry_run=True)
    try:
        client = await connection.temporal(settings)
    except Failed as failure:
        if not dry_run:
            raise
        tell(f"{failure} The file was not compared with the countries that run.")
        return await start_all(None, parsed, dry_run=True)
    if dry_run:
        return await _start(client, parsed, dry_run)
    codes = {"countries": [one.country.code for one in parsed.countries]}
    async with recorded("import", "import", given=codes):
        return await _start(client, parsed, dry_run)


async def _start(client: "Client", parsed: "Parsed", dry_run: bool) -> "Report":
    from portfolio.starting import import_portfolio as start_all

    with progress("Starting countries") as show:
        started, total = count(1), len(parsed.countries)
        return await start_all(
            client, parsed, dry_run=dry_run, progress=lambda code: show(next(started), total, code)
        )


def _nothing(errors: int) -> str:
    return f"Nothing was started: {errors} {'error' if errors == 1 else 'errors'} to mend."


def _summary(report: "Report") -> str:
    from portfolio.starting import Fate

    already, gone = report.count(Fate.RUNNING), report.count(Fate.WITHDRAWN)
    known = f", {already} ran already" if already else ""
    known += f", {gone} came from these rows and withdrew since" if gone else ""
    if report.dry_run:
        return f"Nothing is wrong. {report.count(Fate.NEW)} would be started{known}; nothing was."
    return f"{report.count(Fate.STARTED)} started{known}."
