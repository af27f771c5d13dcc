"""`pathfinder country brief`: what a new focal point must know, on the screen or as a PDF."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.country import known
from cli.failing import Failed, command
from cli.handing_in import AsJson, Code
from cli.terminal import put, put_json, tell

if TYPE_CHECKING:
    from correspondence.brief_text import BriefSheet, Group
    from framework.terms import Language


@command
async def brief(
    code: Code,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE.pdf", help="Write it as a PDF.")] = None,
    lang: Annotated[str, typer.Option(help="en, fr or es; else the language of the country's mail.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show a country's hand-over brief: status, deadlines, promises, comments, open questions, people."""
    from cli.connection import read_model
    from correspondence import brief_pdf
    from correspondence.brief_text import sheet_of
    from correspondence.letter_pdf import NotTypeset
    from storage.briefing import brief_of

    async with read_model() as database:
        await known(database, code)
        found = await brief_of(database, code, datetime.now(UTC).date())
    assert found is not None  # it is known
    sheet = sheet_of(found, _language(lang) if lang else found.language)
    if as_json:
        return put_json(found)
    if pdf is None:
        return put("\n".join(_lines(sheet)))
    try:
        pdf.write_bytes(brief_pdf.pdf(sheet))
    except NotTypeset as error:
        raise Failed(f"The brief of {code} cannot be set in type: {error}.") from None
    return tell(f"The brief of {code} is in {pdf}.")


def _lines(sheet: "BriefSheet") -> list[str]:
    found = [sheet.title, sheet.made_on]
    for section in sheet.sections:
        found += ["", section.title.upper()]
        found += [line for group in section.groups for line in _group(group, sheet.colon)] or [section.empty]
    return found


def _group(group: "Group", colon: str) -> list[str]:
    facts = [f"  {label}{colon} {value}" for label, value in group.facts]
    return [*([group.title] if group.title else []), *facts, *(f"  - {item}" for item in group.items)]


def _language(text: str) -> "Language":
    from framework.terms import Language

    try:
        return Language(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is none of {', '.join(Language)}", param_hint="--lang") from None
