"""`pathfinder calendar`: addresses at which people subscribe to their deadlines and meetings."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson, role_of
from cli.terminal import put, put_json, put_table, tell

if TYPE_CHECKING:
    from framework.terms import Language
    from storage.calendar_feeds import Person

app = typer.Typer(no_args_is_help=True, help="Calendars that people subscribe to.")

RoleOption = Annotated[str, typer.Option(help="secretariat, gcm, mwg, focal_point or operator.")]
CountryOption = Annotated[str, typer.Option(help="A focal point's country, such as XAA.")]
NameOption = Annotated[str, typer.Option(help="The person, as in the person's token.")]


@app.command()
@command
async def new(
    role: RoleOption,
    country: CountryOption = "",
    name: NameOption = "",
    lang: Annotated[str, typer.Option(help="en, fr or es.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Give a person a calendar address. It is shown this once; whoever has it reads the calendar."""
    from cli.connection import read_model
    from framework.terms import Role
    from settings import load_settings
    from storage import calendar_feeds

    settings, person = load_settings(), _person(role, country, name)
    by = calendar_feeds.Person(role=Role.OPERATOR, name="command line")
    async with read_model(settings) as database:
        try:
            feed, address = await calendar_feeds.create(
                database, person, _language(lang), by=by, at=datetime.now(UTC)
            )
        except calendar_feeds.TooManyFeeds:
            raise Failed("This person has too many addresses; revoke one of them first.") from None
    url = calendar_feeds.url_of(settings.public_url, address)
    put_json({**feed.model_dump(mode="json"), "url": url}) if as_json else put(url)


@app.command("list")
@command
async def list_feeds(
    role: RoleOption, country: CountryOption = "", name: NameOption = "", as_json: AsJson = False
) -> None:
    """List the addresses of a person that are in use; without --name those of all focal points of a country."""
    from cli.connection import read_model
    from storage import calendar_feeds

    person = _person(role, country, name)
    async with read_model() as database:
        if country and not name:
            found = await calendar_feeds.feeds_of_country(database, country)
        else:
            found = await calendar_feeds.feeds(database, person)
    if as_json:
        return put_json(found)
    header = ("id", "role", "country", "name", "language", "since (UTC)", "given by")
    rows = (
        (one.id, one.role, one.country, one.name, one.language, one.created_at, one.created_by)
        for one in found
    )
    return put_table(header, rows)


@app.command()
@command
async def revoke(id: Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")]) -> None:
    """End an address for good; from the next request on there is nothing at it."""
    from cli.connection import read_model
    from storage import calendar_feeds

    async with read_model() as database:
        if not await calendar_feeds.revoke(database, id, datetime.now(UTC)):
            raise Failed(f"No address in use has the id {id}.")
    tell("It is revoked.")


def _person(role: str, country: str, name: str) -> "Person":
    from access.people import ACTS_AS
    from framework.terms import Role
    from storage.calendar_feeds import Person
    from tokens import check_person

    known: Role = role_of(role, "--role")
    check_person(known, country, name)
    return Person(role=ACTS_AS.get(known, known), country=country, name=name)


def _language(text: str) -> "Language":
    from framework.terms import Language

    try:
        return Language(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is none of: en, fr, es", param_hint="--lang") from None
