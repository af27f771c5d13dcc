"""What the API records of acts and denied attempts: before they can have an effect, and before they are acknowledged."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import col, select

from api.app import create_app
from api.deps import Parts
from api.floods import MANY, MOST_KINDS, Floods
from framework.terms import Role
from storage import audit
from storage.audit import Act, Outcome, opened
from storage.audit_table import AuditTable
from storage.audit_verifying import verify
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.api.conftest import SECRET, Caller, Installation, bearer, served, settings_in
from tests.api.test_decisions import GRANT
from tests.api.test_submissions import INTRODUCTION


async def rows(database: Database, after: int = 0, **wanted: str) -> list[AuditTable]:
    """The rows after a sequence number that are as wanted."""
    query = select(AuditTable).where(col(AuditTable.sequence) > after).order_by(col(AuditTable.sequence))
    async with database.reading() as session:
        found = list(await session.exec(query))
    return [row for row in found if all(getattr(row, name) == value for name, value in wanted.items())]


async def last(database: Database) -> int:
    """The number of the newest row."""
    found = await audit.head(database, datetime.now(UTC))
    return found.sequence if found else 0


@pytest.fixture
def kept(installation: Installation) -> Database:
    parts: Parts = installation.app.state.parts
    return parts.database


async def test_an_act_has_a_row_before_and_a_row_after_it_that_names_what_it_became(
    installation: Installation, kept: Database
) -> None:
    code = await installation.candidate()
    caller = installation.person(Role.SECRETARIAT, name="Quintessa Oberholtz")
    answer = await caller.submit(code, INTRODUCTION, key="one-key", on_behalf_of="The ministry")
    assert answer.status_code == 200
    attempted, done = await rows(kept, message="one-key")
    assert (attempted.outcome, done.outcome) == ("attempted", "done")
    assert done.refers_to == [attempted.sequence]
    for row in (attempted, done):
        assert (row.action, row.object, row.role, row.country) == ("submit", "submit", "secretariat", code)
    receipt = answer.json()
    assert (done.event_entry, done.event_revision) == (receipt["entry"], receipt["revision"])
    told = opened(attempted)
    assert told["name"] == opened(done)["name"] == "Quintessa Oberholtz"
    assert told["on_behalf_of"] == "The ministry"
    assert told["given"]["submission"]["kind"] == INTRODUCTION["kind"]
    assert "Quintessa" not in done.model_dump_json(exclude={"detail"})


async def test_what_changed_stands_there_before_and_after(installation: Installation, kept: Database) -> None:
    code = await installation.candidate()
    contact = {"name": "Somebody New", "post": "Director", "email": "new@labour.example"}
    answer = await installation.secretariat.post(
        f"/countries/{code}/contacts", {"submission": {"focal_point": contact}}
    )
    assert answer.status_code == 200, answer.text
    (done,) = await rows(kept, country=code, action="change_contacts", outcome="done")
    told = opened(done)
    assert told["before"]["focal_point"]["name"] == "A Director"
    assert told["after"]["focal_point"]["name"] == "Somebody New"


async def test_a_refused_act_names_the_reasons_by_their_keys(
    installation: Installation, kept: Database
) -> None:
    code = await installation.candidate()
    answer = await installation.secretariat.submit(code, {"kind": "roadmap"}, key="refused-key")
    keys = [found["key"] for found in answer.json()["findings"]]
    assert answer.status_code == 422
    attempted, refused = await rows(kept, message="refused-key")
    assert (refused.outcome, refused.reasons) == ("refused", list(dict.fromkeys(keys)))
    assert refused.refers_to == [attempted.sequence]


async def test_a_decision_is_known_by_its_id(installation: Installation, kept: Database) -> None:
    code = await installation.presented()
    decision = {**GRANT, "id": f"GCM-{uuid.uuid4().hex[:8]}"}
    await installation.secretariat.post(f"/countries/{code}/decisions", {"decision": decision})
    attempted, outcome = await rows(kept, country=code, message=decision["id"])
    assert (attempted.action, attempted.outcome) == ("decide", "attempted")
    assert (outcome.refers_to, outcome.action) == ([attempted.sequence], "decide")
    assert opened(attempted)["given"]["decision"]["id"] == decision["id"]


async def test_row_27_a_curious_neighbour_is_on_record_and_many_tries_are_one_row(
    installation: Installation, kept: Database
) -> None:
    await installation.app.state.parts.floods.over(
        kept
    )  # other tests of this minute may have filled what is told apart
    code, start = await installation.candidate(), await last(kept)
    neighbour = installation.person(Role.FOCAL_POINT, "XAA", name=f"Neighbour {uuid.uuid4().hex}")
    for _ in range(30):
        assert (await neighbour.get(f"/countries/{code}")).status_code == 404
        assert (await neighbour.submit(code, INTRODUCTION)).status_code == 404
    await installation.app.state.parts.floods.over(kept)
    denied = await rows(kept, start, country=code, outcome="denied")
    assert sum(row.count for row in denied) == 60
    assert {row.action for row in denied} == {"read", "submit"}
    assert len(denied) <= 8, "two for each action, and again where a minute ended meanwhile"
    assert {opened(row)["name"] for row in denied} == {opened(denied[0])["name"]}


async def test_row_28_whoever_comes_without_a_token_is_on_record_by_address_alone(
    installation: Installation, kept: Database
) -> None:
    start = await last(kept)
    await installation.app.state.parts.floods.over(kept)
    assert (await installation.client.get("/api/v1/countries")).status_code == 401
    (denied,) = await rows(kept, start, outcome="denied", reasons=["401"])  # type: ignore[arg-type]
    assert (denied.person, denied.role) == ("", "")
    assert opened(denied) == {"client": "127.0.0.1"}


async def test_what_only_reads_leaves_no_row_but_a_file_does(
    installation: Installation, kept: Database
) -> None:
    code = await installation.candidate()
    uploaded = (await installation.secretariat.upload(code, confidentiality="secretariat")).json()
    start = await last(kept)
    await installation.secretariat.get(f"/countries/{code}")
    await installation.secretariat.get(f"/documents/{uploaded['id']}")
    assert await rows(kept, start) == []
    await installation.secretariat.get(f"/documents/{uploaded['id']}/content")
    (read,) = await rows(kept, start)
    assert (read.action, read.outcome) == ("read_document", "done")
    assert read.object == f"download_document/{uploaded['id']}"


async def test_an_upload_is_known_by_the_document_that_it_became(
    installation: Installation, kept: Database
) -> None:
    code = await installation.candidate()
    uploaded = (await installation.secretariat.upload(code)).json()
    assert await rows(kept, object=f"upload_document/{uploaded['id']}", outcome="done")


async def test_a_key_that_holds_an_address_is_kept_as_its_hash(
    installation: Installation, kept: Database
) -> None:
    code, key = await installation.candidate(), "ada@labour.example-1"
    await installation.secretariat.submit(code, INTRODUCTION, key=key)
    assert await rows(kept, message=audit.message_id(key), outcome="done")
    assert "@" not in audit.message_id(key)


async def test_without_a_place_to_record_it_an_act_is_not_done(
    installation: Installation, tmp_path: Path
) -> None:
    code = await installation.candidate()
    before = (await installation.secretariat.get(f"/countries/{code}")).json()["revision"]
    empty = open_database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    client = installation.app.state.parts.processes.client
    app = create_app(settings_in(tmp_path), temporal=client, database=empty, documents=Documents("memory://"))
    async with served(app) as api:
        answer = await Caller(api, bearer(Role.SECRETARIAT)).submit(code, INTRODUCTION)
        assert answer.status_code == 503
        denied = await Caller(api, bearer(Role.GCM)).post(f"/countries/{code}/policy", {"submission": {}})
        assert denied.status_code == 403, "who is denied learns that even then"
    await empty.close()
    assert (await installation.secretariat.get(f"/countries/{code}")).json()["revision"] == before


async def test_an_outcome_that_cannot_be_recorded_is_not_acknowledged_and_told_when_it_is_repeated(
    installation: Installation, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, written = await installation.candidate(), audit.record

    async def fails_after(database: Database, act: Act) -> int:
        if act.outcome is Outcome.DONE:
            raise asyncio.CancelledError  # as when the process is ended here
        return await written(database, act)

    monkeypatch.setattr(audit, "record", fails_after)
    with pytest.raises(asyncio.CancelledError):
        await installation.secretariat.submit(code, INTRODUCTION, key="cut-off")
    monkeypatch.undo()
    (attempted,) = await rows(kept, message="cut-off")
    assert attempted.outcome == "attempted"
    assert (await installation.secretariat.submit(code, INTRODUCTION, key="cut-off")).status_code == 200
    assert [row.outcome for row in await rows(kept, message="cut-off")] == ["attempted", "attempted", "done"]


async def test_nothing_that_was_recorded_here_breaks_the_chain(kept: Database) -> None:
    found = await verify(kept)
    assert found.rows > 0
    assert found.defects == []


@pytest_asyncio.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Database]:
    """A database in which nobody else writes."""
    found = open_database(f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}")
    await migrate(found)
    yield found
    await found.close()


def denial(at: datetime, **more: Any) -> Act:
    return Act(at=at, outcome=Outcome.DENIED, action="read", **more)


async def test_a_flood_of_all_kinds_is_bounded_and_counted_to_the_last(alone: Database) -> None:
    floods, at = Floods(), datetime(2027, 3, 1, 9, 30, 1, tzinfo=UTC)
    for number in range(3 * MOST_KINDS):
        await floods.note(alone, denial(at, detail={"client": f"192.0.2.{number}"}))
    assert len(await rows(alone)) == MOST_KINDS + 1
    await floods.note(alone, denial(at + timedelta(minutes=1)))
    found = await rows(alone)
    assert sum(row.count for row in found) == 3 * MOST_KINDS + 1
    many = [row for row in found if row.action == MANY]
    assert [row.count for row in many] == [1, 2 * MOST_KINDS - 1]
    assert many[1].refers_to == [many[0].sequence]


async def test_what_was_counted_is_written_when_the_api_stops(
    installation: Installation, tmp_path: Path, alone: Database
) -> None:
    app = create_app(
        settings_in(tmp_path),
        temporal=installation.app.state.parts.processes.client,
        database=alone,
        documents=Documents("memory://"),
        now=lambda: datetime(2027, 3, 1, 9, 30, tzinfo=UTC),
    )
    async with served(app) as api:
        for _ in range(5):
            assert (await api.get("/api/v1/me")).status_code == 401
        assert [row.count for row in await rows(alone)] == [1]
    assert [row.count for row in await rows(alone)] == [1, 4]


async def test_no_token_and_no_secret_is_ever_in_a_row(installation: Installation, kept: Database) -> None:
    token = bearer(Role.SECRETARIAT)
    answer = await installation.client.post(
        "/api/v1/calendar-feeds", json={"language": "en"}, headers={"Authorization": token}
    )
    assert answer.status_code == 201
    secret = answer.json()["url"].rpartition("/")[2].removesuffix(".ics")
    text = json.dumps([row.model_dump(mode="json") for row in await rows(kept)])
    for unwanted in (token.removeprefix("Bearer "), SECRET, secret):
        assert unwanted not in text
    assert secret
