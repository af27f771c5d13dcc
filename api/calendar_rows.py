"""Which rows a person's calendar is made of: those of the own country, or of the own role in all countries."""

import asyncio

from api.deps import Parts
from contracts.names import ALLIANCE_CODE
from correspondence.diary import Reader
from correspondence.facts import whose
from correspondence.feed import CORRECTION, EntryRow, Feed, NextRow, Rows, TaskRow, feed
from correspondence.message import Sender
from framework.cycle import day_of
from storage import reading
from storage.calendar_feeds import CalendarFeed
from storage.engine import Database
from storage.paging import MAXIMUM_LIMIT
from storage.reading_history import entries_of_kinds
from storage.reading_tasks import TaskFilter, TaskItem, tasks
from wording import say

OF_A_COUNTRY = ("presentation", "peer_exchange", "dialogue_meeting")
OF_THE_ALLIANCE = ("gcm_meeting", "alliance_event", "presentation")
"""The meetings that a focal point sees of its country, and those that everybody else sees."""


async def calendar_of(parts: Parts, owner: CalendarFeed) -> Feed:
    """The calendar of a person as it stands."""
    sender = Sender(mail_from=parts.settings.mail_from, public_url=parts.settings.public_url)
    rows = (
        await _of_country(parts.database, owner) if owner.country else await _of_role(parts.database, owner)
    )
    reader = Reader(language=owner.language, site=sender.site)
    # In a thread: a calendar of several hundred entries takes half a second, and others are answered meanwhile.
    return await asyncio.to_thread(
        feed, rows, reader, title=_title(owner, rows), since=owner.created_at, today=parts.now().date()
    )


async def _of_country(database: Database, owner: CalendarFeed) -> Rows:
    """EOI-03: whoever acts for a country sees that country, and nothing of another."""
    code = owner.country
    row = await reading.country(database, code)
    coming = []
    if row is not None and row.next_deadline is not None and not row.next_deadline_task:
        coming = [NextRow(code, row.name, day_of(row.next_deadline))]
    return Rows(
        tasks=await _tasks(database, TaskFilter(country=code, roles=(owner.role,))),
        entries=await _entries(database, OF_A_COUNTRY, code),
        coming=coming,
        name=row.name if row else code,
    )


async def _of_role(database: Database, owner: CalendarFeed) -> Rows:
    return Rows(
        tasks=await _tasks(database, TaskFilter(roles=(owner.role,))),
        entries=await _entries(database, OF_THE_ALLIANCE),
    )


async def _tasks(database: Database, chosen: TaskFilter) -> list[TaskRow]:
    found: list[TaskItem] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await tasks(database, chosen, limit=MAXIMUM_LIMIT, cursor=cursor)
        found, cursor = found + page.items, page.next_cursor
    return [TaskRow(one.country, one.country_name, one.task) for one in found]


async def _entries(database: Database, kinds: tuple[str, ...], country: str = "") -> list[EntryRow]:
    found = await entries_of_kinds(database, (*kinds, CORRECTION), country=country)
    return [EntryRow(*one) for one in found]


def _title(owner: CalendarFeed, rows: Rows) -> str:
    if owner.country:
        return f"Pathfinder: {whose(owner.country, owner.language, rows.name)}"
    return f"{whose(ALLIANCE_CODE, owner.language)}: {say(f'role.{owner.role.value}', language=owner.language.value)}"
