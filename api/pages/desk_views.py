"""What the inbox and a task's page show of tasks: due when, for whom, reminded when, how far its draft is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from access.deciding import may_hand_in, sees_task
from access.people import Principal
from api.pages.catalogues import words
from api.pages.forms.every import ACTS, AT_ANY_TIME, FORMS, forms_of
from contracts.rows import CountryRow
from contracts.state import Task
from correspondence import dates
from correspondence.matters import Matters
from framework.obligations import KINDS
from framework.terms import OPEN_TASK_STATES, Language, TaskState
from storage.drafts import SavedText

TONES: Mapping[TaskState, str] = {
    TaskState.OPEN: "waiting",
    TaskState.EXTENDED: "waiting",
    TaskState.LATE: "late",
    TaskState.DONE: "good",
    TaskState.MISSING: "stopped",
    TaskState.WAIVED: "plain",
    TaskState.VOID: "plain",
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """A due date as its reader needs it: the day, its end Anywhere on Earth told in Geneva and where the reader is."""

    day: date
    geneva: str
    there: str
    city: str
    days_left: int


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """A task of a country. `draft`: its text that was saved last. `reminded`: the days on which it was reminded of."""

    key: str
    kind: str
    title: str
    clause: str
    address: str
    state: str
    tone: str
    due: Due | None
    first_due: date | None
    reminded: list[date]
    draft: SavedText | None
    task: Task
    next: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something that can be handed in although nobody asks for it; `how`: what it is for."""

    title: str
    address: str
    how: str
    draft: SavedText | None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: in which language, in which zone, at which moment (aware)."""

    language: Language
    zone: str
    now: datetime


def reader_of(principal: Principal, row: CountryRow, language: Language, now: datetime) -> Reader:
    """Who reads a country's tasks; where a person has no zone of their own, that of the focal point on record."""
    own = str(getattr(principal, "time_zone", "") or "")
    return Reader(
        language=language, zone=own or (row.focal_point.time_zone if principal.for_country else ""), now=now
    )


def due_of(task: Task, reader: Reader) -> Due | None:
    """When a task is due; days left are counted as mails count them."""
    end = dates.end_of(task.due_on, task.due_at)
    if task.due_on is None or end is None:
        return None
    zone = dates.zone_of(reader.zone)
    left = (task.due_on - reader.now.astimezone(UTC).date()).days
    return Due(
        day=task.due_on,
        geneva=dates.moment_in(dates.GENEVA, end, reader.language),
        there=dates.moment_in(zone, end, reader.language) if zone else "",
        city=dates.city_of(zone, reader.language) if zone else "",
        days_left=max(left, 0) if reader.now <= end else min(left, -1),
    )


def shown(code: str, task: Task, drafts: Mapping[str, SavedText], reader: Reader) -> TaskShown:
    """A task in the reader's words."""
    matters = Matters(reader.language)
    forms = forms_of(task.kind)
    moved = task.first_due_on if task.first_due_on != task.due_on else None
    return TaskShown(
        key=task.key,
        kind=task.kind,
        title=matters.asked(task.kind, task.year),
        clause=task.clause,
        address=address_of(code, task.key),
        state=matters.named(task.state.value, "task_state"),
        tone=TONES[task.state],
        due=due_of(task, reader) if task.state in OPEN_TASK_STATES else None,
        first_due=moved,
        reminded=sorted({*task.reminded_on, *task.nudged_on}),
        draft=drafts.get(task.key),
        task=task,
        next=words(reader.language).gettext(forms[0].next) if forms else "",
    )


def address_of(code: str, key: str, *more: str) -> str:
    """Where a task's pages lie."""
    return "/".join(["/desk/tasks", code, quote(key), *more])


def offers(
    row: CountryRow,
    principal: Principal,
    drafts: Mapping[str, SavedText],
    language: Language,
    asked: Collection[str] = (),
) -> list[Offer]:
    """What this person can hand in, or write on, at any time in a country of this status; not what is asked anyway."""
    able = [
        kind
        for kind in AT_ANY_TIME
        if row.status in KINDS[kind].statuses and sees_task(principal, kind) and kind not in asked
    ]
    return [_offer(row, kind, drafts, language) for kind in able]


def acts(
    row: CountryRow, principal: Principal, drafts: Mapping[str, SavedText], language: Language
) -> list[Offer]:
    """What this person can put on record of a country as it stands, by itself, although no task asks for it."""
    in_dialogue = bool(row.dialogues) and row.dialogues[-1].closed_on is None
    now = {
        "pause": row.paused_on is None,
        "resume": row.paused_on is not None,
        "dialogue_guidance": in_dialogue,
    }
    return [
        _offer(row, kind, drafts, language)
        for kind in ACTS
        if row.status in KINDS[kind].statuses and may_hand_in(principal.role, kind) and now.get(kind, True)
    ]


def _offer(row: CountryRow, kind: str, drafts: Mapping[str, SavedText], language: Language) -> Offer:
    return Offer(
        title=Matters(language).thing(kind),
        address=address_of(row.code, kind),
        how=words(language).gettext(FORMS[kind].how),
        draft=drafts.get(kind),
    )
