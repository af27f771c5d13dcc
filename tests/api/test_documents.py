"""Documents: recognised by content, never by name; for those who may see them, as attachments."""

import hashlib

import pytest

from access.people import FOR_A_COUNTRY
from framework.terms import Role
from storage.documents import DEFAULT_LIMIT
from tests.api.conftest import PDF, Caller, Installation

EVERYBODY = {role.value for role in Role if role is not Role.SYSTEM}


async def download(caller: Caller, document_id: str) -> tuple[int, bytes]:
    answer = await caller.get(f"/documents/{document_id}/content")
    return answer.status_code, answer.content


async def test_a_document_comes_back_as_it_was_as_an_attachment(installation: Installation) -> None:
    code = await installation.candidate()
    data = PDF + b"% unique to this test\n"
    uploaded = (await installation.person(Role.FOCAL_POINT, code).upload(code, data)).json()
    assert (uploaded["size"], uploaded["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert uploaded["media_type"] == "application/pdf"
    answer = await installation.secretariat.get(f"/documents/{uploaded['id']}/content")
    assert answer.content == data
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (b"<html><script>alert(1)</script></html>", "report.pdf", 415),
        (b"MZ\x90\x00" + b"\x00" * 64, "report.pdf", 415),
        (b"\x7fELF" + b"\x00" * 64, "letter.docx", 415),
        (b"", "empty.pdf", 422),
        (b"x" * (DEFAULT_LIMIT + 1), "large.txt", 413),
        (b"x" * (DEFAULT_LIMIT + 128 * 1024), "larger.txt", 413),
    ],
    ids=["page", "windows program", "program", "empty", "too large", "far too large"],
)
async def test_what_a_document_is_its_content_decides(
    installation: Installation, data: bytes, name: str, status: int
) -> None:
    answer = await installation.secretariat.upload("XAA", data, name)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "..\\..\\x.pdf", "a\r\nSet-Cookie: x=1.pdf", "é\u202e.pdf"]
)
async def test_a_name_is_never_a_path_nor_a_header(installation: Installation, name: str) -> None:
    uploaded = (await installation.secretariat.upload("XAA", PDF + name.encode(), name)).json()
    assert not set(uploaded["name"]) & set('/\\\r\n":\u202e')
    answer = await installation.secretariat.get(f"/documents/{uploaded['id']}/content")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"].isascii()


async def test_the_same_file_again_is_the_same_document(installation: Installation) -> None:
    first = (await installation.secretariat.upload("XAA")).json()
    assert (await installation.secretariat.upload("XAA")).json()["id"] == first["id"]
    assert (await installation.secretariat.upload("XAB")).json()["id"] != first["id"]


async def test_a_focal_point_reads_and_brings_documents_of_its_own_country_only(
    installation: Installation,
) -> None:
    uploaded = (await installation.secretariat.upload("XAB", PDF + b"of XAB")).json()
    other = installation.person(Role.FOCAL_POINT, "XAA")
    assert (await download(other, uploaded["id"]))[0] == 404
    assert (await other.get(f"/documents/{uploaded['id']}")).status_code == 404
    assert (await other.upload("XAB")).status_code == 404
    assert (await download(installation.person(Role.FOCAL_POINT, "XAB"), uploaded["id"]))[0] == 200


@pytest.mark.clause("REV-03")
@pytest.mark.parametrize(
    ("confidentiality", "readers"),
    [
        ("public", EVERYBODY),
        ("partners", EVERYBODY),
        ("reviewers", {"secretariat", "chair", "gcm", "mwg", "auditor"}),
        ("secretariat", {"secretariat", "auditor"}),
    ],
)
async def test_a_document_given_in_confidence_is_for_those_it_was_meant_for(
    installation: Installation, confidentiality: str, readers: set[str]
) -> None:
    data = PDF + confidentiality.encode()
    uploaded = (
        await installation.person(Role.MWG).upload("XAA", data, confidentiality=confidentiality)
    ).json()
    found = set()
    for role in Role:
        if role is Role.SYSTEM:
            continue
        person = installation.person(role, "XAA" if role in FOR_A_COUNTRY else "")
        listed = [one["id"] for one in await person.all("/countries/XAA/documents")]
        status, _ = await download(person, uploaded["id"])
        assert (status == 200) == (uploaded["id"] in listed)
        found |= {role.value} if status == 200 else set()
    assert found == readers


async def test_a_document_that_is_not_there_is_404(installation: Installation) -> None:
    assert (await download(installation.secretariat, "0" * 32))[0] == 404


async def test_a_submission_refers_by_id_and_its_particulars_come_from_the_store(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    uploaded = (await installation.secretariat.upload(code, name="paper.pdf")).json()
    false = {"id": uploaded["id"], "name": "another.exe", "size": 1, "sha256": "0" * 64}
    reply = {"kind": "reply_letter", "dated": "2026-01-10", "text": "Dear Minister", "letter": false}
    answer = await installation.secretariat.submit(code, reply)
    assert answer.status_code == 200, answer.text
    content = (await installation.secretariat.get(f"/countries/{code}/versions/reply_letter/1")).json()[
        "content"
    ]
    assert content["letter"]["name"] == "paper.pdf"
    assert content["letter"]["sha256"] == uploaded["sha256"]


async def test_a_submission_that_refers_to_another_countrys_document_is_refused(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    other = (await installation.secretariat.upload("XZZ")).json()["id"]
    roadmap = {"kind": "roadmap", "documents": [{"id": other}, {"id": "nothing"}]}
    answer = await installation.secretariat.submit(code, roadmap)
    assert answer.status_code == 422
    places = [found["where"] for found in answer.json()["findings"]]
    assert places == ["submission.documents[0]", "submission.documents[1]"]
