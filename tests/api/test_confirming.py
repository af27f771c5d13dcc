"""The page behind the link in a message about contacts: looking changes nothing, one click confirms, once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import httpx2
import pytest

from api.deps import Parts
from api.handing_in import reached
from contracts.messages import Actor
from contracts.rows import CountryRow
from contracts.starting import ImportedCountry, imported
from contracts.state import StatusChange
from correspondence.links import contacts_link
from framework.contacts import fingerprint
from framework.policy import DayOfYear
from framework.records import Contact
from framework.terms import Language, Role, Status
from storage import reading
from storage.audit import Outcome
from storage.audit_reading import AuditFilter, AuditItem, acts, by_other_doors
from tests.api.conftest import SECRET, Installation, next_code
from tests.storage.samples import delivery, order

ANA = Contact(name="Ana <b>Ruiz</b>", post="Director", email="ana@labour.example")
DEPUTY = Contact(name="Dia Sow", post="Adviser", email="dia@labour.example", language=Language.SPANISH)


async def asked(installation: Installation) -> CountryRow:
    """A country whose contacts are being asked for this year."""
    today = datetime.now(UTC).date()
    change = StatusChange(
        before=Status.CANDIDATE, after=Status.ACTIVE, on=date(today.year - 2, 3, 1), because="grant"
    )
    state = imported(
        ImportedCountry(
            code=next_code(),
            name="Aruna",
            status=Status.ACTIVE,
            status_history=[change],
            focal_point=ANA,
            deputies=[DEPUTY],
            ministry="Ministry of Labour",
            imported_by=Actor(role=Role.SECRETARIAT, name="A secretariat"),
        )
    )
    state.policy = replace(state.policy, contacts_confirmed_on=DayOfYear(month=1, day=1))
    state.contacts_asked_year = today.year - 1
    parts: Parts = installation.app.state.parts
    await parts.processes.start(state, {})
    assert await reached(parts, state.code, 1)
    row = await reading.country(parts.database, state.code)
    assert row is not None
    return row


def path_of(row: CountryRow, *, to: str = ANA.email, year: int | None = None, **changes: Any) -> str:
    """The path of the link that was sent to an address; `changes` are values of its message."""
    asked_in = year or datetime.now(UTC).year
    values = {
        "year": asked_in,
        "fingerprint": fingerprint(row.focal_point, row.deputies, row.ministry, row.ministry_email),
        "valid_until": f"{asked_in}-12-31",
    }
    made = order("contacts_confirmation", country=row.code, values=values | changes)
    found = contacts_link(delivery(order=made, to_email=to), "http://api", SECRET)
    assert found is not None
    return found.removeprefix("http://api")


async def task_state(installation: Installation, row: CountryRow) -> str:
    """The state of the task, once the read model shows what was done."""
    year = datetime.now(UTC).year
    answer = await installation.secretariat.get(f"/countries/{row.code}/tasks/contacts_confirmation-{year}")
    return str(answer.json()["task"]["state"])


@pytest.mark.clause("EOI-03")
async def test_looking_at_the_page_changes_nothing_and_one_click_confirms_once(
    installation: Installation,
) -> None:
    row = await asked(installation)
    path = path_of(row)
    for _ in range(3):
        page = await installation.client.get(path)
        assert page.status_code == 200
    assert await task_state(installation, row) == "open"
    assert "Ana &lt;b&gt;Ruiz&lt;/b&gt;" in page.text
    assert "dia@labour.example" in page.text
    assert page.text.count("<form") == page.text.count("<button") == 1
    assert "<script" not in page.text
    answer = await installation.client.post(path)
    assert answer.status_code == 200
    assert "<form" not in answer.text
    parts: Parts = installation.app.state.parts
    assert await reached(parts, row.code, row.revision + 1)
    assert await task_state(installation, row) == "done"
    again = [await installation.client.post(path), await installation.client.get(path)]
    assert [one.status_code for one in again] == [200, 200]
    assert all("already" in one.text and "<form" not in one.text for one in again)
    timeline = await installation.secretariat.all(f"/countries/{row.code}/timeline")
    made = [one for one in timeline if one["kind"] == "contacts_confirmation"]
    assert [(one["by"], one["role"]) for one in made] == [(ANA.name, "focal_point")]
    recorded = [one for one in await on_record(installation, row.code) if one.action == "confirm_by_link"]
    attempted, done, again_refused = recorded
    assert [one.outcome.value for one in recorded] == ["attempted", "done", "refused"]
    assert (done.refers_to, done.event_entry) == ([attempted.sequence], made[0]["number"])
    assert done.message == attempted.message == again_refused.message == made[0]["message"]
    assert again_refused.reasons == ["already"]
    assert {(one.role, one.person, *one.detail) for one in recorded} == {("stranger", "", "client")}
    assert not [one for one in recorded for each in (ANA.name, ANA.email) if each in one.model_dump_json()]
    doors = await by_other_doors(parts.database, row.code)
    assert done.message not in {one.message for one in doors}


async def on_record(installation: Installation, code: str) -> list[AuditItem]:
    """The rows of a country, the oldest first."""
    found = await acts(installation.app.state.parts.database, AuditFilter(country=code), limit=50)
    return found.items[::-1]


async def test_a_deputy_confirms_by_the_link_of_its_own(installation: Installation) -> None:
    row = await asked(installation)
    answer = await installation.client.post(path_of(row, to=DEPUTY.email))
    assert 'lang="es"' in answer.text
    timeline = await installation.secretariat.all(f"/countries/{row.code}/timeline")
    assert [one["by"] for one in timeline if one["kind"] == "contacts_confirmation"] == [DEPUTY.name]


@pytest.mark.clause("EOI-03")
async def test_the_link_of_a_former_focal_point_and_of_changed_contacts_confirms_nothing(
    installation: Installation,
) -> None:
    row = await asked(installation)
    before = path_of(row)
    successor = {"name": "Ben Oda", "post": "Director", "email": "ben@labour.example"}
    changed = await installation.secretariat.submit(
        row.code, {"kind": "contact_change", "focal_point": successor}
    )
    assert changed.status_code == 200
    for answer in (await installation.client.get(before), await installation.client.post(before)):
        assert answer.status_code == 409
        assert "has been sent a new message" in answer.text
        assert "Ben Oda" not in answer.text
    assert await task_state(installation, row) == "open"
    now = await reading.country(installation.app.state.parts.database, row.code)
    assert now is not None
    stranger = await installation.client.post(path_of(now, to=ANA.email))
    assert stranger.status_code == 409
    assert (await installation.client.post(path_of(now, to="BEN@labour.example"))).status_code == 200


async def test_a_link_that_is_not_ours_or_of_a_year_that_is_over_says_so_in_a_page(
    installation: Installation,
) -> None:
    row = await asked(installation)
    path = path_of(row)
    head, body, signature = path.rpartition("/")[2].split(".")
    forged = [
        f"/confirm/contacts/{head}.{body}.{signature[:-4]}AAAA",
        "/confirm/contacts/nonsense",
        "/confirm/contacts/" + installation.secretariat.authorization.split()[1],
        path_of(row.model_copy(update={"code": "XZZ"})),
    ]
    for one in forged:
        for answer in (await installation.client.get(one), await installation.client.post(one)):
            assert answer.status_code == 404, one
            assert answer.headers["content-type"].startswith("text/html")
    await installation.app.state.parts.floods.over(installation.app.state.parts.database)
    denied = await acts(
        installation.app.state.parts.database, AuditFilter(action="confirm_by_link", outcome=Outcome.DENIED)
    )
    assert sum(one.count for one in denied.items) >= len(forged)
    over = await installation.client.get(path_of(row, year=2020))
    assert over.status_code == 410
    ahead = await installation.client.post(path_of(row, year=datetime.now(UTC).year + 1))
    assert "not being asked for" in ahead.text
    assert await task_state(installation, row) == "open"


async def test_a_link_is_no_token_of_the_api(installation: Installation) -> None:
    row = await asked(installation)
    token = path_of(row).rpartition("/")[2]
    answer = await installation.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


async def test_the_page_is_kept_nowhere_shown_in_no_frame_and_passes_its_address_to_nobody(
    installation: Installation,
) -> None:
    row = await asked(installation)
    headers = (await installation.client.get(path_of(row))).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


async def test_while_the_country_does_not_answer_the_page_asks_to_come_again(
    installation: Installation, lonely: httpx2.AsyncClient
) -> None:
    row = await asked(installation)
    answer = await lonely.post(path_of(row))
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "a few minutes" in answer.text
    assert (await installation.client.post(path_of(row))).status_code == 200


@pytest.mark.clause("EOI-03")
async def test_the_secretariat_confirms_on_behalf_through_the_door_of_all_submissions(
    installation: Installation,
) -> None:
    row = await asked(installation)
    handed = {"kind": "contacts_confirmation", "year": datetime.now(UTC).year}
    answer = await installation.secretariat.submit(row.code, handed, on_behalf_of="Ana Ruiz")
    assert answer.status_code == 200, answer.text
    assert answer.json()["closed"] == [f"contacts_confirmation-{datetime.now(UTC).year}"]
    again = await installation.secretariat.submit(row.code, handed)
    assert [one["key"] for one in again.json()["findings"]] == ["contacts_confirmation.not_asked"]
