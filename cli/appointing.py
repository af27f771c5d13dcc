"""`pathfinder appoint`: who holds which seat of the Alliance, from when and until when."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson
from cli.terminal import put_json, put_table, tell

if TYPE_CHECKING:
    from portfolio.directory import AppointReport
    from settings import Settings


@command
async def appoint(
    file: Annotated[Path, typer.Argument(metavar="DIRECTORY.csv", help="Columns: see docs/portfolio.md.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, appoint nobody.")] = False,
    as_json: AsJson = False,
) -> None:
    """Enter the seats of the Secretariat, the GCM, the Chair and the MWG.

    With any error nobody is appointed. The same file again is harmless.
    """
    from settings import load_settings

    report = await _carried_out(file, load_settings(), dry_run)
    if as_json:
        put_json({"dry_run": report.dry_run, "appointments": report.lines, "errors": report.errors})
    elif report.ok:
        rows = ((one.row, one.appointment.role, one.appointment.seat, one.fate) for one in report.lines)
        put_table(("row", "role", "seat", "appointment"), rows)
    if not report.ok:
        raise Failed("\n".join([*map(str, report.errors), "Nobody was appointed."]))
    tell(f"{len(report.lines)} {'would be' if dry_run else 'are'} on record.")


async def _carried_out(file: Path, settings: "Settings", dry_run: bool) -> "AppointReport":
    from cli import connection
    from cli.auditing import recorded
    from launch.alliance import ensure_alliance
    from portfolio.directory import appoint_from_csv

    if not file.exists():
        raise Failed(f"There is no file {file}.")
    if dry_run:
        return await appoint_from_csv(None, file, dry_run)
    given = {"file": file.read_text(encoding="utf-8", errors="replace")}
    client = await connection.temporal(settings)
    async with recorded("appoint", "appoint", given=given):
        await ensure_alliance(client)
        return await appoint_from_csv(client, file, dry_run)
