"""The MWG's yearly report to the GCM (REV-06): its own words, then every country's review, flags and lapses."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from activities.markdown import day, document, line, named, table, words, yes_no
from activities.year_records import CountryYear
from contracts.alliance import Compilation
from framework import review as rules
from framework.facts import COMBINATION, Cycle
from framework.records import SpecialCircumstances
from framework.terms import Status

KINDS = ("yearly_review",)
FOR_JUDGEMENT = "combination.for_judgement"

NOTES = {
    "progress_note": "Evidence of progress",
    "collaboration_note": "Evidence of collaboration",
    "participation_note": "Participation of stakeholders",
    "commitments_note": "Commitments",
    "community_note": "Participation in the community",
    "reporting_note": "Monitoring and reporting",
}
"""The notes of a review, with their headings."""


def data(order: Compilation, years: list[CountryYear]) -> dict[str, Any]:
    """All pathfinder countries of the year; `as_of` is the day on which the indicators are judged."""
    return {
        "kind": order.kind,
        "year": order.year,
        "number": order.number,
        "draft": order.draft,
        "as_of": order.as_of.isoformat(),
        "text": order.text,
        "statuses": dict(sorted(Counter(one.row.status.value for one in years).items())),
        "countries": [_country(one, order.as_of) for one in years if _reviewed(one)],
    }


def text(found: dict[str, Any]) -> bytes:
    """The report as Markdown."""
    draft = " (draft)" if found["draft"] else ""
    head = [
        f"# Report of the Monitoring Working Group to the Global Coordinating Group, {found['year']}{draft}"
    ]
    head.append(words(found["text"]) or "_The group's own words are still to come._")
    head.append(f"What follows is what was on record on {day(found['as_of'])}.")
    head.append(_overview(found["countries"]))
    return document([*head, *(_country_text(one, found["year"]) for one in found["countries"])])


def lines(found: dict[str, Any]) -> list[str]:
    """What the GCM should look at first: flags, and combinations that are for the MWG's judgement."""
    said = []
    for one in found["countries"]:
        said += [
            f"{one['name']} ({one['code']}): {_flag(flag)}" for flag in one["flags"] if not flag["cleared_on"]
        ]
        if one["combination_for_judgement"]:
            said.append(f"{one['name']} ({one['code']}): a combination of lapses, for the MWG's judgement")
    return said


def points(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The same as keys and values, to be said in the reader's language."""
    listed = []
    for one in found["countries"]:
        country = {"code": one["code"], "name": one["name"]}
        standing = [flag for flag in one["flags"] if not flag["cleared_on"]]
        listed += [country | {"indicator": flag["indicator"], "years": flag["years"]} for flag in standing]
        if one["combination_for_judgement"]:
            listed.append(country | {"indicator": COMBINATION, "years": []})
    return listed


def _reviewed(one: CountryYear) -> bool:
    """Pathfinder countries, and those that owed a report in that year and are none any more."""
    pathfinder = one.row.status in (Status.ACTIVE, Status.INACTIVE)
    return pathfinder or bool(one.cycle and one.cycle.report_due)


def _country(one: CountryYear, as_of: date) -> dict[str, Any]:
    cycle = one.cycle
    found = rules.assess(rules.to_judge(one.cycles, one.row.paused_on), as_of)
    year = cycle.year if cycle else 0
    lapses = [each.indicator for each in found.explanations if _lapsed(each, year)]
    return {
        "code": one.row.code,
        "name": one.row.name,
        "status": one.row.status.value,
        "status_since": one.row.status_since.isoformat() if one.row.status_since else "",
        "paused": one.row.paused_on is not None,
        "circumstances": [_circumstance(each) for each in one.row.circumstances],
        "report": _dates(cycle),
        "conditions": [asdict(each) for each in rules.conditions(cycle)]
        if cycle and cycle.report_due
        else [],
        "participation": rules.participation(cycle) if cycle else {},
        "lapses": lapses,
        "flags": [each.model_dump(mode="json") for each in one.row.flags],
        "raised": list(found.raised),
        "explanations": [
            _explanation(each) for each in (*found.explanations, found.combination) if _telling(each)
        ],
        "combination_for_judgement": found.combination.why == FOR_JUDGEMENT,
        "review": _review(one.papers.get("yearly_review")),
    }


def _circumstance(one: SpecialCircumstances) -> dict[str, str]:
    """DIA-02: they stand beside what the GCM decides on."""
    return {
        "form": one.form.value if one.form else "",
        "starts_on": str(one.starts_on or ""),
        "ends_on": str(one.ends_on or ""),
        "note": one.note,
    }


def _lapsed(explanation: rules.Explanation, year: int) -> bool:
    return any(each.year == year and each.lapsed for each in explanation.years)


def _telling(explanation: rules.Explanation) -> bool:
    """Whether it says something that the GCM must know: a flag, a lapse, a combination to be judged."""
    if explanation.indicator == COMBINATION:
        return explanation.raised or explanation.why == FOR_JUDGEMENT
    return explanation.raised or any(each.lapsed for each in explanation.years)


def _explanation(explanation: rules.Explanation) -> dict[str, Any]:
    """Years with their dates; evidence may be confidential, so it is counted and not named."""
    years = [
        {
            "year": each.year,
            "lapsed": each.lapsed,
            "why": each.why,
            "documents": len(each.documents),
            "dates": dict(each.dates),
        }
        for each in explanation.years
    ]
    clears = [finding.key for finding in explanation.clears]
    about = {"indicator": explanation.indicator, "clause": explanation.clause, "raised": explanation.raised}
    return {**about, "why": explanation.why, "years": years, "clears": clears}


def _dates(cycle: Cycle | None) -> dict[str, Any]:
    if cycle is None:
        return {"due": False}
    late = bool(cycle.report_on and cycle.due_on and cycle.report_on > cycle.due_on)
    names = (
        "due_on",
        "indicators_due_on",
        "report_on",
        "indicators_on",
        "comments_on",
        "final_on",
        "judged_on",
        "status_decided_on",
    )
    dated = {name: value.isoformat() if (value := getattr(cycle, name)) else "" for name in names}
    extended = {"first_due_on": str(cycle.first_due_on or ""), "extended_because": cycle.extended_because}
    return {
        "due": cycle.report_due,
        "late": late,
        **dated,
        **extended,
        "status_outcome": cycle.status_outcome,
    }


def _review(body: dict[str, Any] | None) -> dict[str, Any]:
    names = (*NOTES, "guidance", "raise_flag_because")
    return {name: body[name] for name in names if body.get(name)} if body else {}


def _overview(countries: list[dict[str, Any]]) -> str:
    header = ("country", "status", "report", "final", "indicators", "lapses this year", "flags")
    rows = [
        (
            f"{line(one['name'])} ({one['code']})",
            one["status"],
            _came(one["report"], "report_on"),
            _came(one["report"], "final_on"),
            _came(one["report"], "indicators_on"),
            ", ".join(named(each) for each in one["lapses"]) or "-",
            "; ".join(_flag(each) for each in one["flags"] if not each["cleared_on"]) or "-",
        )
        for one in countries
    ]
    return table(header, rows)


def _came(report: dict[str, Any], name: str) -> str:
    if not report["due"]:
        return "not due"
    late = " (late)" if name == "report_on" and report["late"] else ""
    return f"{day(report[name])}{late}" if report[name] else "none"


def _flag(flag: dict[str, Any]) -> str:
    considered = f", considered on {day(flag['considered_on'])}" if flag["considered_on"] else ""
    return f"{named(flag['indicator'])} {', '.join(str(year) for year in flag['years'])}{considered}"


def _country_text(one: dict[str, Any], year: int) -> str:
    parts = [f"## {line(one['name'])} ({one['code']}): {one['status']}"]
    if one["paused"]:
        parts.append("The country's process is paused by its own letter.")
    parts += [_circumstance_text(each) for each in one["circumstances"]] + _extended(one["report"])
    parts.append("\n".join(f"- {named(each['name'])}: {yes_no(each['met'])}" for each in one["conditions"]))
    parts += [
        f"**{heading}.** {words(one['review'][note])}"
        for note, heading in NOTES.items()
        if note in one["review"]
    ]
    parts.append("\n".join(f"- guidance: {words(each)}" for each in one["review"].get("guidance", [])))
    parts.append("\n".join(_explained(each) for each in one["explanations"]))
    if one["combination_for_judgement"]:
        parts.append(f"**Combination of lapses up to {year}: for the MWG's judgement** (REV-14).")
    return "\n\n".join(part for part in parts if part)


def _circumstance_text(one: dict[str, str]) -> str:
    until = f" until {day(one['ends_on'])}" if one["ends_on"] else ""
    since = f"since {day(one['starts_on'])}{until}"
    return f"Special circumstances ({named(one['form'])}), {since}: {words(one['note'])}"


def _extended(report: dict[str, Any]) -> list[str]:
    said, why = [], words(report.get("extended_because", ""))
    if why and report["first_due_on"] != report["due_on"]:
        said.append(f"Deadline extended from {day(report['first_due_on'])} to {day(report['due_on'])}: {why}")
    if why and report["indicators_due_on"]:
        said.append(f"Deadline of the indicators: {day(report['indicators_due_on'])}: {why}")
    return said


def _explained(explanation: dict[str, Any]) -> str:
    state = "**raised**" if explanation["raised"] else "not raised"
    lapsed = [f"{each['year']} ({named(each['why'])})" for each in explanation["years"] if each["lapsed"]]
    return f"- {named(explanation['indicator'])} ({explanation['clause']}), {state}: {', '.join(lapsed)}"
