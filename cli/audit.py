"""`pathfinder audit`: who did what, whether the record of it is what was written, and copies of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson, day
from cli.terminal import put, put_json, put_table, tell

if TYPE_CHECKING:
    from contracts.audit import Anchor
    from storage.audit_reading import AuditFilter, AuditItem

app = typer.Typer(no_args_is_help=True, help="Who did what, and whether the record of it is sound.")

Country = Annotated[str, typer.Option(help="The code of a country.")]
Person = Annotated[
    str, typer.Option(help="A person's name, or an id or address: then all that they are known by.")
]
Since = Annotated[str, typer.Option(help="The first day (UTC), as 2027-04-28.")]
COLUMNS = (
    "sequence",
    "at",
    "outcome",
    "action",
    "person",
    "role",
    "mandate",
    "country",
    "object",
    "message",
    "event_entry",
    "event_revision",
    "reasons",
    "refers_to",
    "count",
    "detail",
    "erased",
    "sha256",
)


@app.command()
@command
async def verify(
    anchored: Annotated[
        bool, typer.Option("--anchors/--no-anchors", help="Compare with the anchors in Temporal.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Read the whole record and name the first row that is not as it was written; fails when there is one.

    It also lists what came to countries by another door, such as a signal typed in the Temporal UI: no error.
    """
    from cli.connection import read_model
    from storage.audit_reading import by_other_doors
    from storage.audit_verifying import verify as verified

    anchors = await _anchors() if anchored else []
    async with read_model() as database:
        found = await verified(database, anchors)
        doors = await by_other_doors(database)
    if as_json:
        put_json({"verification": found, "sound": found.sound, "other_doors": doors})
    elif doors:
        header = ("country", "entry", "at (UTC)", "kind", "message")
        put_table(header, ((one.country, one.entry, one.at, one.kind, one.message) for one in doors))
        tell(f"{len(doors)} came by another door, which is no error.")
    if not found.sound:
        first, rest = found.defects[0], len(found.defects) - 1
        more = f" ({rest} more)" if rest else ""
        raise Failed(f"The record is not what was written: row {first.sequence} is {first.defect}{more}.")
    compared = f"{found.anchors} anchors agree" if anchored else "no anchors were compared"
    tell(f"{found.rows} rows are as they were written, {found.erased} with something erased; {compared}.")


async def _anchors() -> "list[Anchor]":
    from temporalio.service import RPCError, RPCStatusCode

    from cli import connection
    from contracts.audit import AnchorsState
    from contracts.names import anchors_id

    client = await connection.temporal()
    try:
        state: AnchorsState = await client.get_workflow_handle(anchors_id()).query(
            "state", result_type=AnchorsState
        )
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Failed(
                "There are no anchors: the worker has never run here. --no-anchors verifies without."
            ) from None
        raise
    return state.anchors


@app.command()
@command
async def show(
    country: Country = "",
    person: Person = "",
    since: Since = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most, the newest.")] = 200,
    as_json: AsJson = False,
) -> None:
    """Show acts, attempts and denials, the oldest first."""
    found = (await _found(_filter(country, since), person))[-limit:]
    if as_json:
        return put_json(found)
    header = ("no", "at (UTC)", "who", "as", "from", "action", "country", "outcome", "times", "entry", "why")
    return put_table(header, (_line(one) for one in found))


def _line(one: "AuditItem") -> tuple[object, ...]:
    who, client = one.detail.get("name") or one.person, one.detail.get("client", "")
    became = (one.outcome.value, one.count, one.event_entry, one.reasons)
    return (one.sequence, one.at, who, one.role, client, one.action, one.country, *became)


@app.command()
@command
async def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=".jsonl for JSON Lines, .csv for spreadsheets.")
    ],
    country: Country = "",
    person: Person = "",
    since: Since = "",
) -> None:
    """Write the record of a country or of a person into a file, with all that was given. The export is recorded too."""
    from cli.auditing import recorded
    from storage.sheets import lines

    if file.suffix not in (".jsonl", ".csv"):
        raise typer.BadParameter("End the file's name in .jsonl or .csv.", param_hint="FILE")
    async with recorded("audit export", "export_audit", country=country):
        found = await _found(_filter(country, since), person)
        if file.suffix == ".csv":
            rows = ([getattr(one, name) for name in COLUMNS] for one in found)
            content = "".join(lines(COLUMNS, rows))
        else:
            content = "".join(f"{one.model_dump_json()}\n" for one in found)
        file.write_text(content, encoding="utf-8", newline="")
    tell(f"{len(found)} rows are in {file}.")


@app.command()
@command
async def anchor() -> None:
    """Anchor the end of the record in Temporal now, as before a move of the database; it happens daily by itself."""
    from cli import connection
    from cli.auditing import recorded
    from contracts.audit import Anchor
    from contracts.names import anchors_id

    client = await connection.temporal()
    async with recorded("audit anchor", "anchor_audit"):
        found: Anchor | None = await client.get_workflow_handle(anchors_id()).execute_update(
            "anchor",
            result_type=Anchor | None,  # type: ignore[arg-type]
        )
    put(f"row {found.sequence}, {found.sha256}" if found else "There are no rows yet.")


def _filter(country: str, since: str) -> "AuditFilter":
    from storage.audit_reading import AuditFilter

    first = day(since, "--since")
    return AuditFilter(
        country=country, since=datetime.combine(first, datetime.min.time(), UTC) if first else None
    )


async def _found(chosen: "AuditFilter", person: str) -> "list[AuditItem]":
    from cli.connection import read_model
    from storage.audit_reading import all_acts
    from storage.joining import ids_known_as

    async with read_model() as database:
        wanted = {one.casefold() for one in [person, *await ids_known_as(database, person)]}

        def concerns(one: "AuditItem") -> bool:
            texts = (one.person, *(value for value in one.detail.values() if isinstance(value, str)))
            return any(text.casefold() in wanted for text in texts)

        return [one async for one in all_acts(database, chosen, concerns if person else None)]
