"""Generated requests over the whole API: what the OpenAPI document says is what happens, and nothing breaks."""

import asyncio
import socket
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.core.result import Err

from access.people import FOR_A_COUNTRY
from framework.terms import Role
from tests.api.conftest import Installation, bearer

CONFIG = """
[parameters]
"path.code" = "{code}"

[checks]
positive_data_acceptance.expected-statuses = [
    "2xx", "400", "401", "403", "404", "409", "413", "415", "422", "429", "503"
]
"""
"""A request that fits the form can still be refused by the rules: 422 with their reasons."""

EXAMPLES = 6


async def run(folder: Path, address: str, authorization: str) -> tuple[int, str]:
    """Schemathesis as its users run it, in a process of its own."""
    arguments = [
        f"--config-file={folder / 'schemathesis.toml'}",
        "run",
        f"{address}/api/v1/openapi.json",
        f"--header=Authorization: {authorization}",
        f"--max-examples={EXAMPLES}",
        "--phases=examples,fuzzing,stateful",
        "--checks=all",
        "--continue-on-failure",
        "--generation-database=none",
        "--seed=87",
        "--no-color",
    ]
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("st")),
        *arguments,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


@asynccontextmanager
async def listening(installation: Installation) -> AsyncIterator[str]:
    """The address of a real server of the application."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(installation.app, lifespan="off", log_level="critical"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


async def test_the_api_keeps_what_its_description_promises(untouched: Installation, tmp_path: Path) -> None:
    code = await untouched.presented()
    (tmp_path / "schemathesis.toml").write_text(CONFIG.format(code=code))
    async with listening(untouched) as address:
        returned, output = await run(tmp_path, address, bearer(Role.SECRETARIAT))
    assert returned == 0, output
    count = sum(len(methods) for methods in untouched.app.openapi()["paths"].values())
    assert f"{count} selected / {count} total" in output


async def test_the_api_keeps_it_for_every_other_role(untouched: Installation) -> None:
    code = await untouched.candidate()
    others = [role for role in Role if role not in (Role.SYSTEM, Role.SECRETARIAT)]
    headers = [{"Authorization": bearer(role, code if role in FOR_A_COUNTRY else "")} for role in others]
    assert len(headers) == 8
    async with listening(untouched) as address:
        operations = await asyncio.to_thread(walk, address, code, headers)
    assert operations == sum(len(methods) for methods in untouched.app.openapi()["paths"].values())


def walk(address: str, code: str, people: list[dict[str, str]]) -> int:
    """Sends what is generated for each operation as each person; every answer passes every check. How many operations."""
    config = schemathesis.Config.from_dict(tomllib.loads(CONFIG.format(code=code)))
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
    operations = [found.ok() for found in schema.get_all_operations() if not isinstance(found, Err)]
    for operation in operations:

        @seed(87)
        @settings(max_examples=2, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def keeps(case: Any) -> None:
            for headers in people:
                case.call_and_validate(base_url=address, headers=headers)

        keeps()
    return len(operations)
