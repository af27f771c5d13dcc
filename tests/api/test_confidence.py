"""Evidence given in confidence shows to those for whom it is meant, in every place where it could show (REV-03)."""

import json
from typing import Any

import pytest

from access.people import FOR_A_COUNTRY
from framework.terms import Role
from tests.api.conftest import Installation

REVIEWERS = {Role.SECRETARIAT, Role.CHAIR, Role.GCM, Role.MWG, Role.AUDITOR}
TITLE = "What the neighbours say"


async def with_evidence(installation: Installation, role: Role, confidentiality: str) -> str:
    """An active country about which somebody has handed in evidence."""
    code = await installation.active()
    evidence = {
        "kind": "evidence",
        "year": await installation.year(code),
        "about": "progress",
        "form": "third_party",
        "title": TITLE,
        "link": "https://example.org/in-confidence",
        "supplied_by": "A neighbour",
        "confidentiality": confidentiality,
    }
    sender = installation.person(role, code if role is Role.FOCAL_POINT else "")
    answer = await sender.submit(code, evidence)
    assert answer.status_code == 200, answer.text
    return code


async def shown(installation: Installation, code: str, role: Role) -> str:
    """All that a person in this role can read of a country, as text."""
    person = installation.person(role, code if role in FOR_A_COUNTRY else "")
    parts: list[Any] = [
        await person.all(f"/countries/{code}/{part}") for part in ("timeline", "cycles", "versions")
    ]
    for part in ("", "/why", "/versions/evidence/1"):
        year = {"year": await installation.year(code)} if "versions" in part else {}
        answer = await person.get(f"/countries/{code}{part}", **year)
        assert answer.status_code in (200, 403)
        parts.append(answer.json())
    return json.dumps(parts)


@pytest.mark.clause("REV-03")
@pytest.mark.parametrize(
    ("by", "confidentiality", "readers"),
    [
        (Role.MWG, "partners", set(Role) - {Role.SYSTEM}),
        (Role.MWG, "reviewers", REVIEWERS),
        (Role.SECRETARIAT, "secretariat", {Role.SECRETARIAT, Role.AUDITOR}),
        (Role.FOCAL_POINT, "reviewers", REVIEWERS | {Role.FOCAL_POINT, Role.DEPUTY}),
    ],
)
async def test_evidence_shows_only_to_those_it_is_meant_for(
    installation: Installation, by: Role, confidentiality: str, readers: set[Role]
) -> None:
    code = await with_evidence(installation, by, confidentiality)
    found = set()
    for role in Role:
        if role is not Role.SYSTEM:
            text = await shown(installation, code, role)
            assert (TITLE in text) == ("in-confidence" in text)
            found |= {role} if TITLE in text else set()
    assert found == readers
