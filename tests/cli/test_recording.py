"""Every command that changes something, lets somebody in or takes something out is in the record of acts."""

import inspect
import json
import re
from collections.abc import Iterator
from types import FunctionType
from typing import Any

import typer

from cli.main import app
from tests.cli.conftest import Shell

CHANGES_NOTHING = frozenset(
    {
        *("country list", "country show", "country timeline", "country why", "country brief"),
        *("mail list", "mail show", "mail returns", "mail preview", "calendar list"),
        *("letters list", "letters show", "letters pdf", "audit verify", "audit show"),
        *("access matrix", "handover show", "clauses", "check", "rehearse", "payload-key"),
    }
)
"""Commands that look, or play on a server of their own."""

BY_ITSELF = frozenset({"up", "api", "worker", "mailbox"})
"""Commands that run the installation: what is done in it is recorded where it is done."""

BEFORE_THE_RECORD = frozenset({"migrate", "prepare-namespace"})
"""Commands that make the places in which records and processes lie."""


def leaves(group: Any, name: str = "") -> Iterator[tuple[str, FunctionType]]:
    """All commands with their functions."""
    for each, one in getattr(group, "commands", {}).items():
        yield from leaves(one, f"{name} {each}".strip())
    if not hasattr(group, "commands"):
        yield name, inspect.unwrap(group.callback)


def records(function: FunctionType, deep: int = 4) -> bool:
    """Whether a function, or one of ours that it calls, opens the record of acts."""
    called = set(re.findall(r"\b([a-z_]+)\(", inspect.getsource(function)))
    if "recorded" in called:
        return True
    known = function.__globals__
    ours = [inspect.unwrap(known[one]) for one in called if inspect.isfunction(known.get(one))]
    return deep > 0 and any(records(one, deep - 1) for one in ours if one.__module__.startswith("cli."))


def test_row_36_every_command_that_acts_is_recorded_and_the_others_are_named_here() -> None:
    found = dict(leaves(typer.main.get_command(app)))
    exempt = CHANGES_NOTHING | BY_ITSELF | BEFORE_THE_RECORD
    assert exempt <= found.keys()
    assert {name for name, function in found.items() if not records(function)} == exempt
    assert {"submit", "decide", "handover accept", "sign-in-link", "rebuild"} <= found.keys() - exempt


def test_a_link_to_sign_in_that_was_asked_for_is_on_record_also_when_nobody_is_there(shell: Shell) -> None:
    assert shell.run("migrate").code == 0
    said = shell.run("sign-in-link", "nobody@alliance.example")
    assert said.code == 1
    rows = json.loads(shell.run("audit", "show", "--json").out)
    assert [(one["action"], one["outcome"]) for one in rows] == [
        ("make_sign_in_link", "attempted"),
        ("make_sign_in_link", "refused"),
    ]
    assert rows[0]["detail"]["given"] == {"address": "nobody@alliance.example"}
