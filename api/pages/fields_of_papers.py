"""What was handed in as lines of a page: each field by its name in the reader's language, each value in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.catalogues import N_, words
from correspondence.dates import as_date, short
from correspondence.matters import Matters, plain_words
from framework.terms import Language

Path = tuple[str, ...]

NAMES: Mapping[str, str] = {
    "priorities": N_("Priority"),
    "title": N_("Title"),
    "topic": N_("Topic"),
    "measures": N_("Measure"),
    "text": N_("Text"),
    "indicator": N_("Indicator"),
    "baseline": N_("Baseline"),
    "target": N_("Target"),
    "by": N_("By when"),
    "next_steps": N_("Next step"),
    "next_step": N_("Next step"),
    "support_areas": N_("Support needed"),
    "no_support_needed": N_("No support needed"),
    "timetable": N_("Timetable"),
    "budget": N_("Budget"),
    "currency": N_("Currency"),
    "total": N_("Total"),
    "financial_resources": N_("Financial resources"),
    "human_resources": N_("Human resources"),
    "gaps": N_("Gaps"),
    "steps_to_full_financing": N_("Steps to full financing"),
    "consultation_process": N_("Consultation process"),
    "consultations": N_("Consultation"),
    "held_on": N_("Held on"),
    "until": N_("Until"),
    "body": N_("Body"),
    "bodies": N_("Coordination body"),
    "body_consulted": N_("Coordination body consulted"),
    "categories": N_("Stakeholders"),
    "category": N_("Category"),
    "participants": N_("Stakeholders"),
    "stakeholders": N_("Stakeholders"),
    "summary": N_("Summary"),
    "documents": N_("Document"),
    "document": N_("Document"),
    "letter": N_("Letter"),
    "annexes": N_("Annex"),
    "papers": N_("Paper"),
    "progress": N_("Progress"),
    "priority": N_("Priority"),
    "state": N_("State"),
    "worked_well": N_("What worked"),
    "obstacles": N_("Obstacles"),
    "participation": N_("Participation"),
    "support_needed": N_("Support needed"),
    "experience_wanted": N_("Experience wanted"),
    "report": N_("Report"),
    "answers": N_("Answer"),
    "addressed": N_("Addressed"),
    "values": N_("Value"),
    "value": N_("Value"),
    "unit": N_("Unit"),
    "source": N_("Source"),
    "disaggregation": N_("Broken down by"),
    "unavailable_because": N_("Not available because"),
    "activities": N_("Activity"),
    "studies": N_("Study"),
    "laws": N_("Law"),
    "policies": N_("Policy"),
    "existing_sources_used": N_("Existing sources used"),
    "name": N_("Name"),
    "place": N_("Place"),
    "on": N_("On"),
    "dated": N_("Dated"),
    "year": N_("Year"),
    "form": N_("Form"),
    "about": N_("About"),
    "link": N_("Link"),
    "supplied_by": N_("Supplied by"),
    "confidentiality": N_("For whom"),
    "comments": N_("Comment"),
    "reason": N_("Reason"),
    "number": N_("Number"),
    "meeting": N_("Meeting"),
    "provider": N_("Provider"),
    "reference": N_("Reference"),
    "starts_on": N_("From"),
    "ends_on": N_("Until"),
    "due_on": N_("Due on"),
    "guidance": N_("Guidance"),
    "items": N_("Guidance"),
    "notes": N_("Notes"),
    "note": N_("Note"),
    "measures_taken": N_("Measure"),
    "version": N_("Version"),
    "outcome": N_("Outcome"),
    "decision": N_("Decision"),
    "because": N_("Reason"),
    "before": N_("Before"),
    "after": N_("After"),
}
"""What the fields are called; one that is not here reads as its key does."""

SECTIONS: Mapping[str, str] = {
    "topic": "topic",
    "category": "category",
    "categories": "category",
    "participants": "category",
    "confidentiality": "confidentiality",
    "before": "status",
    "after": "status",
    "decision_kind": "decision_kind",
    "letter_kind": "letter_kind",
}
"""Fields whose values are keys of the framework's vocabularies."""

KEYS = ("key", "number", "indicator", "priority", "name", "title", "kind")
"""By which of its fields an item of a list is known again, the first that it has."""

NOT_SHOWN = frozenset({"kind", "key", "sha256", "size", "media_type", "fingerprint"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Line:
    """A field with its value in words; `document` is the id of a file that it names."""

    path: Path
    name: str
    text: str
    document: str = ""


def lines(body: Mapping[str, Any], language: Language) -> list[Line]:
    """The fields of a content that say something, in their order."""
    return [
        Line(path, label(path, language), said(path, value, language), document)
        for path, value, document in _flat(body, ())
    ]


def label(path: Path, language: Language) -> str:
    """The name of a field with what it belongs to: `Priority 1 / Measure 2 / Target`."""
    say = words(language).gettext
    parts: list[str] = []
    for step in path:
        if step.startswith("#"):
            parts[-1] = f"{parts[-1]} {step[1:]}"
        else:
            parts.append(say(NAMES[step]) if step in NAMES else plain_words(step, {}))
    return " / ".join(parts)


def said(path: Path, value: Any, language: Language) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return words(language).gettext("yes") if value else words(language).gettext("no")
    if isinstance(value, str) and _DATE.fullmatch(value) and (day := as_date(value)):
        return short(day, language)
    field = next((step for step in reversed(path) if not step.startswith("#")), "")
    section = SECTIONS.get(field)
    return Matters(language).named(value, section) if section else str(value)


def _flat(value: Any, path: Path) -> Iterator[tuple[Path, Any, str]]:
    if isinstance(value, Mapping):
        if {"id", "sha256"} <= value.keys():
            yield path, value.get("name") or value["id"], str(value["id"])
            return
        for key, one in value.items():
            if key not in NOT_SHOWN:
                yield from _flat(one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value, start=1):
            yield from _flat(one, (*path, f"#{_known_by(one) or place}"))
    elif value not in (None, ""):
        yield path, value, ""


def _known_by(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[key]) for key in KEYS if item.get(key)), "")


SAID = (N_("yes"), N_("no"))
"""What `said` says of truths."""
