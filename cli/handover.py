"""`pathfinder handover`: the mandate of a country's focal point passes on."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.country import known
from cli.failing import Failed, command
from cli.handing_in import AsJson, Code, acting, handed_in, id_of, role_of, say
from cli.terminal import put, put_json

if TYPE_CHECKING:
    from contracts.messages import Receipt
    from framework.records import DocumentRef, Submission
    from framework.terms import Language

app = typer.Typer(
    no_args_is_help=True, help="The mandate of a focal point passes on: named, accepted, withdrawn."
)

COMMANDS = {
    "successor_named": ("handover name", "hand_over"),
    "successor_accepted": ("handover accept", "accept_mandate"),
    "successor_withdrawn": ("handover withdraw", "hand_over"),
}
"""As what each record stands in the record of acts: the command and the action of the table of access."""

By = Annotated[str, typer.Option(help="In which role: secretariat or focal_point.")]
Name = Annotated[str, typer.Option(help="Who does this.")]
OnBehalfOf = Annotated[str, typer.Option(help="For whom the Secretariat acts.")]
Handover = Annotated[
    str, typer.Argument(metavar="[HANDOVER]", help="Its id, such as handover-12; else the one that waits.")
]


@app.command("name")
@command
async def name_successor(
    code: Code,
    successor: Annotated[str, typer.Option(help="The name of whoever follows.")],
    post: Annotated[str, typer.Option(help="Their post.")],
    email: Annotated[str, typer.Option(help="Their address: with it they sign in.")],
    language: Annotated[str, typer.Option(help="en, fr or es: how they are written to.")] = "en",
    time_zone: Annotated[str, typer.Option(help="Where they are, such as Africa/Nairobi.")] = "UTC",
    overlap_days: Annotated[int | None, typer.Option(help="How long the predecessor keeps access.")] = None,
    letter: Annotated[str, typer.Option(help="The id of the uploaded letter of designation.")] = "",
    by: By = "secretariat",
    name: Name = "",
    on_behalf_of: OnBehalfOf = "",
    as_json: AsJson = False,
) -> None:
    """Name who follows as focal point. The Secretariat needs the country's letter for it."""
    from framework.records import Contact, SuccessorNamed

    person = Contact(
        name=successor, post=post, email=email, language=_language(language), time_zone=time_zone
    )
    paper = await _letter(code, letter) if letter else None
    record = SuccessorNamed(successor=person, overlap_days=overlap_days, letter=paper)
    await _hand_in(code, record, by, name, on_behalf_of, as_json)


@app.command()
@command
async def accept(
    code: Code,
    handover: Handover = "",
    by: By = "secretariat",
    name: Name = "",
    on_behalf_of: OnBehalfOf = "",
    as_json: AsJson = False,
) -> None:
    """Take up the mandate: the Secretariat on behalf of the named person, by that person's name."""
    from framework.records import SuccessorAccepted

    record = SuccessorAccepted(handover=handover or await _waiting(code))
    await _hand_in(code, record, by, name, on_behalf_of, as_json)


@app.command()
@command
async def withdraw(
    code: Code,
    handover: Handover = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    by: By = "secretariat",
    name: Name = "",
    on_behalf_of: OnBehalfOf = "",
    as_json: AsJson = False,
) -> None:
    """Take back a naming that was not accepted yet."""
    from framework.records import SuccessorWithdrawn

    record = SuccessorWithdrawn(handover=handover or await _waiting(code), reason=reason)
    await _hand_in(code, record, by, name, on_behalf_of, as_json)


@app.command()
@command
async def show(code: Code, as_json: AsJson = False) -> None:
    """Show who was named and has not accepted, who still has access after a hand-over, and who helps."""
    from cli.connection import read_model

    async with read_model() as database:
        row = await known(database, code)
    if as_json:
        return put_json(row.model_dump(include={"pending_successor", "former_focal_points", "contributors"}))
    put(f"Focal point: {row.focal_point.name}")
    if row.pending_successor is not None:
        one = row.pending_successor
        put(f"Named to follow: {one.contact.name}, can accept until {one.open_until} ({one.id})")
    for former in row.former_focal_points:
        put(f"Former focal point: {former.contact.name}, access until {former.until_on} ({former.id})")
    for helper in row.contributors:
        until = f" until {helper.until_on}" if helper.until_on else ""
        put(f"Contributor: {helper.contact.name}, {', '.join(helper.tasks)}{until} ({helper.id})")
    return None


async def _hand_in(
    code: str, record: "Submission", by: str, name: str, on_behalf_of: str, as_json: bool
) -> None:
    """By the country's own door; the same command again on the same day is the same message."""
    from dataclasses import asdict

    from contracts.messages import Envelope

    actor = acting(code, role_of(by, "--by"), name)
    message_id = id_of(code, {"by": by, "name": name, "for": on_behalf_of, **_plain(asdict(record))})
    envelope = Envelope(message_id=message_id, actor=actor, submission=record, on_behalf_of=on_behalf_of)
    command, action = COMMANDS[record.kind]
    receipt: Receipt = await handed_in(command, action, code, envelope)
    put_json(receipt) if as_json else say(code, receipt)


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    from workflows.process.plain import plain

    found: dict[str, Any] = plain(content)
    return found


def _language(text: str) -> "Language":
    from framework.terms import Language

    try:
        return Language(text)
    except ValueError:
        able = ", ".join(Language)
        raise typer.BadParameter(f"'{text}' is none of {able}", param_hint="--language") from None


async def _letter(code: str, document_id: str) -> "DocumentRef":
    from cli.connection import read_model
    from storage.uploads import document

    async with read_model() as database:
        stored = await document(database, document_id)
    if stored is None or stored.country != code:
        raise Failed(f"There is no document {document_id} of {code}: upload the letter first.")
    return stored.ref


async def _waiting(code: str) -> str:
    """The id of the hand-over that waits to be accepted."""
    from cli.connection import read_model

    async with read_model() as database:
        row = await known(database, code)
    if row.pending_successor is None:
        raise Failed(f"No hand-over is waiting to be accepted in {code}.")
    return row.pending_successor.id
