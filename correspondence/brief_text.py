"""The hand-over brief in words: the sections of a page or of a PDF, in one language, as plain data.

Whoever lays it out adds no words: every label, every date written out and every empty state stands here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import wording
from contracts.brief import Brief, Deadline, OpenFlag, Person, Promise
from contracts.record import Comment
from correspondence.catalogues import translations
from correspondence.dates import as_date, short
from correspondence.inert import clean
from correspondence.matters import Matters, colon
from correspondence.places import country_name
from framework.findings import Finding
from framework.terms import Language


@dataclass(frozen=True, kw_only=True)
class Group:
    """A part of a section: its own title (or none), facts as label and value, and lines."""

    title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of the brief. `key` names it in an address; `empty`: what is said where it holds nothing."""

    key: str
    title: str
    groups: tuple[Group, ...] = ()
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class BriefSheet:
    """The whole brief as it is laid out."""

    code: str
    language: str
    title: str
    office: str
    made_on: str
    dated: date
    page: str
    contents: str
    download: str
    colon: str
    sections: tuple[Section, ...] = field(default_factory=tuple)


def sheet_of(brief: Brief, language: Language) -> BriefSheet:
    """The brief in a language. What people typed stays as they typed it, in the language in which they did."""
    words = _Words(language)
    _, name = words.gettext, country_name(brief.code, language, brief.name)
    return BriefSheet(
        code=brief.code,
        language=language.value,
        title=words.labelled(name, _("hand-over brief")),
        office=_("Alliance 8.7 Secretariat"),
        made_on=words.labelled(_("Made on"), short(brief.today, language)),
        dated=brief.today,
        page=_("Page"),
        contents=_("Contents"),
        download=_("The brief as a PDF"),
        colon=colon(language),
        sections=(
            _standing(brief, words),
            _due(brief, words),
            _promised(brief, words),
            _commented(brief, words),
            _open(brief, words),
            _people(brief, words),
            *_drafts(brief, words),
        ),
    )


class _Words:
    """The words of one language, for values of any shape."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.gettext: Callable[[str], str] = translations(language).gettext
        self.matters = Matters(language)

    def day(self, day: date | None) -> str:
        """A date without its weekday; nothing where there is none."""
        return short(day, self.language) if day else ""

    def labelled(self, label: str, value: str) -> str:
        """`label: value`, with the colon as the language sets it; the label alone without a value."""
        return f"{label}{colon(self.language)} {value}" if value else label

    def named(self, section: str, key: str) -> str:
        """The name that the catalogue gives to a key."""
        return self.matters.named(key, section)

    def said(self, finding: Finding) -> str:
        """A finding as a sentence, its dates written out."""
        values = {name: self.day(as_date(value)) or value for name, value in finding.values.items()}
        return wording.sentence(replace(finding, values=values), self.language.value)


def _facts(rows: Iterable[tuple[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, str(clean(str(value)))) for label, value in rows if value)


def _items(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(clean(line)) for line in lines if line.strip())


def _standing(brief: Brief, words: _Words) -> Section:
    _ = words.gettext
    facts = _facts(
        [
            (_("Status"), words.named("status", brief.status.value)),
            (_("Since"), words.day(brief.status_since)),
            (_("Stage"), words.named("stage", brief.stage.value)),
            (_("Reporting year"), brief.cycle),
            (_("Paused since"), words.day(brief.paused_on)),
        ]
    )
    late = (_("Something that the country owes is late."),) if brief.late else ()
    return Section(
        key="standing", title=_("Where the country stands"), groups=(Group(facts=facts, items=late),)
    )


def _due(brief: Brief, words: _Words) -> Section:
    _ = words.gettext
    lines = _items(_deadline(one, words) for one in brief.deadlines)
    return Section(
        key="due",
        title=_("What is due next"),
        groups=(Group(items=lines),) if lines else (),
        empty=_("Nothing is asked of the country at present."),
    )


def _deadline(one: Deadline, words: _Words) -> str:
    line = words.labelled(words.matters.thing(one.kind, one.year), words.day(one.due_on))
    return f"{line} ({words.named('task_state', one.state.value)})"


def _promised(brief: Brief, words: _Words) -> Section:
    _, found = words.gettext, brief.promises
    groups = [Group(facts=_facts([
        (_("Roadmap, version"), found.roadmap_version),
        (_("Handed in on"), words.day(found.roadmap_on)),
        (_("Last progress report"), found.report_year),
    ]))] if found.roadmap_version else []  # fmt: skip
    groups += [_promise(one, words) for one in found.priorities]
    steps = _items(words.labelled(one.text, words.day(one.by)) for one in found.next_steps)
    groups += [Group(title=_("Next steps"), items=steps)] if steps else []
    groups += (
        [Group(items=(_("The roadmap lies on paper; the Secretariat has it."),))] if found.on_paper else []
    )
    return Section(
        key="promised",
        title=_("What the country has promised"),
        groups=tuple(groups),
        empty=_("There is no roadmap on record yet."),
    )


def _promise(one: Promise, words: _Words) -> Group:
    _, topic = words.gettext, words.named("topic", one.topic.value) if one.topic else ""
    measures = []
    for measure in one.measures:
        told = [
            words.labelled(_("Indicator"), measure.indicator) if measure.indicator else "",
            words.labelled(_("Baseline"), measure.baseline) if measure.baseline else "",
            words.labelled(_("Target"), measure.target) if measure.target else "",
            words.labelled(_("By"), words.day(measure.by)) if measure.by else "",
        ]
        measures.append("; ".join(part for part in (measure.text, *told) if part))
    reported = "; ".join(part for part in (one.reported_state, one.reported) if part)
    said = [words.labelled(_("In the last report"), reported)] if reported else []
    title = f"{one.title or one.key} ({topic})" if topic else one.title or one.key
    return Group(title=str(clean(title)), items=_items([*measures, *said]))


def _commented(brief: Brief, words: _Words) -> Section:
    _ = words.gettext
    last = brief.comments[-1].about if brief.comments else ""
    lines = _items(_comment(one, words) for one in brief.comments)
    return Section(
        key="comments",
        title=_("The last comments and their answers"),
        groups=(Group(title=_about(last, words), items=lines),) if lines else (),
        empty=_("No comments have been made yet."),
    )


def _comment(one: Comment, words: _Words) -> str:
    _ = words.gettext
    answer = words.labelled(_("Answer"), one.answer) if one.answer else _("Not answered yet.")
    return f"{one.number}. {one.text} {answer}"


def _about(about: str, words: _Words) -> str:
    """What comments are about: the roadmap, or the report of a year (`report-2027`)."""
    what, _, year = about.partition("-")
    return words.matters.thing("progress_report" if what == "report" else what, year)


def _open(brief: Brief, words: _Words) -> Section:
    _ = words.gettext
    waiting = [f"{_about(one.about, words)}, {one.number}. {one.text}" for one in brief.unanswered]
    groups = [Group(title=_("Comments without an answer"), items=_items(waiting))] if waiting else []
    groups += [_flag(one, words) for one in brief.flags]
    if brief.unmet:
        lines = _items(words.said(one) for one in brief.unmet)
        groups.append(Group(title=_("What stands between the country and the status"), items=lines))
    groups += _circumstances(brief, words) + _dialogue(brief, words)
    return Section(
        key="open",
        title=_("Open questions"),
        groups=tuple(groups),
        empty=_("No question is open."),
    )


def _flag(one: OpenFlag, words: _Words) -> Group:
    _, years = words.gettext, ", ".join(map(str, one.years))
    title = words.labelled(
        _("Insufficient progress indicated"), f"{words.named('indicator', one.indicator)} ({years})"
    )
    why = [f"{each.where}{colon(words.language)} {words.said(each)}" for each in one.reasons]
    clears = [words.labelled(_("What would clear it"), words.said(each)) for each in one.clears]
    facts = [
        (_("Raised on"), words.day(one.raised_on)),
        (_("Considered by the Global Coordinating Group on"), words.day(one.considered_on)),
    ]
    return Group(title=title, facts=_facts(facts), items=_items([*why, *clears]))


def _circumstances(brief: Brief, words: _Words) -> list[Group]:
    _, lines = words.gettext, []
    for one in brief.circumstances:
        form = words.named("circumstance_form", one.form.value) if one.form else ""
        since = words.labelled(_("Since"), words.day(one.starts_on)) if one.starts_on else ""
        until = words.labelled(_("Until"), words.day(one.ends_on)) if one.ends_on else ""
        lines.append("; ".join(part for part in (form, since, until, one.note) if part))
    return [Group(title=_("Special circumstances"), items=_items(lines))] if lines else []


def _dialogue(brief: Brief, words: _Words) -> list[Group]:
    _, found = words.gettext, brief.dialogue
    if found is None:
        return []
    facts = [
        (_("Open since"), words.day(found.opened_on)),
        (_("Topics"), ", ".join(words.named("topic", one) for one in found.topics)),
        (_("Subgroup"), found.subgroup),
    ]
    title = _("Support of the candidate") if found.for_candidate else _("Dialogue")
    return [Group(title=title, facts=_facts(facts), items=_items(found.guidance))]


def _people(brief: Brief, words: _Words) -> Section:
    _ = words.gettext
    ministry = ", ".join(part for part in (brief.ministry, brief.ministry_email) if part)
    groups = [_person(one, words) for one in brief.people]
    groups += [Group(title=_("Ministry"), items=_items([ministry]))] if ministry else []
    return Section(key="people", title=_("People"), groups=tuple(groups), empty=_("Nobody is on record."))


def _person(one: Person, words: _Words) -> Group:
    _ = words.gettext
    roles = {
        "focal_point": _("Focal point"),
        "deputy": _("Deputy focal point"),
        "successor": _("Successor who has not accepted yet"),
        "former_focal_point": _("Former focal point"),
        "contributor": _("Contributor"),
    }
    line = ", ".join(part for part in (one.name, one.post, one.email) if part)
    tasks = ", ".join(words.matters.thing(kind) for kind in one.tasks)
    until = words.labelled(_("Until"), words.day(one.until_on)) if one.until_on else ""
    return Group(title=roles.get(one.role, one.role), items=_items([line, tasks, until]))


def _drafts(brief: Brief, words: _Words) -> list[Section]:
    """Left out where nobody keeps drafts: then nothing can be said of them."""
    _ = words.gettext
    if brief.drafts is None:
        return []
    lines = _items(words.matters.thing(kind) for kind in brief.drafts)
    groups = (Group(items=lines),) if lines else ()
    empty = _("Nothing has been begun that was not sent.")
    return [Section(key="drafts", title=_("Drafts that wait"), groups=groups, empty=empty)]
