"""A person is erased everywhere: in a living country, closed years, rows and acts; a rebuild brings nothing back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowUpdateFailedError

from activities.personal import PersonalActivities
from contracts.messages import Actor, Envelope
from contracts.names import COUNTRY, ERASE_PERSON, SUBMIT, TASK_QUEUE, country_id
from contracts.personal import Erased, Erasure
from contracts.rows import Batch, YearToArchive
from contracts.starting import ImportedCountry, imported
from contracts.state import CountryState, StatusChange
from framework.records import Contact, ContactChange, DocumentRef, FeaturedEvent
from framework.terms import Role, Status
from storage import audit, ledger
from storage.audit import Act, Outcome
from storage.audit_verifying import verify
from storage.documents import ARCHIVES, VERSIONS, Documents
from storage.engine import Database, open_database
from storage.erasing import EraseRefused, Report, erase, mandates
from storage.erasures import ERASURES, load, remember
from storage.personal_search import Known, in_documents, in_processes, in_rows
from storage.rebuilding import rebuild_country
from storage.returned import CARDS, RETURNS
from storage.schema import migrate
from storage.sources import TemporalSource
from tests.api.standin import Effects
from tests.forgetful import forgetful_server
from tests.storage.samples import content, delivery, entry, version
from worker import build_worker

CODE, ADDRESS, NAME = "XAA", "ada.stroem@labour.example", "Ada Ström"
KNOWN = Known(frozenset({ADDRESS}), frozenset({NAME}))
BY = Actor(role=Role.SECRETARIAT, name="Noor")
ADA, BOB = (
    Contact(name=NAME, post="Director", email=ADDRESS),
    Contact(name="Bob", post="Head", email="b@x.example"),
)
ERASURE = Erasure(addresses=[ADDRESS], names=[NAME], pseudonym="person 7", actor=BY)
AT = datetime(2027, 3, 1, tzinfo=UTC)
ACT = Act(at=AT, outcome=Outcome.DONE, action="erase_person")


@dataclass
class House:
    """A country of which Ada was the focal point, and all that knows of her."""

    client: Client
    database: Database
    documents: Documents

    async def erase(self) -> Report:
        """Ada is erased."""
        return await erase(self.client, self.database, self.documents, ERASURE, ACT)

    async def hand_in(self, submission: FeaturedEvent | ContactChange, key: str, name: str = "Noor") -> None:
        """Something is handed in by the Secretariat."""
        actor = Actor(role=Role.SECRETARIAT, name=name)
        envelope = Envelope(message_id=key, actor=actor, submission=submission)
        await self.client.get_workflow_handle(country_id(CODE)).execute_update(SUBMIT, envelope)

    async def state(self) -> CountryState:
        """What the country carries."""
        handle = self.client.get_workflow_handle(country_id(CODE))
        found: CountryState = await handle.query("state", result_type=CountryState)
        return found

    async def scan(self) -> list[str]:
        """The places at which Ada is named."""
        rows = await in_rows(self.database, KNOWN)
        carried = await in_processes(self.client, KNOWN)
        found = [f"{one.where} {one.place}" for one in [*rows, *carried]]
        found += [f"{one.where} {one.place}" for one in await in_documents(self.documents, KNOWN)]
        for folder, suffix in ((VERSIONS, ".json"), (CARDS, ".json"), (RETURNS, ""), (ERASURES, ".json")):
            for name in await self.documents.names(folder):
                data = await self.documents.get(folder, name, suffix=suffix)
                found += [folder] if KNOWN.is_in(data.decode()) else []
        return found


async def closed_year(documents: Documents) -> DocumentRef:
    """A closed year in which Ada handed something in that names her."""
    report = content(f"Ask {NAME}.")
    await documents.keep_json(VERSIONS, report.body)
    batch = Batch(code=CODE, revision=1, entries=[entry(1, by=NAME)], versions=[version(1, report, by=NAME)])
    return await documents.keep_json(ARCHIVES, YearToArchive(code=CODE, label="XAA-1", batch=batch))


async def start(house: House) -> None:
    """The country, with a closed year behind it, and Ada in its first year here."""
    country = ImportedCountry(
        code=CODE,
        name="Land",
        status=Status.ACTIVE,
        status_history=[StatusChange(before=Status.CANDIDATE, after=Status.ACTIVE, on=date(2024, 1, 1))],
        focal_point=ADA,
        imported_by=BY,
    )
    state = imported(country).model_copy(
        update={"archives": [await closed_year(house.documents)], "next_entry": 2}
    )
    await house.client.start_workflow(COUNTRY, state, id=country_id(CODE), task_queue=TASK_QUEUE)
    await house.hand_in(
        FeaturedEvent(title=f"With {NAME}", on=date(2026, 1, 2), place="Geneva"), "event", NAME
    )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The house, with Ada in a ledger of mail, in what came back and in the record of acts."""
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}")
    await migrate(database)
    documents = Documents((tmp_path / "documents").as_uri())
    effects = Effects(database, documents)
    acts = [effects.write_rows, effects.archive_year, effects.post, effects.write_and_post]
    async with (
        forgetful_server() as client,
        build_worker(client, [*acts, PersonalActivities(documents).erase_in_documents]),
    ):
        found = House(client, database, documents)
        await start(found)
        sent = delivery().model_copy(update={"to_name": NAME, "to_email": ADDRESS})
        await ledger.enqueue(database, [sent])
        await documents.put(RETURNS, "a" * 64, f"To: {ADDRESS}\r\n\r\nunknown".encode())
        await documents.put(
            CARDS, "a" * 64, json.dumps({"said": f"<{ADDRESS}> unknown"}).encode(), suffix=".json"
        )
        await audit.record(database, Act(at=AT, outcome=Outcome.DONE, action="x", detail={"name": NAME}))
        yield found
    await database.close()


async def rest(house: House) -> None:
    """Waits until the country has written what it has to write."""
    handle = house.client.get_workflow_handle(country_id(CODE))
    while not await handle.query("settled", result_type=bool):
        await asyncio.sleep(0.05)


async def test_a_person_with_a_mandate_is_not_erased_and_the_mandate_is_named(house: House) -> None:
    await rest(house)
    assert await mandates(house.database, ERASURE, date(2027, 1, 1)) == [f"focal point of {CODE}"]
    before = await house.state()
    with pytest.raises(EraseRefused, match="holds_mandate"):
        await house.erase()
    assert await house.state() == before


async def test_nobody_else_may_erase(house: House) -> None:
    theirs = ERASURE.model_copy(update={"actor": Actor(role=Role.GCM)})
    handle = house.client.get_workflow_handle(country_id(CODE))
    with pytest.raises(WorkflowUpdateFailedError):
        await handle.execute_update(ERASE_PERSON, theirs, result_type=Erased)


async def test_row_37_whoever_is_erased_is_nowhere_and_a_rebuild_brings_nothing_back(house: House) -> None:
    await house.hand_in(ContactChange(focal_point=BOB), "bob")
    await rest(house)
    assert {one.partition(" ")[0] for one in await house.scan()} >= {
        *("process", "entry", "mail", "audit", ARCHIVES, VERSIONS, CARDS, RETURNS)
    }
    old = (await house.state()).archives
    report = await house.erase()
    assert report.counts["processes"] == 1
    assert await house.scan() == []
    state = await house.state()
    assert [one.by for one in state.entries if one.message == "event"] == ["person 7"]
    assert state.entries[-1].kind == "person_erased"
    assert [one.sha256 for one in state.archives] != [one.sha256 for one in old]
    assert state.focal_point.name == "Bob"
    assert (await verify(house.database)).sound
    source = TemporalSource(house.client)
    assert await rebuild_country(source, house.database, house.documents, CODE) == 1
    assert await house.scan() == []


async def test_erased_twice_changes_nothing_more(house: House) -> None:
    await house.hand_in(ContactChange(focal_point=BOB), "bob")
    await house.erase()
    before = await house.state()
    report = await house.erase()
    assert set(report.counts.values()) == {0}
    assert await house.state() == before


async def test_what_old_histories_tell_a_rebuild_is_known_by_hashes_alone(tmp_path: Path) -> None:
    documents = Documents(tmp_path.as_uri())
    sent = delivery().model_copy(update={"to_name": NAME, "to_email": ADDRESS})
    row = {"content": sent.model_dump(mode="json"), "answer": f"550 <{ADDRESS}> unknown to {NAME}, sorry"}
    assert (await load(documents)).without(row) == row
    await remember(documents, ERASURE)
    left = (await load(documents)).without(row)
    assert not KNOWN.is_in(json.dumps(left, ensure_ascii=False))
    assert left["answer"] == "550 <person 7@erased.invalid> unknown to person 7, sorry"
