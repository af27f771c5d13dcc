"""`pathfinder mail preview`: messages as their readers would get them, before anything is sent."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failing import Failed, command
from cli.terminal import put, tell

if TYPE_CHECKING:
    from contracts.rows import CountryRow

ALL = "all"


@command
async def preview(
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help="A kind, such as reminder or letter:granted; or all."),
    ],
    lang: Annotated[str, typer.Option(help="en, fr or es; or all.")] = "en",
    country: Annotated[str, typer.Option(help="Whose name and reader to show, such as XAA.")] = "XAA",
    out: Annotated[Path, typer.Option(help="The folder to write to; made if need be.")] = Path("preview"),
) -> None:
    """Write what a message of a kind looks like: .eml, .html, .txt, and .ics and .pdf where it carries one.

    What it says is an example; its form is that of the messages that go out. Nothing is sent.
    """
    from correspondence.message import Sender
    from correspondence.preview import preview as files_of
    from correspondence.preview import write_preview
    from correspondence.specimens import attachments, kinds, letter_kinds, specimen
    from framework.terms import Language
    from settings import load_settings

    settings = load_settings()
    sender = Sender(mail_from=settings.mail_from, public_url=settings.public_url)
    known = await _row(country)
    if known is None:
        tell(f"{country} is not on record here; its name and reader are examples.")
    whose = {"country": country, "name": known.name if known else country}
    reader = {"reader": known.focal_point.name} if known and known.focal_point.name else {}
    for one in _chosen(kind, [*kinds(), *letter_kinds()], "kind of message"):
        for language in _chosen(lang, [each.value for each in Language], "language"):
            message = specimen(one, Language(language), **whose, **reader)
            files = files_of(message, sender, datetime.now(UTC), attachments(message))
            for path in write_preview(files, out, f"{one.replace(':', '-')}-{language}"):
                put(str(path))


def _chosen(wanted: str, there: list[str], what: str) -> list[str]:
    if wanted == ALL:
        return there
    if wanted not in there:
        raise Failed(f"{wanted!r} is no {what}; there are: {', '.join(there)}, or {ALL}.")
    return [wanted]


async def _row(code: str) -> "CountryRow | None":
    """The country as the read model knows it; None where there is no such country, or no read model yet."""
    from sqlalchemy.exc import SQLAlchemyError

    from cli.connection import read_model
    from storage.reading import country

    try:
        async with read_model() as database:
            return await country(database, code)
    except SQLAlchemyError:
        return None
