"""`pathfinder access`: who may do what."""

import typer

from cli.failing import command
from cli.terminal import put, put_json, tell

app = typer.Typer(no_args_is_help=True, help="Who may do what.")


@app.command()
@command
def matrix(
    as_json: bool = typer.Option(False, "--json", help="Answer in JSON."),
) -> None:
    """Print the table of access: action x state x role, with how far each reaches (own, others, all countries)."""
    from access import matrix as access

    if as_json:
        put_json(
            [
                {"action": line.action, "state": line.state}
                | dict(zip(access.COLUMNS, (far.value for far in line.reaches), strict=True))
                for line in access.lines()
            ]
        )
    else:
        put(access.as_markdown().rstrip())
        tell(
            f"{len(access.lines())} lines, {access.cell_count():,} cells: each line, role, own and other country."
        )
