"""The five indicators of insufficient progress, each in one year (REV-09 to REV-13).

A report that is late counts: it cures the year whenever it comes before the cycle closes. `today` is always
the date Anywhere on Earth; a day is over from the next one on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from framework.cycle import indicators_due
from framework.facts import Cycle, Indicator
from framework.findings import Finding
from framework.records import ProgressReport
from framework.terms import EvidenceAbout

CLAUSES: Mapping[Indicator, str] = MappingProxyType(
    {
        Indicator.NO_REPORT: "REV-09",
        Indicator.NOT_FINALISED: "REV-10",
        Indicator.NO_INDICATORS: "REV-11",
        Indicator.NO_PROGRESS_EVIDENCE: "REV-12",
        Indicator.NO_COLLABORATION_EVIDENCE: "REV-13",
    }
)
"""The clause behind each indicator."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How an indicator stands in one year: lapsed or not (None: open, or not applicable), why, shown by what.

    `applies` is False in a year in which the country could not have done it: a year without that lapse.
    """

    lapsed: bool | None
    because: Finding
    documents: tuple[str, ...] = ()
    applies: bool = True


def lapse(cycle: Cycle, indicator: Indicator, today: date) -> bool | None:
    """Whether a year lapsed; None while it is not yet judged, and where the indicator does not apply."""
    return verdict(cycle, indicator, today).lapsed


def verdict(cycle: Cycle, indicator: Indicator, today: date) -> Verdict:
    """How an indicator stands in one year, with the reason."""
    return _JUDGES[indicator](cycle, today)


def judging_day(cycle: Cycle) -> date:
    """The day by whose end a year is judged: when its review is due, or its report if that is later."""
    return _later(cycle, cycle.due_on)


def _later(cycle: Cycle, due: date | None) -> date:
    days = [day for day in (cycle.review_due_on, due) if day is not None]
    return max(days, default=date(cycle.year, 12, 31))


def names_evidence(report: ProgressReport) -> bool:
    """Whether a progress report is evidence of progress on record: an annex, or an answer on a roadmap priority.

    The report's first question asks for the progress on each priority with its evidence. None of its fields speaks of
    collaborative efforts, so it is never evidence of those (docs/decisions/0007).
    """
    answered = any(one.priority.strip() and one.text.strip() for one in report.progress)
    return answered or bool(report.annexes)


def _no_report(cycle: Cycle, today: date) -> Verdict:
    clause, dates = CLAUSES[Indicator.NO_REPORT], _dates(cycle, cycle.report_on)
    papers = _document("progress_report", cycle.report_entry)
    if cycle.report_on is None:
        if _over(cycle, judging_day(cycle), today):
            return Verdict(
                lapsed=True, because=Finding(key="review.no_report.missing", clause=clause, values=dates)
            )
        return Verdict(
            lapsed=None, because=Finding(key="review.no_report.awaited", clause=clause, values=dates)
        )
    if cycle.due_on is not None and cycle.report_on > cycle.due_on:
        late = Finding(key="review.no_report.came_late", clause=clause, values=dates)
        return Verdict(lapsed=False, because=late, documents=papers)
    came = Finding(key="review.no_report.came", clause=clause, values=dates)
    return Verdict(lapsed=False, because=came, documents=papers)


def _no_indicators(cycle: Cycle, today: date) -> Verdict:
    due = indicators_due(cycle)
    judged, clause = _later(cycle, due), CLAUSES[Indicator.NO_INDICATORS]
    dates = {**_dates(cycle, cycle.indicators_on, by=judged), **_iso("due_on", due)}
    papers = _document("indicator_framework", cycle.indicators_entry)
    if cycle.indicators_on is None:
        if _over(cycle, judged, today):
            lapsed = Finding(key="review.no_indicators.missing", clause=clause, values=dates)
            return Verdict(lapsed=True, because=lapsed)
        awaited = Finding(key="review.no_indicators.awaited", clause=clause, values=dates)
        return Verdict(lapsed=None, because=awaited)
    if due is not None and cycle.indicators_on > due:
        late = Finding(key="review.no_indicators.came_late", clause=clause, values=dates)
        return Verdict(lapsed=False, because=late, documents=papers)
    came = Finding(key="review.no_indicators.came", clause=clause, values=dates)
    return Verdict(lapsed=False, because=came, documents=papers)


def _not_finalised(cycle: Cycle, today: date) -> Verdict:
    clause, judged = CLAUSES[Indicator.NOT_FINALISED], judging_day(cycle)
    deadline = max(judged, cycle.final_due_on or judged)
    dates = {
        **_dates(cycle, cycle.final_on, by=deadline),
        **_iso("comments_on", cycle.comments_on),
        **_iso("final_due_on", cycle.final_due_on),
    }
    if cycle.final_on is not None:
        papers = _document("final_report", cycle.final_entry)
        came = Finding(key="review.not_finalised.final", clause=clause, values=dates)
        return Verdict(lapsed=False, because=came, documents=papers)
    if not _could_be_finalised(cycle, judged):
        return _without_comments(cycle, today, clause)
    if _over(cycle, deadline, today):
        papers = _document("progress_report", cycle.report_entry)
        open_still = Finding(key="review.not_finalised.missing", clause=clause, values=dates)
        return Verdict(lapsed=True, because=open_still, documents=papers)
    return Verdict(
        lapsed=None, because=Finding(key="review.not_finalised.awaited", clause=clause, values=dates)
    )


def _could_be_finalised(cycle: Cycle, judged: date) -> bool:
    """A report can only be finalised when it came and the MWG had commented before the year was judged."""
    return cycle.report_on is not None and cycle.comments_on is not None and cycle.comments_on <= judged


def _without_comments(cycle: Cycle, today: date, clause: str) -> Verdict:
    dates = {**_dates(cycle, cycle.report_on), **_iso("comments_on", cycle.comments_on)}
    if not _over(cycle, judging_day(cycle), today):
        return Verdict(
            lapsed=None, because=Finding(key="review.not_finalised.too_early", clause=clause, values=dates)
        )
    if cycle.report_on is None:
        none = Finding(key="review.not_finalised.no_report", clause=clause, values=dates)
        return Verdict(lapsed=None, because=none, applies=False)
    uncommented = Finding(key="review.not_finalised.no_comments", clause=clause, values=dates)
    return Verdict(lapsed=None, because=uncommented, applies=False)


def _no_progress_evidence(cycle: Cycle, today: date) -> Verdict:
    clause = CLAUSES[Indicator.NO_PROGRESS_EVIDENCE]
    return _no_evidence(cycle, EvidenceAbout.PROGRESS, cycle.progress_presented, clause)


def _no_collaboration_evidence(cycle: Cycle, today: date) -> Verdict:
    clause = CLAUSES[Indicator.NO_COLLABORATION_EVIDENCE]
    return _no_evidence(cycle, EvidenceAbout.COLLABORATION, cycle.collaboration_presented, clause)


def _no_evidence(cycle: Cycle, about: EvidenceAbout, presented: bool | None, clause: str) -> Verdict:
    """The MWG's judgement decides; without one, a closed year counts by what is on record."""
    papers = tuple(title for title, topic in cycle.evidence.items() if topic == about)
    shown_in_report = about is EvidenceAbout.PROGRESS and cycle.progress_shown and cycle.report_on is not None
    reports = _document("progress_report", cycle.report_entry) if shown_in_report else ()
    dates = _dates(cycle, None, by=cycle.judged_on or judging_day(cycle))
    if presented is True:
        shown = Finding(key="review.evidence.presented", clause=clause, values=dates)
        return Verdict(lapsed=False, because=shown, documents=papers)
    if presented is False and papers:
        stands = Finding(key="review.evidence.judgement_stands", clause=clause, values=dates)
        return Verdict(lapsed=True, because=stands, documents=papers)
    if presented is False:
        none = Finding(key="review.evidence.none_presented", clause=clause, values=dates)
        return Verdict(lapsed=True, because=none)
    if not cycle.closed:
        awaited = Finding(key="review.evidence.awaited", clause=clause, values=dates)
        return Verdict(lapsed=None, because=awaited, documents=papers)
    if papers or reports:
        on_record = Finding(key="review.evidence.on_record", clause=clause, values=dates)
        return Verdict(lapsed=False, because=on_record, documents=(*papers, *reports))
    return Verdict(lapsed=True, because=Finding(key="review.evidence.nothing", clause=clause, values=dates))


def _over(cycle: Cycle, day: date, today: date) -> bool:
    return cycle.closed or today > day


def _dates(cycle: Cycle, came_on: date | None, by: date | None = None) -> dict[str, str]:
    """The dates that a sentence about this year can name; `judged_on` is always among them."""
    judged = by or judging_day(cycle)
    return {"judged_on": judged.isoformat(), **_iso("due_on", cycle.due_on), **_iso("came_on", came_on)}


def _iso(name: str, day: date | None) -> dict[str, str]:
    return {} if day is None else {name: day.isoformat()}


def _document(kind: str, entry: int | None) -> tuple[str, ...]:
    """A paper by its kind and the entry of the timeline that brought it."""
    return (kind if entry is None else f"{entry}: {kind}",)


_JUDGES: Mapping[Indicator, Callable[[Cycle, date], Verdict]] = MappingProxyType(
    {
        Indicator.NO_REPORT: _no_report,
        Indicator.NOT_FINALISED: _not_finalised,
        Indicator.NO_INDICATORS: _no_indicators,
        Indicator.NO_PROGRESS_EVIDENCE: _no_progress_evidence,
        Indicator.NO_COLLABORATION_EVIDENCE: _no_collaboration_evidence,
    }
)
