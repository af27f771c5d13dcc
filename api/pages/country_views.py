"""What the page of a country is made of: flags with why, versions by what they are of, comments by their subject."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from api.confidence import Hidden, named
from api.views import EntryView
from contracts.record import Comment, Flag, Version
from contracts.rows import CountryRow
from correspondence.dates import as_date, short
from correspondence.matters import Matters
from framework.facts import Cycle
from framework.findings import Finding
from framework.review import Explanation, YearFinding
from framework.terms import Category, Language

FINDINGS = TypeAdapter(list[Finding])


@dataclass(frozen=True, kw_only=True)
class YearWhy:
    """How an indicator stood in one year; `documents`: (number of the entry or "", what it is)."""

    year: int
    lapsed: bool | None
    why: str
    documents: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class FlagView:
    """An indicator of insufficient progress (REV-09 to 14): since when, why, what would clear it."""

    indicator: str
    clause: str
    raised: bool
    flag: Flag | None
    years: list[YearWhy]
    clears: list[str]


PAPERS = (
    "expression_of_interest",
    "timetable",
    "stakeholder_list",
    "stocktaking",
    "workshop",
    "roadmap",
    "nap_submission",
    "profile_text",
    "annual_activities",
    "progress_report",
    "indicator_framework",
    "mwg_comments",
    "final_report",
    "yearly_review",
)
"""What counts as a paper of a country; everything else that was handed in stands in the history."""

SINGLE = ("workshop", "expression_of_interest")
"""Papers of which each is one by itself: there is nothing to compare."""


@dataclass(frozen=True)
class Paper:
    """Something that is handed in, of one year or of none, with its versions, the newest first."""

    kind: str
    year: int | None
    versions: list[Version]

    @property
    def pairs(self) -> list[tuple[Version, Version]]:
        """Each version with the one after it, the newest first."""
        return [] if self.kind in SINGLE else list(zip(self.versions[1:], self.versions, strict=False))


@dataclass(frozen=True)
class Subject:
    """What comments are about (`roadmap`, `report-2027`), and the comments by their number."""

    about: str
    year: int | None
    comments: list[Comment]


def flags_of(country: CountryRow, hidden: Hidden, language: Language) -> list[FlagView]:
    """Every indicator of a country that has been judged, the raised ones first."""
    if country.assessment is None:
        return []
    explained = [*country.assessment.explanations]
    if country.assessment.combination is not None:
        explained.append(country.assessment.combination)
    open_flags = {one.indicator: one for one in country.flags if one.cleared_on is None}
    views = [_flag(one, open_flags.get(one.indicator), hidden, language) for one in explained]
    return sorted(views, key=lambda one: not one.raised)


def _flag(found: Explanation, flag: Flag | None, hidden: Hidden, language: Language) -> FlagView:
    return FlagView(
        indicator=found.indicator,
        clause=found.clause,
        raised=found.raised or flag is not None,
        flag=flag,
        years=[_year(one, hidden, language) for one in reversed(found.years)],
        clears=[sentence(one.key, one.values, language) for one in found.clears],
    )


def _year(found: YearFinding, hidden: Hidden, language: Language) -> YearWhy:
    documents = [one.partition(": ") for one in named(found.documents, hidden)]
    return YearWhy(
        year=found.year,
        lapsed=found.lapsed,
        why=sentence(f"review.{found.why}", found.dates, language) if found.why else "",
        documents=[(number if rest else "", rest or number) for number, _, rest in documents],
    )


def sentence(key: str, values: Any, language: Language) -> str:
    """A rule's key in words, its dates written out."""
    said = {
        name: short(day, language) if (day := as_date(value)) else value for name, value in values.items()
    }
    return Matters(language).said({"key": key, "values": said})


def sentences(findings: Iterable[Any], language: Language) -> list[str]:
    """Findings of the rules in words; each may lie as it came out of a row."""
    return [sentence(one.key, one.values, language) for one in FINDINGS.validate_python([*findings])]


def papers_of(versions: Iterable[Version]) -> list[Paper]:
    """Versions by what they are of: those of no year first, then year by year, the newest first."""
    found: dict[tuple[int | None, str], list[Version]] = {}
    for one in (one for one in versions if one.kind in PAPERS):
        found.setdefault((one.year, one.kind), []).append(one)
    papers = [
        Paper(kind, year, sorted(each, key=lambda one: -one.number)) for (year, kind), each in found.items()
    ]
    return sorted(papers, key=lambda one: (-(one.year or 9999), one.versions[-1].entry))


def matrix_of(comments: Iterable[Comment], *, only_open: bool) -> list[Subject]:
    """Comments by subject, the newest year first, the roadmap last."""
    found: dict[str, list[Comment]] = {}
    for one in comments:
        if not only_open or (one.answered_at is None and not one.withdrawn):
            found.setdefault(one.about, []).append(one)
    subjects = [Subject(about, _year_of(about), each) for about, each in found.items()]
    return sorted(subjects, key=lambda one: -(one.year or 0))


def participation_of(cycles: Iterable[Cycle]) -> tuple[list[int], list[tuple[str, list[int]]]]:
    """The years with consultations, newest first; and by category of stakeholders how often it took part in each."""
    years = sorted((one for one in cycles if one.participation), key=lambda one: -one.year)
    rows = [(one.value, [year.participation.get(one.value, 0) for year in years]) for one in Category]
    return [one.year for one in years], rows


def support_of(entries: Iterable[EntryView]) -> list[EntryView]:
    """The newest word on each support action; `entries` newest first."""
    found: dict[Any, EntryView] = {}
    for one in entries:
        found.setdefault(one.values.get("reference"), one)
    return list(found.values())


def _year_of(about: str) -> int | None:
    _, _, year = about.partition("-")
    return int(year) if year.isdigit() else None
