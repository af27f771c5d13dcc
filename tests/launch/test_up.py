"""`up`: what it needs, what it starts in which order, and what it refuses to start with."""

from __future__ import annotations

import base64
import os
import signal
import socket
import stat
import sys
from pathlib import Path

import pytest

from connection.keys import read_ring
from launch.ports import NeededPort, PortsTaken, check_ports
from launch.services import Job, RestartPolicy, Service
from launch.up import environment_of, needed_ports, plan_of, prepare_secrets, run, summary
from settings import Settings
from tests.launch.stand_ins import STAYS, free_ports, job, service, supervisor

TEMPORAL = Path("/opt/temporal")


def _settings(var_dir: Path, **more: object) -> Settings:
    names = ("api_port", "temporal_port", "temporal_ui_port", "smtp_port", "mailbox_port")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    return Settings.model_validate({"var_dir": var_dir, **ports, **more})


@pytest.mark.parametrize(
    ("setting", "variable"),
    [
        ("api_port", "PATHFINDER_API_PORT"),
        ("temporal_port", "PATHFINDER_TEMPORAL_PORT"),
        ("temporal_ui_port", "PATHFINDER_TEMPORAL_UI_PORT"),
        ("smtp_port", "PATHFINDER_SMTP_PORT"),
        ("mailbox_port", "PATHFINDER_MAILBOX_PORT"),
    ],
)
def test_a_taken_port_is_named_with_its_variable_and_nothing_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], setting: str, variable: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(_settings(tmp_path, **{setting: port})) == 2
    error = capsys.readouterr().err
    assert f"Port {port} on 127.0.0.1" in error
    assert f"{variable}=<port>" in error
    assert error.count("\n") == 1
    assert list((tmp_path / "run").glob("*.json")) == []
    assert not (tmp_path / "log").exists()


def test_one_port_for_two_parts_is_refused_naming_both_variables() -> None:
    (port,) = free_ports(1)
    needed = [
        NeededPort("the API", "127.0.0.1", port, "A_PORT"),
        NeededPort("mail", "127.0.0.1", port, "B_PORT"),
    ]
    with pytest.raises(PortsTaken, match=r"the API \(A_PORT\) and by mail \(B_PORT\)"):
        check_ports(needed)


def test_a_temporal_program_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TEMPORAL_CLI", "no-such-temporal")
    assert run(_settings(tmp_path)) == 2
    assert "TEMPORAL_CLI names no-such-temporal" in capsys.readouterr().err


def test_the_temporal_server_begins_first_and_the_sample_comes_when_the_api_answers(tmp_path: Path) -> None:
    plan = plan_of(_settings(tmp_path), TEMPORAL)
    assert [step.name for step in plan] == [
        "temporal",
        "mailbox",
        "migrate",
        "worker",
        "api",
        "directory",
        "sample",
    ]
    assert [step.name for step in plan if isinstance(step, Job)] == ["migrate", "directory", "sample"]
    assert {step.name for step in plan if isinstance(step, Service) and step.ready} == {
        "temporal",
        "mailbox",
        "api",
    }


def test_the_order_to_stop_keeps_within_its_time(tmp_path: Path) -> None:
    services = [step for step in plan_of(_settings(tmp_path), TEMPORAL) if isinstance(step, Service)]
    assert sum(one.stop_seconds for one in services) <= 18


def test_with_a_mail_server_elsewhere_there_is_no_mailbox_of_our_own(tmp_path: Path) -> None:
    settings = _settings(tmp_path, smtp_host="mail.example.org", smtp_port=587)
    assert "mailbox" not in [step.name for step in plan_of(settings, TEMPORAL)]
    assert 587 not in [needed.port for needed in needed_ports(settings)]
    assert "mail.example.org:587" in summary(settings)


def test_the_processes_of_up_use_its_own_temporal_server_whatever_address_is_set(tmp_path: Path) -> None:
    settings = _settings(tmp_path, temporal_address="temporal.example.org:7233")
    assert environment_of(settings)["PATHFINDER_TEMPORAL_ADDRESS"] == f"127.0.0.1:{settings.temporal_port}"


def test_no_secret_is_handed_over_in_the_environment_or_on_a_command_line(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    prepare_secrets(settings)
    ring = read_ring(settings)
    assert ring is not None
    (key,) = ring.keys.values()
    secrets = (settings.read_token_secret(), base64.b64encode(key).decode())
    told = [repr(step) for step in plan_of(settings, TEMPORAL)] + [summary(settings), repr(settings)]
    assert not [text for text in told for secret in secrets if secret in text]
    for file in (settings.token_secret_file, settings.payload_keys_place, settings.ui_codec_file):
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_the_temporal_ui_has_payloads_opened_on_loopback_by_a_path_that_is_new_at_each_start(
    tmp_path: Path,
) -> None:
    settings, endpoints = _settings(tmp_path), []
    for _ in range(2):
        prepare_secrets(settings)
        (temporal,) = [step for step in plan_of(settings, TEMPORAL) if step.name == "temporal"]
        endpoints.append(temporal.command[temporal.command.index("--ui-codec-endpoint") + 1])
        path = f"/api/v1/codec/ui/{settings.read_ui_codec()}"
        assert endpoints[-1] == f"http://127.0.0.1:{settings.api_port}{path}"
    assert endpoints[0] != endpoints[1]
    elsewhere = settings.model_copy(update={"bind_host": "192.0.2.1"})
    assert "--ui-codec-endpoint" not in plan_of(elsewhere, TEMPORAL)[0].command


def test_keys_that_cannot_be_used_stop_a_start_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATHFINDER_PAYLOAD_KEYS", "a:short")
    assert run(_settings(tmp_path)) == 2
    assert "PATHFINDER_PAYLOAD_KEYS, key 1" in capsys.readouterr().err
    assert not (tmp_path / "log").exists()


def test_the_processes_of_up_ask_for_no_tls_whatever_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEMPORAL_API_KEY", "TEMPORAL_TLS_SERVER_NAME", "PATHFINDER_TEMPORAL_TLS"):
        monkeypatch.setenv(name, "true")
    for name, value in environment_of(_settings(tmp_path)).items():
        monkeypatch.setenv(name, value)
    assert not Settings().uses_temporal_tls


def test_a_first_start_without_the_sample_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported, marker = tmp_path / "imported", tmp_path / "var" / "sample"
    sample = job("sample", f"open({str(imported)!r}, 'w')", marker=str(marker))
    for choice in ("0", "1"):
        monkeypatch.setenv("SAMPLE", choice)
        with supervisor(tmp_path, service("worker", STAYS), sample) as output:
            output.shows("Pathfinder is up.")
            output.process.send_signal(signal.SIGINT)
            assert output.code() == 0
    assert not imported.exists()


def test_the_summary_says_where_everything_is_and_how_to_stop(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    text = summary(settings)
    for port in (settings.api_port, settings.temporal_ui_port, settings.mailbox_port):
        assert f"http://127.0.0.1:{port}/" in text
    assert str(tmp_path / "log") in text
    assert f"kill {os.getpid()}" in text


def test_the_processes_run_with_this_python(tmp_path: Path) -> None:
    ours = [step for step in plan_of(_settings(tmp_path), TEMPORAL) if step.name != "temporal"]
    assert {step.command[0] for step in ours} == {sys.executable}


def test_the_delay_before_another_start_doubles_up_to_its_limit() -> None:
    policy = RestartPolicy(first_delay=0.5, longest_delay=3.0)
    assert [policy.delay(deaths) for deaths in (1, 2, 3, 4)] == [0.5, 1.0, 2.0, 3.0]
