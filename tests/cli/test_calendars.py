"""Calendar addresses, given out and revoked from the command line."""

import asyncio
import json
from pathlib import Path

import pytest

from storage.calendar_feeds import CalendarFeed, feed_at
from storage.engine import open_database
from tests.cli.conftest import Shell

ADA = ("--role", "focal_point", "--country", "XAA", "--name", "Ada")


@pytest.fixture(autouse=True)
def _tables(shell: Shell) -> None:
    assert shell.run("migrate").code == 0


def owner_at(shell: Shell, url: str) -> CalendarFeed | None:
    """Whose calendar lies at an address."""

    async def found() -> CalendarFeed | None:
        database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
        try:
            return await feed_at(database, Path(url).stem)
        finally:
            await database.close()

    return asyncio.run(found())


def test_an_address_is_given_out_listed_and_revoked(shell: Shell) -> None:
    url = shell.run("calendar", "new", *ADA, "--lang", "fr").out.strip()
    owner = owner_at(shell, url)
    assert owner is not None
    assert (owner.role, owner.country, owner.name, owner.language) == ("focal_point", "XAA", "Ada", "fr")
    (listed,) = json.loads(shell.run("calendar", "list", *ADA, "--json").out)
    assert listed["id"] == owner.id
    assert Path(url).stem not in json.dumps(listed)
    assert owner.id in shell.run("calendar", "list", "--role", "focal_point", "--country", "XAA").out
    said = shell.run("calendar", "revoke", owner.id)
    assert (said.code, said.err) == (0, "It is revoked.\n")
    assert owner_at(shell, url) is None
    again = shell.run("calendar", "revoke", owner.id)
    assert (again.code, owner.id in again.err) == (1, True)


def test_an_address_comes_as_json_too(shell: Shell) -> None:
    made = json.loads(shell.run("calendar", "new", "--role", "gcm", "--json").out)
    assert made["role"] == "gcm"
    assert owner_at(shell, made["url"]) is not None


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--role", "minister"], 2, "is no role of people"),
        (["--role", "focal_point"], 1, "names its country"),
        (["--role", "mwg", "--country", "XAA"], 1, "Only a focal point"),
        (["--role", "gcm", "--lang", "de"], 2, "none of: en, fr, es"),
    ],
)
def test_for_nobody_there_is_no_address(shell: Shell, options: list[str], code: int, says: str) -> None:
    said = shell.run("calendar", "new", *options)
    assert (said.code, said.out) == (code, "")
    assert says in said.err


def test_a_person_has_a_handful_of_addresses(shell: Shell) -> None:
    said = [shell.run("calendar", "new", *ADA) for _ in range(11)]
    assert [one.code for one in said] == [0] * 10 + [1]
    assert "revoke one of them first" in said[-1].err
