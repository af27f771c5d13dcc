"""`pathfinder country`: where countries stand, read from the read model; and registering one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.failing import Failed, command
from cli.handing_in import AsJson, Code, day
from cli.terminal import put, put_json, put_table, shown, tell

if TYPE_CHECKING:
    from contracts.rows import CountryRow, Undelivered
    from framework.review import Explanation
    from storage.engine import Database

app = typer.Typer(no_args_is_help=True, help="Where countries stand, and why.")
PAGE = 200


@app.command("list")
@command
async def list_countries(
    status: Annotated[str, typer.Option(help="candidate, active, inactive or withdrawn.")] = "",
    stage: Annotated[str, typer.Option(help="expression_of_interest, planning, implementation ...")] = "",
    late: Annotated[
        bool | None, typer.Option("--late/--not-late", help="Something is overdue, or not.")
    ] = None,
    flag: Annotated[str, typer.Option(help="An indicator of insufficient progress.")] = "",
    undelivered: Annotated[
        bool | None,
        typer.Option("--undelivered/--all-delivered", help="Mail did not come to its reader, or all did."),
    ] = None,
    search: Annotated[str, typer.Option(help="A part of the name or the code.")] = "",
    as_json: AsJson = False,
) -> None:
    """List countries with status, stage, next deadline and flags."""
    from cli.connection import read_model
    from framework.facts import COMBINATION, Indicator
    from framework.terms import Stage, Status
    from storage import reading

    chosen = reading.CountryFilter(
        status=Status(_word(status, list(Status), "--status")) if status else None,
        stage=Stage(_word(stage, list(Stage), "--stage")) if stage else None,
        late=late,
        flag=_word(flag, [*Indicator, COMBINATION], "--flag") if flag else "",
        undelivered=undelivered,
        search=search,
    )
    async with read_model() as database:
        found = await _all(database, chosen)
    if as_json:
        return put_json(found)
    header = ("code", "name", "status", "since", "stage", "year", "next deadline (UTC)", "late", "flags")
    put_table(header, (_line(row) for row in found))
    return tell(f"{len(found)} {'country' if len(found) == 1 else 'countries'}")


def _line(row: "CountryRow") -> tuple[object, ...]:
    flags = [flag.indicator for flag in row.flags if flag.cleared_on is None]
    since, deadline = row.status_since, row.next_deadline
    return (row.code, row.name, row.status, since, row.stage, row.cycle, deadline, row.late, flags)


async def _all(database: "Database", chosen: Any) -> "list[CountryRow]":
    from storage import reading

    found: list[CountryRow] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await reading.countries(database, chosen, limit=PAGE, cursor=cursor)
        found, cursor = found + page.items, page.next_cursor
    return found


@app.command()
@command
async def show(code: Code, as_json: AsJson = False) -> None:
    """Show one country: where it stands, its people, its open tasks, its benefits."""
    from cli.connection import read_model
    from storage.reading_tasks import TaskFilter, tasks

    async with read_model() as database:
        row = await known(database, code)
        page = await tasks(database, TaskFilter(country=code), limit=PAGE)
    found = [item.task for item in page.items]
    if as_json:
        return put_json({"country": row, "tasks": found})
    put(f"{row.name} ({row.code}): {row.status} since {shown(row.status_since)}, {shown(row.stage)}")
    put_table(("", ""), _facts(row))
    put("")
    header = ("task", "clause", "who", "due", "state")
    return put_table(header, ((one.key, one.clause, one.role, one.due_on, one.state) for one in found))


def _facts(row: "CountryRow") -> list[tuple[str, object]]:
    person = row.focal_point
    flags = [f"{flag.indicator} ({shown(flag.years)})" for flag in row.flags if flag.cleared_on is None]
    return [
        ("Reporting year", row.cycle),
        ("Next deadline (UTC)", f"{shown(row.next_deadline)} {row.next_deadline_task}".strip()),
        ("Late", row.late),
        ("Flags", flags),
        (
            "Stands against a grant",
            [one.get("key") if isinstance(one, dict) else one.key for one in row.unmet],
        ),
        ("Undelivered", [_failed(one) for one in row.undelivered]),
        ("Paused on", row.paused_on),
        ("Focal point", f"{person.name}, {person.post}, {person.email} ({person.language})"),
        ("Deputies", [f"{one.name}, {one.email}" for one in row.deputies]),
        ("Ministry", f"{row.ministry} {row.ministry_email}".strip()),
        ("Benefits", [f"{one.key}: {one.state}" for one in row.benefits]),
        ("Refused messages", row.refusal_count),
        ("Revision", row.revision),
    ]


def _failed(one: "Undelivered") -> str:
    return f"{one.kind} to {one.to or 'somebody'} {one.state} since {shown(one.since)} ({one.task})"


@app.command()
@command
async def timeline(
    code: Code,
    year: Annotated[int | None, typer.Option(help="Only entries of this reporting year.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=PAGE, help="How many, the newest ones.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show what happened, when, by whom and under which clause, the oldest first."""
    from cli.connection import read_model
    from storage import reading_history

    async with read_model() as database:
        await known(database, code)
        page = await reading_history.timeline(database, code, year=year, limit=limit)
    entries = page.items[::-1]
    if as_json:
        return put_json(entries)
    header = ("no.", "at (UTC)", "what", "clause", "by", "on behalf of", "details")
    rows = (
        (one.number, one.at, one.kind, one.clause, one.by or one.role, one.on_behalf_of, _details(one.values))
        for one in entries
    )
    put_table(header, rows)
    return tell("There are earlier entries: ask for more with --limit.") if page.next_cursor else None


def _details(values: dict[str, Any]) -> str:
    return "; ".join(
        f"{name}: {shown(value)}" for name, value in values.items() if value not in (None, "", [], {})
    )


@app.command()
@command
async def why(code: Code, as_json: AsJson = False) -> None:
    """Explain each indicator of insufficient progress: years, documents, dates, and what would clear it."""
    from cli.connection import read_model
    from cli.process import reasons

    async with read_model() as database:
        row = await known(database, code)
    if as_json:
        return put_json(row.assessment)
    if row.assessment is None:
        return tell(f"No year of {code} has been assessed: it is {row.status}.")
    for one in (*row.assessment.explanations, row.assessment.combination):
        put(f"{one.indicator} ({one.clause}): {'RAISED' if one.raised else 'not raised'}")
        _explain(one)
        for line in reasons(one.clears) if one.raised else ():
            put(f"  would clear it:{line}")
    return None


def _explain(explanation: "Explanation") -> None:
    from wording import say

    judged = {True: "lapse", False: "no lapse", None: "not judged"}
    for year in explanation.years:
        documents = f" [{', '.join(year.documents)}]" if year.documents else ""
        put(f"  {year.year}: {judged[year.lapsed]}; {say(f'review.{year.why}', year.dates)}{documents}")


async def known(database: "Database", code: str) -> "CountryRow":
    """A country's row. Raises Failed when none is on record."""
    from storage import reading

    row = await reading.country(database, code)
    if row is None:
        raise Failed(f"No country {code} is on record. `pathfinder country list` shows all.")
    return row


def _word(text: str, words: list[Any], option: str) -> str:
    if text not in words:
        raise typer.BadParameter(f"'{text}' is not one of: {', '.join(words)}", param_hint=option)
    return text


@app.command()
@command
async def register(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.json", help="The expression of interest; - reads stdin.")
    ],
    name: Annotated[str, typer.Option(help="Who registers it.")] = "",
    received_on: Annotated[str, typer.Option(help="The day on which the letter came, as 2027-01-15.")] = "",
    as_json: AsJson = False,
) -> None:
    """Register a minister's expression of interest: it starts the country's process (EOI-02)."""
    from cli import connection, registering
    from cli.auditing import recorded
    from contracts.names import country_id
    from settings import load_settings

    settings = load_settings()
    registration, doubts = registering.read(
        file, name, day(received_on), samples_allowed=settings.samples_allowed
    )
    client = await connection.temporal(settings)
    about = {"country": registration.expression.country, "message": registration.message_id}
    async with recorded("register", "register", **about, name=name, given=registration.expression):
        await registering.start(client, registration)
    expression, process = registration.expression, country_id(registration.expression.country)
    if as_json:
        put_json({"code": expression.country, "process": process})
    else:
        put(f"{expression.country_name} ({expression.country}) is registered; its process is {process}.")
    if doubts:
        tell("\n".join(["Doubtful, and shown to reviewers:", *doubts]))
