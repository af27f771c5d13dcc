"""The table of access written out for people: every action, every role, in one's own and in another country."""

from collections.abc import Iterator
from dataclasses import dataclass

from access.people import ACTS_AS, FOR_A_COUNTRY
from access.table import ANY, LINES, STRANGER, Reach
from framework.obligations import KINDS
from framework.terms import Role, Status

ROLES = (
    Role.SECRETARIAT,
    Role.CHAIR,
    Role.GCM,
    Role.MWG,
    Role.FOCAL_POINT,
    Role.DEPUTY,
    Role.CONTRIBUTOR,
    Role.OPERATOR,
    Role.AUDITOR,
)
COLUMNS = (*(role.value for role in ROLES), STRANGER)
HAND_IN = "hand in "


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the matrix: an action on things in a state, and how far each column's role reaches."""

    action: str
    state: str
    reaches: tuple[Reach, ...]

    @property
    def cells(self) -> Iterator[tuple[str, bool, bool]]:
        """Column, whether it may in its own country, whether it may in another one."""
        for column, far in zip(COLUMNS, self.reaches, strict=True):
            yield column, far in (Reach.OWN, Reach.ALL), far in (Reach.OTHERS, Reach.ALL)


def lines() -> list[Line]:
    """All lines: first the table's own, then what the framework says of each kind that is handed in."""
    own = [
        Line(action=action.value, state=state, reaches=tuple(line[column] for column in COLUMNS))
        for (action, state), line in LINES.items()
    ]
    return own + [_of_kind(kind) for kind in KINDS]


def cell_count() -> int:
    """How many answers of yes or no the matrix gives: each line, column, own and other country."""
    return len(lines()) * len(COLUMNS) * 2


def as_markdown() -> str:
    """The matrix for docs/access.md."""
    head = ("action", "state", *COLUMNS)
    table = [_row(head), _row("---" for _ in head)]
    table += [_row((line.action, line.state, *(far.value for far in line.reaches))) for line in lines()]
    return "\n".join(table) + "\n"


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _of_kind(kind: str) -> Line:
    statuses = KINDS[kind].statuses
    state = ANY if statuses == set(Status) else ", ".join(one.value for one in Status if one in statuses)
    return Line(action=HAND_IN + kind, state=state, reaches=tuple(_hands_in(kind, one) for one in COLUMNS))


def _hands_in(kind: str, column: str) -> Reach:
    if column == STRANGER:
        return Reach.NONE
    role = Role(column)
    if ACTS_AS.get(role, role) not in KINDS[kind].roles:
        return Reach.NONE
    return Reach.OWN if role in FOR_A_COUNTRY else Reach.ALL
