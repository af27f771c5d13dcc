"""What the framework leaves open, as settings: dates, ladders, periods (docs/framework/defaults.md).

A policy belongs to an edition and travels in a country's state; a change counts for cycles that open after it.
"""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class DayOfYear:
    """A day in every year. 29 February is 28 February in common years."""

    month: int
    day: int


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Reminder rungs as days relative to a due date (negative: before).

    Those in `to_deputies` go to the deputies too, those in `escalating` also to the ministry and the Secretariat.
    """

    offsets: tuple[int, ...] = ()
    escalating: tuple[int, ...] = ()
    to_deputies: tuple[int, ...] = ()


REPORT_LADDER = Ladder(offsets=(-90, -30, -7, -1, 0, 14, 45), escalating=(45,))
TASK_LADDER = Ladder(offsets=(-7, 0, 14), escalating=(14,))
STAFF_LADDER = Ladder(offsets=(0, 14))

DAYS_BY_TASK = {
    "reply_letter": 14,
    "timetable": 60,
    "stakeholder_list": 90,
    "stocktaking": 150,
    "workshop": 180,
    "roadmap": 270,
    "presentation": 90,
    "comment_answers": 30,
    "profile_text": 14,
    "peer_exchange": 60,
    "status_letter": 14,
    "open_dialogue": 60,
    "dialogue_checkpoint": 14,
    "dialogue_meeting": 30,
    "adapted_roadmap": 180,
    "reactivation_check": 30,
    "reactivation_missing": 60,
    "reactivation_decision": 180,
    "extension": 7,
}
"""Days from a task's opening to its due date, where no date of the year decides."""


OVERLAP = (0, 180)
"""The fewest and the most days for which a predecessor can keep access after a hand-over."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The settings of one edition. Days of the year are in Anywhere on Earth (UTC-12); `reminder_hour` is in UTC.

    `ladders` are those of single kinds of task, before the ladder of whoever owes it. `letters`: the Secretariat
    approves letters of record. `contacts_confirmed_on`: when a country is asked each year whether its contacts are
    right; None: never.
    `overlap_days`: how long a predecessor keeps access after a hand-over, `successor_days`: how long a named successor
    has to accept.
    `silence_procedure`: the GCM may decide by silence, with at least `silence_days` to object in.
    `receipts`: every paper that a country hands in is acknowledged, not its report alone. What an edition does not
    know has the default that means "as before it".
    """

    report_due: DayOfYear = DayOfYear(month=4, day=30)
    cycle_opens: DayOfYear = DayOfYear(month=1, day=1)
    cycle_closes: DayOfYear = DayOfYear(month=12, day=31)
    activities_due: DayOfYear = DayOfYear(month=3, day=31)
    comments_due: DayOfYear = DayOfYear(month=5, day=31)
    final_due: DayOfYear = DayOfYear(month=6, day=20)
    final_days_after_comments: int = 20
    hlpf_on: DayOfYear = DayOfYear(month=7, day=10)
    review_due: DayOfYear = DayOfYear(month=9, day=30)
    mwg_report_due: DayOfYear = DayOfYear(month=10, day=31)
    status_decision_due: DayOfYear = DayOfYear(month=11, day=30)
    inactive_invitation: DayOfYear = DayOfYear(month=1, day=31)
    report_ladder: Ladder = REPORT_LADDER
    task_ladder: Ladder = TASK_LADDER
    staff_ladder: Ladder = STAFF_LADDER
    reminder_hour: int = 8
    late_wake_hours: int = 48
    days_by_task: dict[str, int] = field(default_factory=lambda: dict(DAYS_BY_TASK))
    candidate_nudge_days: int = 90
    dialogue_opens_within_days: int = 30
    dialogue_checkpoint_days: int = 90
    reactivation_confirmed_by: Literal["gcm", "secretariat"] = "gcm"
    silence_procedure: bool = False
    silence_days: int = 10
    ladders: dict[str, Ladder] = field(default_factory=dict)
    letters: bool = False
    contacts_confirmed_on: DayOfYear | None = None
    receipts: bool = False
    overlap_days: int = 30
    successor_days: int = 30
