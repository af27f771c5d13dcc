"""Lists come in pages: `limit` items and, while there are more, the address of the next page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from api.problems import ProblemError, Reason
from storage.paging import Page, cursor_of, values_of

Item = TypeVar("Item")
View = TypeVar("View")

MOST = 200
USUAL = 50
LONGEST_CURSOR = 2000


class PageQuery(BaseModel):
    """Which page of a list. Unknown parameters are refused: a mistyped filter must not show everything."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MOST, description="How many items at most.")] = USUAL
    cursor: Annotated[
        str,
        Field(max_length=LONGEST_CURSOR, description="Where to go on: taken from `next` of the page before."),
    ] = ""


class Listing(BaseModel, Generic[View]):
    """One page. `next` is the address of the next one, relative to the server; null on the last."""

    items: list[View]
    next: str | None = None


def listing(request: Request, page: Page[Item], view: Callable[[Item], View]) -> Listing[View]:
    """A page of the read model as it is answered."""
    address = None
    if page.next_cursor:
        url = request.url.include_query_params(cursor=page.next_cursor)
        address = f"{url.path}?{url.query}"
    return Listing(items=[view(item) for item in page.items], next=address)


def page_of(
    items: Iterable[Item], key: Callable[[Item], tuple[int | str, ...]], query: PageQuery
) -> Page[Item]:
    """A page of a short list that is read whole, in the order of `key`, which tells all items apart."""
    ordered = sorted(items, key=key)
    if query.cursor and ordered:
        kinds = [type(value) for value in key(ordered[0])]
        start = values_of(query.cursor, *kinds)
        ordered = [item for item in ordered if key(item) > start]
    chosen: Sequence[Item] = ordered[: query.limit]
    more = len(ordered) > len(chosen)
    return Page(items=list(chosen), next_cursor=cursor_of(*key(chosen[-1])) if more else None)


def bad_cursor(error: ValueError) -> ProblemError:
    """422 for a cursor that was not taken from this list."""
    found = Reason(key="request.cursor", where="cursor", text=str(error))
    return ProblemError(
        422, "Take `next` of a page as it is, or begin again without a cursor.", [found], slug="invalid"
    )
