"""What would clear a raised flag, year by year, so that a country knows what to do (REV-09 to REV-14)."""

from collections.abc import Sequence

from framework.facts import Cycle, Indicator
from framework.findings import Finding
from framework.indicators import CLAUSES
from framework.terms import EvidenceAbout


def clears(indicator: Indicator, due: Sequence[Cycle], lapsed: Sequence[Cycle]) -> tuple[Finding, ...]:
    """What would clear an indicator's flag that the two years `lapsed` raised, out of all the years `due`.

    A report, a final version or an indicator framework can come while its cycle is open; evidence can be
    booked to a closed year as well.
    """
    open_years = [cycle for cycle in due if cycle.year >= lapsed[0].year and not cycle.closed]
    if indicator is Indicator.NO_REPORT:
        return _by_report(open_years, due)
    if indicator is Indicator.NOT_FINALISED:
        return _by_final_version(open_years, due)
    if indicator is Indicator.NO_INDICATORS:
        return _by_indicators(open_years, due)
    return _by_evidence(indicator, open_years, lapsed)


def by_new_review(year: int) -> tuple[Finding, ...]:
    """What would clear a flag that the MWG raised by its own judgement (REV-14)."""
    return (Finding(key="review.clear.mwg_reviews_anew", clause="REV-14", values=_year(year)),)


def _by_report(open_years: Sequence[Cycle], due: Sequence[Cycle]) -> tuple[Finding, ...]:
    clause = CLAUSES[Indicator.NO_REPORT]
    if not open_years:
        return (Finding(key="review.clear.report_next_year", clause=clause, values=_year(due[-1].year + 1)),)
    return tuple(
        Finding(key="review.clear.hand_in_report", clause=clause, values=_year(cycle.year))
        for cycle in open_years
    )


def _by_final_version(open_years: Sequence[Cycle], due: Sequence[Cycle]) -> tuple[Finding, ...]:
    clause = CLAUSES[Indicator.NOT_FINALISED]
    if not open_years:
        return (
            Finding(key="review.clear.finalise_next_year", clause=clause, values=_year(due[-1].year + 1)),
        )
    return tuple(
        Finding(key="review.clear.finalise_report", clause=clause, values=_year(cycle.year))
        for cycle in open_years
    )


def _by_indicators(open_years: Sequence[Cycle], due: Sequence[Cycle]) -> tuple[Finding, ...]:
    clause = CLAUSES[Indicator.NO_INDICATORS]
    if not open_years:
        return (
            Finding(key="review.clear.indicators_next_year", clause=clause, values=_year(due[-1].year + 1)),
        )
    return tuple(
        Finding(key="review.clear.update_indicators", clause=clause, values=_year(cycle.year))
        for cycle in open_years
    )


def _by_evidence(
    indicator: Indicator, open_years: Sequence[Cycle], lapsed: Sequence[Cycle]
) -> tuple[Finding, ...]:
    clause = CLAUSES[indicator]
    found = [_for_lapsed(indicator, cycle, clause) for cycle in lapsed]
    known = [cycle.year for cycle in lapsed]
    later = [cycle.year for cycle in open_years if cycle.year not in known]
    return (
        *found,
        *(Finding(key="review.clear.present_evidence", clause=clause, values=_year(year)) for year in later),
    )


def _for_lapsed(indicator: Indicator, cycle: Cycle, clause: str) -> Finding:
    """A judgement of the MWG stands until it judges anew; without one, evidence alone is enough."""
    progress = indicator is Indicator.NO_PROGRESS_EVIDENCE
    judged = cycle.progress_presented if progress else cycle.collaboration_presented
    about = EvidenceAbout.PROGRESS if progress else EvidenceAbout.COLLABORATION
    if judged is None:
        return Finding(key="review.clear.add_evidence", clause=clause, values=_year(cycle.year))
    if about in cycle.evidence.values():
        return Finding(key="review.clear.judge_anew", clause=clause, values=_year(cycle.year))
    return Finding(key="review.clear.add_evidence_and_judge_anew", clause=clause, values=_year(cycle.year))


def _year(year: int) -> dict[str, str]:
    return {"year": str(year)}
