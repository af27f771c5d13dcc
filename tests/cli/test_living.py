"""Commands against living countries: the real process on a real server, its rows in a real database."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio.client import Client
from temporalio.worker import Worker

from cli import process
from cli.bringing_back import bring_back
from cli.failing import Failed
from connection.clients import data_converter
from contracts.names import country_id
from contracts.rows import Delivery
from framework.decision_record import GcmDecision
from framework.terms import Consensus, DecisionKind
from portfolio.reading import read
from storage.documents import Documents
from storage.engine import open_database
from storage.schema import migrate
from tests.cli.conftest import Said, Shell
from tests.forgetful import forgetful_server
from tests.portfolio.papers import ACTIVE as ACTIVE_TODAY
from tests.portfolio.papers import CANDIDATE, YEARS, paper
from worker import build_activities, build_worker

ACTIVE = ACTIVE_TODAY | {"as_of": "2026-11-15"}
"""These countries live in real time: what is on paper of them ends on a day."""

PRESENTED = CANDIDATE | {
    "expression_of_interest_on": "2025-01-10",
    "stakeholder_categories": "government | employers | workers",
    "coordination_bodies": "Forum",
    "timetable_given": "yes",
    "stocktakings": "1",
    "workshops": "1",
    "workshop_categories": "government | employers | workers",
    "roadmap_versions": "1",
    "presented_at": "GCM-2026-1",
    "presented_on": "2026-06-10",
}
SAMPLE = Path(__file__).parents[2] / "samples" / "alliance.csv"
GRANT = ("--kind", "grant", "--meeting", "GCM-2026-2", "--on", "2026-11-04")
LETTER = {
    "id": "letter-1",
    "name": "letter.pdf",
    "media_type": "application/pdf",
    "size": 9,
    "sha256": "0" * 64,
}
EXPRESSION = {
    "kind": "expression_of_interest",
    "country": "XAD",
    "country_name": "Dunmere",
    "minister": "Osric Wendover",
    "ministry": "Ministry of Employment",
    "addressee": "chair",
    "dated": (datetime.now(UTC).date() - timedelta(days=3)).isoformat(),
    "letter": LETTER,
    "focal_point": {
        "name": "Ede Marl",
        "post": "Director",
        "email": "ede.marl@example.org",
        "language": "en",
    },
}


class NoPost:
    """Takes every message and delivers none."""

    async def take(self, delivery: Delivery) -> None:
        """Does nothing."""


class Alliance:
    """A worker and a server, and a shell whose commands reach them."""

    def __init__(self, client: Client, shell: Shell, worker: Callable[[], Worker]) -> None:
        self.client = client
        self.shell = shell
        self.worker = worker
        self._working: Worker | None = None

    async def start_worker(self) -> None:
        """A worker begins to work."""
        self._working = await self.worker().__aenter__()

    async def stop_worker(self) -> None:
        """It stops, if it works."""
        if self._working is not None:
            await self._working.shutdown()
            self._working = None

    async def run(self, *arguments: str | Path, typed: str | None = None) -> Said:
        """The answer to one command line, typed beside the worker."""
        return await asyncio.to_thread(self.shell.run, *arguments, typed=typed)

    async def settled(self, code: str) -> None:
        """Waits until all that a country has to say is written."""
        handle = self.client.get_workflow_handle(country_id(code))
        async with asyncio.timeout(20):
            while True:
                if await handle.query("settled", result_type=bool):
                    return
                await asyncio.sleep(0.02)

    async def loaded(self, tmp_path: Path, *rows: dict[str, str]) -> Said:
        """Imports rows and waits for the board."""
        file = tmp_path / "portfolio.csv"
        file.write_text(paper(list(rows)))
        said = await self.run("import", file)
        for code in {row["code"] for row in rows} if said.code == 0 else ():
            await self.settled(code)
        return said

    async def show(self, code: str) -> Any:
        """What `country show --json` answers."""
        return json.loads((await self.run("country", "show", code, "--json")).out)


@pytest_asyncio.fixture
async def alliance(shell: Shell) -> AsyncIterator[Alliance]:
    """An Alliance without countries."""
    settings = shell.environment
    database = open_database(settings["PATHFINDER_DATABASE_URL"])
    await migrate(database)
    async with forgetful_server(data_converter(shell.settings)) as client:
        settings["PATHFINDER_TEMPORAL_ADDRESS"] = client.service_client.config.target_host
        settings["PATHFINDER_TEMPORAL_NAMESPACE"] = client.namespace
        documents = Documents(settings["PATHFINDER_DOCUMENTS_URL"])
        activities = build_activities(client, database, documents, NoPost(), None)
        grace = timedelta(seconds=1)
        found = Alliance(client, shell, lambda: build_worker(client, activities, grace=grace))
        await found.start_worker()
        yield found
        await found.stop_worker()
    await database.close()


async def test_an_imported_portfolio_stands_on_the_board_and_goes_on_from_its_history(
    alliance: Alliance, tmp_path: Path
) -> None:
    said = await alliance.loaded(tmp_path, PRESENTED, ACTIVE, *YEARS)
    assert (said.code, said.err.splitlines()[-1]) == (0, "2 started.")
    listed = json.loads((await alliance.run("country", "list", "--json")).out)
    assert [(row["code"], row["status"]) for row in listed] == [("XAA", "candidate"), ("XAB", "active")]
    again = await alliance.loaded(tmp_path, PRESENTED, ACTIVE, *YEARS)
    assert again.err.splitlines()[-1] == "0 started, 2 ran already."
    why = await alliance.run("country", "why", "XAB")
    assert why.code == 0
    assert "no_report (REV-09): " in why.out
    assert "  2025: no lapse; " in why.out


@pytest.mark.clause("PLN-09")
async def test_a_decision_is_sent_and_its_answer_printed(alliance: Alliance, tmp_path: Path) -> None:
    await alliance.loaded(tmp_path, PRESENTED)
    grant = ("decide", "XAA", *GRANT, "--id", "GCM-1", "--consensus", "reached")
    said = await alliance.run(*grant, "--name", "Sira Molnar")
    assert (said.code, said.out) == (0, "XAA has accepted the decision GCM-1.\n"), said.err
    again = await alliance.run(*grant)
    assert (again.code, again.out) == (0, said.out)
    await alliance.settled("XAA")
    assert (await alliance.show("XAA"))["country"]["status"] == "active"
    entries = json.loads((await alliance.run("country", "timeline", "XAA", "--json")).out)
    senders = {(one["by"], one["role"]) for one in entries if one["message"] == "GCM-1"}
    assert senders == {("Sira Molnar", "gcm")}


@pytest.mark.clause("PLN-09")
async def test_a_refused_decision_is_printed_with_its_reasons_and_fails(
    alliance: Alliance, tmp_path: Path
) -> None:
    await alliance.loaded(tmp_path, PRESENTED)
    blocked = ("--consensus", "blocked", "--blocked-by", "Workers", "--blocked-because", "no budget")
    said = await alliance.run("decide", "XAA", *GRANT, "--id", "GCM-1", *blocked)
    assert (said.code, said.out) == (1, "XAA has refused the decision GCM-1.\n")
    assert said.err.startswith("It was refused because:\n  ")
    answer = json.loads(
        (await alliance.run("decide", "XAA", *GRANT, "--id", "GCM-2", *blocked, "--json")).out
    )
    assert answer["answer"] == "refused"
    assert answer["reasons"]


async def test_the_id_of_another_decision_is_not_sent_again(alliance: Alliance, tmp_path: Path) -> None:
    await alliance.loaded(tmp_path, PRESENTED)
    await alliance.run("decide", "XAA", *GRANT, "--id", "GCM-1", "--consensus", "reached")
    said = await alliance.run("decide", "XAA", "--kind", "open_dialogue", "--id", "GCM-1")
    assert (said.code, said.out) == (1, "")
    taken = "XAA has accepted a decision GCM-1 before; nothing was sent."
    assert said.err == f"{taken} If this is another one, give it another id.\n"


async def test_a_submission_is_accepted_once_and_answered_with_its_entry(
    alliance: Alliance, tmp_path: Path
) -> None:
    await alliance.loaded(tmp_path, ACTIVE, *YEARS)
    support = json.dumps(
        {
            "kind": "support_action",
            "reference": "S-1",
            "form": "peer_learning",
            "provider": "Amberlund",
            "topic": "labour inspection",
            "starts_on": "2026-10-01",
        }
    )
    first = await alliance.run("submit", "XAB", "-", typed=support)
    assert first.code == 0, first.err
    assert first.out.startswith("XAB has accepted this on ")
    second = await alliance.run("submit", "XAB", "-", typed=support)
    assert second.out == first.out
    await alliance.settled("XAB")
    entries = json.loads((await alliance.run("country", "timeline", "XAB", "--json")).out)
    assert [one["kind"] for one in entries].count("support_action") == 1


async def test_a_refused_submission_tells_every_reason_and_fails(alliance: Alliance, tmp_path: Path) -> None:
    await alliance.loaded(tmp_path, ACTIVE, *YEARS)
    empty = json.dumps({"kind": "progress_report", "year": datetime.now(UTC).year})
    said = await alliance.run("submit", "XAB", "-", typed=empty)
    assert (said.code, said.out) == (1, "")
    lines = said.err.splitlines()
    assert lines[0] == "XAB has refused this:"
    assert len(lines) > 3
    assert any(line.strip().startswith("progress") for line in lines)


@pytest.mark.clause("EOI-03")
async def test_a_mandate_is_handed_over_from_the_command_line(alliance: Alliance, tmp_path: Path) -> None:
    await alliance.loaded(tmp_path, ACTIVE, *YEARS)
    person = ("--successor", "Noor Basri", "--post", "Director", "--email", "noor@labour.example")
    named = await alliance.run("handover", "name", "XAB", *person, "--by", "focal_point")
    assert named.code == 0, named.err
    await alliance.settled("XAB")
    stranger = await alliance.run("handover", "accept", "XAB")
    assert stranger.code == 1
    assert "Only the person who was named can accept" in stranger.err
    accepted = await alliance.run("handover", "accept", "XAB", "--on-behalf-of", "Noor Basri")
    assert accepted.code == 0, accepted.err
    await alliance.settled("XAB")
    assert (await alliance.show("XAB"))["country"]["focal_point"]["name"] == "Noor Basri"
    nothing = await alliance.run("handover", "withdraw", "XAB")
    assert (nothing.code, nothing.err) == (1, "No hand-over is waiting to be accepted in XAB.\n")


@pytest.mark.clause("EOI-02", "EOI-03")
async def test_an_expression_of_interest_starts_a_process(alliance: Alliance) -> None:
    said = await alliance.run("country", "register", "-", typed=json.dumps(EXPRESSION))
    assert (said.code, said.out) == (0, "Dunmere (XAD) is registered; its process is country-XAD.\n"), (
        said.err
    )
    assert "ministry has no e-mail address" in said.err
    await alliance.settled("XAD")
    assert (await alliance.show("XAD"))["country"]["stage"] == "expression_of_interest"
    again = await alliance.run("country", "register", "-", typed=json.dumps(EXPRESSION))
    assert (again.code, again.out) == (0, said.out)
    other = await alliance.run(
        "country", "register", "-", typed=json.dumps(EXPRESSION | {"minister": "Another"})
    )
    assert (other.code, other.err) == (
        1,
        "XAD is registered already: see `pathfinder country show XAD`.\n",
    )
    again = await alliance.run(
        "country", "register", "-", "--received-on", "2026-11-01", typed=json.dumps(EXPRESSION)
    )
    assert (again.code, again.err) == (other.code, other.err)


@pytest.mark.clause("EOI-02", "EOI-03")
async def test_an_incomplete_expression_of_interest_starts_nothing(alliance: Alliance) -> None:
    typed = json.dumps({"country": "XAD", "country_name": "Dunmere"})
    said = await alliance.run("country", "register", "-", typed=typed)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This cannot be registered:\n  ")
    assert all(word in said.err for word in ("minister", "addressee", "letter", "focal_point"))


async def test_a_country_without_a_process_is_told_in_a_sentence(alliance: Alliance) -> None:
    for command in (("submit", "XZZ", "-"), ("decide", "XZZ", "-")):
        typed = '{"kind": "resume"}' if command[0] == "submit" else '{"kind": "grant", "id": "GCM-1"}'
        said = await alliance.run(*command, typed=typed)
        assert (said.code, said.out) == (1, "")
        assert said.err == "There is no living process of XZZ. `pathfinder country list` shows all.\n"


async def test_a_country_terminated_by_mistake_is_brought_back_and_still_known_by_its_portfolio(
    alliance: Alliance, tmp_path: Path
) -> None:
    await alliance.loaded(tmp_path, PRESENTED)
    before = await alliance.client.get_workflow_handle("country-XAA").describe()
    running = await alliance.run("bring-back", "XAA")
    assert (running.code, running.err) == (1, "The process of XAA runs; nothing was done.\n")
    await alliance.client.get_workflow_handle("country-XAA").terminate("by mistake")
    said = await alliance.run("bring-back", "XAA")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Amberlund (XAA) goes on: candidate, after entry ")
    await alliance.settled("XAA")
    after = await alliance.client.get_workflow_handle("country-XAA").describe()
    assert after.run_id != before.run_id
    assert await after.memo() == await before.memo() != {}
    assert await after.static_summary() == await before.static_summary() == "Amberlund (XAA)"
    again = await alliance.loaded(tmp_path, PRESENTED)
    assert (again.code, again.err.splitlines()[-1]) == (0, "0 started, 1 ran already.")


async def test_a_country_that_never_was_is_not_brought_back(alliance: Alliance) -> None:
    said = await alliance.run("bring-back", "XZZ")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("There never was a process of XZZ")


async def test_without_a_worker_nobody_tells_what_a_country_carried(
    alliance: Alliance, tmp_path: Path
) -> None:
    await alliance.loaded(tmp_path, PRESENTED)
    await alliance.stop_worker()
    await alliance.client.get_workflow_handle("country-XAA").terminate("by mistake")
    with pytest.raises(Failed, match=r"within 0\.5 seconds what XAA carried; is a worker running\?"):
        await bring_back(alliance.client, "XAA", patience=0.5)


async def test_without_a_worker_a_decision_is_sent_and_heard_when_the_worker_is_back(
    alliance: Alliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "ASK_BEFORE_SECONDS", 0.3)
    await alliance.loaded(tmp_path, PRESENTED)
    await alliance.stop_worker()
    decision = GcmDecision(
        id="GCM-1",
        kind=DecisionKind.GRANT,
        meeting="GCM-2026-2",
        meeting_on=date(2026, 11, 4),
        consensus=Consensus.REACHED,
    )
    with pytest.raises(Failed, match=r"XAA has not answered within 0\.5 seconds; is a worker running\?"):
        await process.decide(alliance.client, "XAA", decision, patience=0.5)
    async with alliance.worker():
        answer = await process.decide(alliance.client, "XAA", decision)
    assert answer.answer == "accepted"


async def test_a_rebuild_writes_the_board_anew_and_tells_what_was_different(
    alliance: Alliance, tmp_path: Path
) -> None:
    await alliance.loaded(tmp_path, ACTIVE, *YEARS)
    before = await alliance.show("XAB")
    first = await alliance.run("rebuild", "--check")
    assert (
        first.code == 1
    )  # the post of these tests never started a delivery from which its rows could come back
    assert first.err.splitlines()[0] == "The read model was not what the processes say, and is now:"
    assert first.err.splitlines()[1].startswith("mail: ")
    second = await alliance.run("rebuild", "--check", "--json")
    assert (second.code, second.err) == (0, "The read model says what the processes say.\n")
    assert json.loads(second.out)["counts"]["countries"] == 1
    assert await alliance.show("XAB") == before


@pytest.mark.clause("REV-09", "REV-15")
async def test_the_shipped_sample_comes_to_life_with_its_flags_and_dialogues(alliance: Alliance) -> None:
    said = await alliance.run("import", SAMPLE)
    assert (said.code, said.err.splitlines()[-1]) == (0, "15 started."), said.err
    expected = {one.country.code: one.country for one in read(SAMPLE).countries}
    for code in expected:
        await alliance.settled(code)
    rows = {row["code"]: row for row in json.loads((await alliance.run("country", "list", "--json")).out)}
    assert {code: row["status"] for code, row in rows.items()} == {
        code: country.status for code, country in expected.items()
    }
    flagged = {code for code, row in rows.items() if any(not flag["cleared_on"] for flag in row["flags"])}
    assert {"XAJ", "XAK"} <= flagged
    in_dialogue = {
        code for code, row in rows.items() if any(not one["closed_on"] for one in row["dialogues"])
    }
    assert in_dialogue == {"XAD", "XAK"}
