"""Row 33, floods: one person, or many together, are told to wait; other people and other countries are answered."""

import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from limits import strategies
from limits.storage import memory

from api import quotas
from api.deps import Parts
from api.problems import ProblemError
from api.quotas import Quotas
from framework.terms import Role
from tests.api.conftest import Caller, Installation

COMMENT = {"kind": "comments_of_nobody", "comments": []}
"""Refused for its shape, which costs the country nothing: what is measured is how often somebody comes."""


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """All acts come within one minute of the clock, however long a machine takes for them and whenever it begins: at the
    turn of a minute what came in the last one counts by and by less."""
    moment = 60 * (time.time() // 60) + 30
    standing = SimpleNamespace(time=lambda: moment)
    for module in (memory, strategies, quotas):
        monkeypatch.setattr(module, "time", standing)


@pytest.fixture
def measured(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Twenty acts a minute for a person, fifty for a country."""
    parts: Parts = installation.app.state.parts
    kept = parts.quotas
    object.__setattr__(parts, "quotas", Quotas(person=20, country=50))
    yield
    object.__setattr__(parts, "quotas", kept)


async def comments(caller: Caller, code: str, count: int) -> list[Any]:
    """Answers to so many comments, one after the other."""
    return [await caller.submit(code, COMMENT) for _ in range(count)]


async def test_row_33_a_thousand_comments_of_one_person_are_cut_short_and_others_go_on(
    installation: Installation, measured: None
) -> None:
    here, elsewhere = await installation.candidate(), await installation.candidate()
    angry = installation.person(Role.MWG, name="An angry member")
    answers = await comments(angry, here, 1000)
    assert [one.status_code for one in answers].count(429) == 980
    for answer in answers[20:]:
        assert answer.headers["content-type"] == "application/problem+json"
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert (await angry.get(f"/countries/{here}")).status_code == 200
    other = installation.person(Role.MWG, name="Another member")
    for code in (here, elsewhere):
        assert (await other.submit(code, COMMENT)).status_code != 429
        assert (await other.get(f"/countries/{code}/tasks")).status_code == 200


async def test_row_33_many_persons_together_do_not_bury_one_country(
    installation: Installation, measured: None
) -> None:
    here, elsewhere = await installation.candidate(), await installation.candidate()
    crowd = [installation.person(Role.MWG, name=f"Member {number}") for number in range(10)]
    statuses = [one.status_code for member in crowd for one in await comments(member, here, 10)]
    assert statuses.count(429) >= 40
    assert (await installation.person(Role.GCM).submit(elsewhere, COMMENT)).status_code != 429


async def test_row_33_nobody_fills_the_measure_of_a_country_that_they_do_not_see(
    installation: Installation, measured: None
) -> None:
    neighbour = await installation.candidate()
    for number in range(6):
        stranger = installation.person(Role.FOCAL_POINT, "XAA", name=f"Stranger {number}")
        assert {one.status_code for one in await comments(stranger, neighbour, 19)} <= {404, 422}
    mine = await installation.person(Role.FOCAL_POINT, neighbour).submit(neighbour, COMMENT)
    assert mine.status_code != 429


async def test_row_33_uploads_and_calendars_count_too(installation: Installation, measured: None) -> None:
    busy = installation.person(Role.SECRETARIAT, name="A busy secretariat")
    assert [(await busy.upload("XAA")).status_code for _ in range(22)] == [201] * 20 + [429] * 2


async def test_row_33_reading_does_not_count(installation: Installation, measured: None) -> None:
    assert {(await installation.secretariat.get("/me")).status_code for _ in range(60)} == {200}


def test_row_33_what_is_refused_does_not_count_and_the_wait_is_told() -> None:
    floods = Quotas(person=2, country=1)
    floods.admit(("mwg", "", "A"), "XAA")
    for _ in range(5):
        with pytest.raises(ProblemError, match="all together for XAA") as refused:
            floods.admit(("mwg", "", "A"), "XAA")
        assert refused.value.status_code == 429
    floods.admit(("mwg", "", "A"), "XAB")
    with pytest.raises(ProblemError, match="You have"):
        floods.admit(("mwg", "", "A"), "XAC")
    floods.admit(("mwg", "", "B"), "XAC")
