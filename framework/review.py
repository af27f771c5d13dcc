"""The yearly review: indicators over consecutive years, explained; the four conditions; participation.

Nothing here changes a status: a raised flag opens a decision of the GCM (REV-15).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from framework.clearing import by_new_review, clears
from framework.cycle import excused
from framework.facts import COMBINATION, Cycle, Indicator
from framework.findings import Finding
from framework.indicators import CLAUSES, Verdict, lapse, verdict
from framework.terms import Category


@dataclass(frozen=True, kw_only=True)
class YearFinding:
    """How an indicator stands in one year. `why` names a sentence `review.<why>` that `dates` (ISO) fill.

    `documents` are evidence titles or `<entry>: <kind>`; evidence can be confidential: no sentence names it.
    """

    year: int
    lapsed: bool | None
    why: str
    documents: tuple[str, ...] = ()
    dates: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """An indicator over all years that count: raised or not, year by year, and what would clear it.

    `why` names a sentence `review.<why>`: raised, not raised, or a combination that is the MWG's to judge.
    """

    indicator: str
    clause: str
    raised: bool
    years: tuple[YearFinding, ...]
    clears: tuple[Finding, ...]
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The five indicators and their combination, as they stand on one day."""

    explanations: tuple[Explanation, ...]
    combination: Explanation

    @property
    def raised(self) -> tuple[str, ...]:
        """The indicators that are raised, in the framework's order; the combination comes last."""
        return tuple(one.indicator for one in (*self.explanations, self.combination) if one.raised)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One of the four conditions of being active, and the key of what it was judged on (REV-08)."""

    name: str
    met: bool | None
    judged_on: str


@dataclass(frozen=True, kw_only=True)
class _Year:
    cycle: Cycle
    verdicts: Mapping[Indicator, Verdict]

    @property
    def lapses(self) -> tuple[str, ...]:
        return tuple(name.value for name, one in self.verdicts.items() if one.lapsed)

    @property
    def pending(self) -> bool:
        return any(_pending(one) for one in self.verdicts.values())


def assess(cycles: Sequence[Cycle], today: date) -> Assessment:
    """The indicators over the years in which a report was due and that count (REV-09 to REV-14).

    Consecutive is meant among those years: one without a report due neither counts nor breaks.
    `today` is the date Anywhere on Earth.
    """
    due = sorted(
        (cycle for cycle in cycles if cycle.report_due and cycle.counts), key=lambda cycle: cycle.year
    )
    years = [
        _Year(cycle=one, verdicts={name: verdict(one, name, today) for name in Indicator}) for one in due
    ]
    return Assessment(
        explanations=tuple(_explain(indicator, years) for indicator in Indicator),
        combination=_combination(years),
    )


def to_judge(cycles: Sequence[Cycle], paused_on: date | None) -> list[Cycle]:
    """The years that the indicators look at: a year that rests is judged when the country has gone on."""
    if paused_on is None:
        return list(cycles)
    return [cycle for cycle in cycles if cycle.closed or not excused(cycle, paused_on)]


def conditions(cycle: Cycle) -> tuple[Condition, Condition, Condition, Condition]:
    """The four conditions of being active in a year: the MWG's judgement, else the record's (REV-08)."""
    return (
        _condition("commitments_met", cycle.commitments_met, None),
        _condition("evidence_of_progress", cycle.progress_presented, _evidence_on_record(cycle)),
        _condition("active_in_community", cycle.active_in_community, None),
        _condition("reporting_met", cycle.reporting_met, _reporting_on_record(cycle)),
    )


def participation(cycle: Cycle) -> dict[str, int]:
    """In how many consultations of the year each of the nine categories took part, with zeros (REV-04)."""
    return {category.value: cycle.participation.get(category.value, 0) for category in Category}


def _explain(indicator: Indicator, years: Sequence[_Year]) -> Explanation:
    pair = _consecutive(indicator, years)
    raised = Finding(key="review.flag.raised") if pair else Finding(key="review.flag.not_raised")
    return Explanation(
        indicator=indicator.value,
        clause=CLAUSES[indicator],
        raised=bool(pair),
        years=tuple(_year_finding(year.cycle.year, year.verdicts[indicator]) for year in years),
        clears=clears(indicator, [year.cycle for year in years], pair) if pair else (),
        why=_why(raised),
    )


def _consecutive(indicator: Indicator, years: Sequence[_Year]) -> tuple[Cycle, ...]:
    """The last two judged years if both lapsed. A year that is still open at the end decides nothing yet."""
    judged = list(years)
    while judged and _pending(judged[-1].verdicts[indicator]):
        judged.pop()
    last = judged[-2:]
    if len(last) == 2 and all(year.verdicts[indicator].lapsed for year in last):
        return tuple(year.cycle for year in last)
    return ()


def _pending(one: Verdict) -> bool:
    return one.lapsed is None and one.applies


def _year_finding(year: int, one: Verdict) -> YearFinding:
    return YearFinding(
        year=year,
        lapsed=one.lapsed,
        why=_why(one.because),
        documents=one.documents,
        dates=one.because.values,
    )


def _combination(years: Sequence[_Year]) -> Explanation:
    """Raised by the MWG alone, in its last review; two years of mixed lapses are put before it (REV-14)."""
    reviewed = [year.cycle for year in years if _reviewed(year.cycle)]
    raised_in = reviewed[-1].year if reviewed and reviewed[-1].raise_flag_because else None
    why = Finding(key="review.combination.none")
    if raised_in is not None:
        why = Finding(key="review.combination.raised_by_mwg")
    elif _mixed(years):
        why = Finding(key="review.combination.for_judgement")
    return Explanation(
        indicator=COMBINATION,
        clause="REV-14",
        raised=raised_in is not None,
        years=tuple(_combined(year, raised_in) for year in years),
        clears=by_new_review(raised_in) if raised_in is not None else (),
        why=_why(why),
    )


def _reviewed(cycle: Cycle) -> bool:
    return cycle.closed or cycle.judged_on is not None or bool(cycle.raise_flag_because)


def _mixed(years: Sequence[_Year]) -> bool:
    """Whether the last two judged years each have some lapse, and no single indicator lapsed in both."""
    judged = list(years)
    while judged and judged[-1].pending and not judged[-1].lapses:
        judged.pop()
    if len(judged) < 2:
        return False
    before, last = judged[-2].lapses, judged[-1].lapses
    return bool(before and last) and not any(name in before for name in last)


def _combined(year: _Year, raised_in: int | None) -> YearFinding:
    lapsed, why = False, Finding(key="review.combination.year_without_lapse")
    if year.cycle.year == raised_in:
        lapsed, why = True, Finding(key="review.combination.year_raised")
    elif year.lapses:
        lapsed, why = True, Finding(key="review.combination.year_with_lapse")
    elif year.pending:
        why = Finding(key="review.combination.year_open")
    open_still = year.pending and not lapsed
    return YearFinding(
        year=year.cycle.year,
        lapsed=None if open_still else lapsed,
        why=_why(why),
        dates={"lapses": ", ".join(year.lapses)},
    )


def _condition(name: str, judged: bool | None, on_record: bool | None) -> Condition:
    if judged is not None:
        return Condition(name=name, met=judged, judged_on=Finding(key="review.condition.by_mwg").key)
    if on_record is not None:
        return Condition(name=name, met=on_record, judged_on=Finding(key="review.condition.by_record").key)
    return Condition(name=name, met=None, judged_on=Finding(key="review.condition.not_judged").key)


def _evidence_on_record(cycle: Cycle) -> bool | None:
    lapsed = lapse(cycle, Indicator.NO_PROGRESS_EVIDENCE, date.min)
    return None if lapsed is None else not lapsed


def _reporting_on_record(cycle: Cycle) -> bool | None:
    came = cycle.report_on is not None and cycle.indicators_on is not None
    complete = came and (cycle.final_on is not None or (cycle.closed and cycle.comments_on is None))
    return complete if complete or cycle.closed else None


def _why(because: Finding) -> str:
    return because.key.removeprefix("review.")


__all__ = [
    "Assessment",
    "Condition",
    "Explanation",
    "YearFinding",
    "assess",
    "conditions",
    "lapse",
    "participation",
    "to_judge",
    "verdict",
]
