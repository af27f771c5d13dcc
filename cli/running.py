"""`pathfinder up`, its parts one by one, and what an installation needs before it runs."""

import sys
from datetime import timedelta
from typing import Annotated, Any

import typer

from cli.failing import command
from cli.handing_in import Code
from cli.terminal import put, put_json, tell


@command
def up() -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    from launch.up import run
    from settings import load_settings

    _end(run(load_settings()))


@command
def api() -> None:
    """Run the API where PATHFINDER_BIND_HOST and PATHFINDER_API_PORT say."""
    from api.serving import serve
    from settings import load_settings

    serve(load_settings())


@command
async def worker() -> None:
    """Run the worker: every workflow and activity, until SIGINT or SIGTERM."""
    import worker as process
    from cli import connection
    from launch.production import refuse_weak
    from settings import load_settings

    settings = load_settings()
    refuse_weak(settings)
    await connection.temporal(settings)  # says in a sentence when there is no server
    await process.run(settings)


@command
def mailbox() -> None:
    """Run the local mailbox: it takes every mail and shows it on a page."""
    from launch.mailbox import main

    _end(main())


@command
async def migrate() -> None:
    """Bring the database up to this version's tables."""
    from cli.connection import read_model
    from storage import schema

    async with read_model() as database:
        if not await schema.pending(database):
            return tell("The database is up to date.")
        await schema.migrate(database)
    return tell("The database was brought up to date.")


@command
async def prepare_namespace() -> None:
    """Make the Temporal namespace and register its search attributes; harmless when repeated."""
    from launch.temporal_server import prepare
    from settings import load_settings

    settings = load_settings()
    await prepare(settings)
    tell(f"The namespace {settings.temporal_namespace} at {settings.temporal_address} is as it must be.")


@command
async def bring_back(code: Code) -> None:
    """Start a country again that was terminated by mistake; it goes on from what its last run carried."""
    from cli import bringing_back, connection
    from cli.auditing import recorded

    client = await connection.temporal()
    async with recorded("bring-back", "bring_back", country=code):
        state = await bringing_back.bring_back(client, code)
    put(f"{state.name} ({code}) goes on: {state.status}, after entry {state.next_entry - 1} of its timeline.")


@command
def payload_key() -> None:
    """Make a key that encrypts what Temporal keeps, as one line of PATHFINDER_PAYLOAD_KEYS; nothing is changed."""
    from connection.keys import new_entry

    put(new_entry())


@command
async def sign_in_link(
    address: Annotated[str, typer.Argument(help="An address at which somebody with a mandate is on record.")],
) -> None:
    """Print a link that signs that person in, once, within an hour; for when mail does not go out."""
    from datetime import UTC, datetime

    from cli.auditing import recorded
    from cli.connection import read_model
    from cli.failing import Failed
    from launch.sign_in_link import NobodyThere, make
    from settings import load_settings

    settings = load_settings()
    about: dict[str, Any] = {"given": {"address": address}}
    async with recorded("sign-in-link", "make_sign_in_link", **about), read_model(settings) as database:
        try:
            put(await make(database, settings, address, datetime.now(UTC)))
        except NobodyThere as error:
            raise Failed(str(error)) from None


@command
async def token(
    role: Annotated[
        str,
        typer.Option(help="As in `pathfinder access matrix`: secretariat, gcm, mwg, focal_point …"),
    ],
    country: Annotated[str, typer.Option(help="A focal point's country, such as XAA.")] = "",
    name: Annotated[str, typer.Option(help="Who will use it; shown as the actor.")] = "",
    task: Annotated[
        list[str] | None, typer.Option(help="A kind of task that a contributor works on; repeat it.")
    ] = None,
    days: Annotated[float, typer.Option(min=0, max=366, help="For how many days it is valid.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Issue a bearer token for the API: signed, for one role, valid for some days."""
    from cli.auditing import recorded
    from cli.handing_in import role_of
    from settings import load_settings
    from tokens import issue

    secret = load_settings().read_token_secret()
    issued = issue(
        secret, role_of(role, "--role"), country, name, timedelta(days=days), tasks=tuple(task or ())
    )
    given = {"role": role, "country": country, "days": days}
    async with recorded("token", "issue_token", country=country, name=name, given=given):
        put_json({"token": issued, **given}) if as_json else put(issued)


def _end(code: int) -> None:
    sys.stdout.flush()
    if code:
        raise typer.Exit(code)
