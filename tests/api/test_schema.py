"""Generated requests over the whole API: what the OpenAPI document says is what happens, and nothing breaks."""

import asyncio
import socket
import sys
from pathlib import Path

import uvicorn

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
        "--phases=examples,fuzzing",
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


async def test_the_api_keeps_what_its_description_promises(
    installation: Installation, tmp_path: Path
) -> None:
    code = await installation.presented()
    (tmp_path / "schemathesis.toml").write_text(CONFIG.format(code=code))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(installation.app, lifespan="off", log_level="critical"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        returned, output = await run(tmp_path, address, bearer(Role.SECRETARIAT))
        server.should_exit = True
        await serving
    assert returned == 0, output
    count = sum(len(methods) for methods in installation.app.openapi()["paths"].values())
    assert f"{count} selected / {count} total" in output
