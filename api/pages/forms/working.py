"""A form at work: what was typed, what stands there from before, the record that it makes, and all that it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from access.people import Principal
from api.deps import Parts
from api.drafts import Desk, desk_of, texts_of
from api.examining import Look, look_at, standing_against
from api.pages.catalogues import N_, words
from api.pages.forms.beginnings import Beginning, beginning
from api.pages.forms.confirming import Answer, unconfirmed, waiting
from api.pages.forms.describing import Form, nearest, steps_of
from api.pages.forms.every import forms_of
from api.pages.forms.reading import CONFIRMED, GIVEN, YES, Made, Tree, made, merged
from api.problems import not_found, within
from contracts.rows import CountryRow
from correspondence.matters import colon
from framework.contacts import fingerprint
from framework.findings import Finding, Findings
from framework.records import ContactsConfirmation
from framework.terms import Language
from storage import drafts, reading
from storage.drafts import SavedText
from wording import sentence

NOT_TICKED = N_(
    "You have changed the report, but not said that it is revised: tick it, or the change is not sent."
)
NOT_CONFIRMED = N_("This answer is from an earlier year. Change it, or confirm that it still holds.")


@dataclass(frozen=True)
class Lack:
    """Something to see to: its text, the field's place (empty: the whole), the section, whether it stops the sending.

    `wrong`: what was typed cannot be read; else something is only missing so far. `old`: it waits to be confirmed.
    `item`: of what in the section it speaks, for where it is told away from its field.
    """

    text: str
    place: str
    section: str
    stops: bool = True
    wrong: bool = False
    old: bool = False
    item: str = ""

    @property
    def told(self) -> str:
        """What is told of it in a list."""
        return f"{self.item} {self.text}".strip()


@dataclass(frozen=True, kw_only=True)
class Work:
    """A form of a task with all that is known of it. `texts`: what was saved, by section."""

    desk: Desk
    form: Form
    row: CountryRow
    texts: Mapping[str, SavedText]
    aside: Mapping[str, list[SavedText]]
    start: Beginning
    look: Look
    tree: Tree

    @property
    def carried(self) -> list[Answer]:
        """The answers that stand as an earlier year left them, confirmed or not."""
        return waiting(self.form.fields(), self.tree, self.start.carried)

    @property
    def unconfirmed(self) -> list[Answer]:
        """Those of them that were not confirmed."""
        return unconfirmed(self.carried, self.tree)

    @property
    def left_unticked(self) -> str:
        """The part that was changed, but whose tick is missing, so that the change would not be sent; or empty."""
        parts = {one.within for one in self.form.sections if one.within}
        changed = [one for one in parts if self.tree.get(one) != self.start.tree.get(one)]
        return next((one for one in changed if self.tree.get(one + GIVEN) != YES), "")

    def made(self) -> Made:
        """The record as it would be handed in."""
        if self.form.kind == "contacts_confirmation":
            row = self.row
            shown = fingerprint(row.focal_point, row.deputies, row.ministry, row.ministry_email)
            return Made(ContactsConfirmation(year=self.desk.year or 0, fingerprint=shown))
        return made(self.form, self.tree, self.desk.year)

    def version(self, section: str) -> int:
        """The version of a section's text that stands; 0 where nothing was saved."""
        return self.texts[section].version if section in self.texts else 0


async def work_on(parts: Parts, principal: Principal, code: str, key: str, kind: str = "") -> Work:
    """The form of a task; `kind` chooses where there are several. Raises ProblemError 404."""
    desk = await desk_of(parts, principal, code, key)
    forms = forms_of(desk.kind)
    form = next((one for one in forms if one.kind == (kind or forms[0].kind)), None)
    row = await reading.country(parts.database, code)
    if form is None or row is None:
        raise not_found(f"form of {key}")
    look = await look_at(parts, code)
    start = await beginning(parts, desk, form, row, look)
    texts = await texts_of(parts, desk)
    tree = dict(start.tree)
    confirmed: list[str] = []
    for id in (*form.former, *(one.id for one in form.sections)):
        content = texts[id].content if id in texts else {}
        confirmed += content.get(CONFIRMED, [])
        tree = merged(form, tree, content)
    tree[CONFIRMED] = confirmed
    aside = await drafts.set_aside(parts.database, code, key)
    return Work(
        desk=desk,
        form=form,
        row=row,
        texts=texts,
        aside=aside,
        start=start,
        look=look,
        tree=_with_all_comments(tree, start),
    )


def _with_all_comments(tree: Tree, start: Beginning) -> Tree:
    """Comments that came after the draft was begun are there to be answered too; those answered meanwhile are not."""
    if not start.comments:
        return tree
    typed = {str(one["number"]): one for one in tree.get("answers", [])}
    empty: Any = {"addressed": "", "text": ""}
    return tree | {"answers": [typed.get(str(n), {"number": str(n), **empty}) for n in start.comments]}


def lacks(work: Work, parts: Parts, principal: Principal, language: Language) -> list[Lack] | None:
    """All that the form lacks, what stops the sending first; None when nobody can tell just now."""
    found = work.made()
    task = work.desk.key if work.desk.task else ""
    judged = standing_against(work.look, parts, principal, found.record, task)
    return None if judged is None else lacks_of(work, found, judged, language)


def lacks_of(work: Work, found: Made, judged: Findings, language: Language) -> list[Lack]:
    """The same, of findings that are known."""
    say = words(language).gettext
    unread = [replace(_at(work, one.where, say(one.text)), wrong=True) for one in found.unreadable]
    old = [_not_confirmed(work, one, language) for one in work.unconfirmed]
    if work.left_unticked:
        old.append(_at(work, work.left_unticked, say(NOT_TICKED)))
    known = {one.place for one in unread}
    problems = [_lack(work, found, one, language) for one in judged.problems]
    return [
        *unread,
        *old,
        *(one for one in problems if not one.place or one.place not in known),
        *(replace(_lack(work, found, one, language), stops=False) for one in judged.warnings),
    ]


def _not_confirmed(work: Work, answer: Answer, language: Language) -> Lack:
    say = words(language).gettext
    named = {one.name: one.label for one in work.form.fields()}
    what = _item(work, answer.place, language) or f"{say(named[answer.place])}{colon(language)}"
    return replace(_at(work, answer.place, say(NOT_CONFIRMED)), old=True, item=what)


def _item(work: Work, place: str, language: Language) -> str:
    """What an item of a list is called, by its number, where a place lies in one."""
    section = work.form.section_of(place) if place else None
    fields, what = section.shape if section else (), ""
    for name, index in steps_of(place) if section else ():
        one = next((each for each in fields if each.name == name), None)
        if one is None:
            break
        if index is not None and one.one:
            what = f"{words(language).gettext(one.one)} {index + 1}{colon(language)}"
        fields = one.fields
    return what


def _lack(work: Work, found: Made, finding: Finding, language: Language) -> Lack:
    place = found.place(within(finding.where))
    lack = _at(work, place, sentence(finding, language.value))
    return replace(lack, item=_item(work, lack.place, language))


def _at(work: Work, where: str, text: str) -> Lack:
    section = work.form.section_of(where) if where else None
    if section is None:
        return Lack(text, "", "")
    return Lack(text, nearest(where, section.shape), section.id)
