"""What happens when a candidate's submissions are accepted (EOI and PLN clauses), and a roadmap at any time."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.state import Entry, Recipient
from framework.records import (
    CommentAnswers,
    Introduction,
    NapSubmission,
    PeerIntroduction,
    Presentation,
    ProfileText,
    ReplyLetter,
    Roadmap,
    StakeholderList,
    Stocktaking,
    Timetable,
    Workshop,
)
from framework.terms import Category, LetterKind, Role, Status, TaskState
from workflows.process import comments, letters, telling
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats
from workflows.process.reporting import record_participation

CANDIDATE_TASKS = (
    ("timetable", "EOI-06"),
    ("stakeholder_list", "EOI-07"),
    ("stocktaking", "EOI-09"),
    ("workshop", "PLN-01"),
    ("roadmap", "PLN-05"),
)


def open_candidate_tasks(ledger: Ledger) -> None:
    """The tasks of a candidate that has been answered; what is on record already needs no task."""
    candidacy = ledger.state.candidacy
    done = {
        "timetable": candidacy.timetable_given,
        "stakeholder_list": bool(candidacy.categories_identified and candidacy.bodies),
        "stocktaking": candidacy.stocktaking_versions > 0,
        "workshop": candidacy.workshops > 0,
        "roadmap": candidacy.roadmap_versions > 0,
    }
    for kind, clause in CANDIDATE_TASKS:
        if not done[kind]:
            ledger.open_task(kind, clause, Role.FOCAL_POINT)


def introduction(ledger: Ledger, record: Introduction, entry: Entry, day: date) -> None:
    """EOI-01: nothing follows; the task is done."""


def peer_introduction(ledger: Ledger, record: PeerIntroduction, entry: Entry, day: date) -> None:
    """EOI-01: both focal points are told."""
    peer = Recipient(role=f"{Role.FOCAL_POINT.value}:{record.with_country}")
    person = ledger.state.focal_point
    ledger.mail(
        "peer_introduction",
        [*focal_point(ledger.state), peer],
        with_country=record.with_country,
        on=record.on,
        focal_point=person.name,
        focal_point_email=person.email,
    )


def reply_letter(ledger: Ledger, record: ReplyLetter, entry: Entry, day: date) -> None:
    """EOI-05: the letter goes to the focal point, and the candidate's tasks open."""
    of_record = letters.by_hand(
        ledger,
        LetterKind.REPLY,
        "reply_letter",
        because=letters.of_entry(entry.number),
        handed_in=record.letter,
        said={"text": record.text},
    )
    if not of_record:
        ledger.mail("reply_letter", focal_point(ledger.state), text=record.text)
    open_candidate_tasks(ledger)


def timetable(ledger: Ledger, record: Timetable, entry: Entry, day: date) -> None:
    """EOI-06: the candidate's own dates become the due dates of workshop and roadmap."""
    _change(ledger, timetable_given=True)
    for kind, clause, due in (
        ("workshop", "PLN-01", record.workshop_on),
        ("roadmap", "PLN-05", record.roadmap_on),
    ):
        if due is None or (kind == "roadmap" and ledger.state.candidacy.roadmap_versions):
            continue
        if standing := ledger.open_tasks(kind):
            ledger.redate_task(standing[0].key, due)
            standing[0].state = TaskState.OPEN
        else:
            ledger.open_task(kind, clause, Role.FOCAL_POINT, due_on=due)


def stakeholder_list(ledger: Ledger, record: StakeholderList, entry: Entry, day: date) -> None:
    """EOI-07, EOI-08: who is to take part, and through which body."""
    found = {one.category for one in record.stakeholders if one.category}
    bodies = [body.name for body in record.bodies]
    ledger.state.bodies = bodies
    _change(ledger, categories_identified=_ordered(found), bodies=tuple(bodies))


def stocktaking(ledger: Ledger, record: Stocktaking, entry: Entry, day: date) -> None:
    """EOI-09: a version more; it stays open for updates for the life of the process."""
    _change(ledger, stocktaking_versions=ledger.state.candidacy.stocktaking_versions + 1)
    record_participation(ledger, record.consultations)


def workshop(ledger: Ledger, record: Workshop, entry: Entry, day: date) -> dict[str, Any]:
    """PLN-01, PLN-02: one more workshop; who took part adds up over all of them."""
    before = ledger.state.candidacy
    explained = {one.category for one in record.absences if one.category and one.reason.strip()}
    _change(
        ledger,
        workshops=before.workshops + 1,
        categories_at_workshops=_ordered({*before.categories_at_workshops, *record.participants}),
        absences_explained=_ordered({*before.absences_explained, *explained}),
    )
    return {
        "categories": [one.value for one in before.categories_at_workshops],
        "explained": [one.value for one in before.absences_explained],
    }


def roadmap(ledger: Ledger, record: Roadmap, entry: Entry, day: date) -> None:
    """PLN-05, PLN-13: it stands; a candidate is presented next, an active country's profile is brought up to date."""
    _adopt(ledger, record, nap_route=False)
    record_participation(ledger, record.consultations)


def nap_submission(ledger: Ledger, record: NapSubmission, entry: Entry, day: date) -> None:
    """PLN-04: reviewed national action plans stand in place of a roadmap."""
    _adopt(ledger, record, nap_route=True)
    record_participation(ledger, record.consultations)


def presentation(ledger: Ledger, record: Presentation, entry: Entry, day: date) -> dict[str, Any]:
    """PLN-07: the country is on the agenda; the GCM's members and the focal point are told, with the date."""
    before, earlier = ledger.state.candidacy, ledger.open_tasks("roadmap_decision")
    _change(ledger, presented_at=record.meeting, presented_on=record.meeting_on)
    ledger.mail(
        "presentation",
        [*seats(Role.GCM), *focal_point(ledger.state)],
        event_on=record.meeting_on,
        event_title=record.meeting,
        meeting=record.meeting,
        meeting_on=record.meeting_on,
        place=record.place,
    )
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "roadmap_decision", reason="presented again")
    ledger.open_task(
        "roadmap_decision",
        "PLN-09",
        Role.GCM,
        due_on=record.meeting_on,
        meeting=record.meeting,
        presentation=entry.number,
    )
    return {
        "presented_at": before.presented_at,
        "presented_on": before.presented_on,
        "presentation": earlier[0].values.get("presentation") if earlier else None,
    }


def comment_answers(ledger: Ledger, record: CommentAnswers, entry: Entry, day: date) -> None:
    """PLN-08: answers by number; the task ends when no comment is left without one."""
    comments.answer(ledger, "roadmap", record.answers)
    left = comments.unanswered(ledger.state, "roadmap")
    _change(ledger, unanswered_comments=left)
    if not left:
        ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "comment_answers")
    ledger.mail("comments_answered", seats(Role.SECRETARIAT), left=list(left))


def profile_text(ledger: Ledger, record: ProfileText, entry: Entry, day: date) -> None:
    """PLN-10, PLN-13: the public profile has an approved text."""
    ledger.state.profile_text_version = ledger.version or 0
    ledger.touch()


def take_back_workshop(ledger: Ledger, undo: dict[str, Any]) -> None:
    """A workshop that was entered by mistake no longer counts."""
    _change(
        ledger,
        workshops=max(0, ledger.state.candidacy.workshops - 1),
        categories_at_workshops=tuple(Category(one) for one in undo["categories"]),
        absences_explained=tuple(Category(one) for one in undo["explained"]),
    )
    if ledger.state.status is Status.CANDIDATE and not ledger.state.candidacy.workshops:
        ledger.open_task("workshop", "PLN-01", Role.FOCAL_POINT)


def count_unanswered(ledger: Ledger) -> tuple[int, ...]:
    """Brings up to date which of the GCM's comments wait for an answer, and returns their numbers."""
    left = comments.unanswered(ledger.state, "roadmap")
    _change(ledger, unanswered_comments=left)
    return left


def present_as_before(ledger: Ledger, before: dict[str, Any]) -> None:
    """The presentation that stood before is on the GCM's agenda again, with the decision that it waits for."""
    day = before.get("presented_on")
    if not day:
        return
    meeting = str(before.get("presented_at", ""))
    _change(ledger, presented_at=meeting, presented_on=date.fromisoformat(day))
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "presentation", reason="presented")
    ledger.open_task(
        "roadmap_decision",
        "PLN-09",
        Role.GCM,
        meeting=meeting,
        presentation=before.get("presentation"),
        restored_on=day,
    )


def take_back_presentation(ledger: Ledger, before: dict[str, Any]) -> None:
    """A presentation that was entered by mistake: the one before it stands, if there is one and it was not decided on."""
    earlier = before if ledger.state.candidacy.presented_on is not None else {}
    _change(ledger, presented_at="", presented_on=None)
    if ledger.state.status is not Status.CANDIDATE:
        return
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "roadmap_decision", reason="not presented")
    if earlier.get("presented_on"):
        present_as_before(ledger, earlier)
    else:
        ledger.open_task("presentation", "PLN-07", Role.SECRETARIAT)


def _adopt(ledger: Ledger, record: Roadmap | NapSubmission, *, nap_route: bool) -> None:
    state = ledger.state
    state.priorities = [priority.key for priority in record.priorities]
    state.next_steps = [step.key for step in record.next_steps]
    _change(ledger, roadmap_versions=state.candidacy.roadmap_versions + 1, nap_route=nap_route)
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind in {"roadmap", "adapted_roadmap"})
    if state.status is Status.CANDIDATE:
        if state.candidacy.presented_on is None:
            ledger.open_task("presentation", "PLN-07", Role.SECRETARIAT)
    else:
        task = ledger.open_task("profile_text", "PLN-13", Role.SECRETARIAT, because="roadmap")
        ledger.mail("profile_task", seats(Role.SECRETARIAT), task=task.key, due_on=task.due_on)


def _change(ledger: Ledger, **changes: Any) -> None:
    ledger.state.candidacy = replace(ledger.state.candidacy, **changes)
    ledger.touch()


def _ordered(categories: set[Category]) -> tuple[Category, ...]:
    return tuple(category for category in Category if category in categories)


def nudge(ledger: Ledger) -> None:
    """A candidate was silent for the policy's days: it is asked how it goes, and the Secretariat is told (no time limit)."""
    state = ledger.state
    state.nudges += 1
    ledger.note("candidate_nudged", "EOI-06", number=state.nudges)
    waiting = [task for task in ledger.open_tasks() if task.role is Role.FOCAL_POINT]
    ledger.mail(
        "candidate_nudge",
        [*focal_point(ledger.state), *seats(Role.SECRETARIAT)],
        step=f"{state.nudges}-{ledger.today.isoformat()}",
        open_tasks=[task.kind for task in waiting],
        due_dates=telling.due_dates(waiting, by_kind=True),
    )
    state.last_heard_at = ledger.now
