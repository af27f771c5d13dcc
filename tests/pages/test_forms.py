"""Forms are described once: every field of every record is in one, every finding leads to a field, nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest

from access.deciding import may_hand_in
from api.examples import (
    EVIDENCE,
    INDICATOR_FRAMEWORK,
    PROGRESS_REPORT,
    REACTIVATIONS,
    ROADMAP,
    STAKEHOLDER_LIST,
    WORKSHOP,
)
from api.pages.forms import acts, secretariat
from api.pages.forms.changing import changed
from api.pages.forms.confirming import unconfirmed, waiting
from api.pages.forms.describing import Field, Form, Input, nearest, steps_of, top_of
from api.pages.forms.every import FORMS, forms_of, is_secretariats
from api.pages.forms.reading import (
    CONFIRMED,
    GIVEN,
    YES,
    as_typed,
    grown,
    is_of_documents,
    made,
    merged,
    shaped,
)
from framework.findings import Finding
from framework.obligations import KINDS, Context, check
from framework.records import Submission
from framework.terms import Role, Status
from storage.canonical import canonical

RECORDS: dict[str, type[Any]] = {record.kind: record for record in Submission.__args__}
WHOLE: dict[str, dict[str, Any]] = {
    "roadmap": ROADMAP,
    "workshop": WORKSHOP,
    "stakeholder_list": STAKEHOLDER_LIST,
    "progress_report": PROGRESS_REPORT,
    "indicator_framework": INDICATOR_FRAMEWORK,
    "evidence": EVIDENCE,
    "reactivation_request": REACTIVATIONS["request"]["value"]["submission"],
}


def inner(annotation: Any) -> type[Any] | None:
    """The dataclass in an annotation, through optionals and tuples."""
    if is_dataclass(annotation) and isinstance(annotation, type):
        return annotation
    return next((found for one in get_args(annotation) if (found := inner(one))), None)


def undescribed(record: type[Any], described: tuple[Field, ...], where: str) -> Iterator[str]:
    """Fields of a record that no field of the form stands for, and fields of the form that are none of the record's."""
    hints = get_type_hints(record)
    known = {one.name: one for one in described}
    names = {one.name for one in fields(record)} - {"kind"}
    yield from (f"{where}.{name}: in no form" for name in sorted(names - set(known)))
    yield from (f"{where}.{name}: in no record" for name in sorted(set(known) - names))
    for name in sorted(names & set(known)):
        below = inner(hints[name])
        if below is not None and known[name].input is not Input.DOCUMENT and not is_of_documents(known[name]):
            yield from undescribed(below, known[name].fields, f"{where}.{name}")


def missing_of(form: Form) -> list[str]:
    """What a form leaves out of its record without saying why."""
    found = undescribed(RECORDS[form.kind], tuple(form.fields()), form.kind)
    left_out = {f"{form.kind}.{name}: in no form" for name in form.left_out}
    return [one for one in found if one not in left_out]


def test_every_kind_that_a_focal_point_hands_in_has_a_form_and_some_that_only_the_secretariat_does() -> None:
    own = {kind for kind in FORMS if is_secretariats(kind)}
    assert set(FORMS) - own == {kind for kind in KINDS if may_hand_in(Role.FOCAL_POINT, kind)}
    assert own == {one.kind for one in (*secretariat.FORMS, *acts.FORMS)}
    assert all(may_hand_in(Role.SECRETARIAT, kind) for kind in own)


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_of_a_record_is_in_its_form_or_left_out_with_a_reason(kind: str) -> None:
    assert missing_of(FORMS[kind]) == []
    assert all(FORMS[kind].left_out.values())


def test_a_field_that_a_form_forgot_is_found() -> None:
    form = FORMS["timetable"]
    short = Form(kind="timetable", sections=(), how=form.how, next=form.next)
    assert "timetable.roadmap_on: in no form" in missing_of(short)


@pytest.mark.parametrize("kind", FORMS)
def test_what_to_choose_from_are_the_very_terms_of_the_record(kind: str) -> None:
    def choices(record: type[Any], described: tuple[Field, ...]) -> None:
        hints = get_type_hints(record)
        for one in described:
            if one.options:
                union = get_args(hints[one.name]) or (hints[one.name],)
                papers = str in union and {term.value for term in one.options} <= set(KINDS)
                assert one.options in union or papers, one.name
            below = inner(hints[one.name]) if one.name else None
            if one.fields and below and not is_of_documents(one):
                choices(below, one.fields)

    choices(RECORDS[kind], tuple(FORMS[kind].fields()))


def findings(record: Any, status: Status) -> list[Finding]:
    """All that the rules say of a record."""
    context = Context(
        status=status, today=date(2026, 11, 1), priorities=("a",), comment_numbers=(1,), cycle_years=(2027,)
    )
    found = check(record, context)
    return [*found.problems, *found.warnings]


def one_of_each(described: tuple[Field, ...]) -> dict[str, Any]:
    """A tree in which every group has an empty item, so that the rules look into it."""
    tree: dict[str, Any] = {}
    for one in described:
        if one.input in {Input.GROUP, Input.ANSWERS} and not is_of_documents(one):
            item = one_of_each(one.fields)
            tree[one.name] = [item | ({"addressed": YES} if one.input is Input.ANSWERS else {})]
        elif one.input is Input.PART:
            tree[one.name] = one_of_each(one.fields)
        tree[one.name + GIVEN] = YES
    return tree


@pytest.mark.parametrize("kind", FORMS)
def test_every_finding_leads_to_a_field_of_a_section(kind: str) -> None:
    form = FORMS[kind]
    described = tuple(form.fields())
    for typed in ({}, one_of_each(described)):
        tree: dict[str, Any] = {}
        for part in form.sections:
            tree = merged(form, tree, shaped(part, typed))
        record = made(form, tree, 2026).record
        for finding in findings(record, next(iter(KINDS[kind].statuses))):
            if not finding.where or top_of(finding.where) in form.left_out:
                continue
            section = form.section_of(finding.where)
            assert section is not None, finding
            shown = nearest(finding.where, section.shape)
            assert steps_of(shown)[-1][0] in finding.where
            if not finding.where.endswith("]"):
                assert shown == finding.where, finding


@pytest.mark.parametrize("kind", WHOLE)
def test_a_record_as_if_it_had_been_typed_makes_the_same_record(kind: str) -> None:
    form = FORMS[kind]
    found = made(form, as_typed(tuple(form.fields()), WHOLE[kind]), WHOLE[kind].get("year"))
    assert found.unreadable == []
    again = as_typed(tuple(form.fields()), vars_of(found.record))
    assert canonical(again) == canonical(as_typed(tuple(form.fields()), WHOLE[kind]))
    assert [one.key for one in findings(found.record, Status.ACTIVE) if one.key.startswith("request.")] == []


def vars_of(record: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from pydantic import TypeAdapter

    plain: dict[str, Any] = TypeAdapter(dict[str, Any]).dump_python(asdict(record), mode="json")
    return plain


def test_texts_that_are_no_date_number_or_choice_are_kept_and_named() -> None:
    form = FORMS["evidence"]
    tree = shaped(form.sections[0], {"year": "two", "about": "rumour", "title": "T"})
    assert (tree["year"], tree["about"]) == ("two", "rumour")
    found = made(form, tree, None)
    assert [one.where for one in found.unreadable] == ["year", "about"]
    form = FORMS["timetable"]
    for wrong in ("30.4.2027", "2027-02-30", "1767225600", "2027-W01-1"):
        found = made(form, shaped(form.sections[0], {"workshop_on": wrong}), None)
        assert [one.where for one in found.unreadable] == ["workshop_on"], wrong


def test_a_posted_form_becomes_a_tree_whatever_order_and_gaps_its_names_have() -> None:
    section = FORMS["roadmap"].sections[0]
    tree = shaped(
        section,
        grown(
            [
                ("priorities[7].title", "B"),
                ("priorities[2].measures[1].text", "two\r\nlines"),
                ("priorities[2].measures[0].text", "one"),
                ("priorities[2].nobody", "x"),
                ("../priorities", "x"),
                ("priorities[2].title[0]", "x"),
                ("based-on", "3"),
            ]
        ),
    )
    first, second = tree["priorities"]
    assert [one["text"] for one in first["measures"]] == ["one", "two\nlines"]
    assert second["title"] == "B"
    assert set(tree) == {"priorities"}


def test_items_are_added_and_taken_away_by_their_place() -> None:
    described = FORMS["roadmap"].sections[0].fields
    tree = shaped(FORMS["roadmap"].sections[0], {})
    assert changed(described, tree, "add:priorities") == "priorities[0]"
    assert changed(described, tree, "add:priorities[0].measures") == "priorities[0].measures[0]"
    assert changed(described, tree, "add:priorities[0].measures") == "priorities[0].measures[1]"
    tree["priorities"][0]["measures"][1]["text"] = "kept"
    assert changed(described, tree, "remove:priorities[0].measures[0]") == "priorities[0].measures[0]"
    assert [one["text"] for one in tree["priorities"][0]["measures"]] == ["kept"]
    for nonsense in (
        "add:priorities[5].measures",
        "add:nowhere",
        "remove:priorities",
        "jump",
        "add:",
        "save",
    ):
        assert changed(described, tree, nonsense) == ""


def test_answers_of_an_earlier_year_are_confirmed_item_by_item_wherever_they_stand() -> None:
    form = FORMS["roadmap"]
    measures = [{"text": "Train inspectors"}, {"text": "Open schools", "by": "2026-05-01"}]
    section = form.sections[0]
    carried = shaped(section, {"priorities": [{"title": "Cocoa", "measures": measures}, {"title": "Gold"}]})
    found = waiting(form.fields(), carried, carried)
    places = ["priorities[0]", "priorities[0].measures[0]", "priorities[0].measures[1]", "priorities[1]"]
    assert [one.place for one in found] == places
    tree = shaped(section, carried | {CONFIRMED: [found[2].name, "x" * 200]})
    assert [one.place for one in unconfirmed(found, tree)] == [places[0], places[1], places[3]]
    assert changed(section.shape, tree, "remove:priorities[0].measures[0]")
    tree["priorities"][0]["title"] = "Cocoa and coffee"
    left = waiting(form.fields(), tree, carried)
    assert [one.place for one in left] == ["priorities[0].measures[0]", "priorities[1]"]
    assert [one.place for one in unconfirmed(left, tree)] == ["priorities[1]"]
    whole = tree | {CONFIRMED: ["priorities", "measures"]}  # as drafts named them at first
    assert unconfirmed(left, whole) == []


@pytest.mark.clause("PLN-08")
def test_comments_that_are_left_unanswered_are_left_out_and_findings_still_lead_to_the_right_ones() -> None:
    form = FORMS["comment_answers"]
    answers = [
        {"number": "1", "addressed": "", "text": ""},
        {"number": "2", "addressed": YES, "text": "Done"},
        {"number": "3", "addressed": "", "text": "Perhaps"},
    ]
    found = made(form, {"answers": answers}, None)
    record: Any = found.record
    assert [one.number for one in record.answers] == [2, 3]
    assert found.place("answers[1].text") == "answers[2].text"
    assert [one.where for one in found.unreadable] == ["answers[2].addressed"]


@pytest.mark.clause("EOI-03")
def test_people_that_are_not_ticked_stay_as_they_are() -> None:
    form = FORMS["contact_change"]
    typed: dict[str, Any] = {"focal_point": {"name": "Somebody"}, "deputies": []}
    record: Any = made(form, shaped(form.sections[0], typed), None).record
    assert (record.focal_point, record.deputies, record.ministry_email) == (None, None, None)
    record = made(form, shaped(form.sections[0], typed | {f"deputies{GIVEN}": YES}), None).record
    assert record.deputies == ()


def test_texts_whose_absence_means_unchanged_are_never_handed_in_empty() -> None:
    for kind, form in FORMS.items():
        hints = get_type_hints(RECORDS[kind])
        for one in form.fields():
            if one.input is Input.LINE and type(None) in get_args(hints[one.name]):
                assert one.unchanged or (kind, one.name) == ("mail_preferences", "second_email")


@pytest.mark.clause("PLN-04")
def test_a_roadmap_is_asked_for_by_two_forms_whose_sections_do_not_meet() -> None:
    first, second = forms_of("roadmap")
    assert not {one.id for one in first.sections} & {one.id for one in second.sections}


def test_annotations_are_looked_through() -> None:
    hints = get_type_hints(RECORDS["roadmap"])
    assert isinstance(hints["budget"], UnionType)
    assert inner(hints["budget"]) is not None
