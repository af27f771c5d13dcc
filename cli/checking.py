"""`pathfinder check`, `clauses`, `rehearse` and `rebuild`: proofs that things are as they should be."""

from pathlib import Path
from typing import Annotated

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson
from cli.terminal import progress, put, put_json, put_table, tell


@command
def clauses(as_json: AsJson = False) -> None:
    """Print each clause of the framework with the tests that show it; fails when a step or rule has none."""
    from cli.catalogue import clauses as catalogue

    found = catalogue()
    if as_json:
        put_json(found)
    else:
        for one in found:
            put(f"{one.id}  {one.kind}, {one.who}: {one.text}")
            put("\n".join(f"    {test}" for test in one.tests) or "    (no test)")
    missing = [one.id for one in found if one.unshown]
    if missing:
        raise Failed(f"{len(missing)} steps or rules are shown by no test: {', '.join(missing)}.")
    tell(f"{len(found)} clauses; every step and rule is shown by a test.")


@command
def check(as_json: AsJson = False) -> None:
    """Print the settings that are too weak for production, with how to mend each; fails when there are some."""
    from launch.production import weaknesses
    from settings import load_settings

    found = weaknesses(load_settings())
    if as_json:
        put_json(found)
    elif found:
        put_table(
            ("variable", "what is weak", "how to mend it"),
            [(one.variable, one.what, one.mend) for one in found],
        )
    if found:
        raise Failed(
            f"{len(found)} settings are too weak for production; PATHFINDER_PRODUCTION=true refuses them."
        )
    tell("No setting is known as weak.")


@command
def rehearse(
    file: Annotated[Path, typer.Argument(metavar="FILE.yaml", help="The scenario.")], as_json: AsJson = False
) -> None:
    """Play a scenario on a throwaway server in virtual time; fails when an expectation is not met."""
    from rehearsal.command import run

    code = run(file, as_json)
    if code:
        raise typer.Exit(code)


@command
async def rebuild(
    check: Annotated[
        bool, typer.Option("--check", help="Fail when the rows were not what they become.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the read model anew from the countries' processes; living countries go on meanwhile."""
    from cli import connection
    from cli.auditing import recorded
    from settings import load_settings
    from storage.documents import Documents
    from storage.rebuilding import check_rebuild
    from storage.rebuilding import rebuild as write_anew

    settings = load_settings()
    client, documents = await connection.temporal(settings), Documents(settings.documents_url)
    command = "rebuild --check" if check else "rebuild"
    async with recorded(command, "rebuild"), connection.read_model(settings) as database:
        with progress("Writing the read model anew") as show:
            report = await (check_rebuild if check else write_anew)(client, database, documents, show)
    if as_json:
        put_json(report)
    else:
        put_table(("what", "how many"), sorted(report.counts.items()))
    if report.differences:
        raise Failed(
            "\n".join(["The read model was not what the processes say, and is now:", *report.differences])
        )
    tell("The read model says what the processes say." if check else "The read model was written anew.")
