"""What the forms of the GCM and the MWG make of what was typed, and what their pages make of the record."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.items import by_meeting, draft_of
from api.pages.decision_form import Typed, kinds_of, outcomes_of
from api.pages.items_views import requirements, seats_of
from api.pages.items_words import CONSENSUS_WORDS, OUTCOME_WORDS, POSITION_WORDS, errors_of
from api.pages.meetings import Listed
from api.pages.reviews_forms import CONDITIONS, CommentsTyped, EvidenceTyped, ReviewTyped
from api.pages.reviews_views import SECTIONS, by_assignee, by_year, comments_of, sections
from api.problems import ProblemError, Reason
from contracts.record import Comment, Dialogue, Flag, HeldPosition, Item, Task
from framework.consensus import POSITIONS
from framework.decision_contents import OUTCOMES
from framework.facts import Cycle
from framework.records import YearlyReview
from framework.terms import Consensus, DecisionKind, EvidenceAbout, EvidenceForm, Language, Role
from storage.reading_items import CountryItem
from storage.reading_tasks import TaskItem
from tests.process.life import Life
from tests.process.test_candidacy import START, ready
from workflows.process import view

AT = datetime(2027, 10, 1, 9, tzinfo=UTC)
KEY = "0" * 32


def item(kind: DecisionKind = DecisionKind.GRANT, **more: Any) -> Item:
    return Item(**{"key": kind.value, "kind": kind, "opened_at": AT, **more})


def held(seat: str, position: str, *, replaced: bool = False) -> HeldPosition:
    return HeldPosition(seat=seat, position=position, at=AT, replaced_at=AT if replaced else None)


def typed(**more: Any) -> Typed:
    return Typed(**{"id": "gcm-1", "seat": [], "position": [], "reason": [], **more})


def test_every_position_outcome_and_consensus_has_its_word() -> None:
    assert set(POSITION_WORDS) == set(POSITIONS)
    assert set(OUTCOME_WORDS) == {one for found in OUTCOMES.values() for one in found}
    assert set(CONSENSUS_WORDS) == {"", *(one.value for one in Consensus)}


@pytest.mark.clause("PLN-09")
def test_the_decision_form_is_filled_in_with_the_positions_that_stand() -> None:
    on_record = item(
        positions=[held("Employers", "object", replaced=True), held("Employers", "support")],
        meeting="Autumn",
        silence_until=date(2027, 10, 20),
    )
    draft = draft_of("XAA", on_record)
    assert (draft.id, draft.consensus, draft.meeting_on) == (
        "gcm-2027-xaa-grant",
        Consensus.REACHED,
        date(2027, 10, 20),
    )
    assert Typed.of(draft).rows[0] == ("Employers", "support", "")
    assert draft_of("XAA", item(positions=[held("A", "object")])).consensus is Consensus.BLOCKED


def test_a_decision_is_read_back_as_it_was_typed() -> None:
    sent = typed(
        kind="annual_status",
        outcome="active",
        meeting=" Autumn ",
        meeting_on="2027-11-18",
        consensus="reached",
        seat=["Employers", "", ""],
        position=["comment", "", "support"],
        reason=["Fine", "", ""],
        recusals="XAA, ",
        comments="One\n\n Two ",
    ).decision(item(DecisionKind.ANNUAL_STATUS, year=2027))
    assert (sent.meeting, sent.meeting_on, sent.year) == ("Autumn", date(2027, 11, 18), 2027)
    assert [(one.seat, one.position) for one in sent.positions] == [("Employers", "comment"), ("", "support")]
    assert (sent.recusals, sent.comments, sent.outcome) == (("XAA",), ("One", "Two"), "active")
    assert typed(kind="grant", outcome="active").decision(item()).outcome == ""


@pytest.mark.parametrize(
    ("more", "field"),
    [({}, None), ({"meeting_on": "18.11.2027"}, "meeting_on"), ({"id": "a b"}, "id"), ({"id": ""}, "id")],
)
def test_what_cannot_even_be_sent_is_said_at_its_field(more: dict[str, str], field: str | None) -> None:
    assert [where for where, _ in typed(**more).mistakes()] == ([field] if field else [])


def test_the_decisions_of_an_item_are_those_that_settle_it_and_comments_on_a_candidate() -> None:
    grant = [DecisionKind.GRANT, DecisionKind.NOT_YET, DecisionKind.COMMENTS]
    assert kinds_of(item()) == grant
    assert kinds_of(item(DecisionKind.REACTIVATE)) == [DecisionKind.REACTIVATE]
    assert outcomes_of(item(DecisionKind.REACTIVATE)) == ("confirmed", "declined")


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, ["country"]),
        ({"country": "XAA"}, []),
        ({"country": "XAA", "year": "soon", "silence_until": "2027-02-30"}, ["silence_until", "year"]),
    ],
)
def test_an_agenda_form_names_each_field_that_is_no_day_no_year_or_empty(
    more: dict[str, Any], wrong: list[str]
) -> None:
    assert [where for where, _ in Listed(key=KEY, **more).mistakes(Language.FRENCH)] == wrong


def test_a_refusal_leads_to_its_fields_in_the_readers_language() -> None:
    found = [
        Reason(key="item.text.missing", where="submission.text", text="-"),
        Reason(key="own.words", where="positions[1].seat", text="As the API says it."),
    ]
    errors = errors_of(
        ProblemError(422, "", found), Language.FRENCH, {"text": "text", "positions": "positions"}
    )
    assert [where for where, _ in errors] == ["text", "positions"]
    assert errors[0][1].startswith("Donnez aux membres")
    assert errors[1][1] == "As the API says it."
    ((where, sentence),) = errors_of(ProblemError(418, ""), Language.ENGLISH, {})
    assert (where, sentence.startswith("This could not be done")) == ("", True)


@pytest.mark.clause("PLN-07")
def test_meetings_come_by_their_day_and_what_waits_for_one_comes_last() -> None:
    found = [
        CountryItem(country=code, country_name=code, item=item(meeting=meeting, meeting_on=day))
        for code, meeting, day in (
            ("XAA", "", None),
            ("XAB", "Spring", date(2028, 5, 2)),
            ("XAC", "Some day", None),
            ("XAD", "Autumn", date(2027, 11, 18)),
            ("XAE", "Spring", date(2028, 5, 2)),
        )
    ]
    assert [(name, len(items)) for (name, _), items in by_meeting(found)] == [
        ("Autumn", 1),
        ("Spring", 2),
        ("Some day", 1),
        ("", 1),
    ]


@pytest.mark.clause("PLN-09")
def test_a_candidates_steps_are_met_or_say_why_not() -> None:
    done = view.row(ready().state)
    (opened,) = done.items
    assert all(one.met for one in requirements(done, opened, [], Language.ENGLISH))
    begun = view.row(Life.candidate(START).state)
    found = {one.name: one.met for one in requirements(begun, item(), [], Language.ENGLISH)}
    assert found["Expression of interest"]
    assert not found["Roadmap"]


@pytest.mark.clause("REV-07", "DIA-06", "REA-04")
def test_what_other_decisions_rest_on_is_read_from_the_record() -> None:
    life = Life.active(date(2027, 1, 15), date(2026, 3, 1))
    country = view.row(life.state)
    year = item(DecisionKind.ANNUAL_STATUS, year=2027)
    cycle = Cycle(year=2027, report_on=date(2027, 4, 1))
    assert [one.met for one in requirements(country, year, [cycle], Language.ENGLISH)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    ended = Dialogue(number=1, opened_on=date(2027, 1, 1), closed_on=date(2027, 9, 1))
    flag = Flag(indicator="no_report", years=[2026, 2027], raised_on=date(2027, 9, 30))
    later = country.model_copy(update={"dialogues": [ended], "flags": [flag]})
    inactive = item(DecisionKind.DECLARE_INACTIVE)
    assert [one.met for one in requirements(country, inactive, [], Language.SPANISH)] == [False, True]
    assert [one.met for one in requirements(later, inactive, [], Language.SPANISH)] == [True, False]
    assert [
        one.met for one in requirements(later, item(DecisionKind.OPEN_DIALOGUE), [], Language.FRENCH)
    ] == [False]
    assert len(requirements(country, item(DecisionKind.REACTIVATE), [], Language.FRENCH)) == 4


def test_a_seat_is_shown_with_what_it_said_before() -> None:
    found = seats_of(
        item(positions=[held("A", "object", replaced=True), held("B", "support"), held(" a", "comment")])
    )
    assert [(one.now.position, [each.position for each in one.before]) for one in found] == [
        ("comment", ["object"]),
        ("support", []),
    ]


@pytest.mark.clause("REP-08")
def test_comments_say_which_section_they_are_about_and_a_blank_line_parts_two() -> None:
    boxes = {"general": "Well done.", "obstacles": "Which roads?\r\n\r\nWhat was done?\n", "progress": "  "}
    assert comments_of(boxes, Language.ENGLISH) == (
        "Obstacles. Which roads?",
        "Obstacles. What was done?",
        "The report as a whole. Well done.",
    )
    assert comments_of({"obstacles": "Quoi ?"}, Language.FRENCH) == ("Difficultés rencontrées. Quoi ?",)


@pytest.mark.parametrize(
    ("more", "wrong"),
    [({}, True), ({"none": "1"}, False), ({"general": "x"}, False), ({"general": "x", "none": "1"}, True)],
)
def test_the_mwg_comments_or_says_that_it_has_none(more: dict[str, Any], wrong: bool) -> None:
    assert bool(CommentsTyped(key=KEY, **more).mistake()) is wrong
    assert set(CommentsTyped.model_fields) - {"key", "none"} == set(SECTIONS)


@pytest.mark.clause("REP-04", "REP-05")
def test_a_report_is_read_in_its_sections() -> None:
    report = {"obstacles": "Roads.\n\nRain.", "next_steps": [{"key": "train", "text": "Train 60"}]}
    indicators = {
        "values": [
            {"indicator": "convictions", "value": "12", "unit": "cases", "source": "Courts"},
            {"indicator": "x", "unavailable_because": "In autumn"},
        ]
    }
    found = {one.key: one for one in sections(report, indicators, Language.ENGLISH)}
    assert list(found) == list(SECTIONS)
    assert found["obstacles"].paragraphs == ["Roads.", "Rain."]
    assert found["next_steps"].rows == [("train", "Train 60")]
    assert found["indicators"].rows == [("convictions", "12 cases (Courts)"), ("x", "In autumn")]
    assert found["support_needed"].empty


@pytest.mark.clause("REV-08", "REV-12", "REV-13")
def test_the_yearly_review_is_read_back_question_by_question() -> None:
    names = {one.name for one in fields(YearlyReview)}
    assert {*CONDITIONS, *(note for note, _, _ in CONDITIONS.values())} <= names
    record = ReviewTyped(
        key=KEY,
        evidence_of_progress="yes",
        reporting_met="no",
        reporting_note=" Late ",
        guidance="One\n\nTwo",
    ).record(2027)
    assert (record.evidence_of_progress, record.reporting_met, record.commitments_met) == (True, False, None)
    assert (record.reporting_note, record.guidance, record.year) == ("Late", ("One", "Two"), 2027)


@pytest.mark.clause("REV-03")
def test_a_piece_of_evidence_is_booked_to_its_year() -> None:
    record = EvidenceTyped(
        key=KEY, about=EvidenceAbout.PROGRESS, form=EvidenceForm.SURVEY, title=" A survey "
    ).record(2027)
    assert (record.year, record.about, record.form) == (2027, EvidenceAbout.PROGRESS, EvidenceForm.SURVEY)
    assert EvidenceTyped(key=KEY).record(2027).about is None


@pytest.mark.clause("REV-02")
def test_tasks_are_listed_by_subgroup_and_those_of_nobody_last() -> None:
    found = [
        TaskItem(
            country="XAA",
            country_name="Aruna",
            task=Task(
                key=key, kind="mwg_comments", clause="REP-08", role=Role.MWG, opened_at=AT, assignee=who
            ),
        )
        for key, who in (("a", ""), ("b", "Reports"), ("c", "Friends"))
    ]
    assert [(who, len(tasks)) for who, tasks in by_assignee(found)] == [
        ("Friends", 1),
        ("Reports", 1),
        ("", 1),
    ]


def test_comments_are_listed_with_the_latest_year_first_and_the_roadmap_last() -> None:
    made = [
        Comment(number=1, about=about, text="?", made_at=AT)
        for about in ("roadmap", "report-2026", "report-2027")
    ]
    assert [year for year, _ in by_year(made)] == ["2027", "2026", "roadmap"]
