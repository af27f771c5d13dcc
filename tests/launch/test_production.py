"""In production nothing starts with settings known as weak: all are named at once, each with how to mend it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

import worker
from api.app import create_app
from connection.keys import ensure_ring
from launch.production import Weakness, refuse_weak, weaknesses
from launch.up import run
from settings import Settings, SettingsError
from tests.cli.conftest import PAYLOAD_KEYS, Shell, shell
from tests.launch.stand_ins import free_ports

__all__ = ["shell"]

STRONG = "kJ8rT2pX9vQ4mN7wL5zB3cF6hG1yD0sA+eRuVi/oPaYn"


def settings(folder: Path, **changes: Any) -> Settings:
    """Settings of a sound installation, with these changes."""
    folder.chmod(0o700)
    sound: dict[str, Any] = {
        "production": True,
        "var_dir": folder,
        "public_url": "https://pathfinder.ilo.int",
        "token_secret": SecretStr(STRONG),
        "payload_keys": SecretStr(PAYLOAD_KEYS),
        "samples_allowed": False,
        "smtp_host": "smtp.ilo.int",
        "smtp_starttls": True,
        "mail_from": "Secretariat <pathfinder@ilo.int>",
    }
    return Settings(**(sound | changes))


def test_a_sound_installation_has_nothing_to_mend_and_starts(tmp_path: Path) -> None:
    assert weaknesses(settings(tmp_path), {}) == []
    refuse_weak(settings(tmp_path), {})
    assert create_app(settings(tmp_path)).title == "Pathfinder"


WEAK: dict[str, tuple[dict[str, Any], dict[str, str], str]] = {
    "people by http": ({"public_url": "http://pathfinder.ilo.int"}, {}, "PUBLIC_URL"),
    "address left out": ({"public_url": ""}, {}, "PUBLIC_URL"),
    "ui by http": ({"temporal_ui_url": "http://ui.ilo.int"}, {}, "PATHFINDER_TEMPORAL_UI_URL"),
    "open to all without a proxy": ({"bind_host": "0.0.0.0"}, {}, "PATHFINDER_BIND_HOST"),
    "on an address of a network": ({"bind_host": "10.0.0.5"}, {}, "PATHFINDER_BIND_HOST"),
    "believes everybody": ({"trusted_proxies": "0.0.0.0/0"}, {}, "PATHFINDER_TRUSTED_PROXIES"),
    "secret that repeats": ({"token_secret": SecretStr("abcd" * 12)}, {}, "PATHFINDER_TOKEN_SECRET"),
    "secret of words": (
        {"token_secret": SecretStr("please-Change-me-0123456789-zyxwvuts")},
        {},
        "PATHFINDER_TOKEN_SECRET",
    ),
    "no secret": ({"token_secret": None}, {}, "PATHFINDER_TOKEN_SECRET"),
    "no encryption": ({"payload_keys": SecretStr("off")}, {}, "PATHFINDER_PAYLOAD_KEYS"),
    "invented countries": ({"samples_allowed": True}, {}, "PATHFINDER_SAMPLES_ALLOWED"),
    "debugging": ({}, {"PATHFINDER_DEBUG": "1"}, "PATHFINDER_DEBUG"),
    "temporal by an open line": (
        {"temporal_address": "temporal.ilo.int:7233"},
        {},
        "PATHFINDER_TEMPORAL_TLS",
    ),
    "temporal by an open line, by number": (
        {"temporal_address": "10.1.2.3:7233"},
        {},
        "PATHFINDER_TEMPORAL_TLS",
    ),
    "database by an open line": ({"database_url": "postgresql://u:p@db.ilo.int/x"}, {}, "DATABASE_URL"),
    "database that may be open": (
        {"database_url": "postgresql://u:p@db.ilo.int/x?sslmode=prefer"},
        {},
        "DATABASE_URL",
    ),
    "mail by an open line": ({"smtp_starttls": False}, {}, "SMTP_STARTTLS"),
    "mail to nobody": ({"smtp_host": "mailbox"}, {}, "SMTP_HOST"),
    "mail to the mailbox of up": ({"smtp_host": "127.0.0.1"}, {}, "SMTP_HOST"),
    "returned mail by an open line": (
        {"imap_host": "imap.ilo.int", "imap_security": "none"},
        {},
        "PATHFINDER_IMAP_SECURITY",
    ),
    "an example's sender": ({"mail_from": "x@alliance87.example"}, {}, "MAIL_FROM"),
}


@pytest.mark.parametrize(("changes", "environment", "variable"), WEAK.values(), ids=WEAK)
def test_each_weak_setting_is_named_alone_with_how_to_mend_it(
    tmp_path: Path, changes: dict[str, Any], environment: dict[str, str], variable: str
) -> None:
    made = settings(tmp_path, **changes)
    found = weaknesses(made, environment)
    assert [one.variable for one in found] == [variable]
    assert found[0].what
    assert found[0].mend
    with pytest.raises(SettingsError) as refusal:
        refuse_weak(made, environment)
    assert str(found[0]) in str(refusal.value)


SOUND: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "open behind a proxy": ({"bind_host": "0.0.0.0", "trusted_proxies": "172.30.87.1"}, {}),
    "neighbours in a network of containers": (
        {
            "temporal_address": "temporal:7233",
            "database_url": "postgresql://u:p@postgresql/x",
            "smtp_host": "relay",
            "smtp_starttls": False,
        },
        {},
    ),
    "temporal by tls": ({"temporal_address": "temporal.ilo.int:7233", "temporal_tls": True}, {}),
    "database by tls": ({"database_url": "postgresql://u:p@db.ilo.int/x?sslmode=verify-full"}, {}),
    "a mail server on this machine": (
        {"smtp_host": "127.0.0.1", "smtp_port": 25, "smtp_starttls": False},
        {},
    ),
    "debugging switched off": ({}, {"PATHFINDER_DEBUG": "0"}),
    "hexadecimal secret": ({"token_secret": SecretStr("5f0c1f0e9d0c4f438a3a7f2f6f5b9a115f0c1f0e")}, {}),
}


@pytest.mark.parametrize(("changes", "environment"), SOUND.values(), ids=SOUND)
def test_what_is_sound_is_let_through(
    tmp_path: Path, changes: dict[str, Any], environment: dict[str, str]
) -> None:
    assert weaknesses(settings(tmp_path, **changes), environment) == []


@pytest.fixture
def reached() -> Iterator[Path]:
    """A folder that all users of the machine reach: those of pytest are closed to others."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_a_secret_that_other_users_may_read_is_weak_until_they_may_not(tmp_path: Path, reached: Path) -> None:
    made = settings(tmp_path, payload_keys=None, payload_keys_file=reached / "keys")
    ensure_ring(made)
    assert weaknesses(made, {}) == []
    (reached / "keys").chmod(0o644)
    assert [one.mend for one in weaknesses(made, {})] == [f"Run `chmod 600 {reached / 'keys'}`"]


def test_a_secret_by_file_that_other_users_may_read_is_weak(tmp_path: Path, reached: Path) -> None:
    file = reached / "smtp"
    file.write_text("hunter2")
    found = weaknesses(settings(tmp_path), {"SMTP_PASSWORD_FILE": str(file)})
    assert [one.variable for one in found] == ["SMTP_PASSWORD_FILE"]


def test_what_is_kept_where_other_users_may_read_is_weak(tmp_path: Path, reached: Path) -> None:
    made = settings(tmp_path, var_dir=reached)
    assert [one.variable for one in weaknesses(made, {})] == ["PATHFINDER_VAR_DIR"]
    moved = settings(tmp_path, documents_url=reached.as_uri())
    assert [one.variable for one in weaknesses(moved, {})] == ["DOCUMENTS_URL"]
    reached.chmod(0o700)
    assert weaknesses(made, {}) == []


def test_all_of_them_are_named_at_once(tmp_path: Path) -> None:
    made = settings(tmp_path, **WEAK["people by http"][0], **WEAK["invented countries"][0])
    with pytest.raises(SettingsError) as refusal:
        refuse_weak(made, {"PATHFINDER_DEBUG": "yes"})
    assert [line[:5] for line in str(refusal.value).splitlines()[1:]] == ["  1. ", "  2. ", "  3. "]


def test_where_it_is_not_production_everything_may_be_tried(tmp_path: Path) -> None:
    tried = settings(tmp_path, production=False, public_url="", samples_allowed=True)
    refuse_weak(tried, {})
    assert len(weaknesses(tried, {})) == 2


async def test_the_api_the_worker_and_up_refuse_to_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("api_port", "temporal_port", "temporal_ui_port", "smtp_port", "mailbox_port")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    weak = settings(tmp_path, public_url="", **ports)
    with pytest.raises(SettingsError, match="PUBLIC_URL: people would sign in over an open line"):
        create_app(weak)
    with pytest.raises(SettingsError, match="PUBLIC_URL: people would sign in over an open line"):
        await worker.run(weak)
    assert run(weak) == 2
    assert "PUBLIC_URL: people would sign in over an open line" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["api", "worker", "up"])
def test_the_commands_say_so_and_end(shell: Shell, command: str) -> None:
    for variable, port in zip(
        ("API_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT", "SMTP_PORT", "MAILBOX_PORT"),
        free_ports(5),
        strict=True,
    ):
        shell.environment[f"PATHFINDER_{variable}"] = str(port)
    shell.environment["PATHFINDER_PRODUCTION"] = "true"
    said = shell.run(command)
    assert said.code in (1, 2)
    assert "nothing starts with weak settings" in said.err
    assert "PATHFINDER_SAMPLES_ALLOWED" in said.err


def test_check_shows_the_same_and_fails(shell: Shell) -> None:
    said = shell.run("check")
    assert said.code == 1
    assert "PATHFINDER_SAMPLES_ALLOWED" in said.out
    assert "chmod" not in said.err
    as_json = shell.run("check", "--json")
    assert '"mend"' in as_json.out


def test_a_weakness_reads_as_a_sentence() -> None:
    assert str(Weakness("X", "it is weak", "Mend it")) == "X: it is weak. Mend it."
