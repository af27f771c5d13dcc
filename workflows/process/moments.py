"""The moments at which a country's time means something: reminders, deadlines, reviews, the turn of the year."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from contracts.state import CountryState, MailOrder, Task
from framework import cycle as dates
from framework import reactivation
from framework.terms import OPEN_TASK_STATES, Status, TaskState
from workflows.process import (
    agenda,
    candidacy,
    contacts,
    contributing,
    dialogue,
    handover,
    items,
    people,
    reminding,
    review,
    standing,
)
from workflows.process.ledger import Ledger
from workflows.process.plain import plain
from workflows.process.recipients import focal_point


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment to come: when (aware, UTC), of what kind, about what. `summary` is what operators read on the timer.

    Two that differ in their summary alone are the same: words may change while a timer stands.
    """

    at: datetime
    kind: str
    task: str = ""
    number: int = 0
    summary: str = field(default="", compare=False)


def next_moment(state: CountryState) -> Moment | None:
    """The next moment of a country, or None when nothing is left to wait for."""
    found = [*_of_tasks(state), *_of_cycle(state), *_of_candidate(state), *_of_inactive(state)]
    found += [*_of_dialogue(state), *_of_contacts(state), *_of_people(state), *_of_items(state)]
    return min(found, key=lambda moment: (moment.at, moment.kind, moment.task), default=None)


def pass_time(ledger: Ledger) -> None:
    """Lets everything happen that is due by now, in its order; reminders that a long sleep overtook are not sent."""
    ledger.by_timer = True
    while (moment := next_moment(ledger.state)) is not None and moment.at <= ledger.now:
        ledger.moment = max(moment.at, ledger.state.started_at or moment.at)
        ledger.new_act()
        _let_happen(ledger, moment)
        agenda.overtake(ledger)
    ledger.by_timer, ledger.moment = False, None
    skip_overtaken(ledger)


def skip_overtaken(ledger: Ledger) -> None:
    """After a late wake only the newest reminder goes out; the others are on record as skipped (no storm of mails)."""
    state = ledger.state
    limit = timedelta(hours=state.policy.late_wake_hours)
    timed = [mail for mail in state.outbox.mails if mail.by_timer]
    newest = max((mail for mail in timed if _still_meant(state, mail)), key=_weight, default=None)
    overtaken = [mail for mail in timed if mail is not newest and mail.made_at - mail.due_at > limit]
    if not overtaken:
        return
    state.outbox.mails = [mail for mail in state.outbox.mails if mail not in overtaken]
    for mail in overtaken:
        _mark_skipped(ledger, mail)
    if newest is not None and "reminded_on" in newest.values:
        newest.values["reminded_on"] = plain(reminding.earlier(state.tasks[newest.task], newest.due_at))
    ledger.note(
        "reminders_skipped",
        "REP-07",
        count=len(overtaken),
        skipped=[f"{mail.kind} {mail.step} due {mail.due_at.date().isoformat()}" for mail in overtaken[:40]],
    )


def _weight(mail: MailOrder) -> tuple[bool, datetime]:
    """What the framework asks for comes before the question about contacts, whose own ladder repeats it."""
    return mail.kind != contacts.KIND, mail.due_at


def _mark_skipped(ledger: Ledger, mail: MailOrder) -> None:
    """Nobody may read later that this reminder was sent."""
    state, day = ledger.state, mail.due_at.date().isoformat()
    task = state.tasks.get(mail.task)
    for rung in task.rungs if task else []:
        if task and rung.at == mail.due_at:
            rung.outcome = "skipped: overtaken"
            reminding.forget(task, rung)
    for entry in state.entries:
        if entry.kind == "reminder" and entry.task == mail.task and entry.values.get("on") == day:
            entry.values["outcome"] = "skipped"


def _still_meant(state: CountryState, mail: MailOrder) -> bool:
    task = state.tasks.get(mail.task)
    return not mail.task or (task is not None and task.state in OPEN_TASK_STATES)


def _of_tasks(state: CountryState) -> list[Moment]:
    if state.paused_on is not None:
        return []
    found = []
    for task in state.tasks.values():
        if task.state not in OPEN_TASK_STATES:
            continue
        if task.due_at is not None and task.state is not TaskState.LATE:
            found.append(Moment(at=task.due_at, kind="due", task=task.key, summary=f"{task.key}: due"))
        rung = next((rung for rung in task.rungs if not rung.outcome), None)
        if rung is not None:
            summary = f"{task.key}: reminder {rung.number} of {len(task.rungs)}"
            found.append(
                Moment(at=rung.at, kind="reminder", task=task.key, number=rung.number, summary=summary)
            )
    return found


def _of_cycle(state: CountryState) -> list[Moment]:
    cycle = next((one for one in state.cycles if one.year == state.cycle), None)
    if cycle is None or state.ended:
        return []
    closes = dates.closes(cycle.year, state.policy)
    found = [Moment(at=dates.end_of_day(closes), kind="year_turns", summary=f"cycle {cycle.year} closes")]
    if state.status is not Status.ACTIVE or not cycle.report_due or state.paused_on is not None:
        return found
    if cycle.due_on is not None and not _review_asked_for(state, cycle.year) and cycle.judged_on is None:
        at = dates.end_of_day(cycle.due_on)
        found.append(Moment(at=at, kind="review_opens", summary=f"review {cycle.year} opens"))
    if cycle.review_due_on is not None and state.assessed_year != cycle.year:
        at = _once_over(cycle.review_due_on)
        found.append(Moment(at=at, kind="assessment", summary=f"review {cycle.year} due"))
    last = dates.last_date(cycle)
    if last and cycle.review_due_on and last > cycle.review_due_on and state.looked_again_on != last:
        found.append(
            Moment(at=_once_over(last), kind="second_look", summary=f"last date of {cycle.year} over")
        )
    return found


def _review_asked_for(state: CountryState, year: int) -> bool:
    """A review that a mistaken change of status ended has to be asked for again."""
    return any(
        task.kind == "yearly_review" and task.year == year and task.state is not TaskState.VOID
        for task in state.tasks.values()
    )


def _once_over(day: date) -> datetime:
    """The first second after a day has ended anywhere on Earth: only then is it over for the rules as well."""
    return dates.end_of_day(day) + timedelta(seconds=1)


def _of_candidate(state: CountryState) -> list[Moment]:
    if state.status is not Status.CANDIDATE or state.last_heard_at is None or state.paused_on is not None:
        return []
    # A day, not an hour: the mail goes out in the morning, when the others do.
    day = state.last_heard_at.date() + timedelta(days=state.policy.candidate_nudge_days)
    at = dates.reminder_moment(day, state.policy)
    return [Moment(at=at, kind="nudge", summary="candidate silent: nudge")]


def _of_inactive(state: CountryState) -> list[Moment]:
    if state.status is not Status.INACTIVE or state.cycle is None or state.invited_year == state.cycle:
        return []
    day = dates.on(state.policy.inactive_invitation, state.cycle)
    if state.paused_on is not None or (state.status_since is not None and day <= state.status_since):
        return []
    at = dates.reminder_moment(day, state.policy)
    return [Moment(at=at, kind="invitation", summary=f"invitation to report {state.cycle}")]


def _of_dialogue(state: CountryState) -> list[Moment]:
    """A rest that begins after the dialogue was last told of it (DIA-02). Its end is the child's own timer."""
    if state.paused_on is not None or not state.dialogues or state.dialogues[-1].closed_on is not None:
        return []
    told = state.rest_told_on or date.min
    return [
        Moment(
            at=datetime.combine(one.starts_on, time(0), tzinfo=UTC), kind="rest_begins", summary="rest begins"
        )
        for one in state.circumstances
        if one.pauses_dialogue and one.starts_on is not None and one.starts_on > told
    ]


def _of_contacts(state: CountryState) -> list[Moment]:
    """Once a year a country's people are asked whether their contacts are right (EOI-03)."""
    at = people.asking_at(state)
    return [Moment(at=at, kind="contacts", summary=f"contacts {at.year} to be confirmed")] if at else []


def _of_people(state: CountryState) -> list[Moment]:
    """What a person's dates end by themselves: a naming that nobody accepts, an overlap, a contributor's part (EOI-03)."""
    if state.ended:
        return []
    pending = state.pending_successor
    ends = [("successor_lapses", pending.id, pending.open_until)] if pending else []
    ends += [("overlap_ends", one.id, one.until_on) for one in state.former_focal_points]
    ends += [("contribution_ends", one.id, one.until_on) for one in state.contributors if one.until_on]
    return [
        Moment(at=dates.end_of_day(day), kind=kind, task=id, summary=f"{id}: {kind.replace('_', ' ')}")
        for kind, id, day in ends
    ]


def _of_items(state: CountryState) -> list[Moment]:
    """A silence procedure's reminder and its end (PLN-09). It is the GCM's: a country's pause does not stop it."""
    found = []
    for item in items.open_ones(state):
        if item.silence == agenda.RUNNING and item.silence_ends_at is not None:
            summary = f"{item.key}: silence procedure ends"
            found.append(Moment(at=item.silence_ends_at, kind="silence_ends", task=item.key, summary=summary))
            if item.reminder_at is not None:
                summary = f"{item.key}: reminder of the silence procedure"
                found.append(
                    Moment(at=item.reminder_at, kind="item_reminder", task=item.key, summary=summary)
                )
    return found


def _let_happen(ledger: Ledger, moment: Moment) -> None:
    match moment.kind:
        case "due":
            _become_late(ledger, ledger.state.tasks[moment.task])
        case "reminder":
            reminding.remind(ledger, ledger.state.tasks[moment.task], moment.number)
        case "year_turns":
            standing.turn_year(ledger)
        case "review_opens":
            review.open_review(ledger)
        case "assessment":
            review.assess(ledger)
        case "second_look":
            review.look_again(ledger)
        case "nudge":
            candidacy.nudge(ledger)
        case "rest_begins":
            dialogue.pass_on_circumstances(ledger)
        case "invitation":
            _invite(ledger, moment)
        case "contacts":
            people.ask(ledger, moment.at)
        case "successor_lapses":
            handover.lapse(ledger)
        case "overlap_ends":
            handover.end_overlap(ledger, moment.task)
        case "contribution_ends":
            contributing.end(ledger, moment.task)
        case "item_reminder":
            agenda.remind(ledger, moment.task)
        case "silence_ends":
            agenda.end_silence(ledger, moment.task)


def _become_late(ledger: Ledger, task: Task) -> None:
    task.state = TaskState.LATE
    ledger.touch_task(task.key)
    ledger.note("task_late", task.clause, task=task.key, year=task.year, due_on=task.due_on)


def _invite(ledger: Ledger, moment: Moment) -> None:
    state = ledger.state
    state.invited_year = state.cycle
    ledger.note("inactive_invited", "INA-01", year=state.cycle)
    missing = reactivation.missing(reactivation.from_cycle(ledger.cycle()))
    ledger.mail(
        "inactive_invitation",
        focal_point(ledger.state),
        step="invitation",
        due_at=moment.at,
        year=state.cycle,
        missing=[one.key for one in missing],
    )
