"""What a scenario can expect of a country at a moment. What is not written is not looked at."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from framework.facts import Indicator
from framework.terms import Role, Stage, Status, TaskState
from rehearsal.scenario import Form

BenefitState = Literal["not_yet_open", "open", "suspended"]
Answer = Literal["accepted", "refused", "pending"]


class WantedTask(Form):
    """A task of this key, open or closed, with these properties."""

    state: TaskState | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    role: Role | None = None
    assignee: str | None = None
    closed_by: str | None = None
    closed_role: Role | None = None
    on_behalf_of: str | None = None
    reason: str | None = None
    reminders_sent: int | None = None


class WantedAnswer(Form):
    """The answer to a decision; `reasons` and `warnings` are all of them, in any order."""

    answer: Answer
    reasons: list[str] | None = None
    warnings: list[str] | None = None


class WantedEntry(Form):
    """Lines of the timeline that have all of these properties: `times` of them, or at least one."""

    kind: str = Field(min_length=1)
    on: date | None = None
    since: date | None = None
    until: date | None = None
    clause: str | None = None
    by: str | None = None
    role: Role | None = None
    on_behalf_of: str | None = None
    task: str | None = None
    year: int | None = None
    corrects: int | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    times: int | None = None


class WantedMail(Form):
    """Messages that have all of these properties: `times` of them, or at least one. `to`: a name or an address."""

    kind: str | None = None
    on: date | None = None
    since: date | None = None
    until: date | None = None
    to: str | None = None
    task: str | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    times: int | None = None


class WantedDialogue(Form):
    """The last dialogue (or candidate's support)."""

    number: int | None = None
    open: bool | None = None
    outcome: str | None = None
    for_candidate: bool | None = None
    topics: list[str] | None = None
    subgroup: str | None = None
    meetings: int | None = None
    checkpoints: int | None = None
    guidance: list[str] | None = None
    opened_on: date | None = None
    closed_on: date | None = None


class WantedReactivation(Form):
    """The last request to return; `missing` are the keys of what the Secretariat found missing."""

    number: int | None = None
    open: bool | None = None
    outcome: str | None = None
    verified: bool | None = None
    missing: list[str] | None = None


class WantedYears(Form):
    """The explanation of one indicator: raised or not, why, and which years lapsed (null: not judged)."""

    raised: bool | None = None
    lapsed: dict[int, bool | None] | None = None


class Expectation(Form):
    """What is expected at a moment."""

    status: Status | None = None
    stage: Stage | None = None
    cycle: int | None = None
    status_since: date | None = None
    next_deadline: date | None = None
    next_task: str | None = None
    late: bool | None = None
    paused: bool | None = None
    ended: bool | None = None
    focal_point: str | None = None
    successor: str | None = None
    former: list[str] | None = None
    contributors: list[str] | None = None
    flags: list[str] | None = None
    considered: list[str] | None = None
    cleared: list[str] | None = None
    why: dict[Indicator | Literal["combination"], bool | WantedYears] = Field(default_factory=dict)
    benefits: BenefitState | None = None
    unmet: list[str] | None = None
    unanswered: dict[str, list[int]] = Field(default_factory=dict)
    tasks: dict[str, TaskState | Literal["none"] | WantedTask] = Field(default_factory=dict)
    open_tasks: list[str] | None = None
    decisions: dict[str, Answer | WantedAnswer] = Field(default_factory=dict)
    dialogue: WantedDialogue | Literal["none"] | None = None
    reactivation: WantedReactivation | Literal["none"] | None = None
    versions: dict[str, int] = Field(default_factory=dict)
    participation: dict[int, dict[str, int]] = Field(default_factory=dict)
    refusals: int | None = None
    timeline: list[WantedEntry] = Field(default_factory=list)
    mails: list[WantedMail] = Field(default_factory=list)
