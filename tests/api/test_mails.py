"""The ledger of mail and what came back: who sees what of it, and who sees to it."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from api.deps import Parts
from contracts.returns import ReturnCard
from contracts.rows import Delivery, Happening, Outcome
from framework.terms import Role
from storage import ledger, returned
from tests.api.conftest import Installation
from tests.storage.samples import delivery, order

NOW = datetime(2027, 1, 30, 12, 5, tzinfo=UTC)
SAYS = "550 5.1.1 <chair@x.example>: no such user"


def parts_of(installation: Installation) -> Parts:
    """The parts of the installation."""
    found: Parts = installation.app.state.parts
    return found


async def mailed(installation: Installation, country: str, to: str, role: str, **changes: Any) -> Delivery:
    """A message that was put off once and then refused."""
    database = parts_of(installation).database
    key = f"{country}-2027-{uuid.uuid4().hex}"
    one = delivery(key, order=order(country=country, **changes), to_email=to, to_name="Somebody", role=role)
    await ledger.begin(database, one, NOW)
    await ledger.postpone(
        database, key, Happening(what="postponed", at=NOW, attempt=1, said=SAYS, again_at=NOW)
    )
    await ledger.begin(database, one, NOW)
    await ledger.finish(database, one, Outcome(state="refused", at=NOW, answer=SAYS, attempts=2))
    return one


async def came_back(installation: Installation, identities: list[str], kind: str = "unclear") -> str:
    """Something came back; its id."""
    parts, content = parts_of(installation), uuid.uuid4().bytes
    card = ReturnCard(
        id=(uuid.uuid4().hex * 2),
        kind=kind,
        recorded_at=NOW,
        size=len(content),
        subject="Hello",
        identities=identities,
    )
    await returned.keep(parts.database, parts.documents, card, content)
    return card.id


@pytest.mark.clause("REP-07")
async def test_the_ledger_is_listed_by_country_kind_state_and_task(installation: Installation) -> None:
    code = await installation.candidate()
    one = await mailed(installation, code, "ada@land.example", "focal_point", task="reply_letter")
    two = await mailed(installation, code, "chair@x.example", "gcm", kind="gcm_informed", task="")
    people = (installation.secretariat, installation.person(Role.OPERATOR))
    queries: list[tuple[dict[str, Any], list[str]]] = [
        ({}, sorted([one.key, two.key])),
        ({"kind": "gcm_informed"}, [two.key]),
        ({"task": "reply_letter"}, [one.key]),
        ({"state": ["refused", "bounced"], "limit": 1}, sorted([one.key, two.key])),
        ({"state": "sent"}, []),
        ({"possible_duplicate": "true"}, []),
    ]
    for person in people:
        for query, keys in queries:
            found = await person.all("/mails", country=code, **query)
            assert sorted(mail["key"] for mail in found) == keys
    (shown,) = await people[1].all("/mails", country=code, kind="gcm_informed")
    assert (shown["to_email"], shown["to_role"], shown["answer"]) == ("chair@x.example", "gcm", SAYS)
    assert shown["withheld"] is False


async def test_one_message_tells_its_story(installation: Installation) -> None:
    one = await mailed(installation, "XAA", "ada@land.example", "focal_point")
    story = (await installation.secretariat.get(f"/mails/{one.key}")).json()
    assert story["message_id"] == one.key
    assert [(each["what"], each["attempt"], each["said"]) for each in story["story"]] == [
        ("postponed", 1, SAYS),
        ("refused", 2, SAYS),
    ]
    assert story["story"][0]["again_at"] == "2027-01-30T12:05:00Z"
    assert (await installation.secretariat.get("/mails/nothing")).status_code == 404


@pytest.mark.clause("EOI-03")
async def test_a_focal_point_reads_the_own_countrys_mail_without_other_peoples_addresses(
    installation: Installation,
) -> None:
    code, other = await installation.candidate(), await installation.candidate()
    own = await mailed(installation, code, f" {code.lower()}@LABOUR.example", "focal_point")
    seat = await mailed(installation, code, "chair@x.example", "gcm")
    nobody = await mailed(installation, code, "", "deputy")
    theirs = await mailed(installation, other, "bo@land.example", "focal_point")
    person = installation.person(Role.FOCAL_POINT, code)
    found = {mail["key"]: mail for mail in await person.all("/mails")}
    assert set(found) == {own.key, seat.key, nobody.key}
    assert (found[own.key]["withheld"], found[own.key]["answer"]) == (False, SAYS)
    for hidden in (seat, nobody):
        story = (await person.get(f"/mails/{hidden.key}")).json()
        for shown in (found[hidden.key], story):
            assert shown["withheld"]
            assert "Somebody" not in str(shown)
            assert "x.example" not in str(shown)
    for path in (f"/mails/{theirs.key}", "/mails/nothing"):
        assert (await person.get(path)).status_code == 404
    assert (await person.get("/mails", country=other)).status_code == 404
    assert (await person.get("/mails", country="ALLIANCE")).status_code == 404


async def test_what_came_back_is_shown_until_somebody_has_seen_to_it(installation: Installation) -> None:
    one = await mailed(installation, "XAA", "ada@land.example", "focal_point")
    secretariat, operator = installation.secretariat, installation.person(Role.OPERATOR)
    found = await came_back(installation, [one.key])
    listed = {item["id"]: item for item in await operator.all("/returns", state="open")}
    assert (listed[found]["mail"], listed[found]["subject"]) == (one.key, "Hello")
    answer = await secretariat.post(f"/returns/{found}/seen", {"note": "Answered by telephone"})
    assert answer.status_code == 200, answer.text
    read = (await operator.get(f"/returns/{found}")).json()
    assert read == answer.json()
    assert (read["state"], read["seen_by"], read["note"]) == (
        "seen",
        "A secretariat",
        "Answered by telephone",
    )
    assert found not in {item["id"] for item in await operator.all("/returns", state="open")}
    unknown = await secretariat.post(f"/returns/{'f' * 64}/seen", {"note": ""})
    assert unknown.status_code == 404


async def test_a_returned_message_can_be_had_as_it_came_and_never_as_a_page(
    installation: Installation,
) -> None:
    parts, content = parts_of(installation), b"Content-Type: text/html\r\n\r\n<script>alert(1)</script>\xff"
    card = ReturnCard(id="ab" * 32, kind="unclear", recorded_at=NOW, size=len(content))
    await returned.keep(parts.database, parts.documents, card, content)
    answer = await installation.secretariat.get(f"/returns/{card.id}/content")
    assert answer.content == content
    assert answer.headers["Content-Type"] == "message/rfc822"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (await installation.secretariat.get(f"/returns/{'e' * 64}/content")).status_code == 404


async def test_a_report_about_a_message_of_ours_names_it_and_waits_for_nobody(
    installation: Installation,
) -> None:
    one = await mailed(installation, "XAA", "ada@land.example", "focal_point")
    found = await came_back(installation, [one.key], kind="delayed")
    shown = (await installation.secretariat.get(f"/returns/{found}")).json()
    assert (shown["state"], shown["mail"], shown["kind"]) == ("noted", one.key, "delayed")
    story = (await installation.secretariat.get(f"/mails/{one.key}")).json()["story"]
    assert (story[-1]["what"], story[-1]["report"]) == ("delayed", found)


@pytest.mark.parametrize("query", [{"state": "lost"}, {"country": "xa"}, {"kind": "A B"}, {"colour": "red"}])
async def test_a_filter_that_is_none_is_refused(installation: Installation, query: dict[str, str]) -> None:
    assert (await installation.secretariat.get("/mails", **query)).status_code == 422
