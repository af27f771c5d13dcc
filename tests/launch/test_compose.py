"""docker-compose.yml: valid, complete, closed to other machines, and never started without its secrets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch.production import weaknesses
from settings import Settings
from tests.launch.stand_ins import ROOT

FILE = ROOT / "docker-compose.yml"
SECRETS = (
    "POSTGRES_PASSWORD",
    "PATHFINDER_DB_PASSWORD",
    "PATHFINDER_TOKEN_SECRET",
    "PATHFINDER_PAYLOAD_KEYS",
)
REQUIRED = (*SECRETS, "PATHFINDER_PUBLIC_URL", "SMTP_HOST", "MAIL_FROM")
OURS = ("temporal-namespace", "migrate", "worker", "api", "mailbox")
JOBS = ("temporal-schema", "temporal-namespace", "migrate")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services as written."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return read


def _compose() -> list[str]:
    """The docker-compose program, alone or in Docker; without one the test fails and says what to do."""
    if program := shutil.which("docker-compose"):
        return [program]
    docker = shutil.which("docker")
    if docker and subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0:
        return [docker, "compose"]
    pytest.fail(
        "docker-compose is missing: install it (Debian: apt-get install docker-compose) and try again"
    )


def _config(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """`docker-compose config` with these variables only, whatever .env or environment there is here."""
    env_file = tmp_path / "env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in given.items()), encoding="utf-8")
    command = [*_compose(), "--file", str(FILE), "--env-file", str(env_file), "config", "--quiet"]
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(command, capture_output=True, text=True, env=clean, cwd=tmp_path, check=False)


def test_it_follows_the_compose_specification() -> None:
    command = [
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.compose-spec",
    ]
    checked = subprocess.run([*command, str(FILE)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_docker_compose_accepts_it_with_what_it_requires_alone(tmp_path: Path) -> None:
    checked = _config(tmp_path, **dict.fromkeys(REQUIRED, "x" * 40))
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("missing", REQUIRED)
def test_docker_compose_refuses_it_without_one_of_what_it_requires(tmp_path: Path, missing: str) -> None:
    checked = _config(tmp_path, **{name: "x" * 40 for name in REQUIRED if name != missing})
    assert checked.returncode != 0
    assert "set it in .env" in checked.stderr


def test_no_secret_is_written_down() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for secret in REQUIRED:
        assert re.search(rf"^{secret}=$", example, re.MULTILINE), secret
        assert f"${{{secret}:-" not in FILE.read_text(encoding="utf-8")


def test_every_variable_that_it_reads_is_in_the_example() -> None:
    read = set(re.findall(r"\$\{([A-Z_]+)", FILE.read_text(encoding="utf-8")))
    shown = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert read - shown == {"PATHFINDER_VERSION"}
    assert shown - read == set()


def test_nothing_listens_beyond_this_machine(services: dict[str, Any]) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert len(published) == 4
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_temporal_ui_only_shows_and_stays_on_this_machine(services: dict[str, Any]) -> None:
    ui = services["temporal-ui"]
    assert ui["environment"]["TEMPORAL_DISABLE_WRITE_ACTIONS"] == "true"
    assert [port.split(":")[0] for port in ui["ports"]] == ["127.0.0.1"]


def test_every_file_that_it_mounts_is_there(services: dict[str, Any]) -> None:
    mounts = [mount.split(":")[0] for service in services.values() for mount in service.get("volumes", [])]
    files = [ROOT / mount for mount in mounts if mount.startswith("./")]
    assert len(files) == 3
    assert [file for file in files if not file.is_file()] == []


def test_a_job_runs_to_its_end_and_a_service_stays(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["restart"] == ("on-failure:5" if name in JOBS else "unless-stopped"), name


def test_everything_that_stays_says_whether_it_is_well_but_the_worker_which_has_no_door(
    services: dict[str, Any],
) -> None:
    assert {name for name in services if name not in JOBS and "healthcheck" not in services[name]} == {
        "worker"
    }


def test_the_worker_and_the_api_wait_for_schema_namespace_and_migrations(services: dict[str, Any]) -> None:
    finished = {"condition": "service_completed_successfully"}
    for name in ("worker", "api"):
        assert services[name]["depends_on"] == {"migrate": finished, "temporal-namespace": finished}
    assert services["temporal"]["depends_on"] == {"temporal-schema": finished}


def test_the_worker_may_finish_its_activities_before_it_is_killed(services: dict[str, Any]) -> None:
    assert services["worker"]["stop_grace_period"] == "60s"
    assert Settings().worker_grace_seconds < 60


def test_our_services_get_settings_that_the_settings_accept(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OURS:
        for variable, value in services[name]["environment"].items():
            monkeypatch.setenv(variable, _filled(value))
    settings = Settings()
    assert settings.temporal_address == "temporal:7233"
    assert settings.database_url == f"postgresql+psycopg://pathfinder:{'x' * 40}@postgresql:5432/pathfinder"
    assert (settings.smtp_host, settings.smtp_port) == ("x" * 40, 587)
    assert settings.samples_allowed is False
    assert settings.production is True


@pytest.mark.parametrize("name", ["api", "worker"])
def test_the_api_and_the_worker_start_with_it_once_it_is_filled_in(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    filled = {
        "PATHFINDER_TOKEN_SECRET": "kJ8rT2pX9vQ4mN7wL5zB3cF6hG1yD0sA",
        "PATHFINDER_PAYLOAD_KEYS": "first:QSBrZXkgb2YgdGhlc2UgdGVzdHMsIDMyIGJ5dGVzLi4=",
        "PUBLIC_URL": "https://pathfinder.ilo.int",
        "MAIL_FROM": "pathfinder@ilo.int",
        "SMTP_HOST": "smtp.ilo.int",
    }
    image = {
        "PATHFINDER_VAR_DIR": str(tmp_path),
        "PATHFINDER_BIND_HOST": "0.0.0.0",
    }  # as the Dockerfile has it
    written = {variable: _filled(value) for variable, value in services[name]["environment"].items()}
    for variable, value in (written | filled | image).items():
        monkeypatch.setenv(variable, value)
    assert weaknesses(Settings()) == []
    monkeypatch.setenv("PUBLIC_URL", "http://pathfinder.ilo.int")
    assert [one.variable for one in weaknesses(Settings())] == ["PUBLIC_URL"]


def test_no_process_can_gain_a_privilege_or_grow_without_bound(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        assert service["logging"]["options"]["max-size"], name
        assert not service.get("privileged"), name
        assert "docker.sock" not in str(service), name
    with_capabilities = {name for name, service in services.items() if "cap_add" in service}
    assert with_capabilities == {"postgresql"}


def test_what_is_written_goes_to_volumes_or_memory(services: dict[str, Any]) -> None:
    writable = {name for name, service in services.items() if not service["read_only"]}
    assert writable == {"temporal", "temporal-ui"}
    for name in OURS:
        assert services[name]["user"] == "10001:10001"
        assert "noexec" in services[name]["tmpfs"][0]


def test_the_databases_and_the_jobs_reach_no_other_machine_and_none_reaches_them(
    services: dict[str, Any],
) -> None:
    networks = yaml.safe_load(FILE.read_text(encoding="utf-8"))["networks"]
    assert networks["inside"]["internal"] is True
    for name, service in services.items():
        closed = service["networks"] == ["inside"]
        assert closed == (name in (*JOBS, "postgresql")), name
        assert ("front" in service["networks"]) == ("ports" in service), name


def test_the_mailbox_which_shows_all_mail_runs_only_where_it_is_asked_for(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if "profiles" in service} == {"mailbox"}
    assert services["mailbox"]["profiles"] == ["trial"]


def _filled(value: str) -> str:
    """The value with compose's variables replaced by their defaults, and required ones by something."""
    with_defaults = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", value)
    return re.sub(r"\$\{[A-Z_]+:\?[^}]*\}", "x" * 40, with_defaults)


def test_the_scripts_that_containers_run_are_correct_shell() -> None:
    scripts = sorted((ROOT / "deploy").rglob("*.sh"))
    assert len(scripts) >= 5
    for script in scripts:
        checked = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
