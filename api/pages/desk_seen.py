"""A country's task as those see it who follow the country and do not work on the draft: what, by when, how far."""

from fastapi import Request, Response

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.deps import Parts
from api.pages.desk_views import reader_of, shown
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import not_found
from storage import reading, reading_tasks


def only_follows(principal: Principal, code: str) -> bool:
    """Whether a country's tasks are there for this person, but not what is being written for them."""
    return reaches(principal, Action.READ_TASK, code) and not reaches(principal, Action.READ_TASK_DRAFT, code)


async def seen(request: Request, parts: Parts, principal: Principal, code: str, key: str) -> Response:
    """What is asked of whom, by when, and what became of it. Raises ProblemError 404."""
    row = await reading.country(parts.database, code)
    task = await reading_tasks.task(parts.database, code, key)
    if row is None or task is None:
        raise not_found(f"task {key} of {code}")
    reader = reader_of(principal, row, language_of(request), parts.now())
    return page(request, "desk/seen.html", row=row, zone=reader.zone, task=shown(code, task, {}, reader))
