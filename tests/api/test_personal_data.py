"""What is held about a person: taken along by themselves, exported and erased by the Secretariat, all of it on record."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from framework.terms import Role
from storage import people
from storage.audit_reading import AuditFilter, acts
from storage.audit_verifying import verify
from storage.personal_search import known_by
from tests.api.conftest import Installation, next_code
from tests.api.signing import ALMA, House, house

BO = "bo@ministry.example"


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path) -> AsyncIterator[House]:
    """An installation of its own, at which people sign in."""
    async with house(tmp_path) as found:
        yield found


async def outcomes(database: Any, action: str) -> list[tuple[str, str]]:
    """What became of an action on record, the oldest first, with the role."""
    found = await acts(database, AuditFilter(action=action), limit=20)
    return [(one.outcome.value, one.role) for one in reversed(found.items)]


async def test_a_person_takes_along_what_is_their_own_and_nothing_of_others(here: House) -> None:
    await here.country("XAA", BO, "dee@ministry.example")
    await here.signed_in(ALMA)
    browser = await here.signed_in(BO)
    made = await browser.post("/api/v1/me/tokens", json={"name": "Tool", "scopes": ["read"]})
    assert '<form method="post" action="/account/data">' in (await browser.get("/account")).text
    file = await browser.post("/account/data")
    assert file.headers["content-disposition"].startswith("attachment;")
    answer = await browser.post("/api/v1/me/personal-data")
    found = answer.json()
    assert file.json()["addresses"] == found["addresses"] == [BO]
    held = {one["where"]: one["value"] for one in found["held"]}
    assert held.keys() >= {"person", "person_address", "session", "sign_in", "api_token", "country", "audit"}
    assert held["country"]["email"] == BO
    text = answer.text
    assert not [one for one in ("dee@ministry.example", ALMA, "sha256", made.json()["token"]) if one in text]
    assert "Secretariat looks through" in found["not_searched"]
    assert await outcomes(here.database, "export_own_data") == 2 * [
        ("attempted", "focal_point"),
        ("done", "focal_point"),
    ]


async def test_a_token_that_names_nobody_on_record_takes_nothing_along(installation: Installation) -> None:
    answer = await installation.person(Role.MWG).post("/me/personal-data")
    assert answer.status_code == 409
    assert "names nobody" in answer.json()["detail"]


async def named(installation: Installation, name: str, address: str) -> str:
    """A candidate country with this focal point."""
    code = next_code()
    submission = await installation.expression(code)
    submission["focal_point"] = {"name": name, "post": "Director", "email": address}
    answer = await installation.secretariat.post("/countries", {"submission": submission})
    assert answer.status_code == 201, answer.text
    return code


async def test_row_37_the_secretariat_exports_and_erases_a_person_over_the_api(
    untouched: Installation,
) -> None:
    secretariat, database = untouched.secretariat, untouched.app.state.parts.database
    name, address = "Ada Vantorre", "ada.vantorre@labour.example"
    code = await named(untouched, name, address)
    exported = (await secretariat.post("/persons/export", {"address": address.upper()})).json()
    assert exported["names"] == [name]
    assert {"country", "contact_address", "process"} <= {one["where"] for one in exported["held"]}
    order = {"address": address, "names": [name], "pseudonym": "person 37"}
    held = await secretariat.post("/persons/erasure", order)
    assert held.status_code == 409
    assert f"focal point of {code}" in held.json()["detail"]
    successor = {"name": "Bob Ferrand", "post": "Head", "email": "bob.ferrand@labour.example"}
    changed = await secretariat.submit(code, {"kind": "contact_change", "focal_point": successor})
    assert changed.status_code == 200, changed.text
    erased = await secretariat.post("/persons/erasure", order)
    assert erased.status_code == 200, erased.text
    assert (erased.json()["pseudonym"], erased.json()["counts"]["processes"]) == ("person 37", 1)
    left = (await secretariat.post("/persons/export", {"address": address})).json()
    assert {one["where"] for one in left["held"]} <= {"audit"}, "but for this very question"
    assert (await secretariat.post("/persons/erasure", order)).json()["counts"]["processes"] == 0
    assert (await verify(database)).sound
    assert await outcomes(database, "export_person") == 2 * [
        ("attempted", "secretariat"),
        ("done", "secretariat"),
    ]
    of_erasures = await outcomes(database, "erase_person")
    assert of_erasures.count(("attempted", "secretariat")) == 3
    assert of_erasures.count(("done", "secretariat")) == 2
    assert of_erasures.count(("refused", "secretariat")) == 1
    rows = (await acts(database, AuditFilter(action="erase_person"), limit=10)).items
    assert address not in json.dumps([one.detail for one in rows]), "the order to forget is forgotten too"


async def test_row_37_who_is_known_at_two_addresses_is_erased_at_both(untouched: Installation) -> None:
    secretariat, database = untouched.secretariat, untouched.app.state.parts.database
    name, addresses = "Cleo Marant", ("cleo.marant@labour.example", "cleo@home.example")
    codes = [await named(untouched, name, one) for one in addresses]
    same = {"address": addresses[0], "other": addresses[1]}
    assert (await secretariat.post("/persons/addresses", same)).json()["addresses"] == sorted(addresses)
    successor = {"name": "Bob Ferrand", "post": "Head", "email": "bob.ferrand@labour.example"}
    for code in codes:
        changed = await secretariat.submit(code, {"kind": "contact_change", "focal_point": successor})
        assert changed.status_code == 200, changed.text
    erased = await secretariat.post(
        "/persons/erasure", {"address": addresses[0], "names": [name], "pseudonym": "person 38"}
    )
    assert erased.status_code == 200, erased.text
    assert erased.json()["counts"]["processes"] == 2
    for one in addresses:
        left = (await secretariat.post("/persons/export", {"address": one})).json()
        assert {each["where"] for each in left["held"]} <= {"audit"}, "but for this very question"
    for code in codes:
        for path in ("timeline", "contacts"):
            told = (await secretariat.get(f"/countries/{code}/{path}")).text
            assert not [one for one in (name, *addresses) if one in told], (code, path)
    assert (await verify(database)).sound


async def test_one_word_is_no_name_to_erase_by_since_it_may_mean_something_else(
    untouched: Installation,
) -> None:
    order = {"address": "ada.vantorre@labour.example", "names": ["active"]}
    answer = await untouched.secretariat.post("/persons/erasure", order)
    assert answer.status_code == 422
    assert "names" in json.dumps(answer.json()["findings"])


async def test_without_the_process_engine_nothing_is_half_exported_or_erased(
    lonely: Any, installation: Any
) -> None:
    headers = {"Authorization": installation.secretariat.authorization}
    for path in ("export", "erasure"):
        body = {"address": "nobody@labour.example"}
        answer = await lonely.post(f"/api/v1/persons/{path}", json=body, headers=headers)
        assert answer.status_code == 503, answer.text


async def test_two_addresses_said_to_be_one_person_are_one_in_mandates_sessions_exports_and_erasures(
    here: House,
) -> None:
    private = "bo@home.example"
    await here.country("XAA", BO)
    await here.appoint("mwg", private, name="Bo Dahl")
    await here.appoint("operator", "third@x.example", name="Bo Third")
    alma, old, new = [await here.signed_in(one) for one in (ALMA, private, BO)]
    before = await people.person_at(here.database, private)
    same = {"address": BO, "other": private.upper()}
    assert (await old.post("/api/v1/persons/addresses", json=same)).status_code == 403
    herself = await alma.post("/api/v1/persons/addresses", json={"address": ALMA, "other": BO})
    assert (herself.status_code, "your own" in herself.text) == (403, True)
    answer = await alma.post("/api/v1/persons/addresses", json=same)
    assert answer.status_code == 200, answer.text
    person = await people.person_at(here.database, BO)
    assert answer.json() == {"id": person, "addresses": [private, BO]}
    assert answer.json() == (await alma.post("/api/v1/persons/addresses", json=same)).json()
    keys = [one["key"] for one in (await new.get("/api/v1/me/mandates")).json()["items"]]
    assert keys == ["mwg-15bo@", "focal_point-XAA"]
    assert (await old.get("/api/v1/me")).json()["role"] == "mwg", "the other session goes on as what it was"
    assert len((await new.get("/api/v1/me/sessions")).json()["items"]) == 2
    held = (await new.post("/api/v1/me/personal-data")).json()["held"]
    assert {one["key"] for one in held if one["where"] == "person"} == {person, before}
    assert (await known_by(here.database, private)).addresses == {private, BO}
    third = await alma.post("/api/v1/persons/addresses", json={"address": "third@x.example", "other": BO})
    assert third.json()["addresses"] == [private, BO, "third@x.example"], (
        "who never signed in is known by a seat"
    )
    nobody = await alma.post("/api/v1/persons/addresses", json={"address": BO, "other": "no@x.example"})
    assert nobody.status_code == 409
    assert await outcomes(here.database, "join_addresses") == [
        *(("denied", "mwg"), ("attempted", "secretariat"), ("denied", "secretariat")),
        *(("attempted", "secretariat"), ("done", "secretariat")),
        *(("attempted", "secretariat"), ("done", "secretariat")),
        *(("attempted", "secretariat"), ("done", "secretariat")),
        *(("attempted", "secretariat"), ("refused", "secretariat")),
    ]
