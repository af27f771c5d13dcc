"""How the API describes itself: which errors each route can answer, and that all of them are problems."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.answers import ANSWERS, PROBLEM
from api.following import with_links
from api.problems import MEDIA_TYPE, TITLES, Problem

VERSION = "1"
DESCRIPTION = """
The Accountability Framework for Pathfinder Countries of Alliance 8.7 as a living process.

* Every request carries `Authorization: Bearer TOKEN`; `pathfinder token --role secretariat` issues one.
* Errors are `application/problem+json`; `findings` lists **all** the reasons, each as a key and a sentence.
* A `POST` that hands something in carries an `Idempotency-Key` of your choice: repeated with the same key
  it is the same submission and gets the first answer. Repeat after every 503, 429 or lost answer. Use a new
  key for each new submission.
* Lists come in pages: follow `next` until it is null.
* After a submission `X-Read-Model: current` says that lists show it already, `behind` that they will soon.
* Times are UTC; due dates end at 23:59:59 Anywhere on Earth (UTC-12).
"""
TAGS = [
    {
        "name": "countries",
        "description": "The board, one country, its benefits, its flags and why they are raised.",
    },
    {"name": "tasks", "description": "What somebody must do, by when, and that it has been done."},
    {
        "name": "drafts",
        "description": "What is typed before it is handed in, shared by all who work on a task.",
    },
    {"name": "submissions", "description": "Everything that a living country is handed."},
    {
        "name": "decisions",
        "description": "Decisions of the Global Coordinating Group and the countries' answers.",
    },
    {"name": "documents", "description": "Files that submissions refer to."},
    {
        "name": "mail",
        "description": "What became of every message to every recipient, and what came back.",
    },
    {
        "name": "calendars",
        "description": "Addresses at which calendar programs subscribe to a person's deadlines and meetings.",
    },
    {
        "name": "letters",
        "description": "Letters of record: drafts for the Secretariat, approved ones for those to whom they went.",
    },
    {"name": "policy", "description": "Dates, periods and reminder ladders that the framework leaves open."},
    {"name": "audit", "description": "Who did what, who was not let, and whether the record of it is sound."},
    {"name": "person", "description": "Whom the token speaks for."},
    {"name": "persons", "description": "What is held about persons, and how somebody is forgotten."},
    {"name": "operations", "description": "What the Temporal UI and program ask for operators."},
    {"name": "health", "description": "Whether the installation lives and is ready. No token needed."},
]
ALWAYS = (400, 401, 403, 422, 429, 500, 503)
"""What any route may answer."""


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The declaration of these error answers, beside those that any route may give."""
    return {
        status: {"model": Problem, "description": TITLES[status]} for status in sorted({*ALWAYS, *statuses})
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the app; made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            tags=app.openapi_tags,
        )
        for operations in schema["paths"].values():
            for operation in operations.values():
                _with_answers(operation["responses"], ANSWERS.get(operation["operationId"], {}))
                _as_problems(operation["responses"])
                with_links(operation)
        app.openapi_schema = schema
    return app.openapi_schema


def _with_answers(responses: dict[str, Any], answers: dict[str, Any]) -> None:
    for status, answer in (answers | {"422": PROBLEM}).items():
        for content in responses.get(status, {}).get("content", {}).values():
            content["example"] = answer


def _as_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if status >= "400" and "application/json" in content:
            content[MEDIA_TYPE] = content.pop("application/json")
