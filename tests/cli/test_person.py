"""`pathfinder person`: what is held about somebody, in a file that nobody else reads."""

import asyncio
import json
from pathlib import Path

import pytest

from storage.documents import Documents
from storage.engine import open_database
from tests.cli.conftest import Shell
from tests.cli.test_living import PRESENTED, Alliance, alliance
from tests.storage.test_personal import ADDRESS, NAME, everywhere

__all__ = ["alliance"]


@pytest.fixture
def place(shell: Shell) -> Shell:
    """An installation that knows Ada, and Bob beside her."""
    assert shell.run("migrate").code == 0

    async def written() -> None:
        database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
        await everywhere(database, Documents(shell.environment["PATHFINDER_DOCUMENTS_URL"]))
        await database.close()

    asyncio.run(written())
    return shell


def test_row_37_all_that_is_held_about_a_person_is_exported_and_the_export_recorded(
    place: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "ada.json"
    said = place.run("person", "export", ADDRESS, "--no-processes", "--output", file)
    assert said.code == 0, said.err
    found = json.loads(file.read_text())
    assert (found["addresses"], found["names"]) == ([ADDRESS], [NAME])
    assert {"country", "mail", "appointment", "audit"} <= {one["where"] for one in found["held"]}
    assert "Bob" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert "histories of Temporal" in said.err
    newest = json.loads(place.run("audit", "show", "--json", "--limit", "1").out)[0]
    assert (newest["action"], newest["outcome"]) == ("export_person", "done")
    assert ADDRESS not in json.dumps({**newest, "detail": {}})


def test_without_a_server_an_export_that_cannot_ask_the_processes_is_not_given(place: Shell) -> None:
    said = place.run("person", "export", ADDRESS, "--json")
    assert (said.code, said.out) == (1, "")
    assert "No Temporal server answers" in said.err


def test_a_name_that_stands_beside_no_address_can_be_given(place: Shell) -> None:
    said = place.run("person", "export", "unknown@x.example", "--name", NAME, "--no-processes", "--json")
    assert json.loads(said.out)["names"] == [NAME]
    assert json.loads(said.out)["held"]


async def test_row_37_a_person_is_erased_once_the_mandate_has_ended(
    alliance: Alliance, tmp_path: Path
) -> None:
    await alliance.loaded(tmp_path, PRESENTED)
    contact = (await alliance.show("XAA"))["country"]["focal_point"]
    address, name = contact["email"], contact["name"]
    refused = await alliance.run("person", "erase", address)
    assert refused.code == 1
    assert "focal point of XAA" in refused.err
    successor = {"name": "Bob Marley", "post": "Head", "email": "bob@labour.example"}
    file = tmp_path / "contacts.json"
    file.write_text(json.dumps({"kind": "contact_change", "focal_point": successor, "deputies": []}))
    said = await alliance.run("submit", "XAA", file, "--name", name)
    assert said.code == 0, said.err
    await alliance.settled("XAA")
    planned = await alliance.run("person", "erase", address, "--name", name, "--dry-run")
    assert "nothing was" in planned.err
    erased = await alliance.run("person", "erase", address, "--name", name, "--pseudonym", "person 7")
    assert erased.code == 0, erased.err
    assert "person 7 from now on" in erased.err
    assert "histories of Temporal" in erased.err
    left = await alliance.run("person", "export", address, "--name", name, "--json")
    held = json.loads(left.out)["held"]
    assert {one["where"] for one in held} <= {"audit"}, "but for this very question"
    assert (await alliance.run("audit", "verify", "--no-anchors")).code == 0
    assert (await alliance.run("rebuild")).code == 0
    again = await alliance.run("person", "erase", address, "--name", name)
    assert again.code == 0, again.err
    assert name not in (await alliance.run("country", "show", "XAA", "--json")).out
