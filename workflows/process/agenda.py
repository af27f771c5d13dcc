"""What happens to the GCM's items: the agenda, positions beforehand, silence procedures, their ends (PLN-09).

The process never decides: when nobody has objected, a person of the Secretariat is asked to send the decision.
"""

from datetime import date, timedelta
from typing import Any

from contracts.state import CountryState, Entry, HeldPosition, Item
from framework import cycle as dates
from framework.consensus import is_own
from framework.decision_contents import CLAUSES
from framework.decision_kinds import STATUSES
from framework.decision_record import GcmDecision
from framework.findings import Findings, problem
from framework.items import REMINDED_BEFORE, item_name, seat_key
from framework.records import GcmItem, GcmItemEnd, GcmPosition, Submission
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from workflows.process.items import begin, keep, known, open_one, open_ones, standing, with_record
from workflows.process.ledger import Ledger
from workflows.process.recipients import seats

RUNNING, BROKEN, HELD = "running", "broken", "held"
"""How a silence procedure stands: open, ended by an objection, ended without one."""

DECIDED, ENDED, OVERTAKEN = "decided", "ended", "overtaken"
"""How an item ends: by a decision, taken off the agenda, or with what it was about."""

TO_SEND = "send_decision"
"""The Secretariat's task at the end of a silence procedure without objection."""

SEND_WITHIN = timedelta(days=7)


def examine(state: CountryState, record: Submission) -> Findings:
    """What only the country's own items can tell: is there such an item, is it open, is the seat recused."""
    if isinstance(record, GcmItem):
        return _no_objection(state, record)
    if not isinstance(record, GcmPosition | GcmItemEnd) or not record.item.strip():
        return Findings()
    item = known(state, record.item)
    if item is None:
        return problem("item.unknown", "item", "PLN-09", item=record.item[:60])
    clause = CLAUSES[item.kind]
    if item.closed_at is not None:
        return problem("item.closed", "item", clause, item=item.key, decision=item.decision or "-")
    if isinstance(record, GcmItemEnd) and item not in state.items:
        return problem("item.not_on_agenda", "item", clause, item=item.key, task=item.task)
    if isinstance(record, GcmPosition) and _recused(record, state.code):
        return problem("item.position.recused", "seat", clause, who=record.seat.strip()[:100])
    return Findings()


def _recused(record: GcmPosition, code: str) -> bool:
    return is_own(record.seat, code) or record.seat_country.strip().upper() == code


def _no_objection(state: CountryState, record: GcmItem) -> Findings:
    """No silence procedure begins while an objection stands: silence could not end it."""
    if record.silence_until is None or record.decides is None:
        return Findings()
    item = open_one(state, item_name(record.decides, record.year))
    against = [one.seat for one in standing(item) if one.position == "object"] if item else []
    if not against:
        return Findings()
    return problem("item.silence.objection_stands", "silence_until", "PLN-09", who=", ".join(against))


def gcm_item(ledger: Ledger, record: GcmItem, entry: Entry, day: date) -> None:
    """The members are told what is to be decided, where they find its papers and until when they can object."""
    assert record.decides is not None
    state, name = ledger.state, item_name(record.decides, record.year)
    there = open_one(state, name)
    item = with_record(state, there.key) if there else begin(state, record, ledger.now)
    item.meeting, item.meeting_on = record.meeting or item.meeting, record.meeting_on or item.meeting_on
    item.text = record.text.strip() or item.text
    item.documents = list(record.documents) or item.documents
    if record.silence_until is not None:
        _begin_silence(ledger, item, record.silence_until)
    entry.values |= {"item": item.key, "silence": item.silence}
    ledger.touch()
    _tell(ledger, "gcm_item", item, Role.GCM)


def gcm_position(ledger: Ledger, record: GcmPosition, entry: Entry, day: date) -> None:
    """A seat's position; the one that it had before stays on record. An objection ends silence at once."""
    item = with_record(ledger.state, record.item)
    for earlier in item.positions:
        if earlier.replaced_at is None and seat_key(earlier.seat) == seat_key(record.seat):
            earlier.replaced_at = ledger.now
            entry.values["before"] = earlier.position
    item.positions.append(
        HeldPosition(
            seat=record.seat.strip(),
            position=record.position,
            reason=record.reason.strip(),
            at=ledger.now,
            entry=entry.number,
        )
    )
    ledger.touch()
    if record.position == "object" and item.silence == RUNNING:
        item.silence = BROKEN
        ledger.note("gcm_silence_broken", CLAUSES[item.kind], year=item.year, item=item.key, seat=record.seat)
        _tell(
            ledger,
            "gcm_silence_broken",
            item,
            Role.SECRETARIAT,
            seat=record.seat.strip(),
            reason=record.reason,
        )


def gcm_item_end(ledger: Ledger, record: GcmItemEnd, entry: Entry, day: date) -> None:
    """The item is off the agenda; what its task asks for is still to be decided."""
    _close(ledger, with_record(ledger.state, record.item), ENDED, reason=record.reason.strip())


def settle(ledger: Ledger, decision: GcmDecision, item: Item | None) -> None:
    """A decision was accepted: its item is decided, and what else it has made pointless is over.

    Of an item about which nobody has said anything the timeline has its decision, and needs no line more.
    """
    if item is not None and item in ledger.state.items:
        _close(ledger, item, DECIDED, decision=decision.id)
    elif item is not None:
        kept = keep(ledger.state, item)
        kept.closed_at, kept.outcome, kept.decision = ledger.now, DECIDED, decision.id
    overtake(ledger)


def overtake(ledger: Ledger) -> None:
    """Items whose task has ended, or which cannot be decided in the country's status, are over."""
    state = ledger.state
    for item in open_ones(state):
        task = state.tasks.get(item.task)
        gone = bool(item.task) and (task is None or task.state not in OPEN_TASK_STATES)
        if gone or state.ended or state.status not in STATUSES[item.kind]:
            _close(ledger, item, OVERTAKEN)


def remind(ledger: Ledger, key: str) -> None:
    """The one reminder of a silence procedure; after a late wake that overtook its end, none."""
    item = with_record(ledger.state, key)
    item.reminder_at, late = None, item.silence_ends_at is not None and item.silence_ends_at <= ledger.now
    ledger.touch()
    if not late:
        ledger.note("gcm_item_reminder", CLAUSES[item.kind], year=item.year, item=item.key)
        _tell(ledger, "gcm_item_reminder", item, Role.GCM)


def end_silence(ledger: Ledger, key: str) -> None:
    """Nobody has objected: the Secretariat is asked to send the decision. Silence alone decides nothing."""
    item = with_record(ledger.state, key)
    item.silence = HELD
    clause, was = CLAUSES[item.kind], ledger.by_timer
    ledger.note("gcm_silence_held", clause, year=item.year, item=item.key, until=item.silence_until)
    due = ledger.today + SEND_WITHIN
    task = ledger.open_task(
        TO_SEND,
        clause,
        Role.SECRETARIAT,
        key=f"{TO_SEND}-{item.key}",
        due_on=due,
        item=item.key,
        decision_kind=item.kind,
        decision_year=item.year,
    )
    ledger.by_timer = False  # no reminder, to be left out after a late wake: it asks for something
    _tell(ledger, "gcm_silence_held", item, Role.SECRETARIAT, task=task.key, due_on=task.due_on)
    ledger.by_timer = was


def _begin_silence(ledger: Ledger, item: Item, until: date) -> None:
    reminder = dates.reminder_moment(until - REMINDED_BEFORE, ledger.state.policy)
    item.silence, item.silence_until, item.silence_ends_at = RUNNING, until, dates.end_of_day(until)
    item.reminder_at = reminder if reminder > ledger.now else None


def _close(ledger: Ledger, item: Item, outcome: str, *, decision: str = "", reason: str = "") -> None:
    item.closed_at, item.outcome, item.decision, item.reason = ledger.now, outcome, decision, reason
    state = TaskState.DONE if outcome == DECIDED else TaskState.VOID
    ledger.close_tasks(state, lambda task: task.kind == TO_SEND and task.values.get("item") == item.key)
    ledger.note(
        "gcm_item_closed",
        CLAUSES[item.kind],
        year=item.year,
        item=item.key,
        outcome=outcome,
        decision=decision,
    )


def _tell(ledger: Ledger, kind: str, item: Item, *roles: Role, task: str = "", **more: Any) -> None:
    """What every message about an item says: what is to be decided, where, its papers, until when to object."""
    ledger.mail(
        kind,
        seats(*roles),
        task=task,
        item=item.key,
        decision_kind=item.kind,
        decision_year=item.year,
        meeting=item.meeting,
        meeting_on=item.meeting_on,
        text=item.text,
        papers=[document.name for document in item.documents],
        silence_until=item.silence_until if item.silence == RUNNING else None,
        silence_ends_at=item.silence_ends_at if item.silence == RUNNING else None,
        **more,
    )
