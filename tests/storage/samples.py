"""Small records for tests, all of them lawful; change what a test is about with keyword arguments."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.letters import Letter
from contracts.messages import DecisionAnswer
from contracts.rows import Batch, CountryRow, Delivery, Undelivered
from contracts.state import Comment, Content, DecisionRecord, Entry, Flag, MailOrder, Task, Version
from framework.decision_record import GcmDecision
from framework.facts import Cycle
from framework.records import Contact
from framework.terms import Consensus, DecisionKind, Language, LetterKind, Role, Stage, Status
from storage.canonical import canonical, sha256

NOON = datetime(2027, 1, 30, 12, tzinfo=UTC)


def country_row(code: str = "XAA", revision: int = 1, **changes: Any) -> CountryRow:
    """A country as the board shows it."""
    row = CountryRow(
        code=code,
        name=f"Land {code}",
        language=Language.ENGLISH,
        status=Status.ACTIVE,
        stage=Stage.REPORTING,
        status_since=date(2024, 6, 1),
        status_history=[],
        revision=revision,
        edition="2026-1",
        cycle=2027,
        focal_point=Contact(name="Ada Ámbar", email="ada@land.example"),
        deputies=[],
        ministry="Ministry of Labour",
        ministry_email="",
        next_deadline=NOON + timedelta(days=90),
        next_deadline_task="progress_report-2027",
        late=False,
        flags=[],
        assessment=None,
        benefits=[],
        dialogues=[],
        reactivations=[],
        unmet=[],
        paused_on=None,
        refusals=[],
        refusal_count=0,
        updated_at=NOON,
    )
    return row.model_copy(update=changes)


def undelivered(task: str = "mail_failed-k-1") -> Undelivered:
    """A message that came back from a deputy."""
    return Undelivered(kind="reminder", since=NOON, state="bounced", to="deputy", task=task)


def flag(indicator: str, cleared_on: date | None = None) -> Flag:
    """A flag that was raised on two years."""
    return Flag(indicator=indicator, years=[2025, 2026], raised_on=date(2026, 9, 30), cleared_on=cleared_on)


def task(key: str = "progress_report-2027", **changes: Any) -> Task:
    """A focal point's task."""
    made = Task(
        key=key,
        kind=key.partition("-")[0],
        clause="REP-02",
        role=Role.FOCAL_POINT,
        year=2027,
        opened_at=NOON,
        due_on=date(2027, 4, 30),
        due_at=datetime(2027, 5, 1, 11, 59, 59, tzinfo=UTC),
    )
    return made.model_copy(update=changes)


def entry(number: int = 1, **changes: Any) -> Entry:
    """A line of the timeline."""
    made = Entry(number=number, at=NOON + timedelta(minutes=number), kind="progress_report", year=2027)
    return made.model_copy(update=changes)


def content(text: str = "what was handed in") -> Content:
    """The content of a version."""
    body = {"kind": "progress_report", "text": text}
    return Content(sha256=sha256(canonical(body)), body=body)


def version(number: int = 1, of: Content | None = None, **changes: Any) -> Version:
    """A version of a progress report."""
    made = Version(kind="progress_report", number=number, year=2027, entry=number, at=NOON)
    return made.model_copy(update={"sha256": of.sha256 if of else ""} | changes)


def decision(decision_id: str = "gcm-1", at: datetime | None = NOON) -> DecisionRecord:
    """A decision that was accepted."""
    return DecisionRecord(
        decision=GcmDecision(
            id=decision_id, kind=DecisionKind.GRANT, meeting="GCM 12", consensus=Consensus.REACHED
        ),
        answer=DecisionAnswer(decision_id=decision_id, answer="accepted" if at else "pending", at=at),
    )


def comment(number: int = 1, about: str = "roadmap") -> Comment:
    """A comment of the GCM."""
    return Comment(number=number, about=about, text="Which budget?", made_at=NOON)


def letter(place: int = 1, code: str = "XAA", **changes: Any) -> Letter:
    """A letter of record, a draft."""
    made = Letter(
        number=f"A8.7/{code}/2027/{place}",
        kind=LetterKind.GRANTED,
        language=Language.ENGLISH,
        drafted_at=NOON + timedelta(minutes=place),
        draft="0" * 64,
    )
    return made.model_copy(update=changes)


def full_batch(code: str = "XAA", revision: int = 1) -> Batch:
    """A batch with a row of every kind."""
    handed_in = content(f"report of {code}")
    return Batch(
        code=code,
        revision=revision,
        country=country_row(code, revision),
        tasks=[task(), task("indicator_framework-2027")],
        entries=[entry(1), entry(2, kind="reminder")],
        versions=[version(of=handed_in)],
        contents=[handed_in],
        decisions=[decision()],
        cycles=[Cycle(year=2027, evidence={"A survey": "progress"}), Cycle(year=2026, closed=True)],
        comments=[comment(1), comment(2)],
        letters=[letter(1, code), letter(2, code)],
    )


def order(kind: str = "reminder", **changes: Any) -> MailOrder:
    """A message about a country."""
    made = MailOrder(
        kind=kind,
        country="XAA",
        cycle="2027",
        step="progress_report-2027-2027-01-30",
        to=[],
        values={"country_name": "Land XAA", "task_kind": "progress_report", "due_on": "2027-04-30"},
        task="progress_report-2027",
        due_at=NOON,
        made_at=NOON,
    )
    return made.model_copy(update=changes)


def delivery(key: str = "XAA-2027-reminder-1", **changes: Any) -> Delivery:
    """A message on its way to a focal point."""
    made = Delivery(
        key=key,
        order=order(),
        to_name="Ada Ámbar",
        to_email="ada@land.example",
        language=Language.ENGLISH,
    )
    return made.model_copy(update=changes)
