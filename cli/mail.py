"""`pathfinder mail`: what messages look like, what became of each, and what came back to the return mailbox."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import previewing
from cli.failing import Failed, command
from cli.handing_in import AsJson
from cli.terminal import put, put_json, put_table, shown, tell

if TYPE_CHECKING:
    from contracts.rows import Happening
    from storage.engine import Database
    from storage.ledger import MailFilter, MailItem
    from storage.returned import ReturnItem

app = typer.Typer(
    no_args_is_help=True, help="What messages look like, what became of each, and what came back."
)
app.command("preview")(previewing.preview)
PAGE = 200

Limit = Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Of a returned message, as `mail returns` shows it.")]


@app.command("list")
@command
async def list_mails(
    country: Annotated[str, typer.Option(help="The code of a country, or ALLIANCE.")] = "",
    kind: Annotated[str, typer.Option(help="reminder, granted, reply_letter ...")] = "",
    state: Annotated[
        list[str] | None, typer.Option(help="sent, bounced, refused ...; may be repeated.")
    ] = None,
    task: Annotated[str, typer.Option(help="The key of a task.")] = "",
    possible_duplicate: Annotated[
        bool, typer.Option("--possible-duplicate", help="The reader may have two copies.")
    ] = False,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """List messages in the order in which they were made, one for each recipient."""
    from cli.connection import read_model
    from storage.ledger import STATES, MailFilter

    wrong = [one for one in state or () if one not in STATES]
    if wrong:
        raise typer.BadParameter(f"'{wrong[0]}' is not one of: {', '.join(STATES)}", param_hint="--state")
    chosen = MailFilter(
        country=country,
        kind=kind,
        task=task,
        states=tuple(state or ()),
        possible_duplicate=True if possible_duplicate else None,
    )
    async with read_model() as database:
        found, more = await _mails(database, chosen, limit)
    if as_json:
        return put_json(found)
    header = ("key", "made (UTC)", "to", "address", "state", "attempts", "twice?", "answer")
    put_table(header, (_line(item) for item in found))
    return tell(_counted(len(found), "message", more))


def _line(item: "MailItem") -> tuple[object, ...]:
    delivery = item.delivery
    whom = delivery.to_email or "nobody"
    twice = "possible" if item.possible_duplicate else ""
    return (
        item.key,
        delivery.order.made_at,
        delivery.role,
        whom,
        item.state,
        item.attempts,
        twice,
        item.answer,
    )


async def _mails(database: "Database", chosen: "MailFilter", limit: int) -> "tuple[list[MailItem], bool]":
    from storage import ledger

    found: list[MailItem] = []
    cursor: str | None = ""
    while cursor is not None and len(found) < limit:
        page = await ledger.mails(database, chosen, limit=min(PAGE, limit - len(found)), cursor=cursor)
        found, cursor = found + page.items, page.next_cursor
    return found, cursor is not None


@app.command()
@command
async def show(
    key: Annotated[str, typer.Argument(help="As `mail list` shows it.")], as_json: AsJson = False
) -> None:
    """Show one message: each attempt with the server's words, when it is tried again, what came back."""
    from cli.connection import read_model
    from storage import ledger

    async with read_model() as database:
        item = await ledger.mail(database, key)
    if item is None:
        raise Failed(f"No message {key} is on record. `pathfinder mail list` shows all.")
    if as_json:
        return put_json(item)
    order = item.delivery.order
    put(
        f"{order.kind} of {order.country} ({order.cycle}) to {item.delivery.to_email or 'nobody'}: {item.state}"
    )
    if item.possible_duplicate:
        put("The reader may have got two copies of it, with one Message-ID.")
    put("")
    header = ("at (UTC)", "what", "attempt", "tried again about (UTC)", "words", "report")
    return put_table(header, (_told(one) for one in item.story))


def _told(one: "Happening") -> tuple[object, ...]:
    return (one.at, one.what, one.attempt or "", one.again_at, one.said, one.report[:16])


@app.command()
@command
async def returns(
    everything: Annotated[bool, typer.Option("--all", help="Also what nobody need look at.")] = False,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """List what came back to the return mailbox and waits for somebody, the oldest first."""
    from cli.connection import read_model
    from contracts.returns import OPEN

    async with read_model() as database:
        found, more = await _returned(database, "" if everything else OPEN, limit)
    if as_json:
        return put_json(found)
    header = ("id", "recorded (UTC)", "kind", "state", "about", "from", "subject", "seen by", "note")
    put_table(header, (_came(item) for item in found))
    return tell(_counted(len(found), "returned message", more))


def _came(item: "ReturnItem") -> tuple[object, ...]:
    card = item.card
    seen = (card.sender, card.subject, card.seen_by, card.note)
    return (card.id, card.recorded_at, card.kind, item.state, item.mail, *seen)


async def _returned(database: "Database", state: str, limit: int) -> "tuple[list[ReturnItem], bool]":
    from storage import returned

    found: list[ReturnItem] = []
    cursor: str | None = ""
    while cursor is not None and len(found) < limit:
        page = await returned.all_returned(
            database, state, limit=min(PAGE, limit - len(found)), cursor=cursor
        )
        found, cursor = found + page.items, page.next_cursor
    return found, cursor is not None


@app.command("returned")
@command
async def save_returned(
    return_id: Id,
    to: Annotated[
        Path, typer.Option("--to", metavar="FILE.eml", help="A new file; strangers wrote what is in it.")
    ],
) -> None:
    """Write one returned message to a file, as it came."""
    from cli.auditing import recorded
    from settings import load_settings
    from storage import returned
    from storage.documents import DocumentMissing, Documents

    async with recorded("mail returned", "read_returns", given={"id": return_id[:64]}):
        try:
            content = await returned.content(Documents(load_settings().documents_url), return_id)
        except DocumentMissing:
            raise Failed(
                f"No message {return_id} came back. `pathfinder mail returns --all` shows all."
            ) from None
        try:
            with to.open("xb") as file:
                file.write(content)
        except OSError as error:
            raise Failed(f"{to} cannot be written: {error.strerror}.") from None
    return tell(f"{len(content)} bytes written to {to}")


@app.command()
@command
async def seen(
    return_id: Id,
    by: Annotated[str, typer.Option(help="Who has seen to it.")],
    note: Annotated[str, typer.Option(help="What was done.")] = "",
) -> None:
    """Say that a returned message has been seen to."""
    from datetime import UTC, datetime

    from cli.auditing import recorded
    from cli.connection import read_model
    from settings import load_settings
    from storage import returned
    from storage.documents import Documents

    settings = load_settings()
    now = datetime.now(UTC)
    about: dict[str, Any] = {"name": by, "given": {"id": return_id[:64], "note": note[:500]}}
    async with recorded("mail seen", "see_to_return", **about), read_model(settings) as database:
        documents = Documents(settings.documents_url)
        item = await returned.see_to(database, documents, return_id, by=by[:200], at=now, note=note[:500])
        if item is None:
            raise Failed(f"No message {return_id} came back. `pathfinder mail returns --all` shows all.")
    return put(
        f"{return_id[:16]} was seen to by {shown(item.card.seen_by)} at {shown(item.card.seen_at)} (UTC)."
    )


def _counted(number: int, what: str, more: bool) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}{'; there are more (--limit)' if more else ''}"
