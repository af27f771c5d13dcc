"""Erases a person: from processes and closed years first, then from the rows, cards and particulars of acts.

Run twice, it finds nothing the second time. What it cannot reach it names: `LEFT`.
"""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlmodel import col
from sqlmodel import select as model_select
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from contracts.names import ALLIANCE_CODE, ERASE_PERSON, alliance_id, country_id
from contracts.personal import Erased, Erasure
from contracts.rows import CountryRow
from framework.forgetting import Forgetting
from storage import audit, erasures, returned
from storage.audit import Act
from storage.canonical import canonical
from storage.documents import ARCHIVES, CARDS, VERSIONS, Documents
from storage.engine import Database
from storage.personal import PERSONAL
from storage.rebuilding import rebuild_country
from storage.sources import TemporalSource
from storage.tables import AppointmentTable, CountryTable, metadata

LEFT = (
    "Left as they are: the encrypted histories of Temporal, which end with their retention (a `rebuild` brings nothing of"
    " them back); letters and mails that were sent; bytes of uploaded files; logs; backups."
)
KEYS = frozenset({"person_address", "contact_address", "sign_in"})
"""Tables of ways to a person: of somebody who is nobody any more, a row in them has no use."""

NOT_HERE = frozenset({"audit"})
"""Tables in which an erasure goes another way."""


class EraseRefused(Exception):
    """Nothing was erased; the text says why."""


@dataclass
class Report:
    """What was changed, by kind, and which processes could not be reached since they have ended."""

    counts: dict[str, int] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)


async def mandates(database: Database, erasure: Erasure, today: date) -> list[str]:
    """The mandates that the person holds today or later, in words: a seat by its id, a country by its code."""
    wanted = {one.strip().casefold() for one in erasure.addresses}
    async with database.reading() as session:
        seats = await session.exec(model_select(AppointmentTable))
        rows = await session.exec(model_select(CountryTable).order_by(col(CountryTable.code)))
        countries = [CountryRow.model_validate(row.content) for row in rows]
        held = [
            f"{one.role} {one.seat} (appointment {one.id})"
            for one in seats
            if one.email.casefold() in wanted and (one.until_on or date.max) >= today
        ]
    for country in countries:
        people = (("focal point", country.focal_point), *(("deputy", one) for one in country.deputies))
        held += [
            f"{role} of {country.code}"
            for role, one in people
            if wanted & {one.email.casefold(), one.second_email.casefold()}
        ]
    return held


async def erase(
    client: Client, database: Database, documents: Documents, erasure: Erasure, act: Act
) -> Report:
    """Erases. Raises EraseRefused while a process says that the person holds a mandate, SourceSilent when one is silent.

    `act`: who erases; it is recorded with what is erased from the record of acts, and names nobody.
    """
    report, forget = Report(), forgetting(erasure)
    await erasures.remember(documents, erasure)
    source = TemporalSource(client)
    erased: dict[str, Erased] = {}
    for code in sorted((await source.codes()) | {ALLIANCE_CODE}):
        answer = await _process(client, code, erasure, report)
        if answer is not None and (answer.changed or answer.archives or answer.contents):
            erased[code] = answer
    for code in erased:
        await rebuild_country(source, database, documents, code)
    report.counts["processes"] = len(erased)
    report.counts["rows"] = await _rows(database, forget)
    report.counts["cards"] = await _cards(documents, forget)
    gone = await audit.erase(database, lambda _, value: forget.within(value) != value, act)
    report.counts["acts"] = len(gone)
    await _drop(documents, list(erased.values()))
    return report


def forgetting(erasure: Erasure) -> Forgetting:
    """Whom to forget, as the rules know it."""
    return Forgetting(tuple(erasure.addresses), tuple(erasure.names), erasure.pseudonym)


async def _process(client: Client, code: str, erasure: Erasure, report: Report) -> Erased | None:
    workflow_id = alliance_id() if code == ALLIANCE_CODE else country_id(code)
    handle = client.get_workflow_handle(workflow_id)
    try:
        answer: Erased = await handle.execute_update(ERASE_PERSON, erasure, result_type=Erased)
    except WorkflowUpdateFailedError as error:
        cause = error.cause
        why = cause.message if isinstance(cause, ApplicationError) else str(cause)
        raise EraseRefused(f"{workflow_id}: {why}") from None
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            report.ended += [workflow_id] if code != ALLIANCE_CODE else []
            return None
        raise
    await _settled(handle)
    return answer


async def _settled(handle: WorkflowHandle[Any, Any]) -> None:
    """Waits until what was on its way with the old names has arrived: newer rows then stand over it."""
    while not await handle.query("settled", result_type=bool):  # noqa: ASYNC110  # it lives in another process
        await asyncio.sleep(0.1)


async def _rows(database: Database, forget: Forgetting) -> int:
    changed = 0
    async with database.writing(durable=True) as session:
        connection = await session.connection()
        for name in PERSONAL.keys() - NOT_HERE:
            table, columns = metadata.tables[name], PERSONAL[name]
            for row in (await connection.execute(select(table))).mappings().all():
                values = {one: row[one] for one in columns}
                anew = forget.within(values)
                if anew != values:
                    change = delete(table) if name in KEYS else update(table).values(**anew)
                    await connection.execute(change.where(*_is(table, row)))
                    changed += 1
    return changed


def _is(table: Table, row: Any) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


async def _cards(documents: Documents, forget: Forgetting) -> int:
    """The cards beside uploads and returned messages, of which a rebuild makes the rows; and the messages themselves."""
    changed = 0
    for folder in (CARDS, returned.CARDS):
        for name in await documents.names(folder):
            card = json.loads(await documents.get(folder, name, suffix=".json"))
            anew = forget.within(card)
            if anew != card:
                await documents.put(folder, name, canonical(anew), suffix=".json")
                changed += 1
    for name in await documents.names(returned.RETURNS):
        text = (await documents.get(returned.RETURNS, name)).decode("utf-8", "surrogateescape")
        if (anew := forget.within(text)) != text:
            await documents.put(returned.RETURNS, name, anew.encode("utf-8", "surrogateescape"))
            changed += 1
    return changed


async def _drop(documents: Documents, erased: list[Erased]) -> None:
    """Takes away the old documents: no process refers to them any more."""
    for one in erased:
        for digest in one.contents:
            await documents.drop(VERSIONS, digest, suffix=".json")
        for digest in one.archives:
            await documents.drop(ARCHIVES, digest, suffix=".json")
