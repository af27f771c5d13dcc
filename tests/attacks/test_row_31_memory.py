"""Row 31, memory: whatever is sent, a real process of the API grows by less than 50 MB."""

import asyncio
import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from framework.terms import Role
from storage.engine import open_database
from storage.schema import migrate
from tests.api.conftest import PDF, SECRET, bearer
from tests.attacks.test_row_31_uploads import MEGABYTE, bomb, many_parts
from tests.launch.stand_ins import ROOT, free_ports

MOST = 50 * MEGABYTE
HEADERS = {"Authorization": bearer(Role.SECRETARIAT)}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


async def prepared(file: Path) -> None:
    """An empty read model."""
    database = open_database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    await database.close()


@contextmanager
def process(folder: Path) -> Iterator[tuple[int, str]]:
    """The API in a process of its own: its id and its address."""
    asyncio.run(prepared(folder / "pathfinder.db"))
    (port,) = free_ports(1)
    given = {
        "PATHFINDER_VAR_DIR": str(folder),
        "PATHFINDER_API_PORT": str(port),
        "PATHFINDER_TOKEN_SECRET": SECRET,
        "PATHFINDER_PAYLOAD_KEYS": "off",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "api.serving"], cwd=ROOT, env=os.environ | given, stderr=subprocess.DEVNULL
    )
    try:
        yield running.pid, f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


def wait_for(client: httpx2.Client, address: str) -> None:
    """Returns once the API answers; the test's own time limit bounds it."""
    while True:
        try:
            client.get(f"{address}/api/v1/health/live").raise_for_status()
            return
        except httpx2.ConnectError:
            continue


def peak(pid: int) -> int:
    """The most memory that a process ever had, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) * 1024


def uploads() -> Iterator[tuple[str, bytes, int]]:
    """Files that are large, or would be, with the answers to them."""
    yield "text.txt", "é\n".encode() * (4 * MEGABYTE), 201
    yield "wide.csv", "\U0001f30d,b\n".encode() * (2 * MEGABYTE), 201
    yield "large.pdf", PDF[:9] + b"\0" * (19 * MEGABYTE) + PDF[9:], 201
    yield "line.csv", b"x" * (19 * MEGABYTE), 415
    yield "bomb.docx", bomb(), 415
    yield "parts.docx", many_parts(400_000), 415
    yield "larger.txt", b"x" * (30 * MEGABYTE), 413


def test_row_31_no_body_makes_the_process_grow_by_fifty_megabytes(tmp_path: Path) -> None:
    with process(tmp_path) as (pid, address), httpx2.Client(timeout=60) as client:
        wait_for(client, address)
        documents = f"{address}/api/v1/documents"
        for name, data in (("small.pdf", PDF), ("small.csv", b"a,b\n")):
            sent = {"file": (name, data)}
            answer = client.post(documents, files=sent, data={"country": "XAA"}, headers=HEADERS)
            assert answer.status_code == 201, answer.text
        before = peak(pid)
        for name, data, status in uploads():
            sent = {"file": (name, data)}
            answer = client.post(documents, files=sent, data={"country": "XAA"}, headers=HEADERS)
            assert answer.status_code == status, (name, answer.text)
        form = {"content-type": "application/x-www-form-urlencoded"} | HEADERS
        answer = client.post(documents, content=b"a=b&" * 1_000_000, headers=form)
        assert answer.status_code == 400
        assert "Maximum number of fields is 8" in answer.json()["detail"]
        packed = {"content-encoding": "gzip", "content-type": "application/json"} | HEADERS
        answer = client.post(
            f"{address}/api/v1/countries", content=gzip.compress(b" " * (100 * MEGABYTE)), headers=packed
        )
        assert answer.status_code == 415
        grown = peak(pid) - before
    assert grown < MOST, f"{grown / MEGABYTE:.0f} MB"
