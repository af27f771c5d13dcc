"""The directory of seats from a file: `pathfinder appoint directory.csv` (all of it, or nothing).

Columns: role, seat, name, email, language, from, until, digest; and, for seats of the GCM, country or body. A row of the GCM
with neither is a country's where its seat names one (`Government, XAC`), else its seat is the body itself.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from contracts.alliance import AllianceEnvelope, Directory
from contracts.messages import REFUSED, Actor, Receipt
from contracts.names import SUBMIT, alliance_id
from framework import alliance as rules
from framework.digests import Digest
from framework.editions import CURRENT, edition
from framework.findings import Finding
from framework.records.alliance import Appointment, SeatRole
from framework.terms import Language, Role
from portfolio.cells import Mend, day
from portfolio.sheet import HEADER_ROW, CellError, Cells, Unreadable, open_sheet

NEEDED = ("role", "seat", "name", "email", "from")
COLUMNS = (*NEEDED, "until", "language", "country", "body", "digest")
OPERATOR = Actor(role=Role.OPERATOR, name="pathfinder appoint")

_Word = TypeVar("_Word", bound=StrEnum)
_FIELDS = {"from_on": "from", "until_on": "until"}
_SENTENCES = {
    "appointment.email.invalid": "'{email}' is no e-mail address; write one address alone, as name@example.org",
    "appointment.until_before_from": "{until} lies before the first day, {start}; exchange them or mend one",
    "appointment.seat_of_gcm_only": "only a seat of the GCM belongs to a country or a body; leave it blank",
    "appointment.country_or_body": "a seat of the GCM belongs to a country or to a body; fill in one of the two",
    "appointment.seat.without_code": "write the country's code into the seat's name, as 'Government, {code}'",
    "appointment.held_already": "{name} holds this seat already, from {start}; leave the row out or mend its dates",
    "appointment.one_chair": "{name} is Chair from {start}; end that appointment first: there is one Chair at a time",
    "appointment.seat_shared": "{name} holds this seat in the same time",
    "country.code": "'{code}' is no country's code; write three capital letters of ISO 3166, as FJI",
}


class Fate(StrEnum):
    """What becomes of one appointment of the file."""

    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "on record already"


@dataclass(frozen=True)
class AppointmentLine:
    """One row of the file and its fate; `doubts` are for a person to look at."""

    row: int
    appointment: Appointment
    fate: Fate
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AppointReport:
    """What was done with a directory, or would be (`dry_run`). With any error nobody was appointed."""

    dry_run: bool
    lines: tuple[AppointmentLine, ...] = ()
    errors: tuple[CellError, ...] = ()

    @property
    def ok(self) -> bool:
        """True when all rows are on record now, or could be."""
        return not self.errors

    def count(self, fate: Fate) -> int:
        """How many appointments have this fate."""
        return sum(line.fate is fate for line in self.lines)


async def appoint_from_csv(
    client: Client | None,
    path: Path | str,
    dry_run: bool,
    *,
    today: date | None = None,
    actor: Actor = OPERATOR,
) -> AppointReport:
    """Appoints everybody in a file (a Path) or its text; rows that are on record as they stand are left alone.

    A dry run may do without a client: then the file alone is looked at. Raises OSError when the file cannot be
    opened, RPCError when the Alliance's process does not answer, ValueError for a missing client.
    """
    if client is None and not dry_run:
        raise ValueError("appointing needs a client; only a dry run does without")
    directory = await _directory(client) if client else Directory()
    lines, errors = read(path, directory, today or datetime.now(UTC).date())
    if errors or dry_run or client is None:
        return AppointReport(dry_run, () if errors else lines, errors)
    for fate in (Fate.CORRECTED, Fate.NEW):  # who leaves a seat leaves it before the next one takes it
        for line in (one for one in lines if one.fate is fate):
            await _appoint(client, line.appointment, directory.revision, actor)
    return AppointReport(dry_run, lines)


def read(
    source: Path | str, directory: Directory, today: date
) -> tuple[tuple[AppointmentLine, ...], tuple[CellError, ...]]:
    """The rows of a file against the directory as it stands; all errors at once, each with row and column."""
    try:
        sheet = open_sheet(source, COLUMNS, NEEDED)
    except Unreadable as error:
        return (), (CellError(HEADER_ROW, "", str(error)),)
    errors = list(sheet.errors)
    if any(name not in sheet.header for name in NEEDED):
        return (), tuple(errors)
    if not sheet.rows:
        errors.append(CellError(HEADER_ROW, "", "The file has a header and no rows."))
    read_rows = [(cells.number, _appointment(cells, errors)) for cells in sheet.rows]
    return _checked(read_rows, directory, today, errors)


def _checked(
    rows: Sequence[tuple[int, Appointment]], directory: Directory, today: date, errors: list[CellError]
) -> tuple[tuple[AppointmentLine, ...], tuple[CellError, ...]]:
    """Every row against the directory as it would be with all of them: their order makes no difference."""
    before = {one.id: one for one in directory.holders}
    unreadable = {error.row for error in errors}
    readable = [(number, record) for number, record in rows if number not in unreadable]
    after = tuple((before | {record.id: record for _, record in readable}).values())
    facts = rules.AllianceFacts(today=today, policy=edition(CURRENT).policy, appointments=after)
    seen: dict[str, int] = {}
    lines = []
    for number, record in readable:
        if seen.setdefault(record.id, number) != number:
            message = f"is the same appointment as row {seen[record.id]}; leave one of them out"
            errors.append(CellError(number, "", message))
            continue
        found = rules.check(record, facts)
        errors += [CellError(number, _column(one), _sentence(one)) for one in found.problems]
        lines.append(_line(number, record, before, found.warnings))
    return tuple(lines), tuple(sorted(errors))


def _line(
    number: int, record: Appointment, before: dict[str, Appointment], doubts: Sequence[Finding]
) -> AppointmentLine:
    known = before.get(record.id)
    fate = Fate.NEW if known is None else Fate.UNCHANGED if _same(known, record) else Fate.CORRECTED
    return AppointmentLine(number, record, fate, tuple(_sentence(one) for one in doubts))


def _same(before: Appointment, record: Appointment) -> bool:
    """A file says nothing of letters: one that is on record makes no difference."""
    return {**asdict(before), "letter": None} == asdict(record)


def _appointment(cells: Cells, errors: list[CellError]) -> Appointment:
    filled = cells.filled
    role = _word(cells, "role", SeatRole, errors)
    seat, country, body = filled.get("seat", ""), filled.get("country", ""), filled.get("body", "")
    if role is SeatRole.GCM and not country and not body:
        named = rules.codes_in(seat)
        country, body = (named[0], "") if named else ("", seat)
    record = Appointment(
        role=role,
        seat=seat,
        country=country,
        body=body,
        name=filled.get("name", ""),
        email=filled.get("email", ""),
        language=_word(cells, "language", Language, errors) or Language.ENGLISH,
        from_on=_day(cells, "from", errors),
        until_on=_day(cells, "until", errors),
        digest=_word(cells, "digest", Digest, errors),
    )
    return rules.identified(record)


def _word(cells: Cells, column: str, words: type[_Word], errors: list[CellError]) -> _Word | None:
    cell = cells.filled.get(column, "").lower()
    if not cell:
        return None
    if cell not in {word.value for word in words}:
        message = f"'{cell}' is not one of: {', '.join(word.value for word in words)}"
        errors.append(CellError(cells.number, column, message))
        return None
    return words(cell)


def _day(cells: Cells, column: str, errors: list[CellError]) -> date | None:
    if column not in cells.filled:
        return None
    try:
        return day(cells.filled[column])
    except Mend as mend:
        errors.append(CellError(cells.number, column, str(mend)))
        return None


def _column(finding: Finding) -> str:
    return _FIELDS.get(finding.where, finding.where)


def _sentence(finding: Finding) -> str:
    if finding.key.endswith(".missing"):
        return "is blank; every row needs it"
    return _SENTENCES.get(finding.key, finding.key).format(**finding.values)


async def _directory(client: Client) -> Directory:
    handle = client.get_workflow_handle(alliance_id())
    found: Directory = await handle.query("directory", result_type=Directory)
    return found


async def _appoint(client: Client, record: Appointment, revision: int, actor: Actor) -> None:
    """The same row against the same directory is the same message: a second run at once appoints nobody twice."""
    content = json.dumps([asdict(record), revision], default=str, sort_keys=True)
    message = f"appoint-{hashlib.sha256(content.encode()).hexdigest()[:32]}"
    envelope = AllianceEnvelope(message_id=message, actor=actor, submission=record)
    try:
        await client.get_workflow_handle(alliance_id()).execute_update(
            SUBMIT, envelope, id=message, result_type=Receipt
        )
    except WorkflowUpdateFailedError as error:
        if isinstance(error.cause, ApplicationError) and error.cause.type == REFUSED:
            raise ValueError(f"{record.name} in {record.seat}: {error.cause.message}") from error
        raise
