"""A Pathfinder of the test's own: the server of `up` on a file, worker processes, storage; each can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from temporalio.client import Client

from connection.keys import OFF, ensure_ring
from contracts.names import SEARCH_ATTRIBUTES
from launch import processes
from launch.services import accepts_connections
from launch.temporal_server import command_line, connect, find_binary, prepare_namespace
from launch.up import environment_of
from settings import Settings
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.launch.stand_ins import free_ports
from worker import build_client

IMPATIENT = ("-m", "tests.faults.impatient_worker")
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class House:
    """The processes of one Pathfinder. `client` speaks to its Temporal server and outlives its restarts."""

    settings: Settings
    database: Database
    server: Process | None = None
    worker: Process | None = None

    async def client(self) -> Client:
        """A client with the converter of production."""
        return await build_client(self.settings)

    async def start_server(self) -> None:
        """Starts the Temporal server on its file and waits until its namespace answers."""
        binary = await find_binary(self.settings.var_dir / "bin")
        command = command_line(binary, self.settings)
        self.server = await processes.start(command, {}, self.settings.var_dir / "temporal.log")
        await prepare_namespace(await connect(self.settings), SEARCH_ATTRIBUTES)

    async def start_worker(self, *arguments: str) -> None:
        """Starts a worker process; it takes work as soon as it is there. `arguments` of another Python program."""
        env = {**environment_of(self.settings), "PATHFINDER_TEMPORAL_ADDRESS": self.settings.temporal_address}
        env["PYTHONPATH"] = str(ROOT)
        if self.settings.payload_keys is not None:
            env["PATHFINDER_PAYLOAD_KEYS"] = self.settings.payload_keys.get_secret_value()
        self.worker = await processes.start(
            (sys.executable, *(arguments or IMPATIENT)), env, self.settings.var_dir / "worker.log"
        )

    async def kill_worker(self) -> None:
        """kill -9, by its id."""
        await _kill(self.worker)

    async def kill_server(self) -> None:
        """kill -9, by its id."""
        await _kill(self.server)

    async def answers(self, *, ui: bool = False) -> None:
        """Waits until the server (or its UI) accepts connections."""
        port = self.settings.temporal_ui_port if ui else self.settings.temporal_port
        probe = accepts_connections("127.0.0.1", port)
        async with asyncio.timeout(30):
            while await probe():
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Ends what is still there."""
        await _kill(self.worker)
        await _kill(self.server)
        await self.database.close()


@asynccontextmanager
async def open_house(
    folder: Path, *, smtp_port: int = 9, temporal: Client | None = None
) -> AsyncIterator[House]:
    """A house in a folder, with its tables made and nothing started yet.

    `temporal`: a client of another server than its own. Without `smtp_port` mail goes nowhere.
    """
    port, ui_port = free_ports(2)
    settings = Settings(
        var_dir=folder,
        temporal_port=port,
        temporal_ui_port=ui_port,
        temporal_address=temporal.service_client.config.target_host if temporal else f"127.0.0.1:{port}",
        temporal_namespace=temporal.namespace if temporal else "pathfinder",
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        # whoever brings a server of another kind speaks to it with a client of its own, which has no keys
        payload_keys=SecretStr(OFF) if temporal else None,
    )
    folder.mkdir(parents=True, exist_ok=True)
    ensure_ring(settings)
    database = open_database(settings.database_url)
    await migrate(database)
    house = House(settings, database)
    try:
        yield house
    except BaseException as error:
        for log in ("worker.log", "temporal.log"):
            error.add_note(f"{log}:\n{processes.last_lines(folder / log)}")
        raise
    finally:
        await house.close()


async def _kill(process: Process | None) -> None:
    if process is None or process.returncode is not None:
        return
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
