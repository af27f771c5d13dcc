"""What a process once carried decodes for ever, and it goes on living from there (reliability.md, row 38)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from contracts import names
from contracts.alliance import AllianceState
from contracts.audit import AnchorsState
from contracts.children import DialogueState, ReactivationState
from contracts.state import CountryState
from framework.editions import EDITIONS
from rehearsal import templates
from rehearsal.stage import stage
from tests.faults import countries, on_record
from tests.histories.record import STATES

MODELS: dict[str, type[BaseModel]] = {
    names.COUNTRY: CountryState,
    names.DIALOGUE: DialogueState,
    names.REACTIVATION: ReactivationState,
    names.ALLIANCE: AllianceState,
}
ADDED: dict[str, type[BaseModel]] = {names.AUDIT_ANCHORS: AnchorsState}
"""Processes that came later, of which the first labels have no state."""
FILES = sorted(STATES.glob("*.json"))
CASES = [
    pytest.param(path, kind, id=f"{path.stem}-{kind}")
    for path in FILES
    for kind in MODELS | ADDED
    if kind in MODELS or kind in json.loads(path.read_text(encoding="utf-8"))
]
LATER = datetime(2031, 5, 2, 12, tzinfo=UTC)

UNKNOWN = {"from_a_later_version": {"nested": [1, 2, 3]}}
RECORDS = ("policy", "candidacy", "focal_point", "outbox")
LISTS = ("entries", "cycles", "versions", "dialogues", "reactivations", "status_history", "flags", "comments")


def _golden(path: Path, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[kind]
    return found


def _with_unknown_fields(golden: dict[str, Any]) -> dict[str, Any]:
    """What a later version might have added, on every level."""
    added = {name: golden[name] | UNKNOWN for name in RECORDS if isinstance(golden.get(name), dict)}
    added |= {name: [one | UNKNOWN for one in golden[name]] for name in LISTS if golden.get(name)}
    if "tasks" in golden:
        added["tasks"] = {key: task | UNKNOWN for key, task in golden["tasks"].items()}
    return golden | added | UNKNOWN


def _lost(before: Any, after: Any, where: str = "") -> list[str]:
    """The places whose value is not what it was; what is only there afterwards has come by default."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            lost for key, value in before.items() for lost in _lost(value, after.get(key), f"{where}.{key}")
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            lost
            for number, (old, new) in enumerate(zip(before, after, strict=True))
            for lost in _lost(old, new, f"{where}[{number}]")
        ]
    return [] if before == after else [where]


def test_row_38_every_edition_has_a_golden_state_of_every_process() -> None:
    assert FILES
    kept = {(path.stem, kind) for path in FILES for kind in json.loads(path.read_text(encoding="utf-8"))}
    assert {(edition, kind) for edition in EDITIONS for kind in MODELS} <= kept
    assert set(ADDED) <= {kind for _, kind in kept}


@pytest.mark.parametrize(("path", "kind"), CASES)
def test_row_38_a_carried_state_decodes_and_nothing_of_it_is_lost(path: Path, kind: str) -> None:
    golden = _golden(path, kind)
    decoded = (MODELS | ADDED)[kind].model_validate_json(json.dumps(golden))
    assert _lost(golden, json.loads(decoded.model_dump_json())) == []


@pytest.mark.parametrize(("path", "kind"), CASES)
def test_row_38_fields_of_a_later_version_are_tolerated(path: Path, kind: str) -> None:
    golden = _golden(path, kind)
    decoded = (MODELS | ADDED)[kind].model_validate_json(json.dumps(_with_unknown_fields(golden)))
    assert decoded == (MODELS | ADDED)[kind].model_validate_json(json.dumps(golden))


def test_row_38_a_field_that_was_dropped_would_be_noticed() -> None:
    assert _lost({"cycles": [{"year": 2028, "counts": False}]}, {"cycles": [{"year": 2028}]}) == [
        ".cycles[0].counts"
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_row_38_a_country_lives_on_from_a_state_of_that_edition(path: Path) -> None:
    state = CountryState.model_validate(_golden(path, names.COUNTRY))
    before = state.model_copy(deep=True)
    async with stage(LATER, templates.seats()) as on:
        country = await countries.start(on.clock.client, state)
        await on.clock.settled()
        now = await on_record.state_of(country)
        assert now.cycle == LATER.year
        assert now.edition == before.edition
        assert now.next_entry > before.next_entry
        assert now.status_history == before.status_history
        what = countries.envelope(state.code, "consultation", LATER.date(), "still-there")
        assert await countries.hand_in(country, what)
