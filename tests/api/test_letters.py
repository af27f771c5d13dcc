"""Letters of record before the API: a draft, its edit, its preview, the letter as it was sent, and who may read what."""

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from api.deps import Parts
from framework.terms import Role
from storage import reading_letters
from tests.api.conftest import Caller, Installation

SIGNED = {"signed_by": "Ada Ames", "signed_post": "Head of the Secretariat"}
YEAR = datetime.now(UTC).year
HOSTILE = "#panic(1) <script>alert(1)</script> $x$ {{ 7 * 7 }} @ref"


async def made(installation: Installation, code: str, place: int) -> None:
    """Waits until a letter is archived."""
    parts: Parts = installation.app.state.parts
    async with asyncio.timeout(20):
        while True:
            letter = await reading_letters.letter(parts.database, code, number(code, place))
            if letter is not None and letter.document is not None:
                return
            await asyncio.sleep(0.05)


def number(code: str, place: int) -> str:
    """The number of a letter of this year."""
    return f"A8.7/{code}/{YEAR}/{place}"


async def approve(installation: Installation, code: str, place: int, **more: Any) -> None:
    """Approves a draft as it stands."""
    submission = {"kind": "letter_approval", "number": number(code, place), **SIGNED, **more}
    answer = await installation.secretariat.submit(code, submission)
    assert answer.status_code == 200, answer.text
    await made(installation, code, place)


async def read(person: Caller, code: str, place: int, rest: str = "") -> Any:
    """What somebody gets of a letter."""
    return await person.get(f"/countries/{code}/letters/{YEAR}/{place}{rest}")


@pytest.mark.clause("EOI-04", "EOI-05")
async def test_the_secretariat_finds_the_drafts_of_a_new_candidate_with_their_texts(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    found = await installation.secretariat.all(f"/countries/{code}/letters", limit=1)
    assert [(one["number"], one["kind"], one["state"]) for one in found] == [
        (number(code, 1), "reply", "draft"),
        (number(code, 2), "gcm_notice", "draft"),
    ]
    answer = await read(installation.secretariat, code, 2)
    assert answer.json()["letter"]["task"] == f"letter-{YEAR}-2"
    assert answer.json()["subject"].startswith("Expression of interest")
    assert any("Signed by: The Minister of Labour" in one for one in answer.json()["paragraphs"])


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.MWG, Role.GCM, Role.OPERATOR])
async def test_a_draft_is_not_there_for_anybody_else(installation: Installation, role: Role) -> None:
    code = await installation.candidate()
    person = installation.person(role, code if role is Role.FOCAL_POINT else "")
    assert await person.all(f"/countries/{code}/letters") == []
    for rest in ("", "/pdf"):
        assert (await read(person, code, 2, rest)).status_code == 404
    assert (await read(person, code, 2, "/preview")).status_code == 403


async def test_the_preview_is_exactly_what_is_sent(installation: Installation) -> None:
    code = await installation.candidate()
    secretariat = installation.secretariat
    edit = {
        "kind": "letter_edit",
        "number": number(code, 2),
        "subject": "To the Group",
        "paragraphs": [HOSTILE, "- one\n- two"],
    }
    assert (await secretariat.submit(code, edit)).status_code == 200
    text = (await read(secretariat, code, 2)).json()
    assert (text["subject"], text["paragraphs"]) == ("To the Group", [HOSTILE, "- one\n- two"])
    preview = await secretariat.get(f"/countries/{code}/letters/{YEAR}/2/preview", **SIGNED)
    assert preview.headers["content-type"] == "application/pdf"
    assert preview.headers["content-disposition"].startswith("attachment")
    await approve(installation, code, 2, seen=1)
    sent = await read(secretariat, code, 2, "/pdf")
    assert sent.content == preview.content
    shown = (await read(secretariat, code, 2)).json()["letter"]
    assert shown["document"]["sha256"] == hashlib.sha256(sent.content).hexdigest()
    again = await secretariat.get(f"/countries/{code}/letters/{YEAR}/2/preview")
    assert again.status_code == 409


async def test_nobody_approves_a_text_that_somebody_has_changed_meanwhile(installation: Installation) -> None:
    code = await installation.candidate()
    edit = {"kind": "letter_edit", "number": number(code, 2), "subject": "S", "paragraphs": ["One"]}
    assert (await installation.secretariat.submit(code, edit)).status_code == 200
    answer = await installation.secretariat.submit(
        code, {"kind": "letter_approval", "number": number(code, 2), **SIGNED}
    )
    assert answer.status_code == 422
    assert [one["key"] for one in answer.json()["findings"]] == ["letter.edited_meanwhile"]


@pytest.mark.clause("EOI-05")
async def test_a_reply_that_is_handed_in_becomes_the_letter_and_is_sent_attached_once(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    today = datetime.now(UTC).date().isoformat()
    reply = {"kind": "reply_letter", "dated": today, "text": "Welcome.\n\nPlease begin."}
    assert (await installation.secretariat.submit(code, reply)).status_code == 200
    await made(installation, code, 1)
    whole = (await read(installation.secretariat, code, 1)).json()
    assert whole["paragraphs"] == ["Welcome.", "Please begin."]
    assert whole["letter"]["state"] == "approved"
    async with asyncio.timeout(20):
        while not (
            sent := [
                one
                for one in installation.effects.posted
                if one.country == code and one.values.get("attachment")
            ]
        ):
            await asyncio.sleep(0.05)
    assert [one.kind for one in sent] == ["reply_letter"]
    assert sent[0].values["attachment"]["sha256"] == whole["letter"]["document"]["sha256"]


async def test_an_approved_letter_is_read_by_those_to_whom_it_went_and_by_everybody_once_it_is_public(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    today = datetime.now(UTC).date().isoformat()
    reply = {"kind": "reply_letter", "dated": today, "text": "Welcome."}
    assert (await installation.secretariat.submit(code, reply)).status_code == 200
    await made(installation, code, 1)
    await approve(installation, code, 2)
    readers = {
        role: installation.person(role, code if role is Role.FOCAL_POINT else "")
        for role in (Role.FOCAL_POINT, Role.GCM, Role.MWG, Role.OPERATOR)
    }

    async def seen() -> dict[str, list[int]]:
        found = {
            role.value: await person.all(f"/countries/{code}/letters") for role, person in readers.items()
        }
        return {
            role: [int(one["number"].rpartition("/")[2]) for one in items] for role, items in found.items()
        }

    assert await seen() == {"focal_point": [1, 2], "gcm": [2], "mwg": [], "operator": []}
    shown = (await read(readers[Role.FOCAL_POINT], code, 1)).json()["letter"]
    assert (shown["task"], shown["approved_by"], shown["edits"]) == ("", "", 0)
    assert (await read(readers[Role.FOCAL_POINT], code, 1, "/pdf")).content.startswith(b"%PDF")
    assert (await read(readers[Role.MWG], code, 1, "/pdf")).status_code == 404
    for public in (True, False):
        switch = {"kind": "letter_publication", "number": number(code, 1), "public": public}
        assert (await installation.secretariat.submit(code, switch)).status_code == 200
        assert (await read(readers[Role.MWG], code, 1, "/pdf")).status_code == (200 if public else 404)


async def test_the_archived_document_and_the_drafts_text_do_not_leak_elsewhere(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    edit = {"kind": "letter_edit", "number": number(code, 2), "subject": "Secret", "paragraphs": ["Secret"]}
    assert (await installation.secretariat.submit(code, edit)).status_code == 200
    await approve(installation, code, 2, seen=1)
    document = (await read(installation.secretariat, code, 2)).json()["letter"]["document"]["id"]
    for role in (Role.FOCAL_POINT, Role.MWG, Role.OPERATOR):
        person = installation.person(role, code if role is Role.FOCAL_POINT else "")
        assert (await person.get(f"/documents/{document}")).status_code == 404
        assert (await person.get(f"/countries/{code}/versions/letter_edit/1")).status_code == 403
        entries = await person.all(f"/countries/{code}/timeline", kind="letter_edit")
        assert [one["values"] for one in entries] == [{}]


async def test_a_letter_that_is_not_there_is_404_and_a_number_that_is_none_is_422(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    assert (await read(installation.secretariat, code, 99)).status_code == 404
    assert (await installation.secretariat.get(f"/countries/{code}/letters/{YEAR}/0")).status_code == 422
    assert (await read(installation.secretariat, code, 2, "/pdf")).status_code == 404, "it is a draft"
