"""docs/rehearsals.md says what the format is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from framework.terms import DecisionKind
from rehearsal import templates, wanted
from rehearsal.playing import play
from rehearsal.scenario import Event, Scenario, Start, Yearly
from rehearsal.script import read_script

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "rehearsals.md").read_text(encoding="utf-8")
MODELS = [
    Scenario,
    Start,
    Event,
    Yearly,
    wanted.Expectation,
    wanted.WantedTask,
    wanted.WantedAnswer,
    wanted.WantedEntry,
    wanted.WantedMail,
    wanted.WantedDialogue,
    wanted.WantedReactivation,
    wanted.WantedYears,
]


def example() -> str:
    """The example of the documentation."""
    [found] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_word_of_the_format_is_explained(model: type[BaseModel]) -> None:
    words = {field.alias or name for name, field in model.model_fields.items()}
    explained = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", TEXT)))) | {"events"}
    assert words <= explained, sorted(words - explained)


async def test_the_example_goes_as_it_says() -> None:
    played = await play(read_script(example()))
    assert [f"{one.line} {one.what}: {one.found}" for one in played.differences] == []


def test_every_kind_of_decision_is_named_and_every_submission_has_a_ready_made_one() -> None:
    assert all(f"`{kind.value}`" in TEXT for kind in DecisionKind)
    assert f"all {len(templates.RECORDS)} of them" in TEXT
    for kind in templates.RECORDS:
        assert templates.submission(kind)["kind"] == kind
        assert templates.sender(kind)
