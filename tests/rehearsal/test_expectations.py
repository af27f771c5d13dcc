"""An expectation that is not met is told with what was expected and what was found; one that is met is silent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from contracts.messages import DecisionAnswer
from contracts.rows import Delivery
from contracts.state import (
    Comment,
    CountryState,
    DecisionRecord,
    Dialogue,
    Entry,
    Flag,
    MailOrder,
    Rung,
    Task,
    Version,
)
from framework.cycle import end_of_day
from framework.decision_record import GcmDecision
from framework.editions import CURRENT, edition
from framework.facts import Cycle
from framework.findings import Finding
from framework.records import Contact
from framework.review import assess
from framework.terms import DecisionKind, Language, Role, Status, TaskState
from rehearsal.expectations import differences
from rehearsal.seen import Seen
from rehearsal.wanted import Expectation
from workflows.process import view

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)


def seen() -> Seen:
    """An active country with a late report, a flag, a refused decision, a dialogue, two mails."""
    report = Task(
        key="progress_report-2031",
        kind="progress_report",
        clause="REP-01",
        role=Role.FOCAL_POINT,
        year=2031,
        opened_at=NOON,
        due_on=date(2031, 4, 30),
        due_at=end_of_day(date(2031, 4, 30)),
        state=TaskState.LATE,
        rungs=[Rung(number=1, offset=0, at=NOON, outcome="sent"), Rung(number=2, offset=14, at=NOON)],
    )
    cycles = [
        Cycle(year=2030, closed=True),
        Cycle(year=2031, due_on=date(2031, 4, 30), review_due_on=date(2031, 9, 30)),
    ]
    state = CountryState(
        edition=CURRENT,
        policy=edition(CURRENT).policy,
        code="XAA",
        name="Arcadia",
        status=Status.ACTIVE,
        status_since=date(2029, 1, 1),
        focal_point=Contact(name="Mara Velt", email="mara.velt@labour.example"),
        cycle=2031,
        cycles=cycles,
        tasks={report.key: report},
        comments=[Comment(number=3, about="roadmap", text="Why?", made_at=NOON)],
        flags=[Flag(indicator="no_report", years=[2029, 2030], raised_on=date(2030, 10, 1))],
        dialogues=[Dialogue(number=1, opened_on=date(2031, 1, 1), meetings=2)],
        changed_at=NOON,
    )
    return Seen(
        state=state,
        row=view.row(state),
        why=assess(cycles, NOON.date()),
        tasks={report.key: report},
        entries=[Entry(number=1, at=NOON, kind="reminder", clause="REP-07", year=2031, values={"rung": 5})],
        versions=[Version(kind="roadmap", number=1, entry=1, at=NOON)],
        decisions={"d": refused()},
        mails=[mail("Mara Velt"), mail("Deniz Aru")],
    )


def refused() -> DecisionRecord:
    """A refused grant."""
    reasons = [Finding(key="decision.consensus.blocked"), Finding(key="decision.meeting.missing")]
    answer = DecisionAnswer(decision_id="d", answer="refused", reasons=reasons)
    return DecisionRecord(decision=GcmDecision(id="d", kind=DecisionKind.GRANT), answer=answer)


def mail(name: str) -> Delivery:
    """An escalation to one person."""
    order = MailOrder(
        kind="escalation",
        country="XAA",
        cycle="2031",
        to=[],
        task="progress_report-2031",
        due_at=end_of_day(date(2031, 4, 30)),
        made_at=NOON,
        values={"rung": 7},
    )
    address = f"{name.lower().replace(' ', '.')}@labour.example"
    return Delivery(key=name, order=order, to_name=name, to_email=address, language=Language.ENGLISH)


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {
            "status": "active",
            "cycle": 2031,
            "late": True,
            "paused": False,
            "focal_point": "Mara Velt",
            "ended": False,
        },
        {"status_since": "2029-01-01", "next_deadline": "2031-04-30", "next_task": "progress_report-2031"},
        {"flags": ["no_report"], "considered": [], "cleared": [], "benefits": "open", "unmet": []},
        {"tasks": {"progress_report-2031": "late", "status_letter-2031": "none"}},
        {
            "tasks": {
                "progress_report-2031": {"due_on": "2031-04-30", "reminders_sent": 1, "role": "focal_point"}
            }
        },
        {"open_tasks": ["progress_report-2031"], "unanswered": {"roadmap": [3], "report-2031": []}},
        {"decisions": {"d": "refused", "e": "pending"}},
        {
            "decisions": {
                "d": {
                    "answer": "refused",
                    "reasons": ["decision.meeting.missing", "decision.consensus.blocked"],
                }
            }
        },
        {"dialogue": {"number": 1, "open": True, "meetings": 2}, "reactivation": "none"},
        {"versions": {"roadmap": 1, "stocktaking": 0}, "refusals": 0},
        {
            "timeline": [
                {
                    "kind": "reminder",
                    "on": "2031-05-01",
                    "clause": "REP-07",
                    "values": {"rung": 5},
                    "times": 1,
                }
            ]
        },
        {
            "timeline": [
                {"kind": "reminder", "since": "2031-05-02", "times": 0},
                {"kind": "granted", "times": 0},
            ]
        },
        {
            "mails": [
                {"kind": "escalation", "times": 2},
                {"to": "DENIZ.ARU@labour.example", "until": "2031-05-01"},
            ]
        },
        {"mails": [{"to": "Mara Velt", "values": {"rung": 7}, "task": "progress_report-2031", "times": 1}]},
        {
            "why": {
                "no_report": {"raised": False, "lapsed": {"2030": True, "2031": None}},
                "combination": False,
            }
        },
    ],
)
def test_what_is_as_expected_is_no_difference(wanted: dict[str, object]) -> None:
    assert differences(Expectation.model_validate(wanted), seen()) == []


@pytest.mark.parametrize(
    ("wanted", "what", "expected", "found"),
    [
        ({"status": "inactive"}, "status", "inactive", "active"),
        ({"next_deadline": None}, "next_deadline", "none", "2031-04-30"),
        ({"late": False}, "late", "False", "True"),
        ({"flags": []}, "flags", "none", "no_report"),
        ({"considered": ["no_report"]}, "considered", "no_report", "none"),
        ({"benefits": "suspended"}, "benefits", "suspended", "open"),
        ({"unanswered": {"roadmap": []}}, "unanswered comments on roadmap", "none", "3"),
        ({"tasks": {"progress_report-2031": "done"}}, "task progress_report-2031", "done", "late"),
        ({"tasks": {"progress_report-2031": "none"}}, "task progress_report-2031", "none", "late"),
        ({"tasks": {"roadmap": {"state": "open"}}}, "task roadmap", "there", "none"),
        (
            {"tasks": {"progress_report-2031": {"due_on": "2031-05-31"}}},
            "task progress_report-2031: due_on",
            "2031-05-31",
            "2031-04-30",
        ),
        ({"open_tasks": []}, "open tasks", "none", "progress_report-2031"),
        ({"decisions": {"d": "accepted"}}, "decision d", "accepted", "refused"),
        (
            {"decisions": {"d": {"answer": "refused", "reasons": ["decision.meeting.missing"]}}},
            "decision d: reasons",
            "decision.meeting.missing",
            "decision.consensus.blocked, decision.meeting.missing",
        ),
        ({"dialogue": "none"}, "dialogue", "none", "number 1"),
        ({"dialogue": {"open": False}}, "dialogue: open", "False", "True"),
        ({"reactivation": {"open": True}}, "reactivation", "there", "none"),
        ({"versions": {"roadmap": 2}}, "versions of roadmap", "2", "1"),
        ({"participation": {2031: {"workers": 1}}}, "participation of workers in 2031", "1", "0"),
        ({"timeline": [{"kind": "granted"}]}, "timeline: kind granted", "at least once", "never"),
        (
            {"timeline": [{"kind": "reminder", "times": 2}]},
            "timeline: kind reminder",
            "2 times",
            "1 times",
        ),
        (
            {"mails": [{"kind": "escalation", "to": "Nobody"}]},
            "mail: kind escalation, to Nobody",
            "at least once",
            "never",
        ),
        ({"mails": [{"kind": "escalation", "values": {"rung": 6}, "times": 1}]}, None, "1 times", "0 times"),
        ({"why": {"no_report": True}}, "why no_report: raised", "True", "False"),
        (
            {"why": {"no_report": {"lapsed": {"2019": True}}}},
            "why no_report: lapsed in 2019",
            "True",
            "no such year",
        ),
    ],
)
def test_each_difference_says_what_was_expected_and_what_was_found(
    wanted: dict[str, object], what: str | None, expected: str, found: str
) -> None:
    [difference] = differences(Expectation.model_validate(wanted), seen())
    assert difference[1:] == (expected, found)
    assert what is None or difference[0] == what
