"""Reads the board: as many queries for four hundred countries as for one, and one short question to Temporal."""

from dataclasses import dataclass
from datetime import timedelta

from api.deps import Parts
from api.pages.board_views import Around, Line, digests_of, late_by_country, lines_of
from api.pages.troubles import stuck_countries
from framework.terms import Language
from storage.reading_board import Duty, duties, standings

HORIZONS = (7, 14, 28)
"""Days ahead that the board looks."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """All countries as lines, what is late or falls due soon, and whether Temporal said whose process is stuck."""

    lines: list[Line]
    soon: list[Duty]
    processes_known: bool


async def read_board(parts: Parts, language: Language) -> Board:
    """The board as it stands now, names in a language."""
    now = parts.now()
    soon = await duties(parts.database, now + timedelta(days=max(HORIZONS)))
    stuck = await stuck_countries(parts)
    rows = await standings(parts.database)
    around = Around(
        now=now,
        late=late_by_country(soon),
        stuck=stuck or (),
        seen=await parts.last_seen(parts.database, digests_of(rows)),
    )
    lines = lines_of(rows, around, language)
    return Board(lines=lines, soon=soon, processes_known=stuck is not None)
