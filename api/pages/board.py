"""The Secretariat's board: all countries by stage and by the state of this year's report, and what falls due."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, Parts, allow
from api.pages.board_export import as_csv
from api.pages.board_reading import HORIZONS, read_board
from api.pages.board_views import PER_PAGE, BoardQuery, Counted, chosen, pages_of
from api.pages.board_words import MARKS, REPORTS, RISKS, SORTS, in_words
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.shell import page
from framework.terms import Language, Role, Stage, Status, TaskState
from storage.reading_board import Duty, duties

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=SignedInRoute)

BoardReader = Annotated[Principal, allow(Action.READ_BOARD)]
MOST_SHOWN = 200


class DueQuery(BaseModel):
    """Which open tasks: those due within so many days, the late ones (`late`), those of a country, of a role, of a kind."""

    days: Annotated[int, Field(ge=1, le=366)] | Literal[""] = ""
    late: Literal["1", ""] = ""
    country: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    role: Role | Literal[""] = ""
    kind: Annotated[str, Field(pattern="^[a-z_]{0,60}$")] = ""


@router.get("/board")
async def show_board(
    request: Request, query: Annotated[BoardQuery, Query()], reader: BoardReader, parts: InstalledParts
) -> HTMLResponse:
    """All countries, as far as the filters in the address let them through."""
    board = await read_board(parts, language_of(request))
    found = chosen(board.lines, query)
    at = min(query.page, pages_of(len(found)))
    return page(
        request,
        "board/board.html",
        query=query,
        lines=found[(at - 1) * PER_PAGE : at * PER_PAGE],
        count=len(found),
        at=at,
        pages=pages_of(len(found)),
        every=len(board.lines),
        counted=Counted.of(board.lines),
        ahead=[(days, len(_within(board.soon, days, parts))) for days in HORIZONS],
        overdue=sum(line.overdue for line in board.lines),
        processes_known=board.processes_known,
        now=parts.now(),
        words=_words(language_of(request)),
        risks=RISKS,
        vocabularies={"status": list(Status), "stage": list(Stage)},
        can_act=may(reader, Action.ACT_IN_BULK),
    )


@router.get("/board.csv")
async def export_board(
    request: Request, query: Annotated[BoardQuery, Query()], _: BoardReader, parts: InstalledParts
) -> Response:
    """The countries that the filters let through, as a table for spreadsheets."""
    board = await read_board(parts, language_of(request))
    now = parts.now()
    headers = {
        "Content-Disposition": f'attachment; filename="pathfinder-{now:%Y-%m-%d}.csv"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    made = as_csv(chosen(board.lines, query), now, language_of(request))
    return Response(made, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/due")
async def show_due(
    request: Request, query: Annotated[DueQuery, Query()], _: BoardReader, parts: InstalledParts
) -> HTMLResponse:
    """Open tasks of all countries, soonest due first."""
    found = _due(await duties(parts.database), query, parts)
    return page(
        request,
        "board/due.html",
        query=query,
        duties=found[:MOST_SHOWN],
        count=len(found),
        most=MOST_SHOWN,
        horizons=HORIZONS,
        roles=[Role.FOCAL_POINT, Role.SECRETARIAT, Role.MWG, Role.GCM],
        late=TaskState.LATE,
    )


def _words(language: Language) -> dict[str, dict[Any, str]]:
    return {
        name: in_words(names, language)
        for name, names in (("report", REPORTS), ("mark", MARKS), ("sort", SORTS))
    }


def _within(found: list[Duty], days: int, parts: Parts) -> list[Duty]:
    """What is not late yet and falls due within so many days."""
    end = parts.now() + timedelta(days=days)
    return [one for one in found if one.state is not TaskState.LATE and one.due_at and one.due_at < end]


def _due(found: list[Duty], query: DueQuery, parts: Parts) -> list[Duty]:
    if query.days:
        found = _within(found, query.days, parts)
    return [
        one
        for one in found
        if (not query.late or one.state is TaskState.LATE)
        and (not query.country or one.country == query.country)
        and (not query.role or one.role == query.role)
        and (not query.kind or one.kind == query.kind)
    ]
