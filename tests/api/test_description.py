"""The OpenAPI document: its examples are real, its names are unique."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic import TypeAdapter

from api.answers import ANSWERS, PROBLEM
from api.decision_examples import DECISIONS
from api.decisions import Sent
from api.examples import (
    CONTACTS,
    EXPRESSIONS,
    EXTENSION_REQUESTS,
    EXTENSIONS,
    POLICIES,
    REACTIVATIONS,
    SUBMISSIONS,
)
from api.handing_in import AnyHanded, Handed
from framework.decisions import judge
from framework.facts import CountryFacts
from framework.letters import LetterFacts
from framework.obligations import Context, check
from framework.policy import Policy
from framework.records import ExpressionOfInterest
from framework.terms import Category, LetterKind, LetterState, Status
from portfolio.reading import read
from tests.api.conftest import Installation

SAMPLE = Path(__file__).parents[2] / "samples" / "alliance.csv"


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
        letters={
            "A8.7/XAA/2026/1": LetterFacts(kind=LetterKind.GRANTED, state=LetterState.DRAFT),
            "A8.7/XAA/2026/2": LetterFacts(kind=LetterKind.GRANTED, state=LetterState.APPROVED),
        },
    )
    assert [found.key for found in check(handed.submission, context).problems] == []


def test_the_example_of_a_letter_is_complete() -> None:
    handed = TypeAdapter(Handed[ExpressionOfInterest]).validate_python(EXPRESSIONS["letter"]["value"])
    context = Context(status=Status.CANDIDATE, today=date(2026, 2, 1), samples_allowed=True)
    assert check(handed.submission, context).ok


def test_a_country_is_registered_in_the_examples_under_a_code_that_the_sample_does_not_use() -> None:
    codes = {one.country.code for one in read(SAMPLE).countries}
    assert codes
    assert EXPRESSIONS["letter"]["value"]["submission"]["country"] not in codes


@pytest.mark.parametrize(
    ("status", "examples"),
    [
        (Status.INACTIVE, REACTIVATIONS),
        (Status.ACTIVE, EXTENSION_REQUESTS),
        (Status.ACTIVE, EXTENSIONS),
        (Status.ACTIVE, CONTACTS),
        (Status.ACTIVE, POLICIES),
    ],
)
def test_an_example_with_a_path_of_its_own_is_complete(status: Status, examples: dict[str, Any]) -> None:
    context = Context(
        status=status,
        today=date(2026, 4, 10),
        bodies=("National Committee on SDG Target 8.7",),
        tasks=("progress_report-2026",),
    )
    for example in examples.values():
        handed = AnyHanded.model_validate(example["value"])
        assert [found.key for found in check(handed.submission, context).problems] == []


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


def test_every_body_has_examples_that_fit_it(installation: Installation) -> None:
    document: dict[str, Any] = installation.app.openapi()
    bodies = {
        name: content
        for name, operation in operations_of(document).items()
        for content in operation.get("requestBody", {}).get("content", {}).items()
    }
    assert len(bodies) == 27
    for name, (kind, body) in bodies.items():
        if kind == "multipart/form-data":
            form = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
            assert form["properties"]["country"]["examples"] == ["XZA"]
            continue
        assert body["examples"], name
        assert mistakes(document, body["schema"], {}), "the judge sees what does not fit"
        for example in body["examples"].values():
            assert mistakes(document, body["schema"], example["value"]) == [], name


def test_the_examples_of_the_main_answers_fit_what_is_answered(installation: Installation) -> None:
    document: dict[str, Any] = installation.app.openapi()
    operations = operations_of(document)
    assert set(ANSWERS) <= set(operations)
    for name, answers in ANSWERS.items():
        for status, answer in answers.items():
            content = operations[name]["responses"][status]["content"]["application/json"]
            assert content["example"] == answer
            assert mistakes(document, content["schema"], answer) == [], (name, status)
    for name, operation in operations.items():
        for content in operation["responses"].get("422", {}).get("content", {}).values():
            assert content["example"] == PROBLEM
            assert mistakes(document, content["schema"], PROBLEM) == [], name


def operations_of(document: dict[str, Any]) -> dict[str, Any]:
    """The operations of an OpenAPI document by their names."""
    return {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }


def mistakes(document: dict[str, Any], schema: dict[str, Any], value: Any) -> list[str]:
    """In what a value does not fit a schema of the document."""
    judge = jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})
    return [f"{error.instance_path}: {error.message}" for error in judge.iter_errors(value)]


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
