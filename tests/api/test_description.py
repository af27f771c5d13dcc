"""The OpenAPI document: its examples are real, its names are unique."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.decisions import Sent
from api.examples import DECISIONS, EXPRESSIONS, SUBMISSIONS
from api.handing_in import AnyHanded, Handed
from framework.decisions import judge
from framework.facts import CountryFacts
from framework.obligations import Context, check
from framework.policy import Policy
from framework.records import ExpressionOfInterest
from framework.terms import Category, Status
from tests.api.conftest import Installation


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_an_example_of_a_submission_is_complete(name: str) -> None:
    handed = AnyHanded.model_validate(SUBMISSIONS[name]["value"])
    context = Context(
        status=Status.ACTIVE,
        today=date(2026, 11, 1),
        categories_identified=tuple(Category),
        bodies=("National Committee on SDG Target 8.7",),
        priorities=("child-labour-cocoa",),
        next_steps=("train-inspectors",),
        cycle_years=(2026,),
    )
    assert [found.key for found in check(handed.submission, context).problems] == []


def test_the_example_of_a_letter_is_complete() -> None:
    handed = TypeAdapter(Handed[ExpressionOfInterest]).validate_python(EXPRESSIONS["letter"]["value"])
    context = Context(status=Status.CANDIDATE, today=date(2026, 2, 1), samples_allowed=True)
    assert check(handed.submission, context).ok


@pytest.mark.parametrize("name", DECISIONS)
def test_an_example_of_a_decision_is_complete_in_itself(name: str) -> None:
    decision = Sent.model_validate(DECISIONS[name]["value"]).decision
    facts = CountryFacts(
        code="XAA",
        status=Status.CANDIDATE,
        today=date(2026, 11, 1),
        policy=Policy(),
        presented_on=date(2026, 6, 10),
        has_roadmap=True,
    )
    keys = [found.key for found in judge(decision, facts).problems]
    assert keys == (["decision.consensus.blocked"] if name == "blocked" else [])


def test_every_operation_has_its_own_name_and_every_list_its_limits(installation: Installation) -> None:
    paths: dict[str, Any] = installation.app.openapi()["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    identifiers = [operation["operationId"] for operation in operations]
    assert len(set(identifiers)) == len(identifiers)
    for operation in operations:
        limits = [one["schema"] for one in operation.get("parameters", []) if one["name"] == "limit"]
        assert [(limit["minimum"], limit["maximum"]) for limit in limits] in ([], [(1, 200)])
        answers = json.dumps(operation["responses"].get("200", {}))
        assert bool(limits) == ("Listing" in answers), operation["operationId"]
