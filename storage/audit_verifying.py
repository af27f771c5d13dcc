"""Whether the record of acts is what was written: every row, every link, every particular, and every anchor."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.audit import Anchor
from storage.audit import ERASED, GENESIS, digest, seal
from storage.audit_table import AuditTable
from storage.engine import Database

AT_ONCE = 1000
"""Rows read at a time."""

MOST_DEFECTS = 20
"""How many defects are named; there is no use in more."""


class Defect(StrEnum):
    """What is wrong at a place of the chain.

    `moved`: the row was written for another place: rows before it were inserted, taken out or reordered. `unlinked`: it
    does not follow the row before it. `truncated`: an anchor knows rows that are gone. `rewritten`: the row is sound in
    itself, but not the one that was anchored.
    """

    ALTERED = "altered"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    UNLINKED = "unlinked"
    DETAIL_ALTERED = "detail_altered"
    DETAIL_MISSING = "detail_missing"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, order=True)
class Found:
    """One defect, at the sequence number at which it shows first."""

    sequence: int
    defect: Defect


@dataclass
class Verification:
    """What was found: how many rows were read, how far the chain goes, from how many rows something was erased on
    record, how many anchors were compared, and the defects in the order of the chain."""

    rows: int = 0
    sequence: int = 0
    sha256: str = GENESIS
    erased: int = 0
    anchors: int = 0
    defects: list[Found] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.defects

    def add(self, sequence: int, defect: Defect) -> None:
        """Notes a defect."""
        if len(self.defects) < MOST_DEFECTS:
            self.defects.append(Found(sequence, defect))


async def verify(database: Database, anchors: Iterable[Anchor] = ()) -> Verification:
    """Reads the whole chain and compares it with the anchors, which may have any order."""
    found, known = Verification(), {one.sequence: one for one in anchors}
    async with database.reading() as session:
        erased = await _erased(session)
        async for row in _rows(session):
            _row(found, row, row.sequence in erased)
            _anchored(found, row, known.get(row.sequence))
    for sequence in sorted(one for one in known if one > found.sequence):
        found.add(found.sequence + 1 if sequence == max(known) else sequence, Defect.TRUNCATED)
    found.anchors = len(known)
    found.defects.sort()
    return found


def _row(found: Verification, row: AuditTable, erased: bool) -> None:
    if row.sequence != found.sequence + 1:
        later = row.sequence > found.sequence
        found.add(found.sequence + 1 if later else row.sequence, Defect.MISSING if later else Defect.INSERTED)
    if digest(row) != row.sha256:
        found.add(row.sequence, Defect.MOVED if _elsewhere(found, row) else Defect.ALTERED)
    elif row.previous != found.sha256 and row.sequence == found.sequence + 1:
        found.add(row.sequence, Defect.UNLINKED)
    _detail(found, row, erased)
    found.rows += 1
    found.erased += len(row.detail) < len(row.seals)
    found.sequence, found.sha256 = row.sequence, row.sha256


def _elsewhere(found: Verification, row: AuditTable) -> bool:
    """Whether the row would be sound in another place. Looked for at the first defect only: it takes a hash a place."""
    if found.defects:
        return found.defects[-1].defect is Defect.MOVED
    reach = range(max(1, row.sequence - AT_ONCE), row.sequence + AT_ONCE)
    return any(digest(row, place) == row.sha256 for place in reach)


def _detail(found: Verification, row: AuditTable, erased: bool) -> None:
    for key, expected in row.seals.items():
        if key not in row.detail:
            if not erased:
                found.add(row.sequence, Defect.DETAIL_MISSING)
        elif seal(row.detail[key]) != expected:
            found.add(row.sequence, Defect.DETAIL_ALTERED)
    if row.detail.keys() - row.seals.keys():
        found.add(row.sequence, Defect.DETAIL_ALTERED)


def _anchored(found: Verification, row: AuditTable, anchor: Anchor | None) -> None:
    if anchor is not None and (anchor.sha256 != row.sha256 or anchor.rows != found.rows):
        found.add(row.sequence, Defect.REWRITTEN)


async def _erased(session: AsyncSession) -> set[int]:
    """The rows of which another says that something was erased from them. Only a later row may say so."""
    rows = await session.exec(select(AuditTable).where(col(AuditTable.action) == ERASED))
    return {one for row in rows for one in row.refers_to if one < row.sequence}


async def _rows(session: AsyncSession) -> AsyncIterator[AuditTable]:
    last: int | None = None
    while True:
        query = select(AuditTable).order_by(col(AuditTable.sequence)).limit(AT_ONCE)
        if last is not None:
            query = query.where(col(AuditTable.sequence) > last)
        rows = list(await session.exec(query))
        for row in rows:
            yield row
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].sequence
        session.expunge_all()
