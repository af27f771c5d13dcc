"""A hand-over before the API: named, accepted by signing in, withdrawn; contributors; the brief; countries at risk."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from access.people import Mandate, Principal
from api import handover, risks
from api.deps import Parts
from contracts.names import address_digest
from contracts.people import FORMER
from framework.terms import Role
from storage.engine import Database
from storage.seen import Seen
from tests.api.conftest import Caller, Installation

NEW = {"name": "Noor Basri", "post": "Director", "email": "noor.basri@labour.example", "language": "fr"}
NAMING = {"kind": "successor_named", "successor": NEW, "overlap_days": 10}


def parts_of(installation: Installation) -> Parts:
    parts: Parts = installation.app.state.parts
    return parts


async def named(person: Caller, code: str, **more: Any) -> str:
    """Names a successor; the id of the hand-over."""
    answer = await person.post(f"/countries/{code}/handover", {"submission": {**NAMING, **more}})
    assert answer.status_code == 200, answer.text
    return str((await person.get(f"/countries/{code}/contacts")).json()["pending_successor"]["id"])


def accepting(handover: str) -> dict[str, Any]:
    return {"submission": {"kind": "successor_accepted", "handover": handover}}


def keys(answer: Any) -> set[str]:
    """The keys of all reasons for which something was refused."""
    assert answer.status_code == 422, answer.text
    return {one["key"] for one in answer.json()["findings"]}


def principal(code: str, **more: Any) -> Principal:
    """Somebody who has just signed in."""
    until = datetime.now(UTC) + timedelta(hours=1)
    someone = Principal(role=Role.FOCAL_POINT, name=NEW["name"], country=code, until=until)
    return replace(someone, **more)


@pytest.mark.clause("EOI-03")
async def test_the_focal_point_names_the_successor_accepts_and_both_are_on_record(
    installation: Installation,
) -> None:
    code = await installation.active()
    holder, successor = (
        installation.person(Role.FOCAL_POINT, code, name) for name in ("A Director", "Noor Basri")
    )
    id = await named(holder, code)
    assert keys(await holder.post(f"/countries/{code}/handover/acceptance", accepting(id))) == {
        "handover.not_successor"
    }
    helper = installation.person(Role.CONTRIBUTOR, code, "Sol Ferrant")
    assert keys(await helper.post(f"/countries/{code}/handover/acceptance", accepting(id))) == {
        "handover.not_successor"
    }
    answer = await successor.post(f"/countries/{code}/handover/acceptance", accepting(id))
    assert answer.status_code == 200, answer.text
    contacts = (await successor.get(f"/countries/{code}/contacts")).json()
    assert contacts["focal_point"]["name"] == "Noor Basri"
    assert contacts["pending_successor"] is None
    (former,) = contacts["former_focal_points"]
    assert date.fromisoformat(former["until_on"]) == datetime.now(UTC).date() + timedelta(days=10)


@pytest.mark.clause("EOI-03")
async def test_all_that_speaks_against_a_naming_is_answered_and_the_pending_one_is_named(
    installation: Installation,
) -> None:
    code = await installation.active()
    id = await named(installation.person(Role.DEPUTY, code), code)
    answer = await installation.secretariat.post(
        f"/countries/{code}/handover", {"submission": {**NAMING, "overlap_days": 181}}
    )
    assert keys(answer) == {
        "handover.pending",
        "successor_named.letter.needed",
        "successor_named.overlap.invalid",
    }
    assert id in answer.text


@pytest.mark.clause("EOI-03")
async def test_a_naming_is_taken_back_and_contributors_come_and_go(installation: Installation) -> None:
    code = await installation.active()
    holder = installation.person(Role.FOCAL_POINT, code, "A Director")
    id = await named(holder, code)
    taken = {"submission": {"kind": "successor_withdrawn", "handover": id}}
    assert (await holder.post(f"/countries/{code}/handover/withdrawal", taken)).status_code == 200
    naming = {"kind": "contributor_named", "contributor": NEW, "tasks": ["progress_report"]}
    assert (await holder.post(f"/countries/{code}/contributors", {"submission": naming})).status_code == 200
    (known,) = (await holder.get(f"/countries/{code}/contacts")).json()["contributors"]
    assert known["tasks"] == ["progress_report"]
    ending = {"submission": {"kind": "contributor_ended", "contributor": known["id"]}}
    assert (await holder.post(f"/countries/{code}/contributors/ending", ending)).status_code == 200
    assert (await holder.get(f"/countries/{code}/contacts")).json()["contributors"] == []


@pytest.mark.clause("EOI-03")
async def test_signing_in_accepts_once_however_often_the_successor_signs_in(
    installation: Installation,
) -> None:
    code = await installation.active()
    await named(installation.person(Role.FOCAL_POINT, code, "A Director"), code)
    parts = parts_of(installation)
    for somebody in (
        principal(code, name="A Director"),
        principal(code, role=Role.SECRETARIAT, country=""),
        principal(code, role=Role.CONTRIBUTOR, name="Sol Ferrant"),
        principal(code, mandate=Mandate(role=Role.FOCAL_POINT, seat=FORMER)),
    ):
        assert await handover.accept_pending(parts, somebody) is None
    named_only = principal(
        code, role=Role.CONTRIBUTOR, mandate=Mandate(role=Role.CONTRIBUTOR, seat="successor")
    )
    receipt = await handover.accept_pending(parts, named_only)
    assert receipt is not None
    assert await handover.accept_pending(parts, named_only) is None
    contacts = (await installation.secretariat.get(f"/countries/{code}/contacts")).json()
    assert contacts["focal_point"]["email"] == NEW["email"]


@pytest.mark.clause("EOI-03")
async def test_the_brief_is_read_as_data_and_as_a_pdf_in_the_language_asked_for(
    installation: Installation,
) -> None:
    code = await installation.active()
    person = installation.person(Role.FOCAL_POINT, code)
    brief = (await person.get(f"/countries/{code}/brief")).json()
    assert (brief["code"], brief["status"]) == (code, "active")
    assert [one["role"] for one in brief["people"]][:1] == ["focal_point"]
    sizes = set()
    for language in ("en", "fr", "es"):
        answer = await person.get(f"/countries/{code}/brief.pdf", language=language)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.content.startswith(b"%PDF-")
        sizes.add(answer.content)
    assert len(sizes) == 3
    assert (await person.get(f"/countries/{code}/brief.pdf", language="de")).status_code == 422


async def test_a_brief_is_nobodys_but_the_countrys_the_secretariats_and_its_readers(
    installation: Installation,
) -> None:
    code, other = await installation.active(), await installation.active()
    assert (
        await installation.person(Role.FOCAL_POINT, other).get(f"/countries/{code}/brief")
    ).status_code == 404
    assert (await installation.person(Role.MWG).get(f"/countries/{code}/brief")).status_code == 403
    assert (
        await installation.person(Role.CONTRIBUTOR, code).get(f"/countries/{code}/brief")
    ).status_code == 403
    assert (await installation.person(Role.AUDITOR).get(f"/countries/{code}/brief")).status_code == 200


@pytest.mark.clause("EOI-03")
async def test_a_country_with_one_contact_is_a_risk_to_the_secretariat_and_to_no_country(
    installation: Installation,
) -> None:
    code = await installation.active()
    answer = (await installation.secretariat.get("/risks")).json()
    assert answer["sign_ins_known_since"] in (None, datetime.now(UTC).date().isoformat())
    assert [one["key"] for one in of(answer, code)] == ["risk.single_contact"]
    assert (await installation.person(Role.FOCAL_POINT, code).get("/risks")).status_code == 403
    deputy = {"kind": "contact_change", "deputies": [{**NEW, "name": "Dia Sow"}]}
    await installation.secretariat.submit(code, deputy)
    assert of((await installation.secretariat.get("/risks")).json(), code) == []


def of(answer: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """The risks of one country."""
    found = [one["risks"] for one in answer["items"] if one["country"] == code]
    return found[0] if found else []


@pytest.mark.clause("EOI-03")
async def test_whoever_keeps_sign_ins_is_asked_by_digest_and_ninety_days_of_silence_show(
    installation: Installation,
) -> None:
    silent, lively = await installation.active(), await installation.active()
    row = (await installation.secretariat.get(f"/countries/{lively}/contacts")).json()
    digest = address_digest(row["focal_point"]["email"])
    asked: list[str] = []

    async def last_seen(database: Database, digests: Collection[str]) -> Seen:
        asked.extend(digests)
        return Seen(since=date(2020, 1, 1), last={digest: datetime.now(UTC).date()})

    found = (await risks.risks_of_all(replace(parts_of(installation), last_seen=last_seen))).model_dump()
    assert digest in asked
    assert not [one for one in asked if "@" in one]
    assert "risk.never_signed_in" in [one["key"] for one in of(found, silent)]
    assert "risk.never_signed_in" not in [one["key"] for one in of(found, lively)]
