"""Rows of the audit that may come in floods: what is denied, and what programs read by the minute.

The first of a kind is written at once. The same again within the minute is counted, and written as one row with its
count when the minute is over. So a flood costs a row a minute for each kind of it, and no more than MOST_KINDS in all.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from storage import audit
from storage.audit import Act
from storage.engine import Database

MOST_KINDS = 200
"""How many kinds are told apart within one minute; the rest is counted by outcome alone."""

MANY = "many"
"""The action of the row that counts what was not told apart."""

log = logging.getLogger(__name__)

Kind = tuple[object, ...]


@dataclass
class _Counted:
    """What came, how often since the row that was written, and that row."""

    act: Act
    more: int = 0
    row: int = 0


class Floods:
    """What came how often within the minute. Counted in this process only; what it counts is lost when it is killed."""

    def __init__(self) -> None:
        self._minute: datetime | None = None
        self._kinds: dict[Kind, _Counted] = {}

    async def note(self, database: Database, act: Act) -> None:
        """Records it, or counts it when the same has come within this minute. Raises what the database raises."""
        minute = act.at.replace(second=0, microsecond=0)
        if minute != self._minute:
            await self.over(database)
            self._minute = minute
        kind = _kind(act)
        if kind not in self._kinds and len(self._kinds) >= MOST_KINDS:
            act = Act(at=act.at, outcome=act.outcome, action=MANY)
            kind = _kind(act)
        known = self._kinds.get(kind)
        if known is not None:
            known.more += 1
            return
        self._kinds[kind] = mine = _Counted(act)  # before the row: others come while it is written
        mine.row = await audit.record(database, act)

    async def over(self, database: Database) -> None:
        """Writes what was counted. What the database does not take is counted on."""
        for kind, counted in list(self._kinds.items()):
            del self._kinds[kind]
            if counted.more:
                await self._write(database, kind, counted)

    async def _write(self, database: Database, kind: Kind, counted: _Counted) -> None:
        refers_to = (counted.row,) if counted.row else ()
        try:
            await audit.record(database, replace(counted.act, count=counted.more, refers_to=refers_to))
        except SQLAlchemyError as error:
            self._kinds.setdefault(kind, counted)
            log.error("what was counted for the audit waits for the database: %s", type(error).__name__)


def _kind(act: Act) -> Kind:
    who = (act.person, act.role, act.detail.get("name"), act.detail.get("client"))
    return (act.outcome, act.action, act.country, act.reasons, *who, _object(act))


def _object(act: Act) -> str:
    """Of what was denied, the objects are not told apart: whoever tries them one by one makes one kind."""
    return act.object if act.outcome is audit.Outcome.DONE else ""
