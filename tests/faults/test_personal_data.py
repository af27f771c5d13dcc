"""Names and addresses of persons: where they must not be, after a journey through all of it (reliability.md, row 37)."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio.api.common.v1 import Payload, WorkflowExecution
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.api.workflowservice.v1 import (
    DescribeWorkflowExecutionRequest,
    GetWorkflowExecutionHistoryRequest,
    ListWorkflowExecutionsRequest,
)
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowUpdateFailedError

import tokens
from api.examples import PROGRESS_REPORT, ROADMAP, WORKSHOP
from connection import clients
from contracts.names import GCM_DECISION, SUBMIT, country_id
from framework.terms import Role
from launch.up import environment_of
from tests.api.conftest import PDF
from tests.faults import on_record
from tests.faults.loose_tongue import HOST, LooseTongue, open_loose_tongue
from tests.faults.ui import Ui
from tests.launch.stand_ins import ROOT
from tests.launch.whole import Whole, whole

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]

PERSONS = {
    "secretariat": ("Quintessa Oberholtz", "quintessa.oberholtz@alliance.example"),
    "gcm": ("Balthasar Nyquist", "later.nyquist@workers.example"),
    "vice-chair": ("Ottoline Vasarely", "never.vasarely@employers.example"),
    "mwg": ("Isidore Quackenbush", "isidore.quackenbush@monitors.example"),
    "focal_point": ("Thaddeus Mbeki-Lindgren", "thaddeus.lindgren@labour.example"),
    "deputy": ("Philippa Zwingli", "philippa.zwingli@labour.example"),
    "minister": ("Leocadia Przybylski", "leocadia.przybylski@ministry.example"),
}
WORDS = sorted(
    {
        word.lower()
        for name, address in PERSONS.values()
        for word in (*re.split(r"[ -]", name), address, address.partition("@")[0])
    }
)
NEEDLES = re.compile("|".join(map(re.escape, WORDS)).encode(), re.IGNORECASE)
CODE = "XZA"
TODAY = datetime.now(UTC).date().isoformat()


def named_in(content: bytes | str) -> set[bytes]:
    """Words of persons that stand in this."""
    return set(NEEDLES.findall(content.encode() if isinstance(content, str) else content))


@dataclass
class Journey:
    """A whole Pathfinder, and what people did in it."""

    all_of_it: Whole
    post: LooseTongue
    client: Client
    statuses: list[int] = field(default_factory=list)

    async def call(self, role: Role, path: str, body: Any = None, **headers: str) -> Any:
        """A call of the API by the person of that role; the answer's JSON, also of a refusal."""
        settings = self.all_of_it.settings
        name, _ = PERSONS[role.value]
        country = CODE if role is Role.FOCAL_POINT else ""
        token = tokens.issue(settings.read_token_secret(), role, country, name)
        given = {"Authorization": f"Bearer {token}", "Idempotency-Key": os.urandom(8).hex(), **headers}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if isinstance(body, dict | list):
            given["Content-Type"] = "application/json"
        request = urllib.request.Request(f"http://127.0.0.1:{settings.api_port}/api/v1{path}", data, given)
        status, text = await asyncio.to_thread(_answer, request)
        self.statuses.append(status)
        return json.loads(text)

    async def submit(self, role: Role, submission: dict[str, Any]) -> Any:
        """Something is handed in."""
        return await self.call(role, f"/countries/{CODE}/submissions", {"submission": submission})

    def kept_in(self, database: str) -> bytes:
        """Every byte of a database's files."""
        files = sorted(self.all_of_it.settings.var_dir.glob(f"{database}*"))
        return b"".join(file.read_bytes() for file in files)

    def logs(self) -> dict[str, bytes]:
        """What the processes have printed."""
        return {file.name: file.read_bytes() for file in (self.all_of_it.settings.var_dir / "log").iterdir()}


def _answer(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


async def _appoint(settings: Any, folder: Path) -> None:
    file = folder / "directory.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["role", "seat", "name", "email", "language", "from", "until"])
        for role in ("secretariat", "gcm", "mwg"):
            rows.writerow([role, "Chair", *PERSONS[role], "en", "2024-01-01", ""])
        rows.writerow(["gcm", "Vice-Chair", *PERSONS["vice-chair"], "en", "2024-01-01", ""])
    env = {**os.environ, **environment_of(settings), "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "cli.main", "appoint", str(file))
    process = await asyncio.create_subprocess_exec(*command, env=env, stdout=-3, stderr=-3)
    assert await process.wait() == 0


async def _uploaded(journey: Journey) -> str:
    """The id of a letter that the Secretariat has uploaded."""
    boundary = "between"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    letter = (part % ("country", "")).encode() + CODE.encode() + b"\r\n"
    letter += (part % ("file", '; filename="letter.pdf"')).encode() + PDF + f"\r\n--{boundary}--\r\n".encode()
    uploaded = await journey.call(
        Role.SECRETARIAT,
        "/documents",
        letter,
        **{"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    return str(uploaded["id"])


async def _live(journey: Journey) -> None:
    """A letter, a registration, papers, a decision, refusals of all kinds, mail that is put off and refused."""
    letter_id = await _uploaded(journey)
    contact = {"name": PERSONS["focal_point"][0], "post": "Director", "email": PERSONS["focal_point"][1]}
    expression = {
        "country": CODE,
        "country_name": "Zembla",
        "minister": PERSONS["minister"][0],
        "ministry": "Ministry of Labour",
        "ministry_email": PERSONS["minister"][1],
        "addressee": "ilo_director_general",
        "dated": TODAY,
        "letter": {"id": letter_id},
        "focal_point": contact,
    }
    await journey.call(Role.SECRETARIAT, "/countries", {"submission": expression})
    deputy = {"name": PERSONS["deputy"][0], "post": "Deputy", "email": PERSONS["deputy"][1]}
    await journey.call(
        Role.FOCAL_POINT,
        f"/countries/{CODE}/contacts",
        {"submission": {"focal_point": contact, "deputies": [deputy]}},
    )
    for submission in (
        {**WORKSHOP, "held_on": TODAY, "summary": f"{PERSONS['minister'][0]} opened it."},
        ROADMAP,
        {"kind": "presentation", "meeting": "GCM", "meeting_on": TODAY},
        {**PROGRESS_REPORT, "worked_well": f"Ask {PERSONS['deputy'][1]}."},
        {"kind": "no such kind", "name": PERSONS["minister"][0]},
    ):
        await journey.submit(Role.SECRETARIAT, submission)
    await journey.submit(Role.FOCAL_POINT, {**ROADMAP, "consultation_process": f"Led by {contact['name']}."})
    await journey.call(Role.GCM, f"/countries/{CODE}/decisions", {"decision": {"id": "x"}})
    for number, statement in enumerate((f"Thanks to {PERSONS['gcm'][0]}.", "")):
        decision = {
            "id": f"GCM-{number}",
            "kind": "comments" if number else "grant",
            "meeting": "GCM",
            "meeting_on": TODAY,
            "consensus": "reached",
            "statement": statement,
        }
        await journey.call(Role.SECRETARIAT, f"/countries/{CODE}/decisions", {"decision": decision})


async def _misshapen(journey: Journey) -> None:
    """What programs with keys send wrong: an update, a signal and a question that nobody understands."""
    country, wrong = journey.client.get_workflow_handle(country_id(CODE)), {"name": PERSONS["minister"][0]}
    with pytest.raises(WorkflowUpdateFailedError):
        await country.execute_update(SUBMIT, {"actor": wrong, "submission": wrong})
    for name in (GCM_DECISION, "no such signal"):
        await country.signal(name, wrong)
    with pytest.raises(WorkflowQueryFailedError):
        await country.query("decision", args=[wrong, wrong, wrong])


async def _typed_in_the_ui(journey: Journey) -> None:
    """Signals that are typed by hand: they stand in the history as they were typed, so they name nobody here."""
    settings = journey.all_of_it.settings
    ui = Ui(settings.temporal_ui_port, settings.temporal_namespace)
    plain = Payload(metadata={"encoding": b"json/plain"}, data=b'{"id": "typed", "kind": "grant"}')
    assert await ui.signal(country_id(CODE), "gcm_decision", [plain]) == 200


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def journey(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Journey]:
    """Everything that `up` runs, after the journey, its mail either gone, put off, or refused."""
    folder = tmp_path_factory.mktemp("whole")
    async with open_loose_tongue() as post, whole(folder, sample=False) as all_of_it:
        settings = all_of_it.settings.model_copy(update={"smtp_host": HOST, "smtp_port": post.port})
        all_of_it.settings = settings
        await all_of_it.start()
        found = Journey(all_of_it, post, await clients.connect(settings))
        await _appoint(settings, folder)
        await _live(found)
        await _misshapen(found)
        await _typed_in_the_ui(found)
        await on_record.settled(found.client.get_workflow_handle(country_id(CODE)))

        async def answered() -> bool:
            return bool(post.kept and post.put_off and post.refused)

        await on_record.eventually(answered)
        await asyncio.sleep(2)  # what was refused is told to the country, and written down
        yield found


async def test_the_journey_had_persons_in_it(journey: Journey) -> None:
    assert {200, 201, 403, 422} <= set(journey.statuses)
    assert len(named_in(b"".join(journey.post.kept))) >= 8
    rows = journey.kept_in("pathfinder.db")
    state = json.dumps(await journey.client.get_workflow_handle(country_id(CODE)).query("state"))
    for place in (rows, state):
        assert {name.split()[0].encode() for name, _ in PERSONS.values()} & named_in(place)
    assert {b"greylisted", b"user unknown"} <= {
        one.lower() for one in re.findall(rb"(?i)greylisted|user unknown", rows)
    }


async def test_row_37_nothing_that_temporal_answers_names_a_person(journey: Journey) -> None:
    service, namespace = journey.client.workflow_service, journey.client.namespace
    listed = await service.list_workflow_executions(ListWorkflowExecutionsRequest(namespace=namespace))
    assert {"country", "delivery", "alliance"} <= {one.type.name for one in listed.executions}
    assert named_in(listed.SerializeToString()) == set()
    for one in listed.executions:
        execution = WorkflowExecution(workflow_id=one.execution.workflow_id, run_id=one.execution.run_id)
        described = await service.describe_workflow_execution(
            DescribeWorkflowExecutionRequest(namespace=namespace, execution=execution)
        )
        history = await service.get_workflow_execution_history(
            GetWorkflowExecutionHistoryRequest(namespace=namespace, execution=execution)
        )
        assert not history.next_page_token
        for answer in (described, history):
            assert named_in(answer.SerializeToString()) == set(), one.execution.workflow_id


async def test_row_37_not_a_byte_of_what_the_server_keeps_names_a_person(journey: Journey) -> None:
    content = journey.kept_in("temporal.db")
    assert country_id(CODE).encode() in content, "it is not kept there any more: look elsewhere"
    assert named_in(content) == set()


async def test_row_37_summaries_and_details_name_no_person_even_opened(journey: Journey) -> None:
    shown = 0
    async for one in journey.client.list_workflows(""):
        handle = journey.client.get_workflow_handle(one.id, run_id=one.run_id)
        description = await handle.describe()
        texts = [await description.static_summary() or "", str(await description.memo())]
        async for event in handle.fetch_history_events():
            if event.HasField("user_metadata") and event.user_metadata.HasField("summary"):
                (text,) = await journey.client.data_converter.decode([event.user_metadata.summary])
                texts.append(text)
        try:
            found: WorkflowMetadata = await handle.query(
                "__temporal_workflow_metadata", result_type=WorkflowMetadata
            )
            texts.append(found.current_details)
        except WorkflowQueryFailedError:
            texts.append("")
        assert named_in("\n".join(texts)) == set(), one.id
        shown += len(texts)
    assert shown > 20


async def test_row_37_no_log_names_a_person(journey: Journey) -> None:
    logs = journey.logs()
    assert {"worker.log", "api.log", "temporal.log"} <= logs.keys()
    assert b"POST /api/v1/countries" in logs["api.log"], "the API's log has nothing in it"
    for name, content in logs.items():
        lines = [line for line in content.splitlines() if named_in(line)]
        assert lines == [], name


async def test_row_37_no_metric_names_a_person(journey: Journey) -> None:
    address = re.search(rb"Temporal Metrics: +(\S+)", journey.logs()["temporal.log"])
    assert address
    _, text = await asyncio.to_thread(_answer, urllib.request.Request(address[1].decode()))
    assert "workflow" in text
    assert named_in(text) == set()


async def test_row_37_what_anybody_may_read_names_no_person(journey: Journey) -> None:
    for path in ("/health/ready", "/health/live", "/openapi.json", f"/countries/{CODE}", "/countries"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{journey.all_of_it.settings.api_port}/api/v1{path}"
        )
        _, text = await asyncio.to_thread(_answer, request)
        assert named_in(text) == set(), path
