"""The board: who reads it, what filters leave, that every number is the length of the list that it leads to."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape

import httpx2
import pytest
from sqlalchemy import event

from api.pages.board_views import Around, lines_of
from api.pages.board_words import Mark
from contracts.names import address_digest
from framework.records import Contact
from framework.terms import Language, Role
from storage.engine import Database
from storage.reading_board import standings
from storage.seen import Seen
from tests.pages.many import NOW, SITUATIONS
from tests.pages.readers import read, rows, signed_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("/desk/board", "/desk/board.csv", "/desk/due")
READERS = {Role.SECRETARIAT, Role.OPERATOR, Role.AUDITOR}
EACH = 4
"""Forty countries in ten situations: four of each."""


def counts(page: str) -> dict[str, int]:
    """Every number of the overview by the address that it leads to."""
    overview = page.partition('<div class="overview">')[2].partition("<form")[0]
    found = re.findall(r'<a href="([^"]+)">(?:(?!</a>).)*<b>(\d+)</b></a>', overview, re.DOTALL)
    return {unescape(address): int(number) for address, number in found}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
async def test_secretariat_operators_and_auditors_read_the_board_and_nobody_else(
    desk: httpx2.AsyncClient, role: Role
) -> None:
    for address in PAGES:
        answer = await desk.get(address, headers=signed_in(role))
        assert answer.status_code == (200 if role in READERS else 403), address


async def test_every_number_is_the_length_of_the_list_that_it_leads_to(desk: httpx2.AsyncClient) -> None:
    found = counts(await read(desk, "/desk/board"))
    assert len(found) > 15
    for address, number in found.items():
        page = await read(desk, address)
        assert len(rows(page)) == number, address
        assert re.search(rf">{number} (country|countries|task|tasks)\b", page), address


@pytest.mark.parametrize(
    ("query", "situations"),
    [
        ("report=late", ["late", "dialogue", "at_risk"]),
        ("report=missing", ["flagged"]),
        ("report=due", ["paused"]),
        ("report=in_revision&sort=stage", ["in_revision"]),
        ("status=candidate", ["candidate"]),
        ("status=inactive&stage=review", ["inactive"]),
        ("mark=flagged", ["flagged", "dialogue"]),
        ("mark=dialogue&report=late", ["dialogue"]),
        ("mark=refused", ["at_risk"]),
        ("q=XAC", ["extended"]),
        ("q=LÁND%20xac", ["extended"]),
        ("status=withdrawn", []),
        ("q=%3Cscript%3E", []),
    ],
)
async def test_filters_stand_in_the_address(
    desk: httpx2.AsyncClient, query: str, situations: list[str]
) -> None:
    names = rows(await read(desk, f"/desk/board?{query}"))
    found = {name.partition("(")[2].rstrip(")") for name in names if not name.startswith("=")}
    assert found == set(situations)
    assert len(names) == (1 if query.startswith("q=X") or "L" in query[:4] else EACH * len(situations))


async def test_a_filter_that_nothing_passes_says_what_to_do_and_echoes_nothing(
    desk: httpx2.AsyncClient,
) -> None:
    page = await read(desk, "/desk/board?q=%3Cscript%3Ealert(1)")
    assert "Leave a filter out" in page
    assert "<script>alert" not in page


async def test_an_unknown_filter_is_refused_and_not_overlooked(desk: httpx2.AsyncClient) -> None:
    for query in ("report=lost", "mark=happy", "sort=colour", "page=0", "status=king"):
        answer = await desk.get(f"/desk/board?{query}", headers=signed_in(Role.AUDITOR))
        assert answer.status_code == 422, query


@pytest.mark.parametrize(
    ("sort", "first"), [("report", "late"), ("overdue", "late"), ("risks", "at_risk"), ("stage", "candidate")]
)
async def test_countries_are_sorted_by_what_asks_for_attention(
    desk: httpx2.AsyncClient, sort: str, first: str
) -> None:
    names = rows(await read(desk, f"/desk/board?sort={sort}"))
    assert len(names) == EACH * len(SITUATIONS)
    situation = next(name for name in names if not name.startswith("="))
    assert first in situation or (first == "late" and "dialogue" in situation)


async def test_the_board_takes_the_same_few_queries_for_any_number_of_countries(
    desk: httpx2.AsyncClient, full: Database
) -> None:
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(full.engine.sync_engine, "before_cursor_execute", note)
    try:
        await read(desk, "/desk/board")
    finally:
        event.remove(full.engine.sync_engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT")]) == 4


async def test_the_table_for_spreadsheets_holds_what_is_filtered_and_the_moment(
    desk: httpx2.AsyncClient,
) -> None:
    text = await read(desk, "/desk/board.csv?report=late")
    assert text.startswith("\ufeffCode,")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(table) == 3 * EACH
    assert {one["State of the report"] for one in table} == {"late"}
    assert {one["Due on"] for one in table} == {"2027-04-30"}
    assert {one["State of (UTC)"] for one in table} == {"2027-05-10T09:00+00:00"}
    assert "'=Land XBN" in {one["Country"] for one in table}
    french = await read(desk, "/desk/board.csv", language="fr")
    assert "en retard" in french


async def test_a_country_that_hangs_by_one_thread_is_marked(full: Database) -> None:
    one = replace((await standings(full))[0], focal_point=Contact(email="a@labour.example"), deputies=())
    two = replace(one, deputies=(Contact(email="b@labour.example"),))
    seen = Seen(since=date(2027, 1, 1), last={address_digest("b@labour.example"): date(2027, 5, 1)})
    around = Around(now=NOW, late={}, seen=seen)
    marks = [
        set(line.marks) & {Mark.SINGLE, Mark.SILENT}
        for line in lines_of([one, two], around, Language.ENGLISH)
    ]
    assert marks == [{Mark.SINGLE, Mark.SILENT}, set()]


async def test_only_the_secretariat_is_offered_acts(desk: httpx2.AsyncClient) -> None:
    assert 'action="/desk/bulk"' in await read(desk, "/desk/board")
    for role in (Role.OPERATOR, Role.AUDITOR):
        page = await read(desk, "/desk/board", role)
        assert "/desk/bulk" not in page
        assert 'type="checkbox"' not in page


@pytest.mark.parametrize(("language", "word"), [("fr", "en retard"), ("es", "con retraso")])
async def test_the_board_speaks_the_readers_language(
    desk: httpx2.AsyncClient, language: str, word: str
) -> None:
    page = await read(desk, "/desk/board", language=language)
    assert f'<html lang="{language}">' in page
    assert word in page
