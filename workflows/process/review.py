"""The review stage: evidence, the MWG's judgement, the flags, the GCM's attention (REV clauses)."""

from datetime import date
from typing import Any

from contracts.state import CountryState, Entry, Flag
from framework import cycle as dates
from framework import review as rules
from framework.facts import COMBINATION
from framework.records import Assignment, Evidence, StatusLetter, Subgroup, YearlyReview
from framework.terms import LetterKind, Role, Status, TaskState
from workflows.process import letters
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats


def evidence(ledger: Ledger, record: Evidence, entry: Entry, day: date) -> dict[str, Any]:
    """REV-03, DIA-05: booked to the year that it speaks of; the indicators are computed anew."""
    cycle = ledger.cycle(record.year)
    before = dict(cycle.evidence) if cycle else {}
    title = f"{entry.number}: {record.title[:120]}"
    about = record.about.value if record.about else ""
    ledger.change_cycle(record.year, evidence={**before, title: about})
    return {"title": title}


def yearly_review(ledger: Ledger, record: YearlyReview, entry: Entry, day: date) -> dict[str, Any]:
    """REV-01, REV-05, REV-08: the judgement stands for its year, the guidance goes to the country."""
    cycle = ledger.cycle(record.year)
    fields = (
        "judged_on",
        "judged_entry",
        "progress_presented",
        "collaboration_presented",
        "commitments_met",
        "active_in_community",
        "reporting_met",
        "raise_flag_because",
    )
    undo = {name: getattr(cycle, name) for name in fields} if cycle else {}
    ledger.change_cycle(
        record.year,
        judged_on=day,
        judged_entry=entry.number,
        progress_presented=record.evidence_of_progress,
        collaboration_presented=record.evidence_of_collaboration,
        commitments_met=record.commitments_met,
        active_in_community=record.active_in_community,
        reporting_met=record.reporting_met,
        raise_flag_because=record.raise_flag_because,
    )
    if record.guidance:
        ledger.note("guidance_sent", "REV-05", year=record.year, items=[one[:300] for one in record.guidance])
        ledger.mail("guidance", focal_point(ledger.state), year=record.year, items=list(record.guidance))
        because, advice = letters.of_entry(entry.number), list(record.guidance)
        letters.draft(ledger, LetterKind.GUIDANCE, because=because, year=record.year, said={"advice": advice})
    if ledger.state.status is Status.ACTIVE:
        ask_for_status_decision(ledger, record.year)
    return undo


def subgroup(ledger: Ledger, record: Subgroup, entry: Entry, day: date) -> None:
    """REV-02, DIA-04: the subgroup is on record; one that leads the support is named on the open dialogue."""
    if record.leads_support and ledger.state.dialogues and ledger.state.dialogues[-1].closed_on is None:
        ledger.state.dialogues[-1].subgroup = record.name
    entry.values["members"] = len(record.members)


def assignment(ledger: Ledger, record: Assignment, entry: Entry, day: date) -> None:
    """REV-02: the task names who does it."""
    ledger.state.tasks[record.task].assignee = record.assignee
    ledger.touch_task(record.task)


def status_letter(ledger: Ledger, record: StatusLetter, entry: Entry, day: date) -> None:
    """REV-07: the letter goes to the country."""
    of_record = letters.by_hand(
        ledger,
        LetterKind.STATUS,
        "status_letter",
        because=letters.of_entry(entry.number),
        year=record.year,
        said={"year": record.year, "text": record.text},
    )
    if not of_record:
        ledger.mail("status_letter", focal_point(ledger.state), year=record.year, text=record.text)


def open_review(ledger: Ledger) -> None:
    """The report's deadline has passed: the MWG's yearly review of this country is asked for (REV-01)."""
    cycle = ledger.cycle()
    if cycle is None:
        return
    due = dates.review_due(cycle.year, ledger.state.policy)
    ledger.open_task("yearly_review", "REV-01", Role.MWG, year=cycle.year, due_on=due)


def assess(ledger: Ledger) -> None:
    """The review is due: the year stands as it stands, the flags are computed, the GCM is asked for its decision."""
    cycle = ledger.cycle()
    if cycle is None:
        return
    ledger.state.assessed_year = cycle.year
    ledger.note(
        "year_assessed", "REV-09", year=cycle.year, report=bool(cycle.report_on), final=bool(cycle.final_on)
    )
    reconsider(ledger)
    ask_for_status_decision(ledger, cycle.year)


def look_again(ledger: Ledger) -> None:
    """The last date of a year that was extended past its review is over: what was not judged then is judged now."""
    cycle = ledger.cycle()
    if cycle is None:
        return
    ledger.state.looked_again_on = dates.last_date(cycle)
    reconsider(ledger)


def reconsider(ledger: Ledger) -> None:
    """Computes the indicators anew; raises what is new, clears what no longer holds (REV-09 to REV-15)."""
    state = ledger.state
    if state.status is not Status.ACTIVE:
        return
    found = rules.assess(rules.to_judge(state.cycles, state.paused_on), dates.day_of(ledger.now))
    raised = {one.indicator: _years(one) for one in (*found.explanations, found.combination) if one.raised}
    for flag in state.flags:
        if flag.cleared_on is None and flag.years and raised.get(flag.indicator) is None:
            flag.cleared_on = ledger.today
            ledger.note("flag_cleared", _clause(flag.indicator), indicator=flag.indicator, years=flag.years)
    new = [(indicator, years) for indicator, years in raised.items() if _raise(ledger, indicator, years)]
    _bring_to_the_gcm(ledger, new)
    if not open_flags(state):
        ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "open_dialogue", reason="flags cleared")


def open_flags(state: CountryState) -> list[Flag]:
    """The flags that neither cleared nor were considered by the GCM."""
    return [flag for flag in state.flags if flag.cleared_on is None and flag.considered_on is None]


def consider_flags(ledger: Ledger, because: str, day: date) -> None:
    """The GCM has looked at the open flags; they stay visible, marked with its reason."""
    for flag in open_flags(ledger.state):
        flag.considered_on, flag.considered_because = day, because
    ledger.touch()


def clear_flags(ledger: Ledger) -> None:
    """All flags fall: the count of consecutive years starts anew (REA-05)."""
    for flag in ledger.state.flags:
        flag.cleared_on = flag.cleared_on or ledger.today
    ledger.touch()


def _raise(ledger: Ledger, indicator: str, years: list[int]) -> bool:
    """Raises a flag that is not standing already; True when there is a new one."""
    state = ledger.state
    standing = [flag for flag in state.flags if flag.indicator == indicator and flag.cleared_on is None]
    if any(flag.years == years for flag in standing):
        return False
    if current := [flag for flag in standing if flag.considered_on is None]:
        current[-1].years = years
        ledger.touch()
        return False
    state.flags.append(Flag(indicator=indicator, years=years, raised_on=ledger.today))
    ledger.note("flag_raised", _clause(indicator), indicator=indicator, years=years)
    return True


def _bring_to_the_gcm(ledger: Ledger, new: list[tuple[str, list[int]]]) -> None:
    """REV-15: what was raised at the same moment is one matter, one task and one mail; never held back as a reminder.

    During a dialogue there is nothing to decide on yet: the GCM is told, and asked when the dialogue ends.
    """
    if not new:
        return
    flags = [{"indicator": indicator, "years": years} for indicator, years in new]
    in_dialogue = any(dialogue.closed_on is None for dialogue in ledger.state.dialogues)
    task = "" if in_dialogue else ledger.open_task("open_dialogue", "REV-15", Role.GCM, flags=flags).key
    was, ledger.by_timer = ledger.by_timer, False
    indicator, years = new[0]
    ledger.mail(
        "flag_raised",
        seats(Role.GCM, Role.MWG),
        task=task,
        indicator=indicator,
        years=years,
        flags=flags,
        in_dialogue=in_dialogue,
    )
    ledger.by_timer = was


def ask_about_standing_flags(ledger: Ledger) -> None:
    """REV-15: a dialogue has ended without positive outcome, and flags stand: what follows is the GCM's to decide."""
    standing = open_flags(ledger.state)
    if standing and ledger.state.status is Status.ACTIVE:
        flags = [{"indicator": flag.indicator, "years": flag.years} for flag in standing]
        ledger.open_task("open_dialogue", "REV-15", Role.GCM, flags=flags)


def ask_for_status_decision(ledger: Ledger, year: int) -> None:
    """REV-07: the GCM is asked for the status of the year under way, once; again if what was asked has fallen."""
    cycle = ledger.cycle(year)
    if (
        cycle is None
        or cycle.status_decided_on is not None
        or not cycle.report_due
        or ledger.state.cycle != year
    ):
        return
    due = dates.on(ledger.state.policy.status_decision_due, year)
    asked = any(
        task.kind == "annual_status" and task.year == year and task.state is not TaskState.VOID
        for task in ledger.state.tasks.values()
    )
    if not asked:
        ledger.open_task("annual_status", "REV-07", Role.GCM, year=year, due_on=due)


def _years(explanation: rules.Explanation) -> list[int]:
    lapsed = [finding.year for finding in explanation.years if finding.lapsed]
    return lapsed[-2:]


def _clause(indicator: str) -> str:
    clauses = {"no_report": "REV-09", "not_finalised": "REV-10", "no_indicators": "REV-11"}
    more = {"no_progress_evidence": "REV-12", "no_collaboration_evidence": "REV-13", COMBINATION: "REV-14"}
    return {**clauses, **more}[indicator]
