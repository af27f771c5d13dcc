"""Row 29, injection: what is typed into filters, orders, cursors and paths is a value, never a part of a query."""

import base64
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framework.terms import Role
from storage.paging import values_of
from tests.api.conftest import Installation
from tests.launch.stand_ins import ROOT

QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

INJECTIONS = (
    "' OR '1'='1",
    "' OR 1=1 --",
    '" OR ""="',
    "'; DROP TABLE country; --",
    "') UNION SELECT name, sql FROM sqlite_master --",
    "1; SELECT pg_sleep(10)",
    "%",
    "_",
    "%' ESCAPE '!",
    "\\",
    "[a-z]",
    "*",
    "{{7*7}}",
    "${jndi:ldap://127.0.0.1:1/x}",
    'X" OR WorkflowType = "country',
    "' OR ExecutionStatus = 'Running",
    "\u02bc OR 1=1",
    "$ne",
)


async def shown(installation: Installation, **query: Any) -> tuple[int, list[str]]:
    """The status of the list of countries, and the codes on it."""
    answer = await installation.secretariat.get("/countries", limit=200, **query)
    assert answer.status_code < 500, (query, answer.text)
    found = [one["code"] for one in answer.json()["items"]] if answer.status_code == 200 else []
    return answer.status_code, found


@pytest.mark.parametrize("text", INJECTIONS)
async def test_row_29_a_search_finds_only_what_holds_its_letters(
    installation: Installation, text: str
) -> None:
    await installation.candidate()
    assert await shown(installation, search=text) == (200, [])


async def test_row_29_the_positive_control_a_search_for_letters_that_are_there_finds_them(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    assert code in (await shown(installation, search=f"country {code}".upper()))[1]


@pytest.mark.parametrize(
    "name", ["status", "stage", "flag", "sort", "late", "limit", "cursor", "undelivered"]
)
@pytest.mark.parametrize("text", INJECTIONS)
async def test_row_29_a_filter_or_an_order_that_is_no_value_of_ours_is_refused(
    installation: Installation, name: str, text: str
) -> None:
    answer = await installation.secretariat.get("/countries", **{name: text})
    assert answer.status_code == 422
    assert not re.search(r"sql|select|syntax|column|sqlite|psycopg", answer.text, re.IGNORECASE)


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize(
    "path",
    [
        "/countries/{}",
        "/countries/{}/tasks",
        "/documents/{}",
        "/countries/XAA/tasks/{}",
        "/countries/XAA/versions/{}/1",
        "/countries/XAA/decisions/{}",
        "/mails/{}",
        "/returns/{}",
    ],
)
async def test_row_29_a_path_names_one_thing_or_nothing(
    installation: Installation, path: str, text: str
) -> None:
    address = path.format(text.replace("/", "%2F").replace("%", "%25").replace("?", "%3F"))
    answer = await installation.secretariat.get(address)
    assert answer.status_code in (404, 422), answer.text


@QUIET
@given(text=st.text(max_size=80))
async def test_row_29_whatever_is_searched_for_is_found_literally_or_not_at_all(
    installation: Installation, text: str
) -> None:
    status, found = await shown(installation, search=text)
    assert status in (200, 422)
    everything = {one["code"]: one["name"] for one in await installation.secretariat.all("/countries")}
    letters = text.strip().casefold()
    if letters and letters.isascii():
        wrong = [code for code in found if letters not in f"{everything[code]} {code}".casefold()]
        assert wrong == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
MOMENTS = st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2027-01-01", "T", ""])
WRITTEN = st.lists(JSON | MOMENTS, max_size=3).map(json.dumps) | st.text(max_size=30)
CURSORS = WRITTEN.map(lambda text: base64.urlsafe_b64encode(text.encode("utf-8", "replace")).decode())


@QUIET
@given(cursor=CURSORS | st.text(max_size=60), sort=st.sampled_from(["name", "code", "deadline"]))
async def test_row_29_whatever_a_cursor_holds_it_is_a_place_in_the_list_or_refused(
    installation: Installation, cursor: str, sort: str
) -> None:
    status, _ = await shown(installation, cursor=cursor, sort=sort)
    assert status in (200, 422)


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("deadline", ["0001-01-01T00:00:00+14:00", "XAA"]),
        ("deadline", ["9999-12-31T23:59:59-12:00", "XAA"]),
        ("name", ["\ud800", "XAA"]),
        ("name", ["\x00", "XAA"]),
        ("code", ["XAA", "\udfff"]),
        ("code", [10**30, "XAA"]),
    ],
    ids=["too early", "too late", "half a letter", "nothing", "another half", "too large"],
)
async def test_row_29_a_cursor_that_no_database_could_compare_is_refused(
    installation: Installation, sort: str, values: list[Any]
) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    assert await shown(installation, cursor=cursor, sort=sort) == (422, [])
    for path in ("/mails", "/tasks", "/returns", "/countries/XAA/documents", "/countries/XAA/timeline"):
        answer = await installation.secretariat.get(path, cursor=cursor)
        assert answer.status_code in (404, 422), answer.text


@given(cursor=CURSORS, kinds=st.lists(st.sampled_from([int, str, datetime]), max_size=3))
def test_row_29_a_cursor_gives_values_of_the_wanted_types_or_a_value_error(
    cursor: str, kinds: list[type]
) -> None:
    try:
        found = values_of(cursor, *kinds)
    except ValueError:
        found = None
    assert found is None or [type(one) for one in found] == kinds


async def test_row_29_another_persons_filter_widens_nothing(installation: Installation) -> None:
    mine, other = await installation.candidate(), await installation.candidate()
    focal_point = installation.person(Role.FOCAL_POINT, mine)
    for text in INJECTIONS:
        answer = await focal_point.get("/countries", search=text)
        assert other not in answer.text
    assert [one["code"] for one in await focal_point.all("/countries")] == [mine]


def test_row_29_queries_of_workflows_are_made_of_our_own_words_alone() -> None:
    """What Temporal's list filter is given: constants, and ids that our own functions make from checked codes."""
    asked = re.compile(r"(list|count)_workflows\((.*)\)")
    found = {
        f"{file.relative_to(ROOT)}: {match[2]}"
        for room in ("access", "activities", "api", "cli", "connection", "launch", "portfolio", "storage")
        for file in sorted(Path(ROOT / room).rglob("*.py"))
        for match in asked.finditer(file.read_text(encoding="utf-8"))
    }
    assert found == {
        "activities/alliance.py: query",
        "api/pages/troubles.py: QUERY, page_size=MOST",
        "api/process.py: 'WorkflowId = \"none\"'",
        "storage/sources.py: query",
    }
