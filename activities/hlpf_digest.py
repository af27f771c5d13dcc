"""The digest of a year's final reports for the Alliance's side event at the HLPF (REP-11): as data, and as text."""

from typing import Any

from activities.markdown import day, document, line, named, words
from activities.year_records import CountryYear
from contracts.alliance import Compilation
from framework.terms import Status

KINDS = ("final_report", "progress_report")

PARTS = {
    "worked_well": "What worked and could serve others",
    "obstacles": "Obstacles",
    "participation": "Participation of stakeholders",
    "support_needed": "Support needed",
    "experience_wanted": "Experience wanted from other countries",
}
"""The narrative parts of a report, with their headings."""


def data(order: Compilation, years: list[CountryYear]) -> dict[str, Any]:
    """All final reports of the year with what they say; final reports are public, nothing else is in it."""
    return {
        "kind": order.kind,
        "year": order.year,
        "number": order.number,
        "as_of": order.as_of.isoformat(),
        "foreword": order.text,
        "countries": [_country(one) for one in years if one.cycle and one.cycle.final_on],
        "events": [
            {
                "title": one.title,
                "on": one.on.isoformat() if one.on else "",
                "place": one.place,
                "countries": list(one.countries),
            }
            for one in order.events
        ],
    }


def without(years: list[CountryYear]) -> list[str]:
    """The active countries whose report was due and is not final."""
    return [
        one.row.code
        for one in years
        if one.row.status is Status.ACTIVE
        and one.cycle
        and one.cycle.report_due
        and one.cycle.final_on is None
    ]


def text(found: dict[str, Any]) -> bytes:
    """The digest as Markdown."""
    countries = found["countries"]
    head = [f"# Pathfinder countries: progress reported in {found['year']}", words(found["foreword"])]
    head.append(f"Final reports of {len(countries)} countries, as on record on {day(found['as_of'])}.")
    return document([*head, *(_country_text(one) for one in countries), _events_text(found["events"])])


def lines(found: dict[str, Any]) -> list[str]:
    """The countries of the digest, one a line."""
    return [
        f"{one['name']} ({one['code']}), final on {day(one['finalised_on'])}" for one in found["countries"]
    ]


def _country(one: CountryYear) -> dict[str, Any]:
    """A final report says what changed; where it says nothing, the report stands as it came (REP-09)."""
    cycle = one.cycle
    assert cycle is not None  # only countries with a final report are asked for
    assert cycle.final_on is not None
    final = one.papers.get("final_report", {})
    report = final.get("report") or one.papers.get("progress_report") or {}
    return {
        "code": one.row.code,
        "name": one.row.name,
        "finalised_on": cycle.final_on.isoformat(),
        "on_paper_only": not report,
        "body_consulted": report.get("body_consulted", ""),
        "progress": report.get("progress", []),
        "next_steps": report.get("next_steps", []),
        **{part: report.get(part, "") for part in PARTS},
    }


def _country_text(one: dict[str, Any]) -> str:
    parts = [f"## {line(one['name'])}", f"Final report of {day(one['finalised_on'])}."]
    if one["on_paper_only"]:
        parts.append("The report came on paper; its text is not in this system.")
    parts += [_priority(each) for each in one["progress"]]
    parts += [f"**{heading}.** {words(one[part])}" for part, heading in PARTS.items() if one[part]]
    steps = [f"- {words(each.get('text'))}{_by(each)}" for each in one["next_steps"]]
    if steps:
        parts.append("**Next steps.**\n\n" + "\n".join(steps))
    return "\n\n".join(parts)


def _priority(each: dict[str, Any]) -> str:
    state = f" ({line(named(each['state']))})" if each.get("state") else ""
    return f"**{line(named(each.get('priority', '')))}**{state}: {words(each.get('text'))}"


def _by(step: dict[str, Any]) -> str:
    return f" (by {day(step['by'])})" if step.get("by") else ""


def _events_text(events: list[dict[str, Any]]) -> str:
    if not events:
        return ""
    listed = [
        f"- {line(one['title'])}, {day(one['on'])}, {line(one['place'])}: {', '.join(one['countries'])}"
        for one in events
    ]
    return "## Events at which countries were featured\n\n" + "\n".join(listed)
