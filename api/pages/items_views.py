"""What the page of an item shows: what is met and what is not, and how the country came here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.items import unmet_of
from api.pages.catalogues import N_, words
from api.pages.items_words import said
from contracts.rows import CountryRow
from contracts.state import HeldPosition, Item
from correspondence.matters import Matters
from framework.facts import Cycle
from framework.findings import Finding
from framework.terms import DecisionKind, Language

STEPS = (
    "expression_of_interest",
    "stakeholder_list",
    "stocktaking",
    "workshop",
    "roadmap",
    "presentation",
    "comment_answers",
)
"""A candidate's steps, as findings name them (PLN-09)."""

OBLIGATIONS = {
    "annual_report": N_("The annual progress report"),
    "indicator_framework": N_("The indicator framework"),
    "evidence_of_progress": N_("Evidence of progress"),
    "evidence_of_collaboration": N_("Evidence of collaborative efforts"),
}
"""What a country that returns has to meet (REA-04)."""

REVIEWED, REPORTED = N_("Yearly review of the MWG"), N_("The annual progress report")
FINALISED, INDICATORS = N_("The report is finalised"), N_("The indicator framework")
FLAGGED = N_("No flag is raised")
DIALOGUE = N_("A dialogue was held and has ended")
NOT_HELD, STILL_OPEN = N_("No dialogue is on record."), N_("The dialogue is still open.")
NOTHING_YET = N_("Not on record.")


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing that the decision rests on: met or not, why not, and where it is looked at."""

    name: str
    met: bool
    why: Sequence[str] = ()
    link: str


@dataclass(frozen=True, kw_only=True)
class Seat:
    """What one seat said last, and what it had said before."""

    now: HeldPosition
    before: Sequence[HeldPosition]


def requirements(
    country: CountryRow, item: Item, cycles: Sequence[Cycle], language: Language
) -> list[Requirement]:
    """What is met and unmet, by what is to be decided; a link leads to the record behind each."""
    match item.kind:
        case DecisionKind.GRANT:
            return _steps(country, item, language)
        case DecisionKind.REACTIVATE:
            return _obligations(country, item, language)
        case DecisionKind.ANNUAL_STATUS:
            cycle = next((one for one in cycles if one.year == item.year), None)
            return _year(country, cycle, language)
        case DecisionKind.OPEN_DIALOGUE:
            return [_flags(country, language)]
        case _:
            return [_dialogue(country, language), _flags(country, language)]


def _steps(country: CountryRow, item: Item, language: Language) -> list[Requirement]:
    found, matters = unmet_of(country, item), Matters(language)
    return [
        _requirement(matters.thing(step), _at(found, step), language, f"/desk/countries/{country.code}")
        for step in STEPS
    ]


def _obligations(country: CountryRow, item: Item, language: Language) -> list[Requirement]:
    found, say = unmet_of(country, item), words(language).gettext
    link = f"/desk/countries/{country.code}/reports"
    return [_requirement(say(name), _at(found, where), language, link) for where, name in OBLIGATIONS.items()]


def _year(country: CountryRow, cycle: Cycle | None, language: Language) -> list[Requirement]:
    say, link = words(language).gettext, f"/desk/countries/{country.code}/reports"
    came: list[tuple[str, date | None]] = [
        (REPORTED, cycle.report_on if cycle else None),
        (INDICATORS, cycle.indicators_on if cycle else None),
        (FINALISED, cycle.final_on if cycle else None),
        (REVIEWED, cycle.judged_on if cycle else None),
    ]
    made = [
        Requirement(name=say(name), met=on is not None, why=[] if on else [say(NOTHING_YET)], link=link)
        for name, on in came
    ]
    return [*made, _flags(country, language)]


def _flags(country: CountryRow, language: Language) -> Requirement:
    matters = Matters(language)
    open_ones = [one for one in country.flags if one.cleared_on is None]
    named = [
        f"{matters.named(one.indicator, 'indicator')} ({', '.join(map(str, one.years))})" for one in open_ones
    ]
    link = f"/desk/countries/{country.code}"
    return Requirement(name=words(language).gettext(FLAGGED), met=not named, why=named, link=link)


def _dialogue(country: CountryRow, language: Language) -> Requirement:
    say, last = words(language).gettext, country.dialogues[-1] if country.dialogues else None
    why = [say(NOT_HELD)] if last is None else [] if last.closed_on else [say(STILL_OPEN)]
    return Requirement(
        name=say(DIALOGUE), met=not why, why=why, link=f"/desk/countries/{country.code}/dialogue"
    )


def _requirement(name: str, against: Sequence[Finding], language: Language, link: str) -> Requirement:
    return Requirement(name=name, met=not against, why=said(against, language), link=link)


def _at(found: Iterable[Finding], where: str) -> list[Finding]:
    return [one for one in found if one.where == where]


def seats_of(item: Item) -> list[Seat]:
    """The seats that have spoken, in the order in which they first did."""
    earlier: dict[str, list[HeldPosition]] = {}
    for one in item.positions:
        earlier.setdefault(one.seat.strip().casefold(), []).append(one)
    return [Seat(now=said_by[-1], before=said_by[:-1]) for said_by in earlier.values()]
