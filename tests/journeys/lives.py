"""Plays shipped scenarios with continue-as-new forced every few events; of each kind of life also as it is, and compares.

`EVERY_LIFE_TWICE=1` plays all of them both ways, which takes some minutes more: before a release, and after a change
of the process.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rehearsal.playing import Played, play
from rehearsal.script import Script, read_script
from rehearsal.stage import Stage
from storage.rebuilding import check_rebuild
from tests.servers import EVERY

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TWICE = frozenset(
    {
        "letters_of_record",
        "not_yet_and_presented_again",
        "pause_and_resume",
        "quiet_decade",
        "silence_to_inactivity_and_back",
        "withdrawal_and_applying_again",
    }
)
"""Lives that are played both ways: in them is everything that a seam can fall into, each child, each way to an end."""

FILED = ("mail",)
"""Tables that a rehearsal cannot rebuild: its messages are collected, not sent."""


def script_of(name: str) -> Script:
    """A shipped scenario."""
    return read_script((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))


async def lives_as_expected(name: str) -> Played:
    """Asserts that a scenario goes as it says whatever the seams, and that a rebuild gives the same rows; for some lives
    also that they go the same without seams.

    Returns the play without seams where there was one.
    """
    forced = await _played(name, EVERY)
    if name not in TWICE and not os.environ.get("EVERY_LIFE_TWICE"):
        return forced
    played = await _played(name, None)
    assert life(forced) == life(played)
    return played


async def _played(name: str, every: int | None) -> Played:
    rebuilt = list[str]()

    async def rebuild(on: Stage) -> None:
        found = await check_rebuild(on.clock.client, on.database, on.documents)
        rebuilt.extend(one for one in found.differences if not one.startswith(FILED))

    played = await play(script_of(name), force_continue_as_new_every=every, at_the_end=rebuild)
    assert differences(played) == []
    assert rebuilt == []
    return played


def differences(played: Played) -> list[str]:
    """What is not as the scenario says, in words."""
    return [
        f"line {one.line}: {one.what}: expected {one.expected}, found {one.found}"
        for one in played.differences
    ]


def _written(values: dict[str, Any]) -> str:
    """Values as text, whatever the order in which they were put down."""
    return json.dumps(values, sort_keys=True, default=str)


def life(played: Played) -> dict[str, Any]:
    """What a country's life comes to, whatever the seams in it: timeline, messages, tasks, status."""
    seen = played.seen
    if seen is None:
        return {}
    return {
        # Two processes that wake at the same moment, a country and its dialogue, are heard in either order.
        "timeline": sorted(
            (f"{one.at:%F}", one.kind, one.by, one.task, _written(one.values)) for one in seen.entries
        ),
        "mails": sorted((f"{one.order.made_at:%F}", one.key) for one in seen.mails),
        "tasks": {key: (task.state, task.due_on, task.closed_by) for key, task in seen.tasks.items()},
        "status": [(change.after, change.on) for change in seen.row.status_history],
        "answers": [(one.line, one.answer, one.reasons) for one in played.answers],
    }
