"""Drafts: saved by section and version, nothing lost between two editors, the country's and not a person's."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from framework.terms import Role
from storage import drafts
from storage.documents import Documents
from storage.drafts import Clash, Place, SavedText, Saving
from storage.engine import Database
from storage.rebuilding import check_rebuild_from
from tests.storage.samples import NOON
from tests.storage.test_rebuilding import lived

KEY = "progress_report-2027"
HERE = Place(country="XAA", key=KEY, section="obstacles")


def saving(text: str, based_on: int = 0, by: str = "p-1", role: Role = Role.FOCAL_POINT) -> Saving:
    return Saving(content={"obstacles": text}, based_on=based_on, by=by, role=role, at=NOON)


async def the_text(database: Database, place: Place = HERE) -> SavedText:
    return (await drafts.standing(database, place.country, place.key))[place.section]


async def test_a_section_is_saved_version_by_version_with_who_and_when(database: Database) -> None:
    first = await drafts.save(database, HERE, saving("Roads"))
    later = Saving(
        content={"obstacles": "Rain"}, based_on=1, by="p-2", role=Role.DEPUTY, at=NOON + timedelta(hours=1)
    )
    second = await drafts.save(database, HERE, later)
    assert (first.version, second.version) == (1, 2)
    found = await the_text(database)
    assert found == second
    assert (found.content, found.by, found.role) == ({"obstacles": "Rain"}, "p-2", Role.DEPUTY)
    assert found.saved_at == NOON + timedelta(hours=1)


async def test_the_same_text_again_is_no_new_version(database: Database) -> None:
    await drafts.save(database, HERE, saving("Roads"))
    again = await drafts.save(database, HERE, saving("Roads"))
    assert again.version == 1


async def test_two_editors_clash_and_both_texts_are_kept(database: Database) -> None:
    await drafts.save(database, HERE, saving("Roads"))
    await drafts.save(database, HERE, saving("Theirs", 1, "p-2", Role.DEPUTY))
    with pytest.raises(Clash) as caught:
        await drafts.save(database, HERE, saving("Mine", 1))
    assert caught.value.theirs.content == {"obstacles": "Theirs"}
    assert caught.value.mine.content == {"obstacles": "Mine"}
    assert (await the_text(database)).content == {"obstacles": "Theirs"}
    aside = await drafts.set_aside(database, "XAA", KEY)
    assert [(one.content, one.by) for one in aside["obstacles"]] == [({"obstacles": "Mine"}, "p-1")]


async def test_what_is_typed_on_during_a_clash_replaces_only_ones_own_text(database: Database) -> None:
    await drafts.save(database, HERE, saving("Theirs", 0, "p-2"))
    for text in ("Mine", "Mine, longer"):
        with pytest.raises(Clash):
            await drafts.save(database, HERE, saving(text))
    with pytest.raises(Clash):
        await drafts.save(database, HERE, saving("A third", 0, "p-3"))
    found = (await drafts.set_aside(database, "XAA", KEY))["obstacles"]
    assert {one.by: one.content["obstacles"] for one in found} == {"p-1": "Mine, longer", "p-3": "A third"}


async def test_a_clash_ends_with_the_choice_of_one_text_or_of_both_together(database: Database) -> None:
    await drafts.save(database, HERE, saving("Theirs", 0, "p-2"))
    with pytest.raises(Clash):
        await drafts.save(database, HERE, saving("Mine"))
    together = await drafts.save(database, HERE, saving("Theirs and mine", 1))
    assert together.version == 2
    assert await drafts.set_aside(database, "XAA", KEY) == {}
    with pytest.raises(Clash):
        await drafts.save(database, HERE, saving("Old", 1, "p-2"))
    assert await drafts.let_go(database, HERE, "p-2")
    assert not await drafts.let_go(database, HERE, "p-2")
    assert (await the_text(database)) == together


async def test_the_text_that_stands_is_never_given_up(database: Database) -> None:
    await drafts.save(database, HERE, saving("Roads", by="p-1"))
    assert not await drafts.let_go(database, HERE, "")
    assert (await the_text(database)).content == {"obstacles": "Roads"}


async def test_of_two_who_save_first_at_the_same_moment_neither_loses_a_text(database: Database) -> None:
    both = [drafts.save(database, HERE, saving(who, by=who)) for who in ("p-1", "p-2")]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in results) == ["Clash", "SavedText"]
    aside = (await drafts.set_aside(database, "XAA", KEY))["obstacles"]
    assert {(await the_text(database)).by, aside[0].by} == {"p-1", "p-2"}


async def test_sections_tasks_and_countries_do_not_touch_each_other(database: Database) -> None:
    places = [
        HERE,
        Place(country="XAA", key=KEY, section="progress"),
        Place(country="XAA", key="roadmap", section="obstacles"),
        Place(country="XAB", key=KEY, section="obstacles"),
    ]
    for number, place in enumerate(places):
        await drafts.save(database, place, saving(str(number)))
    assert [(await the_text(database, place)).content["obstacles"] for place in places] == list("0123")
    assert set(await drafts.keys(database, "XAA")) == {KEY, "roadmap"}


async def test_a_closed_draft_is_kept_until_the_year_ends(database: Database) -> None:
    await drafts.save(database, HERE, saving("Roads"))
    await drafts.close(database, "XAA", KEY, datetime(2027, 4, 30, tzinfo=UTC))
    assert (await the_text(database)).closed_at == datetime(2027, 4, 30, tzinfo=UTC)
    assert await drafts.keys(database, "XAA") == {}
    await drafts.close(database, "XAA", "roadmap", datetime(2027, 12, 31, 23, tzinfo=UTC))
    assert (await the_text(database)).content == {"obstacles": "Roads"}
    await drafts.close(database, "XAA", "roadmap", datetime(2028, 1, 1, tzinfo=UTC))
    assert await drafts.standing(database, "XAA", KEY) == {}


async def test_what_is_typed_after_a_closing_opens_the_draft_again(database: Database) -> None:
    await drafts.save(database, HERE, saving("Roads"))
    await drafts.close(database, "XAA", KEY, NOON)
    again = await drafts.save(database, HERE, saving("Bridges", 1))
    assert (again.version, again.closed_at) == (2, None)
    await drafts.close(database, "XAA", KEY, NOON)
    anew = await drafts.save(database, HERE, saving("Another matter"))
    assert (anew.version, anew.content) == (3, {"obstacles": "Another matter"})


async def test_a_rebuild_leaves_drafts_alone(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    saved = await drafts.save(database, HERE, saving("Roads"))
    assert (await check_rebuild_from(source, database, documents)).differences == []
    assert await the_text(database) == saved
