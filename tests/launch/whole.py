"""All of Pathfinder as `pathfinder up` runs it, in a folder and on ports of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launch import processes
from launch.up import environment_of
from settings import Settings, variable_of
from tests.launch.stand_ins import ROOT, free_ports

PORTS = ("api_port", "temporal_port", "temporal_ui_port", "smtp_port", "mailbox_port")
ENDS_WITHIN = 180.0
"""Seconds within which a start or a stop must be over on a busy machine."""


@dataclass
class Whole:
    """One folder and its ports; `start` as often as wanted."""

    settings: Settings
    process: asyncio.subprocess.Process | None = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.settings.var_dir.parent / "up.log"

    async def start(self) -> float:
        """Starts everything; the seconds until it says that it is up. Raises RuntimeError with what it said instead."""
        env = environment_of(self.settings) | {
            variable_of(name): str(getattr(self.settings, name)) for name in PORTS
        }
        env |= {"PYTHONPATH": str(ROOT), variable_of("sample"): str(self.settings.sample)}
        self.log.unlink(missing_ok=True)
        began = time.monotonic()
        self.process = await processes.start((sys.executable, "-m", "cli.main", "up"), env, self.log)
        while "Pathfinder is up." not in self.log.read_text(encoding="utf-8"):
            if self.process.returncode is not None or time.monotonic() - began > ENDS_WITHIN:
                raise RuntimeError(processes.last_lines(self.log))
            await asyncio.sleep(0.05)
        return time.monotonic() - began

    async def signal(self, number: int) -> int:
        """Sends a signal to the supervisor alone and returns its exit code."""
        assert self.process is not None
        self._supervisor(number)
        async with asyncio.timeout(ENDS_WITHIN):
            return await self.process.wait()

    def _supervisor(self, number: int) -> None:
        assert self.process is not None
        os.kill(self.process.pid, number)

    async def page(self, port: str, path: str, token: str = "") -> str:
        """A page that one of the parts serves; `port` is the name of its setting. Raises OSError."""
        request = urllib.request.Request(f"http://127.0.0.1:{getattr(self.settings, port)}{path}")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        return await asyncio.to_thread(read, request)

    async def api(self, path: str) -> Any:
        """What the API answers to the Secretariat."""
        command = (sys.executable, "-m", "cli.main", "token", "--role", "secretariat")
        env = {**os.environ, **environment_of(self.settings), "PYTHONPATH": str(ROOT)}
        asked = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=env)
        token, _ = await asked.communicate()
        return json.loads(await self.page("api_port", f"/api/v1{path}", token.decode().strip()))

    async def close(self) -> None:
        """Ends what is left."""
        if self.process is not None and self.process.returncode is None:
            await processes.end(self.process, ENDS_WITHIN)


@asynccontextmanager
async def whole(folder: Path, *, sample: bool = True) -> AsyncIterator[Whole]:
    """Everything in a folder, not started yet, ended at the end."""
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    found = Whole(Settings.model_validate({"var_dir": folder / "var", "sample": sample, **ports}))
    try:
        yield found
    finally:
        await found.close()


def read(request: urllib.request.Request) -> str:
    """What is answered to a call. Raises OSError."""
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(answer.read().decode())
