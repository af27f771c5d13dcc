"""What an operator reads when something is not well: the documents of this installation, as pages."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from api.pages.guard import SignedInRoute
from api.pages.guide_text import HERE, guide, names
from api.pages.operations import OperationsReader
from api.pages.shell import page
from api.problems import not_found

router = APIRouter(prefix=HERE, include_in_schema=False, route_class=SignedInRoute)


@router.get("/{name}")
async def show_guide(
    request: Request, name: Annotated[str, Path(pattern="^[a-z-]{1,60}$")], _: OperationsReader
) -> HTMLResponse:
    """One document, in English; 404 where there is none of this name."""
    found = guide(name)
    if found is None:
        raise not_found(f"guide {name}")
    others = [(one, other.title) for one in names() if one != name and (other := guide(one))]
    return page(request, "desk/guide.html", guide=found, others=others, place=HERE)
