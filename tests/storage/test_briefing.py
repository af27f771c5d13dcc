"""The hand-over brief is gathered from what is on record, and from nothing else (EOI-03)."""

from datetime import date
from typing import Any

import pytest

from contracts.people import Contributor, FormerFocalPoint, PendingSuccessor
from contracts.rows import Batch
from contracts.state import Content, Dialogue
from framework.findings import Finding
from framework.records import Contact, SpecialCircumstances
from framework.review import Assessment, Explanation, YearFinding
from framework.terms import Role, TaskState
from storage import drafts
from storage.briefing import brief_of
from storage.canonical import canonical, sha256
from storage.engine import Database
from storage.writing import write_batch
from tests.storage.samples import NOON, comment, country_row, flag, task, version

TODAY = date(2027, 2, 1)
NEW = Contact(name="Ben Oda", post="Director", email="ben@land.example")
ROADMAP = {
    "kind": "roadmap",
    "priorities": [
        {
            "key": "children",
            "topic": "child_labour",
            "title": "Children",
            "measures": [{"text": "Inspect", "by": "2030-12-31"}],
        }
    ],
    "next_steps": [{"key": "law", "text": "Amend the law", "by": "2027-12-31"}],
}
REPORT = {
    "kind": "progress_report",
    "year": 2026,
    "progress": [{"priority": "children", "text": "Begun", "state": "on track"}],
}


def content(body: dict[str, Any]) -> Content:
    """What was handed in."""
    return Content(sha256=sha256(canonical(body)), body=body)


async def put(database: Database, **more: Any) -> None:
    """Writes a country with what belongs to it."""
    changes = more.pop("row", {})
    batch = Batch(code="XAA", revision=1, country=country_row(**changes), **more)
    await write_batch(database, batch, {one.sha256: one.body for one in batch.contents})


@pytest.mark.clause("EOI-03")
async def test_promises_are_those_of_the_newest_roadmap_with_what_the_last_report_says_of_them(
    database: Database,
) -> None:
    old, new, told = content({**ROADMAP, "priorities": []}), content(ROADMAP), content(REPORT)
    versions = [
        version(1, old, kind="roadmap", year=None),
        version(2, new, kind="roadmap", year=None, entry=2),
        version(1, told, year=2026, entry=3),
    ]
    await put(database, versions=versions, contents=[old, new, told])
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    promises = found.promises
    assert (promises.roadmap_version, promises.report_year, promises.on_paper) == (2, 2026, False)
    (only,) = promises.priorities
    assert (only.title, only.measures[0].by) == ("Children", date(2030, 12, 31))
    assert (only.reported_state, only.reported) == ("on track", "Begun")
    assert [one.text for one in promises.next_steps] == ["Amend the law"]


async def test_a_roadmap_of_which_only_the_fact_is_on_record_is_said_to_lie_on_paper(
    database: Database,
) -> None:
    await put(database, versions=[version(4, None, kind="roadmap", year=None)])
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    assert (found.promises.roadmap_version, found.promises.on_paper) == (4, True)


async def test_deadlines_are_the_countrys_own_open_tasks_the_soonest_first(database: Database) -> None:
    tasks = [
        task("progress_report-2027"),
        task("annual_activities-2027", due_on=date(2027, 3, 31), due_at=NOON),
        task("roadmap", year=None, due_on=None, due_at=None),
        task("status_letter-2026", role=Role.SECRETARIAT),
        task("timetable", state=TaskState.DONE),
    ]
    await put(database, tasks=tasks)
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    assert [one.task for one in found.deadlines] == [
        "annual_activities-2027",
        "progress_report-2027",
        "roadmap",
    ]


async def test_comments_are_the_last_ones_and_all_that_wait_for_an_answer(database: Database) -> None:
    answered = comment(1, "report-2026").model_copy(update={"answer": "So", "answered_at": NOON})
    later = answered.model_copy(update={"number": 2, "made_at": NOON.replace(hour=14)})
    gone = comment(3, "report-2026").model_copy(update={"withdrawn": True, "made_at": NOON.replace(hour=15)})
    await put(database, comments=[comment(1, "roadmap"), answered, later, gone])
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    assert [(one.about, one.number) for one in found.comments] == [("report-2026", 1), ("report-2026", 2)]
    assert [(one.about, one.number) for one in found.unanswered] == [("roadmap", 1)]


@pytest.mark.clause("REV-09", "DIA-02")
async def test_open_questions_are_flags_with_their_reasons_circumstances_and_the_dialogue(
    database: Database,
) -> None:
    clears = (Finding(key="review.clear.hand_in_report", values={"year": "2027"}),)
    years = (
        YearFinding(year=2025, lapsed=True, why="no_report.missing", dates={"judged_on": "2025-09-30"}),
        YearFinding(year=2024, lapsed=False, why="no_report.came", dates={"came_on": "2024-04-01"}),
    )
    why = Explanation(indicator="no_report", clause="REV-09", raised=True, years=years, clears=clears)
    none = Explanation(indicator="combination", clause="REV-14", raised=False, years=(), clears=())
    row = {
        "flags": [flag("no_report"), flag("no_indicators", cleared_on=date(2026, 12, 1))],
        "assessment": Assessment(explanations=(why,), combination=none),
        "circumstances": [
            SpecialCircumstances(note="Elections", starts_on=date(2027, 1, 1)),
            SpecialCircumstances(note="A storm", starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1)),
        ],
        "dialogues": [Dialogue(number=1, opened_on=date(2026, 11, 1), topics=["child_labour"])],
    }
    await put(database, row=row)
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    (only,) = found.flags
    assert [(one.key, one.where) for one in only.reasons] == [("review.no_report.missing", "2025")]
    assert [one.key for one in only.clears] == ["review.clear.hand_in_report"]
    assert [one.note for one in found.circumstances] == ["Elections"]
    assert found.dialogue is not None
    assert found.dialogue.topics == ["child_labour"]


@pytest.mark.clause("EOI-03")
async def test_people_are_all_who_act_for_the_country_who_follow_and_who_leave(database: Database) -> None:
    row = {
        "deputies": [Contact(name="Dia Sow", email="dia@land.example")],
        "pending_successor": PendingSuccessor(
            id="handover-7", contact=NEW, named_on=TODAY, open_until=date(2027, 3, 3), overlap_days=30
        ),
        "former_focal_points": [FormerFocalPoint(id="handover-3", contact=NEW, until_on=date(2027, 2, 9))],
        "contributors": [
            Contributor(id="contributor-8", contact=NEW, tasks=["progress_report"], from_on=TODAY)
        ],
    }
    await put(database, row=row)
    place = drafts.Place(country="XAA", key="progress_report-2026", section="progress")
    saving = drafts.Saving(content={"notes": "Begun"}, based_on=0, by="p-1", role=Role.FOCAL_POINT, at=NOON)
    await drafts.save(database, place, saving)
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    assert [(one.role, one.until_on) for one in found.people] == [
        ("focal_point", None),
        ("successor", date(2027, 3, 3)),
        ("deputy", None),
        ("former_focal_point", date(2027, 2, 9)),
        ("contributor", None),
    ]
    assert found.drafts == ["progress_report"]


async def test_a_bare_country_has_a_brief_and_an_unknown_one_has_none(database: Database) -> None:
    await put(database, row={"focal_point": Contact()})
    found = await brief_of(database, "XAA", TODAY)
    assert found is not None
    assert (found.people, found.promises.roadmap_version, found.drafts) == ([], None, [])
    assert await brief_of(database, "XAB", TODAY) is None
