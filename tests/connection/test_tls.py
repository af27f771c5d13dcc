"""TLS and mTLS to a real Temporal server behind a door that speaks TLS, and settings of it that cannot be used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from cli import connection as command_line
from cli.failing import Failed
from connection.clients import connect
from connection.keys import new_entry
from connection.tls import tls_of
from launch.temporal_server import prepare
from rehearsal.server import temporal_binary
from settings import Settings, SettingsError, load_settings
from tests.connection.authority import Authority, tls_door

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAME = "temporal.example"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def server() -> AsyncIterator[str]:
    """The address of a Temporal server, without TLS."""
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=temporal_binary(),
        dev_server_log_level="error",
        dev_server_extra_args=["--output", "none"],
    ) as environment:
        yield environment.client.service_client.config.target_host


def settings_for(address: str, **tls: Any) -> Settings:
    keys = SecretStr(new_entry())
    return Settings(temporal_address=address, temporal_namespace="default", payload_keys=keys, **tls)


async def reaches(settings: Settings) -> Client:
    """A client that was answered; raises what connecting raises."""
    async with asyncio.timeout(20):
        client = await connect(settings)
        await client.count_workflows("")
    return client


async def test_a_server_is_reached_by_tls_when_its_authority_is_known(server: str, tmp_path: Path) -> None:
    ours, other = Authority(tmp_path), Authority(tmp_path, "another authority")
    async with tls_door(server, ours.issue(NAME)) as door:
        await reaches(settings_for(door, temporal_tls_ca=ours.papers.cert))
        for wrong in (
            settings_for(door),
            settings_for(door, temporal_tls=True),
            settings_for(door, temporal_tls_ca=other.papers.cert),
        ):
            with pytest.raises(RuntimeError, match="Failed client connect"):
                await reaches(wrong)


async def test_a_server_that_asks_for_a_certificate_gets_ours(server: str, tmp_path: Path) -> None:
    ours, stranger = Authority(tmp_path), Authority(tmp_path, "stranger")
    mine, theirs = ours.issue("pathfinder"), stranger.issue("intruder")
    async with tls_door(server, ours.issue(NAME), asks=ours.papers) as door:
        ca = {"temporal_tls_ca": ours.papers.cert}
        await reaches(settings_for(door, **ca, temporal_tls_cert=mine.cert, temporal_tls_key=mine.key))
        for wrong in (ca, {**ca, "temporal_tls_cert": theirs.cert, "temporal_tls_key": theirs.key}):
            with pytest.raises(RuntimeError, match="Failed client connect"):
                await reaches(settings_for(door, **wrong))


async def test_the_name_in_the_servers_certificate_can_be_another_than_its_address(
    server: str, tmp_path: Path
) -> None:
    ours = Authority(tmp_path)
    async with tls_door(server, ours.issue(NAME)) as door:
        ca = {"temporal_tls_ca": ours.papers.cert}
        await reaches(settings_for(door, **ca, temporal_tls_server_name=NAME))
        with pytest.raises(RuntimeError, match="Failed client connect"):
            await reaches(settings_for(door, **ca, temporal_tls_server_name="elsewhere.example"))


async def test_the_api_key_goes_with_every_call_and_only_by_tls(server: str, tmp_path: Path) -> None:
    ours, key = Authority(tmp_path), SecretStr("a key of the cloud")
    async with tls_door(server, ours.issue(NAME)) as door:
        client = await reaches(settings_for(door, temporal_tls_ca=ours.papers.cert, temporal_api_key=key))
    assert client.service_client.config.api_key == "a key of the cloud"
    assert settings_for(server, temporal_api_key=key).uses_temporal_tls
    with pytest.raises(RuntimeError, match="Failed client connect"):
        await reaches(settings_for(server, temporal_api_key=key))


async def test_commands_and_the_job_of_the_namespace_go_the_same_way(server: str, tmp_path: Path) -> None:
    ours = Authority(tmp_path)
    async with tls_door(server, ours.issue(NAME)) as door:
        settings = settings_for(door, temporal_tls_ca=ours.papers.cert)
        await (await command_line.temporal(settings)).count_workflows("")
        await prepare(settings)
        with pytest.raises(Failed, match=r"by TLS .*InvalidCertificate"):
            await command_line.temporal(settings_for(door, temporal_tls=True))


@pytest.mark.parametrize("setting", ["temporal_tls_ca", "temporal_tls_cert", "temporal_tls_key"])
async def test_a_file_that_is_not_there_or_holds_something_else_is_named(
    tmp_path: Path, setting: str
) -> None:
    mine = Authority(tmp_path).issue("pathfinder")
    good = {"temporal_tls_cert": mine.cert, "temporal_tls_key": mine.key}
    (tmp_path / "nonsense").write_text("-----BEGIN CERTIFICATE-----\nnothing\n")
    for wrong, complaint in (("nowhere", "cannot be read"), ("nonsense", "PEM")):
        settings = settings_for("127.0.0.1:1", **{**good, setting: tmp_path / wrong})
        with pytest.raises(SettingsError, match=complaint) as refusal:
            tls_of(settings)
        assert f"PATHFINDER_{setting.upper()}" in str(refusal.value)


async def test_a_key_that_is_not_the_certificates_is_refused(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    mine, other = authority.issue("pathfinder"), authority.issue("other")
    with pytest.raises(SettingsError, match="a certificate and its private key"):
        tls_of(settings_for("127.0.0.1:1", temporal_tls_cert=mine.cert, temporal_tls_key=other.key))


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"TEMPORAL_TLS_CERT": "/c"}, "go together"),
        ({"TEMPORAL_TLS_KEY": "/k"}, "go together"),
        ({"TEMPORAL_TLS": "false", "TEMPORAL_TLS_CA": "/a"}, "open line"),
        ({"TEMPORAL_TLS": "false", "TEMPORAL_API_KEY": "hunter2"}, "open line"),
    ],
)
async def test_settings_that_contradict_each_other_are_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], complaint: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"PATHFINDER_{name}", value)
    with pytest.raises(SettingsError, match=complaint) as refusal:
        load_settings()
    assert "hunter2" not in str(refusal.value)


async def test_what_the_temporal_program_reads_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/etc/ca.pem")
    monkeypatch.setenv("TEMPORAL_API_KEY", "hunter2")
    settings = load_settings()
    assert settings.temporal_tls_ca == Path("/etc/ca.pem")
    assert settings.uses_temporal_tls
    assert "hunter2" not in repr(settings) + str(settings.describe())


async def test_nothing_of_tls_is_asked_for_unless_it_is_set() -> None:
    assert tls_of(settings_for("127.0.0.1:1")) is None
