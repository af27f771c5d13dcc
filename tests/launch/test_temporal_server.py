"""The Temporal server of `up` and its namespace, on the real server with a file."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from launch import processes
from launch.temporal_server import (
    NamespaceError,
    command_line,
    connect,
    find_binary,
    prepare_namespace,
    read_retention,
)
from settings import Settings, SettingsError
from tests.launch.stand_ins import free_ports

STATUS = SearchAttributeKey.for_keyword("CountryStatus")
YEAR = SearchAttributeKey.for_int("ReportingYear")
FLAGS = SearchAttributeKey.for_keyword_list("OpenFlags")
KEYS: list[SearchAttributeKey[Any]] = [STATUS, YEAR, FLAGS]


@asynccontextmanager
async def _server(var_dir: Path) -> AsyncIterator[Client]:
    """The server as `up` starts it, on the file under var_dir."""
    port, ui_port = free_ports(2)
    settings = Settings(var_dir=var_dir, temporal_port=port, temporal_ui_port=ui_port)
    binary = await find_binary(var_dir / "bin")
    process = await processes.start(command_line(binary, settings), {}, var_dir / "temporal.log")
    try:
        yield await connect(settings)
    finally:
        await processes.end(process, 10)


async def test_the_retention_is_ten_years_also_after_a_second_start_on_the_same_file(tmp_path: Path) -> None:
    async with _server(tmp_path) as client:
        assert await read_retention(client) is None
        await prepare_namespace(client, KEYS)
        assert await read_retention(client) == timedelta(days=3650)
    async with _server(tmp_path) as client:
        assert await read_retention(client) == timedelta(days=3650)
        await prepare_namespace(client, KEYS)
        assert await read_retention(client) == timedelta(days=3650)


async def test_what_was_started_with_search_attributes_is_found_after_a_second_start(tmp_path: Path) -> None:
    async with _server(tmp_path) as client:
        await prepare_namespace(client, KEYS)
        attributes = TypedSearchAttributes(
            [SearchAttributePair(STATUS, "PATHFINDER"), SearchAttributePair(YEAR, 2027)]
        )
        await client.start_workflow(
            "country", id="country-XAA", task_queue="nobody", search_attributes=attributes
        )
    async with _server(tmp_path) as client:
        await prepare_namespace(client, KEYS)
        found = [one.id async for one in client.list_workflows("CountryStatus = 'PATHFINDER'")]
        assert found == ["country-XAA"]


async def test_a_namespace_with_another_retention_is_mended(tmp_path: Path) -> None:
    async with _server(tmp_path) as client:
        await prepare_namespace(client, [], retention=timedelta(days=3))
        assert await read_retention(client) == timedelta(days=3)
        await prepare_namespace(client, KEYS)
        assert await read_retention(client) == timedelta(days=3650)


async def test_a_search_attribute_of_another_type_is_refused_by_name(tmp_path: Path) -> None:
    async with _server(tmp_path) as client:
        await prepare_namespace(client, [YEAR])
        with pytest.raises(NamespaceError, match="ReportingYear exists in namespace pathfinder as INT"):
            await prepare_namespace(client, [SearchAttributeKey.for_keyword("ReportingYear")])


async def test_a_server_that_never_answers_is_reported_with_its_address() -> None:
    (port,) = free_ports(1)
    with pytest.raises(NamespaceError, match=f"127.0.0.1:{port}"):
        await connect(Settings(temporal_address=f"127.0.0.1:{port}"), patience_seconds=0.3)


async def test_the_program_is_the_named_one_then_the_one_beside_python_then_the_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [tmp_path / name / "temporal" for name in ("named", "beside", "path")]
    for place in places:
        place.parent.mkdir()
        place.write_text("#!/bin/sh\n")
        place.chmod(0o755)
    named, beside, on_path = places
    monkeypatch.setenv("PATH", str(on_path.parent), prepend=os.pathsep)
    monkeypatch.setattr(sys, "executable", str(beside.parent / "python"))
    monkeypatch.setenv("TEMPORAL_CLI", str(named))
    assert await find_binary(tmp_path) == named
    monkeypatch.delenv("TEMPORAL_CLI")
    assert await find_binary(tmp_path) == beside
    beside.unlink()
    assert await find_binary(tmp_path) == on_path


async def test_a_named_program_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_CLI", str(tmp_path / "nothing"))
    with pytest.raises(SettingsError, match="TEMPORAL_CLI"):
        await find_binary(tmp_path)
