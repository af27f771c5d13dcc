"""Axe looks at every page that the routes know of: a page that no list has is told by name."""

from types import SimpleNamespace

import pytest
from fastapi import APIRouter

from api.pages.groups import PAGES
from tests.browser import test_board, test_country, test_desk, test_meetings, test_public, test_signing_in
from tests.browser.routes import pages_of, unvisited, with_all

LISTS = (test_board, test_country, test_desk, test_meetings, test_public, test_signing_in)
"""The tests in which axe looks at pages, each at all of its groups."""


def planted(path: str) -> SimpleNamespace:
    """A group of pages with one more."""
    router = APIRouter(prefix="/desk")
    router.add_api_route("/board", lambda: "known")
    router.add_api_route(path, lambda: "new")
    return SimpleNamespace(router=router)


def test_every_group_that_has_pages_is_in_one_of_the_lists() -> None:
    looked_at = {group.__name__ for tests in LISTS for group in tests.GROUPS}
    assert [one.__name__ for one in PAGES if list(pages_of([one])) and one.__name__ not in looked_at] == []
    assert sum(len(list(pages_of([one]))) for one in PAGES) > 40


def test_a_page_that_is_added_is_found_and_one_with_a_parameter_of_its_own_too() -> None:
    known = ["/desk/board?q=x", "/desk/items/XAA/grant"]
    assert unvisited([planted("/planted")], known) == ["/desk/planted"]
    assert unvisited([planted("/{section}")], known) == ["/desk/{section}"]
    assert unvisited([planted("/items/{code}/{key}")], known) == []
    assert "/desk/XAA/planted" in with_all([planted("/{code}/planted")], known)
    with pytest.raises(KeyError, match="unheard_of"):
        with_all([planted("/{unheard_of}")], known)
