"""`pathfinder letters`: the register of a country's letters of record, their texts, and the letters themselves."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.country import known
from cli.failing import Failed, command
from cli.handing_in import AsJson, Code
from cli.terminal import put, put_json, put_table, tell

if TYPE_CHECKING:
    from contracts.letters import Letter
    from contracts.rows import CountryRow
    from correspondence.letter_text import LetterText
    from storage.documents import Documents
    from storage.engine import Database

app = typer.Typer(no_args_is_help=True, help="Letters of record: the register, the texts, the PDF.")
Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help="Its number, such as A8.7/XAA/2027/3 or 2027/3.")
]


@app.command("list")
@command
async def list_letters(code: Code, as_json: AsJson = False) -> None:
    """List a country's letters: number, what about, state, dates, whether public."""
    from cli.connection import read_model
    from storage import reading_letters
    from wording import say

    async with read_model() as database:
        await known(database, code)
        found = await reading_letters.letters(database, code)
    if as_json:
        return put_json(found)
    header = ("number", "about", "state", "drafted (UTC)", "approved (UTC)", "signed by", "public", "task")
    rows = (
        (
            one.number,
            say(f"letter_kind.{one.kind}"),
            one.state,
            one.drafted_at,
            one.approved_at,
            one.signed_by,
            one.public,
            one.task,
        )
        for one in found
    )
    put_table(header, rows)
    return tell(f"{len(found)} {'letter' if len(found) == 1 else 'letters'}")


@app.command()
@command
async def show(code: Code, number: Number, as_json: AsJson = False) -> None:
    """Show a letter's text: its draft as it stands, or what was sent."""
    from cli.connection import documents, read_model

    async with read_model() as database:
        letter, row = await _found(database, code, number)
    text = await _text(documents(), letter, row)
    if as_json:
        return put_json({"letter": letter, "subject": text.subject, "paragraphs": text.paragraphs})
    tell(f"{letter.number}: {letter.state}, {letter.language}, edited {letter.edits} times")
    return put("\n\n".join([text.subject, *text.paragraphs]))


@app.command()
@command
async def pdf(
    code: Code,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="Where to write it.")],
    signed_by: Annotated[str, typer.Option(help="For a draft: who would sign.")] = "",
    signed_post: Annotated[str, typer.Option(help="For a draft: in which post.")] = "",
) -> None:
    """Write a letter as PDF: as it was sent, or a draft as it would be sent today."""
    from cli.connection import documents, read_model
    from correspondence import letter_pdf
    from correspondence.letter_text import previewed, sheet_of
    from storage.documents import UPLOADS

    async with read_model() as database:
        letter, row = await _found(database, code, number)
    store = documents()
    if letter.document is not None:
        content, what = await store.get(UPLOADS, letter.document.sha256), "as it was sent"
    else:
        meant = previewed(letter, row, datetime.now(UTC), signed_by, signed_post)
        sheet = sheet_of(meant, await _text(store, letter, row), row.code, row.name)
        content, what = letter_pdf.pdf(sheet), "a preview: nothing was sent"
    file.write_bytes(content)
    tell(f"{letter.number} is in {file} ({what}).")


async def _found(database: "Database", code: str, number: str) -> "tuple[Letter, CountryRow]":
    from storage import reading_letters

    row = await known(database, code)
    year, _, place = number.removeprefix(f"A8.7/{code}/").replace("-", "/").partition("/")
    letter = await reading_letters.letter(database, code, f"A8.7/{code}/{year}/{place}")
    if letter is None:
        raise Failed(f"{code} has no letter {number}. `pathfinder letters list {code}` shows all.")
    return letter, row


async def _text(store: "Documents", letter: "Letter", row: "CountryRow") -> "LetterText":
    from correspondence.letter_text import text_of
    from storage import reading_letters
    from storage.documents import DocumentDamaged, DocumentMissing

    try:
        draft, given = await reading_letters.contents(store, letter)
    except (DocumentMissing, DocumentDamaged) as error:
        raise Failed(f"The text of {letter.number} cannot be read: {error}") from None
    return text_of(letter, row.code, row.name, draft, given)
