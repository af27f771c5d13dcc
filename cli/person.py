"""`pathfinder person`: what is held about somebody, and how somebody is forgotten."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson
from cli.terminal import put_json, put_table, tell

if TYPE_CHECKING:
    from contracts.personal import Erasure
    from storage.personal_search import Held, Known

app = typer.Typer(no_args_is_help=True, help="What is held about a person.")


@app.callback()
def about() -> None:
    """What is held about a person."""


@app.command()
@command
async def export(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address of the person.")],
    name: Annotated[list[str] | None, typer.Option(help="A name of the person (repeatable).")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write JSON into this file, readable by you alone.")
    ] = None,
    processes: Annotated[
        bool, typer.Option("--processes/--no-processes", help="Ask the living processes too.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Export all that is held about a person: rows, documents of closed years, what processes carry, acts, mails.

    The names that stand beside the address are found by themselves; give others by --name.
    """
    from cli.auditing import recorded
    from storage.personal_search import NOT_SEARCHED

    async with recorded("person export", "export_person", name=address):
        known, found = await _found(address, name or [], processes)
        content = {"addresses": sorted(known.addresses), "names": sorted(known.names), "held": found}
        if output is not None:
            _write(output, content)
    if as_json:
        put_json(content)
    elif output is None:
        put_table(("where", "key", "place"), ((one.where, one.key, one.place) for one in found))
    tell(f"{len(found)} things are held about {', '.join(sorted(known.names)) or address}. {NOT_SEARCHED}")


@app.command()
@command
async def erase(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address of the person.")],
    name: Annotated[list[str] | None, typer.Option(help="A name of the person (repeatable).")] = None,
    also: Annotated[list[str] | None, typer.Option(help="Another address (repeatable).")] = None,
    pseudonym: Annotated[str, typer.Option(help="What stands instead of the name.")] = "",
    by: Annotated[str, typer.Option(help="Who erases.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would change, change nothing.")
    ] = False,
) -> None:
    """Forget a person: a pseudonym acts instead, in rows, processes, closed years and the record of acts.

    Refused while the person holds a mandate. The same again is harmless.
    """
    from cli.auditing import recorded

    erasure, found = await _erasure(address, [*(also or [])], name or [], pseudonym, by)
    if dry_run:
        put_table(("where", "key", "place"), ((one.where, one.key, one.place) for one in found))
        return tell(f"{len(found)} things would be changed; nothing was.")
    async with recorded("person erase", "erase_person", given={"pseudonym": erasure.pseudonym}):
        await _erase(erasure)
    return None


@app.command()
@command
async def same(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address of the person to keep.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another address of the same person.")],
    by: Annotated[str, typer.Option(help="Who says so.")] = "",
) -> None:
    """Say that two addresses are one person: mandates, sessions, exports and erasures then treat them as one.

    It cannot be taken back. The same again is harmless.
    """
    from datetime import UTC, datetime

    from cli.auditing import recorded
    from cli.connection import read_model
    from storage.joining import NotOnRecord, join

    given = {"address": address, "other": other}
    async with recorded("person same", "join_addresses", name=by, given=given), read_model() as database:
        try:
            person = await join(database, address, other, datetime.now(UTC))
        except NotOnRecord as error:
            raise Failed(str(error)) from None
    tell(f"Both addresses are those of {person} from now on.")


async def _erasure(
    address: str, also: list[str], names: list[str], pseudonym: str, by: str
) -> "tuple[Erasure, list[Held]]":
    from datetime import UTC, datetime
    from secrets import token_hex

    from cli.connection import read_model
    from contracts.messages import Actor
    from contracts.personal import Erasure
    from framework.terms import Role
    from storage.erasing import mandates

    known, found = await _found(address, names, processes=True)
    addresses = sorted({*known.addresses, *also})
    erasure = Erasure(
        addresses=addresses,
        names=sorted(known.names),
        pseudonym=pseudonym or f"person {token_hex(4)}",
        actor=Actor(role=Role.OPERATOR, name=by),
    )
    async with read_model() as database:
        held = await mandates(database, erasure, datetime.now(UTC).date())
    if held:
        raise Failed("\n".join(["This person holds mandates; end them first:", *held]))
    return erasure, found


async def _erase(erasure: "Erasure") -> None:
    from datetime import UTC, datetime

    from cli import auditing, connection
    from storage import erasing
    from storage.audit import Act, Outcome

    act = Act(at=datetime.now(UTC), outcome=Outcome.DONE, action="erase_person", role=auditing.ROLE)
    client = await connection.temporal()
    async with connection.read_model() as database:
        report = await erasing.erase(client, database, connection.documents(), erasure, act)
    put_table(("what", "how many"), sorted(report.counts.items()))
    if report.ended:
        tell(f"These processes have ended and cannot forget: {', '.join(report.ended)}.")
    tell(f"The person is {erasure.pseudonym} from now on. {erasing.LEFT}")


async def _found(address: str, names: list[str], processes: bool) -> "tuple[Known, list[Held]]":
    from cli import connection
    from storage import personal_search

    async with connection.read_model() as database:
        known = await personal_search.known_by(database, address, names)
        found = await personal_search.in_rows(database, known)
    found += await personal_search.in_documents(connection.documents(), known)
    if processes:
        found += await personal_search.in_processes(await connection.temporal(), known)
    return known, found


def _write(output: Path, content: object) -> None:
    import json
    import os

    from pydantic_core import to_jsonable_python

    text = json.dumps(to_jsonable_python(content), indent=2, ensure_ascii=False)
    with open(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
