"""What all pages of one country have in common: its head, and the way to the other pages that the reader may see."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from access.deciding import may, reaches
from access.people import Principal
from access.table import Action
from api.pages.catalogues import N_, words
from api.pages.desk_elsewhere import elsewhere
from api.pages.desk_views import address_of
from api.pages.languages import language_of
from api.pages.shell import page
from contracts.rows import CountryRow
from contracts.state import Task
from framework.terms import Language


@dataclass(frozen=True)
class Part:
    """One page of a country: the end of its address, what it is called, and what one must be allowed to do."""

    slug: str
    title: str
    action: Action


PARTS = (
    Part("", N_("Overview"), Action.READ),
    Part("tasks", N_("Tasks"), Action.READ_TASK),
    Part("reports", N_("Reports and versions"), Action.READ),
    Part("indicators", N_("Indicators"), Action.READ),
    Part("comments", N_("Comments and answers"), Action.READ),
    Part("evidence", N_("Evidence"), Action.READ),
    Part("participation", N_("Participation and support"), Action.READ),
    Part("dialogue", N_("Dialogue and return"), Action.READ),
    Part("decisions", N_("Decisions"), Action.READ),
    Part("letters", N_("Letters"), Action.READ),
    Part("mail", N_("Mail"), Action.READ_MAIL),
    Part("people", N_("People"), Action.READ_CONTACTS),
    Part("history", N_("History"), Action.READ),
)


def home_of(code: str) -> str:
    """The address under which the pages of a country lie."""
    return f"/desk/countries/{code}"


def show(
    request: Request, country: CountryRow, principal: Principal, slug: str, template: str = "", **values: Any
) -> Response:
    """The page of a country that `slug` names, with its head; `template` where it is not called as the slug."""
    say = words(language_of(request)).gettext
    tabs = [
        {
            "title": say(one.title),
            "address": f"{home_of(country.code)}/{one.slug}".rstrip("/"),
            "here": one.slug == slug,
        }
        for one in PARTS
        if may(principal, one.action)
    ]
    title = next(say(one.title) for one in PARTS if one.slug == slug)
    shown: dict[str, Any] = {
        "country": country,
        "tabs": tabs,
        "part": title,
        "home": home_of(country.code),
        "opens_tasks": may(principal, Action.READ_TASK_DRAFT),
        "task_page": lambda task: page_of(task, country.code, principal),
    } | values
    return page(request, f"country/{template or slug or 'overview'}.html", **shown)


def page_of(task: Task, code: str, principal: Principal) -> str:
    """Where this person does a task, or sees what became of it; empty where no page of theirs is about it."""
    if other := elsewhere(principal, code, task):
        return other
    return address_of(code, task.key) if reaches(principal, Action.READ_TASK, code) else ""


def spoken(request: Request) -> Language:
    """The language in which the page will be."""
    return language_of(request)
