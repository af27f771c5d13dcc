"""`pathfinder mail`: the ledger of mail and what came back, at the terminal."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.returns import ReturnCard
from contracts.rows import Happening, Outcome
from storage import ledger, returned
from storage.documents import Documents
from storage.engine import open_database
from storage.schema import migrate
from tests.cli.conftest import Shell
from tests.storage.samples import NOON, delivery, order

BOUNCED, STRANGE = "a" * 64, "b" * 64


@pytest.fixture
def post(shell: Shell) -> Shell:
    """Three messages, one of which came back; and something that nobody understands."""
    asyncio.run(_write(shell))
    return shell


async def _write(shell: Shell) -> None:
    database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
    documents = Documents(shell.environment["PATHFINDER_DOCUMENTS_URL"])
    try:
        await migrate(database)
        one = delivery("one", role="focal_point")
        two = delivery("two", order=order("granted", country="XAB", task=""))
        await ledger.enqueue(database, [two, delivery("three", to_email="")])
        await ledger.begin(database, one, NOON)
        later = Happening(
            what="postponed", at=NOON, attempt=1, said="451 later", again_at=NOON + timedelta(minutes=1)
        )
        await ledger.postpone(database, "one", later)
        await ledger.begin(database, one, NOON)
        sent = Outcome(state="sent", at=NOON, answer="250 OK", attempts=2, possible_duplicate=True)
        await ledger.finish(database, one, sent)
        report = ReturnCard(
            id=BOUNCED, kind="failed", recorded_at=NOON, size=4, identities=["one"], said="no such user"
        )
        strange = ReturnCard(
            id=STRANGE, kind="unclear", recorded_at=NOON, size=5, subject="[bold]Hello\x1b[0m"
        )
        await returned.keep(database, documents, report, b"data")
        await returned.keep(database, documents, strange, b"bytes")
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ([], {"one", "two", "three"}),
        (["--country", "XAB"], {"two"}),
        (["--kind", "reminder"], {"one", "three"}),
        (["--state", "bounced", "--state", "no_recipient"], {"one", "three"}),
        (["--task", "progress_report-2027", "--possible-duplicate"], {"one"}),
    ],
)
def test_messages_are_listed_by_what_became_of_them(post: Shell, options: list[str], keys: set[str]) -> None:
    said = post.run("mail", "list", "--json", *options)
    assert {item["key"] for item in json.loads(said.out)} == keys
    table = post.run("mail", "list", *options)
    assert (table.code, table.err) == (0, f"{len(keys)} message{'s' if len(keys) > 1 else ''}\n")
    assert all(key in table.out for key in keys)


def test_a_list_that_is_cut_says_so_and_a_state_that_is_none_is_a_matter_of_usage(post: Shell) -> None:
    assert post.run("mail", "list", "--limit", "2").err == "2 messages; there are more (--limit)\n"
    wrong = post.run("mail", "list", "--state", "lost")
    assert wrong.code == 2
    assert "queued, attempting, sent" in wrong.err


@pytest.mark.clause("REP-07")
def test_one_message_tells_its_story(post: Shell) -> None:
    said = post.run("mail", "show", "one")
    assert said.out.startswith("reminder of XAA (2027) to ada@land.example: bounced\n")
    assert "may have got two copies" in said.out
    lines = [" ".join(line.split()) for line in said.out.splitlines()[-3:]]
    assert lines == [
        "2027-01-30 12:00 postponed 1 2027-01-30 12:01 451 later",
        "2027-01-30 12:00 sent 2 250 OK",
        f"2027-01-30 12:00 bounced no such user {'a' * 16}",
    ]
    story = json.loads(post.run("mail", "show", "one", "--json").out)["story"]
    assert [one["what"] for one in story] == ["postponed", "sent", "bounced"]
    missing = post.run("mail", "show", "four")
    assert (missing.code, missing.out) == (1, "")
    assert "mail list" in missing.err


def test_what_came_back_is_listed_until_somebody_has_seen_to_it(post: Shell, tmp_path: Path) -> None:
    said = post.run("mail", "returns")
    assert said.err == "1 returned message\n"
    assert STRANGE in said.out
    assert "[bold]Hello" in said.out
    assert post.run("mail", "returns", "--all").err == "2 returned messages\n"
    file = tmp_path / "it.eml"
    assert post.run("mail", "returned", STRANGE, "--to", file).err == f"5 bytes written to {file}\n"
    assert file.read_bytes() == b"bytes"
    done = post.run("mail", "seen", STRANGE, "--by", "Sira", "--note", "Advertising")
    assert done.out.startswith(f"{'b' * 16} was seen to by Sira at 20")
    assert post.run("mail", "returns").err == "0 returned messages\n"
    (item,) = [
        one
        for one in json.loads(post.run("mail", "returns", "--all", "--json").out)
        if one["state"] == "seen"
    ]
    assert (item["card"]["note"], item["card"]["seen_by"]) == ("Advertising", "Sira")


def test_a_file_that_is_there_is_not_overwritten_and_an_unknown_id_is_said(
    post: Shell, tmp_path: Path
) -> None:
    (tmp_path / "mine").write_text("mine")
    there = post.run("mail", "returned", STRANGE, "--to", tmp_path / "mine")
    assert there.code == 1
    assert (tmp_path / "mine").read_text() == "mine"
    for command in (
        ("returned", "c" * 64, "--to", str(tmp_path / "new")),
        ("seen", "c" * 64, "--by", "Sira"),
    ):
        unknown = post.run("mail", *command)
        assert unknown.code == 1
        assert "mail returns --all" in unknown.err
    assert not (tmp_path / "new").exists()
