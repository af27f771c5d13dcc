"""What the world reads: the status and its dated history, final data, feeds; and nothing of what is not public."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from contracts.rows import Batch
from contracts.state import StatusChange
from framework import records as r
from framework.terms import Confidentiality, Language, Role, Status
from storage import ledger
from storage.documents import Documents
from storage.publishing import PublicStatus
from storage.reading_public import changes_of, public_profile
from storage.uploads import Upload, keep
from storage.writing import write_batch
from tests.api.conftest import PDF, bearer, served, settings_in
from tests.pages import leaks
from tests.pages.living import LIVES, candidate, read_model, steady
from tests.process import papers as p
from workflows.process import view

HTML = {"Accept": "text/html"}
PAGES = (
    "/",
    "/countries",
    "/countries/XAA",
    "/countries/XAB",
    "/countries/XAC",
    "/countries/XAA?on=2026-12-31",
    "/countries/XAA/reports/2027",
    "/glossary",
    "/how-it-works",
)
DATA = (
    "/countries.json",
    "/countries/XAA/profile.json",
    "/countries/XAC/profile.json",
    "/feeds/status.atom",
    "/countries/XAA/feed.atom",
    "/countries/XAA/badge.svg",
)
ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx2.AsyncClient]:
    """The application with four countries, without Temporal: public pages need none."""
    folder = tmp_path_factory.mktemp("public")
    database = await read_model(folder, *(life() for life in LIVES))
    app = create_app(settings_in(folder), database=database, documents=Documents(folder.as_uri()))
    async with served(app) as found:
        yield found
    await database.close()


def text_of(answer: httpx2.Response) -> str:
    """What people read on a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("address", PAGES)
async def test_a_stranger_may_read_every_public_page(
    client: httpx2.AsyncClient, address: str, language: str
) -> None:
    answer = await client.get(address, headers=HTML | {"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert len(answer.content) < 60_000


@pytest.mark.clause("GEN-03")
async def test_the_front_page_says_how_many_countries_have_each_status_and_leads_to_them(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/")
    assert "active 2 countries Aruna Cordamar candidate 1 country Dunmere" in text_of(page)
    assert 'href="/countries?status=active"' in page.text


async def test_the_list_is_searched_filtered_and_sorted_by_its_address(client: httpx2.AsyncClient) -> None:
    async def names(query: str) -> list[str]:
        page = await client.get(f"/countries{query}")
        return re.findall(r'<th scope="row"><a href="/countries/(\w+)"', page.text)

    assert await names("") == ["XAA", "XAB", "XAD", "XAC"]
    assert await names("?status=inactive") == ["XAB"]
    assert await names("?search=BRISÓ") == ["XAB"]
    assert await names("?search=xac") == ["XAC"]
    assert await names("?sort=since") == ["XAB", "XAC", "XAA", "XAD"]
    assert await names("?search=nowhere") == []
    assert "No country fits this." in (await client.get("/countries?search=nowhere")).text
    assert await names("?status=unheard-of") == ["XAA", "XAB", "XAD", "XAC"]


@pytest.mark.clause("PLN-10", "GEN-04")
async def test_a_profile_shows_the_status_since_when_and_the_benefits_with_their_state(
    client: httpx2.AsyncClient,
) -> None:
    active, inactive = [text_of(await client.get(f"/countries/{code}")) for code in ("XAA", "XAB")]
    assert "active since 11 June 2026" in active
    assert "11 June 2026 active 1 September 2025 candidate" in active
    assert "open since 11 June 2026" in active
    assert "Aruna joined Alliance 8.7" in active
    assert "suspended since 3 May 2029" in inactive
    assert "Decision of the GCG: Meeting, 3 May 2029" in inactive


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-08-31", "had no status that is on record"),
        ("2025-09-01", "candidate (since 1 September 2025)"),
        ("2026-06-10", "candidate (since 1 September 2025)"),
        ("2026-06-11", "active (since 11 June 2026)"),
    ],
)
@pytest.mark.clause("GEN-03")
async def test_the_status_on_a_day_is_told(client: httpx2.AsyncClient, day: str, said: str) -> None:
    assert said in text_of(await client.get(f"/countries/XAA?on={day}"))


async def test_a_day_that_is_none_is_said_to_be_none(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/countries/XAA?on=yesterday", headers=HTML)
    assert answer.status_code == 422
    assert 'aria-invalid="true" aria-describedby="on-error"' in answer.text


async def test_a_status_that_was_granted_by_mistake_never_held() -> None:
    grant, mistaken = date(2026, 1, 1), date(2026, 6, 1)
    history = [
        StatusChange(before=Status.CANDIDATE, after=Status.ACTIVE, on=grant, because="G1"),
        StatusChange(before=Status.ACTIVE, after=Status.INACTIVE, on=mistaken, because="G2"),
        StatusChange(
            before=Status.INACTIVE, after=Status.ACTIVE, on=date(2026, 7, 1), because="x", corrects="G2"
        ),
    ]
    changes = changes_of(history, {"G2": ("GCM-2026-2", mistaken)})
    assert [(one.fell, one.corrects, one.meeting) for one in changes] == [
        (False, False, ""),
        (True, False, "GCM-2026-2"),
        (False, True, ""),
    ]
    country = PublicStatus(
        code="XAA",
        name="Aruna",
        language=Language.ENGLISH,
        status=Status.ACTIVE,
        since=grant,
        changes=changes,
    )
    assert country.on(date(2026, 6, 15)) == (Status.ACTIVE, grant)
    assert country.on(date(2026, 8, 1)) == (Status.ACTIVE, grant)


@pytest.mark.clause("REP-10", "PLN-12", "IMP-02", "REP-11", "REP-05")
async def test_a_profile_has_what_the_country_published(client: httpx2.AsyncClient) -> None:
    page = await client.get("/countries/XAA")
    shown = text_of(page)
    for said in (
        "No child works in a mine",
        "Inspect every mine and quarry twice a year",
        "Final report 2027",
        "Train inspectors in 2030",
        "HLPF side event 2027",
        "Inspection of mines",
    ):
        assert said in shown
    assert "Not agreed yet" not in shown
    assert "Labour inspections (number) Labour inspections from 2027 to 2030" in shown
    assert re.search(r"<polyline points=\"[\d., ]+\" class=\"series\"/>", page.text)
    assert "Value 1040 1180 1320 1460" in shown
    report = text_of(await client.get("/countries/XAA/reports/2027"))
    assert "Joint inspections" in report
    assert "Committee 8.7" in report


async def test_content_in_one_language_only_is_shown_in_it_and_named(client: httpx2.AsyncClient) -> None:
    page = await client.get("/countries/XAA", headers={"Accept-Language": "fr"})
    assert "présenté dans sa langue\u00a0: anglais" in page.text
    assert '<span lang="en">No child works in a mine</span>' in page.text
    assert (
        "dans sa langue" not in (await client.get("/countries/XAB", headers={"Accept-Language": "fr"})).text
    )


@pytest.mark.parametrize(
    "address",
    ["/countries/ZZZ", "/countries/xaa", "/countries/XAA/reports/2026", "/countries/ZZZ/feed.atom"],
)
async def test_what_is_not_there_is_a_page_that_says_so(client: httpx2.AsyncClient, address: str) -> None:
    answer = await client.get(address, headers=HTML)
    assert answer.status_code == 404
    assert "There is no such page here" in answer.text


@pytest.mark.parametrize("address", [*PAGES[:4], *DATA])
async def test_public_answers_may_be_kept_a_short_while_and_are_not_sent_twice(
    client: httpx2.AsyncClient, address: str
) -> None:
    first = await client.get(address)
    assert first.headers["cache-control"] == "public, max-age=120"
    again = await client.get(address, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    policies = {one.headers.get("content-security-policy") for one in (first, again)} - {None}
    assert len(policies) == 1, "a browser takes over what the second answer says, for the page that it kept"
    assert again.headers["etag"] == first.headers["etag"]


async def test_nobody_keeps_for_others_what_was_made_for_one(client: httpx2.AsyncClient) -> None:
    for address, headers in (
        ("/", {"Cookie": "pathfinder=0123"}),
        ("/", {"Authorization": bearer(Role.SECRETARIAT)}),
        ("/?lang=fr", {}),
    ):
        answer = await client.get(address, headers=headers)
        assert answer.headers["cache-control"] == "private, no-cache"
        client.cookies.clear()


@pytest.mark.clause("GEN-03")
async def test_feeds_are_atom_and_their_events_keep_their_ids(client: httpx2.AsyncClient) -> None:
    feeds = {}
    for language in ("en", "fr"):
        answer = await client.get("/feeds/status.atom", headers={"Accept-Language": language})
        assert answer.headers["content-type"].startswith("application/atom+xml")
        feeds[language] = ElementTree.fromstring(answer.text)
    ids = {
        name: [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")] for name, feed in feeds.items()
    }
    assert ids["en"] == ids["fr"]
    assert len(set(ids["en"])) == len(ids["en"]) == 8
    first = next(feeds["en"].iter(f"{ATOM}entry"))
    assert first.findtext(f"{ATOM}title") == "Brisovia is an inactive Pathfinder Country"
    assert first.findtext(f"{ATOM}updated") == "2029-05-03T00:00:00Z"
    own = ElementTree.fromstring((await client.get("/countries/XAA/feed.atom")).text)
    titles = [one.findtext(f"{ATOM}title") for one in own.iter(f"{ATOM}entry")]
    assert titles[0] == "Aruna: final report for 2030"
    assert titles[-1] == "Aruna is a candidate Pathfinder Country"


async def test_an_export_carries_its_state_and_date(client: httpx2.AsyncClient) -> None:
    for address in DATA[:2]:
        content = (await client.get(address)).json()
        assert content["state"] == "final"
        assert date.fromisoformat(content["as_of"])
    codes = [one["code"] for one in (await client.get("/countries.json")).json()["countries"]]
    assert codes == ["XAA", "XAB", "XAD", "XAC"]


async def test_a_badge_is_a_picture_that_says_the_status(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/countries/XAB/badge.svg", headers={"Accept-Language": "es"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    title = ElementTree.fromstring(answer.text).findtext("{http://www.w3.org/2000/svg}title")
    assert title == "Brisovia: inactivo · 3 de mayo de 2029"
    assert len(answer.content) < 1500


async def shown_to_strangers(folder: Path, batch: Batch) -> str:
    """All public pages, feeds and exports of a read model with this country, in all languages, one after the other."""
    database = await read_model(folder)
    await write_batch(database, batch, {one.sha256: one.body for one in batch.contents})
    await ledger.enqueue(database, [leaks.mail()])
    await leaks.plant_drafts(database, "XAA", 2028)
    app = create_app(settings_in(folder), database=database, documents=Documents(folder.as_uri()))
    found = []
    async with served(app) as client:
        for address in (*PAGES, *DATA):
            if "XAB" in address or "XAC" in address:
                continue
            for language in ("en", "fr", "es"):
                answer = await client.get(address, headers={"Accept-Language": language})
                assert answer.status_code == 200, address
                found.append(answer.text)
    await database.close()
    return "\n".join(found)


@pytest.mark.clause("REV-03", "REP-10")
async def test_nothing_that_is_not_public_shows_on_any_page_feed_or_export(tmp_path: Path) -> None:
    batch, planted = leaks.marked(view.everything(steady(2).state))
    assert planted > 500
    shown = await shown_to_strangers(tmp_path, batch)
    assert "No child works in a mine" in shown
    assert [line for line in shown.splitlines() if leaks.MARK.lower() in line.lower()] == []


async def test_a_marker_in_a_public_field_is_seen(tmp_path: Path) -> None:
    batch, _ = leaks.marked(view.everything(steady(1).state))
    for content in batch.contents:
        if content.body["kind"] == "roadmap":
            content.body["priorities"][0]["title"] = leaks.MARK
    assert leaks.MARK in await shown_to_strangers(tmp_path, batch)


@pytest.mark.clause("PLN-05", "PLN-09")
async def test_a_candidates_roadmap_is_not_public_before_the_grant(tmp_path: Path) -> None:
    life = candidate()
    focal_point = p.FOCAL_POINT.model_copy(update={"country": "XAC"})
    life.at(date(2027, 3, 1)).hand_in(p.roadmap(date(2027, 2, 20)), focal_point)
    database = await read_model(tmp_path, life)
    profile = await public_profile(database, "XAC")
    await database.close()
    assert profile is not None
    assert profile.roadmap is None


@pytest.mark.clause("REP-09", "REP-10")
async def test_a_report_is_public_from_its_final_version_on_and_no_longer_when_that_was_a_mistake(
    tmp_path: Path,
) -> None:
    life = steady(0).at(date(2027, 4, 12))
    life.hand_in(p.report(2027, date(2027, 3, 1)), p.FOCAL_POINT)
    life.hand_in(p.indicators(2027), p.FOCAL_POINT)
    life.at(date(2027, 5, 20)).hand_in(r.MwgComments(year=2027, comments=("Why?",)), p.MWG)
    seen = []
    for number, step in enumerate(("handed in", "final", "corrected")):
        if step == "final":
            revised = replace(p.report(2027, date(2027, 3, 1)), obstacles="Fewer inspectors")
            answers = (r.CommentAnswer(number=1, text="Because."),)
            life.hand_in(r.FinalReport(year=2027, report=revised, answers=answers), p.FOCAL_POINT)
        if step == "corrected":
            mistaken = life.state.cycles[-1].final_entry or 0
            life.hand_in(r.EntryCorrection(entry=mistaken, reason="Sent too early"))
        (folder := tmp_path / str(number)).mkdir()
        database = await read_model(folder, life)
        profile = await public_profile(database, "XAA")
        await database.close()
        assert profile is not None
        seen.append(([one.obstacles for one in profile.reports], len(profile.indicators)))
    assert seen == [([], 0), (["Fewer inspectors"], 1), ([], 0)]


@pytest.mark.clause("REV-07")
async def test_a_letter_is_public_when_the_secretariat_says_so_and_no_other_is(tmp_path: Path) -> None:
    life, sent = steady(1), replace(p.LETTER, id="d0c1" * 8)
    for letter in life.state.letters:
        letter.document = sent if letter.document else None
    database = await read_model(tmp_path, life)
    documents = Documents(tmp_path.as_uri())
    upload = Upload(
        id=sent.id,
        country="XAA",
        name="letter.pdf",
        by="x",
        role=Role.SECRETARIAT,
        at=life.now,
        confidentiality=Confidentiality.REVIEWERS,
    )
    await keep(database, documents, upload, PDF)
    app = create_app(settings_in(tmp_path), database=database, documents=documents)
    letters = {one.number: one.public for one in life.state.letters}
    async with served(app) as client:
        listed = re.findall(
            r'href="/countries/XAA/letters/(\d+)/(\d+)"', (await client.get("/countries/XAA")).text
        )
        for number in letters:
            year, place = number.split("/")[-2:]
            answer = await client.get(f"/countries/XAA/letters/{year}/{place}")
            assert answer.status_code == (200 if letters[number] else 404)
            assert ((year, place) in listed) == letters[number]
    await database.close()
    assert sorted(letters.values()) == [False, True]
