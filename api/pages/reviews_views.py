"""What the pages of the MWG show: a report in its sections, tasks by subgroup, comments and answers over the years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.catalogues import N_, words
from contracts.state import Comment
from framework.terms import Language
from storage.reading_tasks import TaskItem

SECTIONS: Mapping[str, str] = {
    "progress": N_("Progress against the roadmap's priorities"),
    "worked_well": N_("What worked and could serve others"),
    "obstacles": N_("Obstacles"),
    "participation": N_("Participation of stakeholders"),
    "next_steps": N_("Next steps"),
    "support_needed": N_("Support needed"),
    "experience_wanted": N_("Experience wanted from other countries"),
    "indicators": N_("Indicator framework"),
    "general": N_("The report as a whole"),
}
"""The sections of a report in the order in which they are read; the last one has no text of its own."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of a report: paragraphs as they were handed in, or rows of name and text."""

    key: str
    title: str
    paragraphs: Sequence[str] = ()
    rows: Sequence[tuple[str, str]] = ()

    @property
    def empty(self) -> bool:
        """Whether the report says nothing here."""
        return not self.paragraphs and not self.rows


def sections(
    report: Mapping[str, Any] | None, indicators: Mapping[str, Any] | None, language: Language
) -> list[Section]:
    """A report's sections in the reader's order."""
    said, say = report or {}, words(language).gettext
    rows = {
        "progress": [(_of(one, "priority"), _of(one, "text")) for one in said.get("progress", ())],
        "next_steps": [(_of(one, "key"), _of(one, "text")) for one in said.get("next_steps", ())],
        "indicators": [
            (_of(one, "indicator").replace("_", " "), _value(one))
            for one in (indicators or {}).get("values", ())
        ],
    }
    return [
        Section(key=key, title=say(title), paragraphs=_paragraphs(said.get(key)), rows=rows.get(key, ()))
        for key, title in SECTIONS.items()
    ]


def _of(one: Mapping[str, Any], name: str) -> str:
    return str(one.get(name) or "")


def _value(one: Mapping[str, Any]) -> str:
    """A value with unit and source, or why there is none."""
    parts = [_of(one, "value"), _of(one, "unit"), _of(one, "disaggregation")]
    value = " ".join(part for part in parts if part) or _of(one, "unavailable_because")
    return f"{value} ({_of(one, 'source')})" if _of(one, "source") else value


def _paragraphs(text: Any) -> list[str]:
    return [part for part in str(text or "").split("\n") if part.strip()] if isinstance(text, str) else []


def comments_of(typed: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """The comments of all boxes in the order of the sections, each with the section that it is about.

    In one box a blank line parts two comments. `language` is the country's: the comments go to it.
    """
    say = words(language).gettext
    return tuple(
        " ".join(f"{say(title)}. {part.strip()}".split(" "))
        for key, title in SECTIONS.items()
        for part in typed.get(key, "").replace("\r\n", "\n").split("\n\n")
        if part.strip()
    )


def by_assignee(found: Iterable[TaskItem]) -> list[tuple[str, list[TaskItem]]]:
    """Open tasks by the subgroup or member to whom they are assigned; those of nobody last."""
    groups: dict[str, list[TaskItem]] = {}
    for one in found:
        groups.setdefault(one.task.assignee.strip(), []).append(one)
    return sorted(groups.items(), key=lambda pair: (not pair[0], pair[0].casefold()))


def by_year(comments: Iterable[Comment]) -> list[tuple[str, list[Comment]]]:
    """Comments by what they are about, the latest year first, those on the roadmap last."""
    groups: dict[str, list[Comment]] = {}
    for one in comments:
        groups.setdefault(one.about.removeprefix("report-"), []).append(one)
    return sorted(groups.items(), key=lambda pair: (pair[0].isdigit(), pair[0]), reverse=True)
