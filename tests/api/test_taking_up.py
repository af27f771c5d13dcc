"""The successor accepts by signing in: from then on the mandate is theirs, and the predecessor helps until a date."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx2
import pytest

from api.deps import Parts
from api.problems import unavailable
from framework.terms import Role
from launch.sign_in_link import make
from tests.api.conftest import Installation
from tests.api.test_handover import NEW, named, parts_of


@asynccontextmanager
async def signed_in(
    installation: Installation, parts: Parts, address: str
) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in which whoever is on record at an address has signed in by a link."""
    link = urlsplit(await make(parts.database, parts.settings, address, parts.now())).path
    transport = httpx2.ASGITransport(app=installation.app, raise_app_exceptions=False)
    ours = {"Origin": "http://api"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://api", headers=ours) as browser:
        answer = await browser.post(link)
        assert answer.status_code == 303, answer.text
        yield browser


@pytest.mark.clause("EOI-03")
async def test_whoever_was_named_takes_up_the_mandate_by_signing_in(installation: Installation) -> None:
    code, parts = await installation.active(), parts_of(installation)
    new = {**NEW, "name": "Rosa Ferreira", "email": "rosa.ferreira@labour.example"}
    await named(installation.person(Role.FOCAL_POINT, code, "A Director"), code, successor=new)
    async with signed_in(installation, parts, new["email"]) as browser:
        contacts = (await browser.get(f"/api/v1/countries/{code}/contacts")).json()
        assert contacts["focal_point"]["name"] == new["name"]
        assert contacts["pending_successor"] is None
        me = (await browser.get("/api/v1/me")).json()
        assert (me["role"], me["country"]) == ("focal_point", code)


async def test_a_process_that_does_not_answer_keeps_nobody_out_and_the_next_sign_in_tries_again(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, parts = await installation.active(), parts_of(installation)
    other = {**NEW, "name": "Ines Duarte", "email": "ines.duarte@labour.example"}
    await named(installation.person(Role.FOCAL_POINT, code, "A Director"), code, successor=other)

    async def away(*_: object) -> None:
        raise unavailable("The country's process does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr("api.taking_up.accept_pending", away)
        async with signed_in(installation, parts, other["email"]) as browser:
            me = await browser.get("/api/v1/me")
            assert me.status_code == 200, me.text
            assert me.json()["role"] == "contributor"
    async with signed_in(installation, parts, other["email"]) as browser:
        assert (await browser.get("/api/v1/me")).json()["role"] == "focal_point"
