"""A country that lives in a test: a state, a clock that the test moves, and the same doors as in the workflow."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from contracts.letters import LetterOrder
from contracts.messages import Actor, DecisionAnswer, Envelope, Receipt
from contracts.starting import ImportedCountry, Registration, imported, registered
from contracts.state import ChildNote, CountryState, MailOrder, StatusChange, Task
from framework.decision_record import GcmDecision
from framework.findings import Findings
from framework.terms import DecisionKind, Status
from tests.process import papers as p
from workflows.process import beginning, decisions, doors, examining, letters_sent, moments
from workflows.process.ledger import Ledger

NOON = time(12, tzinfo=UTC)


class Refused(AssertionError):
    """The rules refused a submission that the test meant to be accepted."""


class Life:
    """One country under way."""

    def __init__(self, state: CountryState, today: date) -> None:
        self.state, self.now, self.ids = state, datetime.combine(today, NOON), count(1)
        beginning.begin(self._ledger())

    @classmethod
    def candidate(cls, today: date) -> "Life":
        """A country whose expression of interest was just registered."""
        letter = p.expression(today)
        return cls(registered(Registration(message_id="r", actor=p.SECRETARIAT, expression=letter)), today)

    @classmethod
    def active(cls, today: date, granted: date, **history: Any) -> "Life":
        """An imported active country with the papers of `tests.process.papers`."""
        change = StatusChange(before=Status.CANDIDATE, after=Status.ACTIVE, on=granted, because="grant")
        known: dict[str, Any] = {
            "status": Status.ACTIVE,
            "status_history": [change],
            "priorities": ["children", "force"],
            "bodies": ["Committee 8.7"],
            "ministry_email": "ministry@labour.example.org",
            **history,
        }
        country = ImportedCountry(
            code="XAA", name="Aruna", focal_point=p.PERSON, imported_by=p.SECRETARIAT, **known
        )
        return cls(imported(country), today)

    def at(self, day: date) -> "Life":
        """Lets time pass, moment by moment, until noon (UTC) of a day."""
        goal = datetime.combine(day, NOON)
        while (moment := moments.next_moment(self.state)) is not None and moment.at <= goal:
            self.now = max(self.now, moment.at)
            moments.pass_time(self._ledger())
        self.now = goal
        return self

    def wakes(self, day: date) -> "Life":
        """Sleeps through everything and wakes at noon of a day."""
        self.now = datetime.combine(day, NOON)
        moments.pass_time(self._ledger())
        return self

    def examine(self, submission: Any, by: Actor = p.SECRETARIAT, **more: Any) -> Findings:
        """What the rules say of a submission now."""
        return examining.examine(self.state, self._envelope(submission, by, **more), self.now)

    def refusals(self, submission: Any, by: Actor = p.SECRETARIAT, **more: Any) -> set[str]:
        """The keys with which a submission is refused now."""
        return {one.key for one in self.examine(submission, by, **more).problems}

    def hand_in(self, submission: Any, by: Actor = p.SECRETARIAT, **more: Any) -> Receipt:
        """Hands in something that must be accepted."""
        findings = self.examine(submission, by, **more)
        if not findings.ok:
            raise Refused([(one.key, one.where, dict(one.values)) for one in findings.problems])
        receipt = doors.accept(self._ledger(), self._envelope(submission, by, **more))
        self.issue()
        return receipt

    def issue(self) -> None:
        """Approved letters are made and sent, as the worker does it moments later."""
        orders, self.state.outbox.letters = self.state.outbox.letters, []
        for order in orders:
            made = p.LETTER if order.handed_in is None else order.handed_in
            letters_sent.issued(self._ledger(), order, made)

    def fails(self, number: str, why: str) -> None:
        """A letter turns out not to be possible as it is."""
        letters_sent.failed(self._ledger(), LetterOrder(number=number), why)

    def decide(self, decision: GcmDecision) -> DecisionAnswer:
        """Sends a decision."""
        return decisions.decide(self._ledger(), decision)

    def accepted(self, kind: DecisionKind, day: date, **changes: Any) -> None:
        """Sends a decision that must be accepted."""
        answer = self.decide(p.decision(kind, day, **changes))
        assert answer.answer == "accepted", answer.reasons

    def task(self, key: str) -> Task:
        """A task by its key."""
        return self.state.tasks[key]

    def open_keys(self) -> set[str]:
        """The keys of the open tasks."""
        return {task.key for task in self._ledger().open_tasks()}

    def kinds(self) -> list[str]:
        """The kinds of the timeline's entries, in their order."""
        return [entry.kind for entry in self.state.entries]

    def mails(self, *kinds: str) -> list[MailOrder]:
        """The messages of some kinds that were ordered so far."""
        return [mail for mail in self.state.outbox.mails if mail.kind in kinds]

    def told(self, child: str) -> list[ChildNote]:
        """What a child workflow is to be told."""
        return [note for note in self.state.outbox.notes if note.id == child]

    def flags(self) -> dict[str, list[int]]:
        """The open flags with their years."""
        return {
            flag.indicator: flag.years
            for flag in self.state.flags
            if flag.cleared_on is None and flag.considered_on is None
        }

    def _envelope(self, submission: Any, by: Actor, **more: Any) -> Envelope:
        return Envelope(message_id=f"m-{next(self.ids)}", actor=by, submission=submission, **more)

    def _ledger(self) -> Ledger:
        return Ledger(state=self.state, now=self.now)


def after(day: date, days: int) -> date:
    """So many days after a day."""
    return day + timedelta(days=days)
