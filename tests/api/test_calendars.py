"""Calendars at addresses of their own: whose they are, what is in them, and that a revoked one is over."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from icalendar import Calendar

from api.access_log import WithoutAddresses
from api.app import create_app
from api.failures import MOST, MOST_CALLERS, Failures
from contracts.rows import Batch
from contracts.state import Entry, Task
from framework.terms import Role
from storage.calendar_feeds import MOST_FEEDS
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.writing import write_batch
from tests.api.conftest import Caller, Installation, bearer, served, settings_in
from tests.storage.databases import database_url, migrated, postgresql, postgresql_migrated
from tests.storage.samples import country_row, task

__all__ = ["database_url", "migrated", "postgresql", "postgresql_migrated"]

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
F, S, G, M, OP = Role.FOCAL_POINT, Role.SECRETARIAT, Role.GCM, Role.MWG, Role.OPERATOR


class House:
    """The application before rows of two countries and the Alliance, at a time of its own."""

    def __init__(self, client: httpx2.AsyncClient, database: Database) -> None:
        self.client, self.database = client, database

    def person(self, role: Role, country: str = "", name: str = "") -> Caller:
        """Somebody in this role."""
        return Caller(self.client, bearer(role, country, name))

    async def url(self, role: Role, country: str = "", language: str = "en") -> str:
        """The path of a new calendar of somebody."""
        answer = await self.person(role, country).post("/calendar-feeds", {"language": language})
        assert answer.status_code == 201, answer.text
        return str(httpx2.URL(answer.json()["url"]).path)

    async def entries(self, role: Role, country: str = "") -> set[str]:
        """The identities in somebody's calendar, before the @."""
        answer = await self.client.get(await self.url(role, country))
        assert answer.status_code == 200, answer.text
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        return {str(event["uid"]).partition("@")[0] for event in events}


@pytest_asyncio.fixture(loop_scope="session")
async def house(database_url: str, documents: Documents, tmp_path: Path) -> AsyncIterator[House]:
    """On SQLite and on PostgreSQL, in turn; nobody listens where Temporal should be."""
    opened = open_database(database_url)
    for batch in batches():
        await write_batch(opened, batch, {})
    app = create_app(settings_in(tmp_path), database=opened, documents=documents, now=lambda: NOW)
    async with served(app) as client:
        yield House(client, opened)
    await opened.close()


def batches() -> list[Batch]:
    """Two countries with tasks of several roles and meetings, and the Alliance."""
    return [country("XAA"), country("XAB"), of("ALLIANCE", [staff("hlpf_digest-2027", S)], ALLIANCE_ENTRIES)]


def country(code: str, **changes: Any) -> Batch:
    """A country with tasks and meetings."""
    found = of(code, [task(), staff("yearly_review-2027", M), staff("annual_status-2027", G)], MEETINGS)
    return found.model_copy(update={"country": country_row(code, 1, **changes)})


def of(code: str, tasks: list[Task], entries: list[Entry]) -> Batch:
    """Rows of a country, at its first revision."""
    return Batch(code=code, revision=1, tasks=tasks, entries=entries)


def staff(key: str, role: Role) -> Task:
    """A task of others than the country."""
    return task(key, kind=key.partition("-")[0], role=role)


def held(number: int, kind: str, **values: Any) -> Entry:
    """An entry that tells of a meeting."""
    return Entry(number=number, at=NOW - timedelta(days=20), kind=kind, values=values)


MEETINGS = [
    held(1, "presentation", meeting="GCG 2027/1", meeting_on="2027-06-01", place="Genève"),
    held(2, "peer_exchange", on="2027-03-01", topic="Cocoa"),
    held(3, "dialogue_meeting", held_on="2027-01-15"),
    held(4, "guidance_sent", items=["More data"]),
]
ALLIANCE_ENTRIES = [
    held(1, "gcm_meeting", name="GCG 2027/1", on="2027-06-01", place="Genève"),
    held(2, "alliance_event", title="Side event", on="2027-07-10"),
    held(3, "appointment", name="Ada", role="gcm"),
]


@pytest.mark.clause("EOI-03")
async def test_a_focal_point_sees_the_deadlines_and_meetings_of_its_country_and_of_no_other(
    house: House,
) -> None:
    for code in ("XAA", "XAB"):
        assert await house.entries(F, code) == {
            f"{code}-progress_report-2027",
            f"{code}-event-presentation-1",
            f"{code}-event-peer_exchange-2",
            f"{code}-event-dialogue_meeting-3",
        }
    assert await house.entries(F, "XZZ") == set()


@pytest.mark.clause("PLN-07", "REV-01")
async def test_the_others_see_the_tasks_of_their_role_in_all_countries_and_the_meetings_of_the_gcm(
    house: House,
) -> None:
    meetings = {"ALLIANCE-event-gcm_meeting-1", "ALLIANCE-event-alliance_event-2"}
    meetings |= {f"{code}-event-presentation-1" for code in ("XAA", "XAB")}
    assert await house.entries(S) == meetings | {"ALLIANCE-hlpf_digest-2027"}
    assert await house.entries(M) == meetings | {f"{code}-yearly_review-2027" for code in ("XAA", "XAB")}
    assert await house.entries(G) == meetings | {f"{code}-annual_status-2027" for code in ("XAA", "XAB")}
    assert await house.entries(OP) == meetings


@pytest.mark.clause("REP-01")
async def test_between_two_years_a_focal_point_sees_what_comes_next(house: House) -> None:
    waiting = country_row("XAA", 2, next_deadline_task="", next_deadline=datetime(2028, 3, 2, 11, tzinfo=UTC))
    await write_batch(house.database, Batch(code="XAA", revision=2, country=waiting), {})
    found = Calendar.from_ical((await house.client.get(await house.url(F, "XAA"))).content)
    (coming,) = [one for one in found.walk("VEVENT") if "next_deadline" in str(one["uid"])]
    assert coming.decoded("dtstart") == date(2028, 3, 1)


async def test_a_calendar_is_private_and_says_what_it_is(house: House) -> None:
    answer = await house.client.get(await house.url(F, "XAA", "fr"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert answer.headers["Last-Modified"] == "Mon, 01 Feb 2027 12:00:00 GMT"
    assert b"X-WR-CALNAME:Pathfinder: Land XAA\r\n" in answer.content
    assert b"NAME;LANGUAGE=fr:" in answer.content
    assert b"vendredi 30 avril 2027" in answer.content.replace(b"\r\n ", b"")


@pytest.mark.clause("REP-07")
async def test_what_has_not_changed_is_not_sent_again_and_what_has_is(house: House) -> None:
    url = await house.url(F, "XAA")
    first, again = await house.client.get(url), await house.client.get(url)
    etag = first.headers["ETag"]
    assert (again.content, again.headers["ETag"]) == (first.content, etag)
    for tags in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        same = await house.client.get(url, headers={"If-None-Match": tags})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    moved = task(due_on=date(2027, 6, 15), sequence=1, dated_at=NOW + timedelta(days=1))
    await write_batch(house.database, Batch(code="XAA", revision=2, tasks=[moved]), {})
    changed = await house.client.get(url, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["Last-Modified"] == "Tue, 02 Feb 2027 12:00:00 GMT"
    report = next(
        one for one in Calendar.from_ical(changed.content).walk("VEVENT") if "report" in str(one["uid"])
    )
    assert (report["sequence"], report.decoded("dtstart")) == (1, date(2027, 6, 15))


async def test_a_revoked_address_is_over_at_the_next_request_and_no_other(house: House) -> None:
    person = house.person(F, "XAA")
    first = (await person.post("/calendar-feeds", {"language": "en"})).json()
    gone, kept = httpx2.URL(first["url"]).path, await house.url(F, "XAA")
    etag = (await house.client.get(gone)).headers["ETag"]
    assert len((await person.get("/calendar-feeds")).json()["items"]) == 2
    assert (await person.delete(f"/calendar-feeds/{first['id']}")).status_code == 204
    after = await house.client.get(gone, headers={"If-None-Match": etag})
    assert after.status_code == 404
    assert (await house.client.get(kept)).status_code == 200
    (left,) = (await person.get("/calendar-feeds")).json()["items"]
    assert left["id"] != first["id"]
    assert (await person.delete(f"/calendar-feeds/{first['id']}")).status_code == 404


async def test_wrong_revoked_and_malformed_addresses_get_the_same_answer(house: House) -> None:
    revoked = await house.url(S)
    (feed,) = (await house.person(S).get("/calendar-feeds")).json()["items"]
    await house.person(S).delete(f"/calendar-feeds/{feed['id']}")
    wrong = ["a" * 32, "a", "a" * 500, "%00", "%2e%2e", "é", "a.ics", " "]
    answers = [await house.client.get(path) for path in [revoked, *(f"/calendar/{one}.ics" for one in wrong)]]
    assert {(one.status_code, one.text, str(sorted(one.headers.items()))) for one in answers} == {
        (404, answers[0].text, str(sorted(answers[0].headers.items())))
    }
    assert answers[0].headers["Content-Type"] == "application/problem+json"


async def test_an_address_is_shown_once(house: House) -> None:
    person = house.person(M)
    created = await person.post("/calendar-feeds", {"language": "es"})
    assert created.headers["Cache-Control"] == "no-store"
    body = created.json()
    url = body.pop("url")
    listed = (await person.get("/calendar-feeds")).json()["items"]
    assert listed == [body]
    assert body["language"] == "es"
    assert url.startswith("http://")
    assert len(url.rpartition("/")[2].removesuffix(".ics")) == 32


@pytest.mark.clause("GEN-05", "EOI-03")
async def test_the_secretariat_gives_a_person_of_a_country_its_calendar_and_can_end_it(house: House) -> None:
    asked = {"language": "en", "country": "XAA", "name": "Ada Ámbar"}
    created = (await house.person(S).post("/calendar-feeds", asked)).json()
    assert (created["role"], created["country"], created["name"]) == ("focal_point", "XAA", "Ada Ámbar")
    assert created["created_role"] == "secretariat"
    ada = house.person(F, "XAA", "Ada Ámbar")
    assert [one["id"] for one in (await ada.get("/calendar-feeds")).json()["items"]] == [created["id"]]
    of_country = (await house.person(S).get("/calendar-feeds", country="XAA")).json()["items"]
    assert [one["id"] for one in of_country] == [created["id"]]
    assert (await house.person(S).get("/calendar-feeds")).json()["items"] == []
    assert (await house.person(S).delete(f"/calendar-feeds/{created['id']}")).status_code == 204
    assert (await house.client.get(httpx2.URL(created["url"]).path)).status_code == 404


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize(
    ("role", "country", "asked", "status"),
    [
        (F, "XAA", {"country": "XAB", "name": "Ben"}, 404),
        (F, "XAA", {"country": "XAA", "name": "Ben"}, 403),
        (F, "XAA", {"name": "Ben"}, 403),
        (G, "", {"country": "XAA", "name": "Ben"}, 403),
        (OP, "", {"country": "XAA"}, 403),
        (S, "", {"name": "Another secretary"}, 403),
        (S, "", {"country": "XZZ", "name": "Ben"}, 404),
        (S, "", {"country": "xaa"}, 422),
        (S, "", {"country": "XAA", "name": "a\nb"}, 422),
        (S, "", {"country": "XAA", "role": "gcm"}, 422),
        (S, "", {"language": "de"}, 422),
    ],
)
async def test_nobody_gets_a_calendar_for_somebody_else_but_the_secretariat_for_a_country(
    house: House, role: Role, country: str, asked: dict[str, str], status: int
) -> None:
    answer = await house.person(role, country).post("/calendar-feeds", {"language": "en", **asked})
    assert answer.status_code == status, answer.text


@pytest.mark.clause("EOI-03")
async def test_nobody_sees_or_ends_the_address_of_somebody_else(house: House) -> None:
    await house.url(F, "XAA")
    (feed,) = (await house.person(F, "XAA").get("/calendar-feeds")).json()["items"]
    for other in (house.person(F, "XAB"), house.person(F, "XAA", "Ben"), house.person(G)):
        assert (await other.get("/calendar-feeds")).json()["items"] == []
        refused = await other.delete(f"/calendar-feeds/{feed['id']}")
        missing = await other.delete(f"/calendar-feeds/{'0' * 32}")
        assert refused.status_code == missing.status_code == 404
        assert refused.text.replace(feed["id"], "0" * 32) == missing.text
    assert (await house.person(F, "XAB").get("/calendar-feeds", country="XAA")).status_code == 404
    await house.url(G)
    (gcm,) = (await house.person(G).get("/calendar-feeds")).json()["items"]
    assert (await house.person(S).delete(f"/calendar-feeds/{gcm['id']}")).status_code == 404


async def test_a_person_has_a_handful_of_addresses_at_a_time(house: House) -> None:
    for _ in range(MOST_FEEDS):
        await house.url(OP)
    answer = await house.person(OP).post("/calendar-feeds", {"language": "en"})
    assert answer.status_code == 409
    assert str(MOST_FEEDS) in answer.json()["detail"]


async def test_who_guesses_too_often_is_asked_to_wait(house: House) -> None:
    url = await house.url(F, "XAA")
    for _ in range(MOST):
        assert (await house.client.get("/calendar/guess.ics")).status_code == 404
    for path in ("/calendar/guess.ics", url):
        waiting = await house.client.get(path)
        assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "60")


def test_failures_are_forgotten_after_a_while_and_counted_for_each_caller() -> None:
    failures = Failures(most=2, within=timedelta(minutes=1))
    for _ in range(2):
        failures.note("a", NOW)
    assert failures.too_many("a", NOW + timedelta(seconds=59))
    assert not failures.too_many("a", NOW + timedelta(seconds=60))
    assert not failures.too_many("b", NOW)
    for number in range(MOST_CALLERS):
        failures.note(str(number), NOW)
    assert not failures.too_many("a", NOW)


def test_the_log_of_requests_names_no_address() -> None:
    arguments = ("127.0.0.1:5", "GET", f"/calendar/{'a' * 32}.ics?x=1", "1.1", 200)
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', arguments, None
    )
    assert WithoutAddresses().filter(record)
    assert record.getMessage() == '127.0.0.1:5 - "GET /calendar/…?x=1 HTTP/1.1" 200'


async def test_the_filter_hangs_on_the_servers_log(house: House) -> None:
    filters = logging.getLogger("uvicorn.access").filters
    assert len([one for one in filters if isinstance(one, WithoutAddresses)]) == 1


@pytest.mark.clause("EOI-02", "EOI-06")
async def test_a_living_countrys_tasks_come_into_its_calendar(installation: Installation) -> None:
    code = await installation.presented()
    person = installation.person(F, code)
    created = (await person.post("/calendar-feeds", {"language": "en"})).json()
    answer = await installation.client.get(httpx2.URL(created["url"]).path)
    found = {
        str(event["uid"]).partition("@")[0] for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    assert [one for one in found if one.startswith(f"{code}-event-presentation-")]
    assert {one.partition("-")[0] for one in found} == {code}
