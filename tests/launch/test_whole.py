"""`pathfinder up` as a whole: started from nothing, killed, started again, stopped."""

from __future__ import annotations

import asyncio
import base64
import csv
import json
import signal
import urllib.request
from pathlib import Path

import pytest

from launch.ports import is_free
from launch.up import SAMPLE_FILE
from tests.launch.stand_ins import eventually
from tests.launch.whole import PORTS, Whole, read, whole

PATIENCE = 60.0
"""Seconds within which a country that was started is listed, on a busy machine."""


async def _countries(all_of_it: Whole) -> dict[str, str]:
    listed = await all_of_it.api("/countries?limit=100")
    return {country["code"]: country["status"] for country in listed["items"]}


async def _countries_of_the_sample(all_of_it: Whole) -> dict[str, str]:
    """The countries, once all are listed: each writes its own rows after its start, beside the others."""
    with SAMPLE_FILE.open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    async with asyncio.timeout(PATIENCE):
        while (found := await _countries(all_of_it)).keys() != codes:
            await asyncio.sleep(0.2)
    return found


@pytest.mark.timeout(300)
async def test_everything_starts_from_nothing_survives_kill_9_and_stops_cleanly(tmp_path: Path) -> None:
    async with whole(tmp_path) as all_of_it:
        await all_of_it.start()
        before = await _countries_of_the_sample(all_of_it)
        assert set(before.values()) == {"candidate", "active", "inactive"}
        assert "country-XAA" in await _in_the_ui(all_of_it)
        started, summary = await _opened_by_the_ui(all_of_it, "country-XAJ")
        assert b'"name":"Jorvania"' in started
        assert summary == b'"Jorvania (XAJ)"'
        assert "<html" in await all_of_it.page("mailbox_port", "/")

        await all_of_it.signal(signal.SIGKILL)
        eventually(lambda: all(is_free("127.0.0.1", getattr(all_of_it.settings, name)) for name in PORTS))

        await all_of_it.start()
        assert await _countries(all_of_it) == before
        assert await all_of_it.signal(signal.SIGINT) == 0
        assert all(is_free("127.0.0.1", getattr(all_of_it.settings, name)) for name in PORTS)
        assert "Stopped. The next start goes on from here." in all_of_it.log.read_text(encoding="utf-8")


async def _in_the_ui(all_of_it: Whole) -> str:
    """What the Temporal UI's own call lists."""
    return await all_of_it.page("temporal_ui_port", "/api/v1/namespaces/pathfinder/workflows")


async def _opened_by_the_ui(all_of_it: Whole, workflow_id: str) -> list[bytes]:
    """What a workflow was started with, and its summary, as the Temporal UI's page makes them readable.

    The page asks its server for the history and where the codec is, and has that open what the history holds.
    """
    history = json.loads(
        await all_of_it.page(
            "temporal_ui_port", f"/api/v1/namespaces/pathfinder/workflows/{workflow_id}/history"
        )
    )
    first = history["history"]["events"][0]
    started = first["workflowExecutionStartedEventAttributes"]["input"]["payloads"]
    sealed = [*started, first["userMetadata"]["summary"]]
    told = json.loads(await all_of_it.page("temporal_ui_port", "/api/v1/settings"))
    request = urllib.request.Request(
        f"{told['Codec']['Endpoint']}/decode",
        json.dumps({"payloads": sealed}).encode(),
        {
            "Content-Type": "application/json",
            "X-Namespace": "pathfinder",
            "Origin": f"http://localhost:{all_of_it.settings.temporal_ui_port}",
        },
    )
    opened = json.loads(await asyncio.to_thread(read, request))["payloads"]
    assert b"Jorvania" not in b"".join(base64.b64decode(one["data"]) for one in sealed)
    return [base64.b64decode(one["data"]) for one in opened]
