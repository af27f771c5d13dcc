"""Registering what came on paper: the form starts the process, says all that is missing, and loses nothing."""

import re
import uuid
from datetime import UTC, datetime
from html import unescape
from typing import Any

import httpx2
import pytest

from framework.terms import Role
from tests.api.conftest import PDF, Installation, next_code

TODAY = datetime.now(UTC).date().isoformat()


def filled(code: str, **changes: str) -> dict[str, str]:
    """The form, complete."""
    return {
        "key": uuid.uuid4().hex,
        "code": code,
        "name": f"Country {code}",
        "minister": "The Minister of Labour",
        "ministry": "Ministry of Labour",
        "ministry_email": "",
        "addressee": "chair",
        "dated": TODAY,
        "received_on": TODAY,
        "point_name": "A Director",
        "point_post": "Director",
        "point_email": f"{code.lower()}@labour.example",
        "language": "fr",
        **changes,
    }


async def send(
    installation: Installation, form: dict[str, str], letter: bytes = PDF, role: Role = Role.SECRETARIAT
) -> httpx2.Response:
    """The form, sent with a letter or without."""
    headers = {"Authorization": installation.person(role).authorization, "Accept": "text/html"}
    files: Any = {"letter": ("letter.pdf", letter) if letter else ("", b"")}
    return await installation.client.post("/desk/register", headers=headers, data=form, files=files)


def linked(page: str) -> list[str]:
    """The fields to which the error summary leads."""
    return re.findall(r'href="#(\w*)"', page.partition('id="errors"')[2].partition("</div>")[0])


@pytest.mark.clause("EOI-02", "EOI-03")
async def test_a_letter_on_paper_makes_a_candidate_once(installation: Installation) -> None:
    code = next_code()
    form = filled(code)
    for _ in range(2):
        answer = await send(installation, form)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"] == f"/desk/countries/{code}"
    country = (await installation.secretariat.get(f"/countries/{code}")).json()
    assert (country["status"], country["language"]) == ("candidate", "fr")
    entries = await installation.secretariat.all(f"/countries/{code}/timeline")
    (entry,) = [one for one in entries if one["kind"] == "expression_of_interest"]
    assert entry["effective_on"] == TODAY


async def test_all_that_is_missing_is_said_at_once_and_the_letter_need_not_be_sent_again(
    installation: Installation,
) -> None:
    code = next_code()
    wrong = filled(code, minister="", addressee="", dated="", point_email="not an address", ministry="A & B")
    answer = await send(installation, wrong)
    assert answer.status_code == 422
    assert linked(answer.text) == ["minister", "addressee", "dated", "point_email"]
    assert 'value="A &amp; B"' in answer.text
    kept = re.search(r'name="letter_id" value="([0-9a-f]{32})"', answer.text)
    assert kept
    mended = filled(code, key=wrong["key"], letter_id=kept[1])
    assert (await send(installation, mended, letter=b"")).status_code == 303


async def test_without_a_letter_nothing_is_registered(installation: Installation) -> None:
    code = next_code()
    answer = await send(installation, filled(code), letter=b"")
    assert linked(answer.text) == ["letter"]
    assert (await installation.secretariat.get(f"/countries/{code}")).status_code == 404


async def test_a_file_of_a_kind_that_is_not_taken_is_refused_beside_its_field(
    installation: Installation,
) -> None:
    answer = await send(installation, filled(next_code()), letter=b"MZ\x90\x00 a program")
    assert answer.status_code == 422
    assert linked(answer.text) == ["letter"]


async def test_a_country_that_is_there_already_is_not_registered_again(installation: Installation) -> None:
    code = await installation.candidate()
    answer = await send(installation, filled(code))
    assert answer.status_code == 422
    assert "Something on record stands against it" in unescape(answer.text)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR, Role.GCM, Role.MWG])
async def test_nobody_else_registers(installation: Installation, role: Role) -> None:
    assert (await send(installation, filled(next_code()), role=role)).status_code == 403
    headers = {"Authorization": installation.person(role).authorization}
    assert (await installation.client.get("/desk/register", headers=headers)).status_code == 403
