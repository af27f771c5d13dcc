"""The page of a country for people who are signed in: each role sees what it may, and of another country nothing."""

import itertools
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from api.pages import timeline_drawing
from api.pages.comparing import compared
from api.pages.country_shell import PARTS
from framework.facts import Cycle
from framework.terms import Language, Role
from storage.documents import Documents
from tests.api.conftest import bearer, served, settings_in
from tests.pages.living import LIVES, NOW, read_model
from tests.storage.samples import country_row

HTML = {"Accept": "text/html"}
SLUGS = tuple(part.slug for part in PARTS)
READERS = (Role.SECRETARIAT, Role.CHAIR, Role.GCM, Role.MWG, Role.OPERATOR, Role.AUDITOR)
OWN = (Role.FOCAL_POINT, Role.DEPUTY, Role.CONTRIBUTOR)

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx2.AsyncClient]:
    """The application with four countries."""
    folder = tmp_path_factory.mktemp("country")
    database = await read_model(folder, *(life() for life in LIVES))
    app = create_app(
        settings_in(folder), database=database, documents=Documents(folder.as_uri()), now=lambda: NOW
    )
    async with served(app) as found:
        yield found
    await database.close()


async def read(client: httpx2.AsyncClient, path: str, role: Role, country: str = "") -> httpx2.Response:
    """A page of a country, as somebody in a role sees it."""
    headers = HTML | {"Authorization": bearer(role, country)}
    return await client.get(f"/desk/countries/{path}", headers=headers)


def text_of(answer: httpx2.Response) -> str:
    """What people read on a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


@pytest.mark.parametrize("slug", SLUGS)
async def test_every_page_of_every_country_can_be_read_by_the_secretariat(
    client: httpx2.AsyncClient, slug: str
) -> None:
    for code in ("XAA", "XAB", "XAC", "XAD"):
        answer = await read(client, f"{code}/{slug}".rstrip("/"), Role.SECRETARIAT)
        assert answer.status_code == 200
        assert 'aria-current="page"' in answer.text
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("role", [*READERS, *OWN])
async def test_each_role_is_led_to_exactly_the_pages_that_it_may_read(
    client: httpx2.AsyncClient, role: Role
) -> None:
    country = "XAA" if role in OWN else ""
    page = await read(client, "XAA", role, country)
    offered = set(re.findall(r'<li><a href="/desk/countries/XAA/?(\w*)"', page.text))
    answers = {
        slug: (await read(client, f"XAA/{slug}".rstrip("/"), role, country)).status_code for slug in SLUGS
    }
    assert {slug for slug, status in answers.items() if status == 200} == offered
    assert {status for slug, status in answers.items() if slug not in offered} <= {403}


@pytest.mark.parametrize("role", OWN)
@pytest.mark.parametrize("slug", SLUGS)
async def test_another_country_answers_like_one_that_is_not_there(
    client: httpx2.AsyncClient, role: Role, slug: str
) -> None:
    other, nowhere = [
        await read(client, f"{code}/{slug}".rstrip("/"), role, "XAA") for code in ("XAB", "XZZ")
    ]
    assert (other.status_code, nowhere.status_code) in ((404, 404), (403, 403))
    assert other.text.replace("XAB", "") == nowhere.text.replace("XZZ", "")


async def test_nobody_reads_a_countrys_page_without_signing_in(client: httpx2.AsyncClient) -> None:
    for slug in SLUGS:
        answer = await client.get(f"/desk/countries/XAA/{slug}".rstrip("/"), headers=HTML)
        assert answer.status_code in (303, 401)
        assert "Aruna" not in answer.text


@pytest.mark.clause("REV-03")
@pytest.mark.parametrize(
    ("role", "country", "sees"),
    [
        (Role.SECRETARIAT, "", {"Survey of farms 2027", "Interviews with survivors"}),
        (Role.AUDITOR, "", {"Survey of farms 2027", "Interviews with survivors"}),
        (Role.MWG, "", {"Survey of farms 2027"}),
        (Role.FOCAL_POINT, "XAA", set()),
        (Role.OPERATOR, "", set()),
    ],
)
async def test_evidence_that_was_given_in_confidence_is_withheld_on_every_page(
    client: httpx2.AsyncClient, role: Role, country: str, sees: set[str]
) -> None:
    found: set[str] = set()
    for slug in (*SLUGS, *(f"history/{number}" for number in range(1, 125))):
        answer = await read(client, f"XAA/{slug}".rstrip("/"), role, country)
        found |= {
            title for title in ("Survey of farms 2027", "Interviews with survivors") if title in answer.text
        }
    assert found == sees
    if sees != {"Survey of farms 2027", "Interviews with survivors"}:
        assert "Given in confidence" in (await read(client, "XAA/evidence", role, country)).text


@pytest.mark.clause("REV-09", "REV-11")
async def test_a_flag_says_why_and_what_would_clear_it(client: httpx2.AsyncClient) -> None:
    shown = text_of(await read(client, "XAD", Role.MWG))
    assert "No progress report for two consecutive years REV-09 · raised on 1 October 2028" in shown
    assert "2028 lapsed No report had come by 30 September 2028." in shown
    assert "What would clear it: The progress report for 2029, even late, clears the flag" in shown


@pytest.mark.clause("PLN-13")
async def test_two_versions_are_compared_field_by_field_and_word_by_word(client: httpx2.AsyncClient) -> None:
    reports = await read(client, "XAA/reports", Role.GCM)
    address = "/desk/countries/XAA/compare/roadmap?before=1&amp;after=2"
    assert f'href="{address}"' in reports.text
    page = await read(client, "XAA/compare/roadmap?before=1&after=2", Role.GCM)
    assert "<del>Two</del> years" in page.text
    assert "<ins>Four</ins> years" in page.text
    assert "Recruiters answer for debts" not in page.text


async def test_an_item_that_only_moved_is_no_change() -> None:
    one, two = {"key": "a", "title": "A"}, {"key": "b", "title": "B"}
    found = compared({"priorities": [one, two]}, {"priorities": [two, one]}, Language.ENGLISH)
    assert (found.changes, found.same) == ([], 2)
    added = compared({"priorities": [one]}, {"priorities": [two, one]}, Language.ENGLISH).changes
    assert [(each.name, each.before, each.after) for each in added] == [
        ("Priority b / Title", [], [(True, "B")])
    ]


@pytest.mark.clause("REP-08", "REP-09")
async def test_comments_stand_beside_their_answers_over_the_years(client: httpx2.AsyncClient) -> None:
    shown = text_of(await read(client, "XAA/comments", Role.FOCAL_POINT, "XAA"))
    assert shown.index("Report 2030") < shown.index("Report 2027")
    assert (
        "1 Say how many inspectors work in the mines. 20 May 2030, round 1 Added to the second section."
        in shown
    )
    assert "Every comment has an answer." in shown


async def test_a_message_shows_what_became_of_it_and_a_focal_point_sees_no_other_persons_name(
    client: httpx2.AsyncClient,
) -> None:
    staff = await read(client, "XAA/mail", Role.SECRETARIAT)
    assert "came back" in staff.text
    assert "Ana Ruiz" in staff.text
    deputy = await read(client, "XAA/mail", Role.DEPUTY, "XAA")
    assert "came back" in deputy.text
    assert "Ana Ruiz" not in deputy.text


async def test_a_contributor_sees_the_tasks_that_it_was_named_for(client: httpx2.AsyncClient) -> None:
    page = await read(client, "XAA/tasks?state=all", Role.CONTRIBUTOR, "XAA")
    kinds = {key.partition("-")[0] for key in re.findall(r'href="/desk/tasks/XAA/([\w.-]+)"', page.text)}
    assert "progress_report" in kinds
    assert kinds <= {"progress_report", "annual_activities"}  # the head names the country's next deadline


async def test_the_history_is_filtered_by_kind_and_year_and_goes_on(client: httpx2.AsyncClient) -> None:
    page = await read(client, "XAA/history?kind=progress_report&year=2028", Role.OPERATOR)
    assert page.text.count("Annual progress report 2028") == 1
    first = await read(client, "XAA/history?limit=5", Role.OPERATOR)
    following = re.search(r'class="button second" href="(/desk/[^"]+)"', first.text)
    assert following
    answer = await client.get(
        following[1].replace("&amp;", "&"), headers=HTML | {"Authorization": bearer(Role.OPERATOR)}
    )
    numbers = [
        re.findall(r'<th scope="row"><a href="[^"]*/history/(\d+)"', one.text) for one in (first, answer)
    ]
    assert int(numbers[0][-1]) == int(numbers[1][0]) + 1


@pytest.mark.parametrize("years", [1, 4, 20])
async def test_the_drawing_reads_from_one_year_to_twenty(years: int) -> None:
    since = date(2026, 3, 1)
    cycles = [
        Cycle(
            year=year, due_on=date(year, 4, 30), report_on=date(year, 5 if year % 3 else 4, 20), closed=True
        )
        for year in range(2027, 2027 + years)
    ]
    row = country_row(status_since=since)
    events = timeline_drawing.events_of(row, cycles, [], Language.ENGLISH)
    sheet = timeline_drawing.drawn(events, since + timedelta(days=365 * years), Language.ENGLISH)
    assert sheet is not None
    labels = [x for _, x, labelled in sheet.years if labelled]
    assert all(right - left >= timeline_drawing.CLOSEST for left, right in itertools.pairwise(labels))
    assert all(
        timeline_drawing.LEFT <= one.x <= one.x + one.width <= timeline_drawing.WIDTH for one in sheet.shapes
    )
    assert {one.mark for one in events if one.lane == "reports"} == (
        {"late"} if years == 1 else {"late", "good"}
    )
    assert len(sheet.shapes) == len(events)


async def test_where_nothing_has_a_date_nothing_is_drawn() -> None:
    assert timeline_drawing.drawn([], datetime.now(UTC).date(), Language.FRENCH) is None
