"""The front page: what this is, and where to go from here."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from access.table import Action
from api.deps import open_to_all
from api.pages.shell import page

router = APIRouter(include_in_schema=False, dependencies=[open_to_all(Action.READ_PUBLIC_PAGES)])


@router.get("/")
async def show_home(request: Request) -> HTMLResponse:
    """What Pathfinder is, for whoever comes to the bare address."""
    return page(request, "home.html")
