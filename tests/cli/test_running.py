"""What prepares and opens an installation: tables, tokens."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connection.keys import parse_ring
from framework.terms import Role
from tests.cli.conftest import SECRET, Shell
from tokens import read


def test_migrate_makes_the_tables_once(shell: Shell) -> None:
    first, second = shell.run("migrate"), shell.run("migrate")
    assert (first.code, first.err) == (0, "The database was brought up to date.\n")
    assert (second.code, second.err) == (0, "The database is up to date.\n")
    assert shell.run("country", "list", "--json").out == "[]\n"


def test_a_token_speaks_for_its_role_country_and_name_for_some_days(shell: Shell) -> None:
    said = shell.run("token", "--role", "focal_point", "--country", "XAA", "--name", "Mira", "--days", "2")
    assert said.code == 0
    principal = read(SECRET, said.out.strip())
    assert (principal.role, principal.country, principal.name) == (Role.FOCAL_POINT, "XAA", "Mira")
    assert abs(principal.until - datetime.now(UTC) - timedelta(days=2)) < timedelta(minutes=1)


def test_a_token_comes_as_json_too(shell: Shell) -> None:
    answer = json.loads(shell.run("token", "--role", "operator", "--json").out)
    assert read(SECRET, answer["token"]).role is Role.OPERATOR


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--role", "system"], 2, "is no role of people"),
        (["--role", "minister"], 2, "secretariat, gcm, mwg, focal_point, operator"),
        (["--role", "focal_point"], 1, "names its country"),
        (["--role", "mwg", "--country", "XAA"], 1, "Only a focal point's token names a country"),
        (["--role", "contributor", "--country", "XAA"], 1, "names kinds of task"),
        (["--role", "gcm", "--days", "0"], 1, "valid for more than nothing"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_issued(
    shell: Shell, options: list[str], code: int, says: str
) -> None:
    said = shell.run("token", *options)
    assert (said.code, said.out) == (code, "")
    assert says in said.err


def test_without_a_secret_the_command_says_how_to_get_one(shell: Shell) -> None:
    del shell.environment["PATHFINDER_TOKEN_SECRET"]
    said = shell.run("token", "--role", "gcm")
    assert said.code == 1
    assert "run `pathfinder up` once" in said.err


def test_a_payload_key_can_be_put_into_the_ring_as_it_is_printed(shell: Shell) -> None:
    said = shell.run("payload-key")
    assert said.code == 0
    assert len(parse_ring(said.out, "what was printed").keys) == 1
    assert not (Path(shell.environment["PATHFINDER_VAR_DIR"]) / "secrets").exists()


@pytest.mark.parametrize("started", [("worker",), ("api",), ("bring-back", "XAA")])
def test_without_payload_keys_nothing_starts_that_speaks_to_countries(
    shell: Shell, started: tuple[str, ...]
) -> None:
    shell.environment["PATHFINDER_PAYLOAD_KEYS"] = ""
    said = shell.run(*started)
    assert said.code == 1
    assert "There are no keys to encrypt what Temporal keeps" in said.err
    assert "`pathfinder payload-key` makes a key" in said.err


def test_keys_that_cannot_be_used_are_refused_without_being_shown(shell: Shell) -> None:
    shell.environment["PATHFINDER_PAYLOAD_KEYS"] = "first:hunter2"
    said = shell.run("bring-back", "XAA")
    assert said.code == 1
    assert "PATHFINDER_PAYLOAD_KEYS, key 1" in said.err
    assert "hunter2" not in said.err
