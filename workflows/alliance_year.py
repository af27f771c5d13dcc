"""The Alliance's year: the digest for the HLPF, the MWG's report, reminders, the turn of the year."""

from datetime import date, datetime, timedelta

from contracts.alliance import AllianceState, Compilation
from contracts.messages import SYSTEM
from contracts.state import Task
from framework import alliance as rules
from framework import cycle as dates
from framework.records.alliance import Appointment
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from workflows.alliance_books import AllianceLedger
from workflows.process import reminding
from workflows.process.moments import Moment, skip_overtaken

KEPT_YEARS = 2
"""How long the directory goes on listing those who have left; the timeline keeps them for ever."""


def begin(ledger: AllianceLedger) -> None:
    """The first run: the Alliance enters the year under way; what of it was due before is not asked for."""
    state = ledger.state
    if state.started_at is not None:
        return
    state.started_at, state.cycle = ledger.now, rules.year_of(ledger.now, state.policy)
    if rules.digest_due(state.cycle, state.policy) < ledger.today:
        state.digest_opened_for = state.cycle
    if rules.report_due(state.cycle, state.policy) < ledger.today:
        state.report_opened_for = state.cycle
    ledger.note("alliance_started", year=state.cycle, edition=state.edition)


def next_moment(state: AllianceState, *, attempts: bool = True) -> Moment | None:
    """The next moment at which time makes something happen; `attempts`: counting what is tried again."""
    later = [one.next_at for one in state.passing_on if one.next_at is not None]
    later += [one.next_at for one in state.outbox.compilations if one.next_at is not None]
    again = [Moment(at=at, kind="again", summary="another attempt") for at in later] if attempts else []
    return min(
        [*_of_year(state), *_of_tasks(state), *again],
        key=lambda moment: (moment.at, moment.kind, moment.task),
        default=None,
    )


def pass_time(ledger: AllianceLedger) -> None:
    """Lets everything happen that is due by now, up to the turn of the year: the next run goes on there."""
    ledger.by_timer = True
    state = ledger.state
    while not state.outbox.archive_cycle:
        moment = next_moment(state, attempts=False)
        if moment is None or moment.at > ledger.now:
            break
        ledger.new_act()
        _let_happen(ledger, moment)
    ledger.by_timer = False
    skip_overtaken(ledger)


def next_round(now: datetime, hour: int) -> datetime:
    """When countries that are new by then are told what all were told: the first of next month (UTC)."""
    first = (now.date().replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime(first.year, first.month, first.day, hour, tzinfo=now.tzinfo)


def _of_year(state: AllianceState) -> list[Moment]:
    year, policy = state.cycle, state.policy
    if year is None:
        return []
    found = [Moment(at=rules.year_closes_at(year, policy), kind="year_turns", summary=f"{year} closes")]
    if state.digest_opened_for != year:
        at = rules.digest_opens_at(year, policy)
        found.append(Moment(at=at, kind="digest_opens", summary=f"HLPF digest {year} is asked for"))
    if state.report_opened_for != year:
        at = rules.report_opens_at(year, policy)
        found.append(Moment(at=at, kind="report_opens", summary=f"MWG report {year} is asked for"))
    return found


def _of_tasks(state: AllianceState) -> list[Moment]:
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


def _let_happen(ledger: AllianceLedger, moment: Moment) -> None:
    match moment.kind:
        case "due":
            _become_late(ledger, ledger.state.tasks[moment.task])
        case "reminder":
            _remind(ledger, ledger.state.tasks[moment.task], moment)
        case "digest_opens":
            _open_digest(ledger)
        case "report_opens":
            _open_report(ledger)
        case "year_turns":
            _turn_year(ledger)


def _open_digest(ledger: AllianceLedger) -> None:
    """REP-11: the Secretariat is asked for the digest of the year's final reports."""
    state = ledger.state
    year = state.digest_opened_for = state.cycle or 0
    ledger.open_task(
        "hlpf_digest", "REP-11", Role.SECRETARIAT, year=year, due_on=rules.digest_due(year, state.policy)
    )


def _open_report(ledger: AllianceLedger) -> None:
    """REV-06: the MWG is asked for its report; a draft from the record is made for it."""
    state = ledger.state
    year = state.report_opened_for = state.cycle or 0
    ledger.open_task("mwg_report", "REV-06", Role.MWG, year=year, due_on=rules.report_due(year, state.policy))
    draft = Compilation(
        kind="mwg_report",
        year=year,
        as_of=ledger.today,
        made_at=ledger.now,
        draft=True,
        number=0,
        actor=SYSTEM,
    )
    state.outbox.compilations.append(draft)


def _become_late(ledger: AllianceLedger, task: Task) -> None:
    task.state = TaskState.LATE
    ledger.touch_task(task.key)
    ledger.note("task_late", task.clause, task=task.key, year=task.year, due_on=task.due_on)


def _remind(ledger: AllianceLedger, task: Task, moment: Moment) -> None:
    rung = next(rung for rung in task.rungs if rung.number == moment.number)
    rung.outcome, day = "sent", rung.at.date()
    ledger.touch_task(task.key)
    ledger.note(
        "reminder", task.clause, task=task.key, year=task.year, rung=rung.number, due_on=task.due_on, on=day
    )
    ledger.mail(
        "reminder",
        reminding.recipients(ledger, task, rung),
        step=f"{task.key}-{day.isoformat()}",
        task=task.key,
        due_at=rung.at,
        task_kind=task.kind,
        year=task.year,
        due_on=task.due_on,
        deadline=task.due_at,
        days_left=(task.due_on - day).days if task.due_on else None,
        rung=rung.number,
        rungs=len(task.rungs),
        outstanding=[task.kind],
        received={},
        reminded_on=[
            one.at.date() for one in task.rungs if one.outcome == "sent" and one.number < rung.number
        ],
    )


def _turn_year(ledger: AllianceLedger) -> None:
    """A digest that did not come is missing; the MWG's report is still wanted for one more year."""
    state = ledger.state
    year = state.cycle or 0
    for key in (f"hlpf_digest-{year}", f"mwg_report-{year - 1}"):
        task = state.tasks.get(key)
        if task is not None and task.state in OPEN_TASK_STATES:
            ledger.close_task(key, TaskState.MISSING, reason=f"{year} has closed")
            ledger.note("task_missing", task.clause, task=key, year=task.year)
    state.cycle = year + 1
    if state.next_policy is not None:
        state.policy, state.next_policy = state.next_policy, None
    _forget(state, ledger.today)
    ledger.note("year_turned", year=state.cycle)
    state.outbox.archive_cycle = True


def _forget(state: AllianceState, today: date) -> None:
    """Lets go of what is long past, so that the carried state stays small; the timeline keeps all of it."""
    since = dates.on(state.policy.cycle_opens, today.year - KEPT_YEARS)
    kept = [one for one in state.appointments if not _ended_before(one, since)]
    state.outbox.directory = state.outbox.directory or len(kept) < len(state.appointments)
    state.appointments = kept
    state.meetings = [one for one in state.meetings if one.on is None or one.on >= since]
    state.events = [one for one in state.events if one.on is None or one.on >= since]
    state.subgroups = [
        one for one in state.subgroups if one.dissolved_on is None or one.dissolved_on >= since
    ]
    state.documents = [one for one in state.documents if one.year >= since.year]


def _ended_before(appointment: Appointment, since: date) -> bool:
    return appointment.until_on is not None and appointment.until_on < since
