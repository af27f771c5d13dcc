"""Completeness of what a candidate hands in, the roadmap aside."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from framework.records import (
    Absence,
    Consultation,
    Contact,
    CoordinationBody,
    ExpressionOfInterest,
    Gap,
    Introduction,
    PeerIntroduction,
    Presentation,
    ReplyLetter,
    Stakeholder,
    StakeholderList,
    Stocktaking,
    Timetable,
    Workshop,
)
from framework.terms import Category, Topic
from tests.framework import complete
from tests.framework.complete import PAPER, POINT, TODAY, but, problems, warnings

COMPLETE = complete.every_kind()
LETTER: ExpressionOfInterest = complete.expression_of_interest()


@pytest.mark.clause("EOI-02", "EOI-03", "GEN-01")
def test_an_empty_expression_of_interest_is_told_all_that_is_missing() -> None:
    assert problems(ExpressionOfInterest()) == [
        ("country.missing", "country"),
        ("eoi.country_name.missing", "country_name"),
        ("eoi.minister.missing", "minister"),
        ("eoi.ministry.missing", "ministry"),
        ("eoi.addressee.missing", "addressee"),
        ("letter.dated.missing", "dated"),
        ("letter.document.missing", "letter"),
        ("eoi.focal_point.missing", "focal_point"),
    ]


@pytest.mark.clause("GEN-01")
def test_only_a_government_of_a_member_state_can_apply() -> None:
    assert problems(but(LETTER, country="FJI")) == []
    assert problems(but(LETTER, country="LIE")) == [("country.not_member", "country")]
    assert problems(but(LETTER, is_government=False)) == [("eoi.not_government", "is_government")]


@pytest.mark.clause("GEN-01")
def test_invented_countries_are_accepted_only_where_samples_are_switched_on() -> None:
    assert problems(LETTER) == []
    assert problems(LETTER, samples_allowed=False) == [("country.invented", "country")]


@pytest.mark.clause("EOI-03")
def test_a_focal_point_needs_name_post_and_address() -> None:
    assert problems(but(LETTER, focal_point=Contact())) == [
        ("contact.name.missing", "focal_point.name"),
        ("contact.post.missing", "focal_point.post"),
        ("contact.email.missing", "focal_point.email"),
    ]


@pytest.mark.clause("EOI-03")
def test_deputies_are_checked_like_the_focal_point_each_at_its_place() -> None:
    letter = but(LETTER, deputies=(POINT, replace(POINT, post="")), ministry_email="nowhere")
    assert problems(letter) == [
        ("contact.post.missing", "deputies[1].post"),
        ("contact.email.malformed", "ministry_email"),
    ]


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@@example.org",
        "ada@b@example.org",
        "ada lovelace@example.org",
        "ada@example.org\nBcc: x@example.org",
        "ada@example.org\r",
        "ada@.example.org",
        "ada@example..org",
        "ada@example.org.",
        "ada@-example.org",
        "Ada<ada@example.org>",
        "ada@example.org,bob@example.org",
        "ada\x00@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_an_address_that_cannot_be_written_to_is_refused(email: str) -> None:
    assert ("contact.email.malformed", "focal_point.email") in problems(
        but(LETTER, focal_point=replace(POINT, email=email))
    )


@pytest.mark.parametrize("email", ["a@b.co", "o'neil+8.7@labour.gov.example", "josé@trabajo.example"])
def test_a_plausible_address_is_taken(email: str) -> None:
    assert problems(but(LETTER, focal_point=replace(POINT, email=email))) == []


def test_findings_about_people_repeat_nothing_personal() -> None:
    found = complete.findings(but(LETTER, focal_point=Contact(name="Ada", email="ada at home")))
    assert [one.values for one in found.problems] == [{}, {}]


@pytest.mark.clause("EOI-01")
def test_introductions_have_a_date_and_a_known_peer() -> None:
    assert problems(Introduction()) == [("introduction.held_on.missing", "held_on")]
    assert problems(PeerIntroduction(with_country="ZZZ")) == [
        ("country.not_member", "with_country"),
        ("peer_introduction.on.missing", "on"),
    ]


@pytest.mark.clause("EOI-05")
def test_the_reply_is_a_text_or_a_document_with_a_date() -> None:
    assert problems(ReplyLetter()) == [
        ("letter.dated.missing", "dated"),
        ("reply_letter.text.missing", "text"),
    ]
    assert problems(ReplyLetter(dated=TODAY, letter=PAPER)) == []


@pytest.mark.clause("EOI-06")
def test_a_timetable_has_all_four_dates() -> None:
    assert [where for _, where in problems(Timetable())] == [
        "consultations_from",
        "consultations_until",
        "workshop_on",
        "roadmap_on",
    ]


@pytest.mark.clause("EOI-06")
def test_a_timetable_that_runs_backwards_is_refused_an_odd_one_is_doubtful() -> None:
    table: Timetable = COMPLETE["timetable"]
    backwards = but(table, consultations_until=date(2028, 4, 25))
    assert problems(backwards) == [("dates.backwards", "consultations_until")]
    odd = but(table, roadmap_on=date(2028, 8, 1))
    assert (problems(odd), warnings(odd)) == ([], [("timetable.roadmap_before_workshop", "roadmap_on")])
    past = but(table, workshop_on=TODAY - timedelta(days=2))
    assert (problems(past), warnings(past)) == ([], [("timetable.past", "workshop_on")])


@pytest.mark.clause("EOI-07")
def test_each_stakeholder_has_a_name_and_one_of_the_nine_categories() -> None:
    assert problems(StakeholderList()) == [("stakeholder_list.empty", "stakeholders")]
    assert problems(but(COMPLETE["stakeholder_list"], stakeholders=(Stakeholder(),))) == [
        ("stakeholder.name.missing", "stakeholders[0].name"),
        ("stakeholder.category.missing", "stakeholders[0].category"),
    ]


@pytest.mark.clause("EOI-07", "EOI-08")
def test_categories_and_bodies_that_are_still_missing_are_doubts_not_refusals() -> None:
    found = complete.findings(
        StakeholderList(stakeholders=(Stakeholder(name="Ministry", category=Category.GOVERNMENT),))
    )
    assert found.problems == ()
    assert [one.key for one in found.warnings] == [
        "stakeholder_list.categories.missing",
        "stakeholder_list.bodies.missing",
    ]
    assert found.warnings[0].values["categories"].split(", ") == [one.value for one in Category][1:]


@pytest.mark.clause("EOI-08")
def test_a_coordination_body_has_a_name_of_its_own() -> None:
    bodies = (CoordinationBody(name="Committee"), CoordinationBody(), CoordinationBody(name="Committee "))
    assert problems(but(COMPLETE["stakeholder_list"], bodies=bodies)) == [
        ("stakeholder_list.body.name.missing", "bodies[1].name"),
        ("stakeholder_list.body.doubled", "bodies[2].name"),
    ]


@pytest.mark.clause("EOI-09", "GEN-02")
def test_an_empty_stocktaking_is_refused() -> None:
    assert problems(Stocktaking()) == [("stocktaking.empty", ""), ("consultations.missing", "consultations")]


@pytest.mark.clause("EOI-09")
def test_gaps_name_topic_and_text_and_lists_have_no_blank_lines() -> None:
    record = but(COMPLETE["stocktaking"], laws=("Code", " "), gaps=(Gap(),))
    assert problems(record) == [
        ("list.item.blank", "laws[1]"),
        ("gap.topic.missing", "gaps[0].topic"),
        ("gap.text.missing", "gaps[0].text"),
    ]


@pytest.mark.clause("EOI-09")
def test_what_a_stocktaking_has_not_covered_yet_is_shown_as_doubt() -> None:
    thin = Stocktaking(
        gaps=(Gap(topic=Topic.CHILD_LABOUR, text="Gap"),), consultations=(complete.consultation(),)
    )
    assert problems(thin) == []
    assert [key for key, _ in warnings(thin)] == [
        "stocktaking.studies.missing",
        "stocktaking.laws.missing",
        "stocktaking.policies.missing",
        "stocktaking.topics.missing",
        "stocktaking.sources.missing",
    ]


@pytest.mark.clause("PLN-01", "GEN-02")
def test_a_workshop_needs_date_place_and_both_social_partners() -> None:
    assert problems(Workshop()) == [
        ("workshop.held_on.missing", "held_on"),
        ("workshop.place.missing", "place"),
        ("consultations.social_partners.missing", "participants"),
    ]


@pytest.mark.clause("PLN-01")
def test_a_workshop_ends_after_it_began_and_not_in_the_future() -> None:
    shop = complete.workshop()
    assert problems(but(shop, until=date(2028, 2, 28))) == [("dates.backwards", "until")]
    assert problems(but(shop, until=TODAY + timedelta(days=2))) == [("date.future", "until")]


@pytest.mark.clause("PLN-02")
def test_absent_stakeholders_of_one_workshop_are_a_doubt_until_a_reason_is_given() -> None:
    shop = but(
        complete.workshop(), participants=(Category.EMPLOYERS, Category.WORKERS, Category.CIVIL_SOCIETY)
    )
    assert ("workshop.coverage.missing", "participants") in warnings(shop)
    excused = but(shop, absences=(Absence(category=Category.GOVERNMENT, reason="Elections"),))
    assert ("workshop.coverage.missing", "participants") not in warnings(excused)
    assert problems(but(shop, absences=(Absence(),))) == [
        ("absence.category.missing", "absences[0].category"),
        ("absence.reason.missing", "absences[0].reason"),
    ]


@pytest.mark.clause("PLN-03")
@pytest.mark.parametrize(
    "name",
    [
        "existing_structures",
        "national_action_plans",
        "regional_initiatives",
        "stocktaking",
        "international_standards",
    ],
)
def test_what_a_workshop_did_not_consider_shows_as_a_gap(name: str) -> None:
    shop = replace(complete.workshop(), **{name: " "})  # type: ignore[arg-type]
    assert problems(shop) == []
    assert [where for _, where in warnings(shop)] == [name]


@pytest.mark.clause("GEN-02")
@pytest.mark.parametrize(
    ("categories", "missing"),
    [
        ((Category.WORKERS, Category.CIVIL_SOCIETY), "employers"),
        ((Category.EMPLOYERS, Category.CIVIL_SOCIETY), "workers"),
        ((Category.GOVERNMENT, Category.CIVIL_SOCIETY), "employers, workers"),
    ],
)
def test_without_employers_and_workers_it_is_refused_with_who_is_missing(
    categories: tuple[Category, ...], missing: str
) -> None:
    record = but(complete.roadmap(), consultations=(complete.consultation(*categories),))
    found = complete.findings(record)
    assert [(one.key, one.where, one.values) for one in found.problems] == [
        ("consultations.social_partners.missing", "consultations", {"categories": missing})
    ]


@pytest.mark.clause("GEN-02")
def test_employers_and_workers_may_have_been_consulted_one_after_the_other() -> None:
    apart = (complete.consultation(Category.EMPLOYERS), complete.consultation(Category.WORKERS))
    found = complete.findings(but(complete.roadmap(), consultations=apart))
    assert found.problems == ()
    assert [one.key for one in found.warnings] == ["consultations.civil_society.missing"]


@pytest.mark.clause("GEN-02")
def test_each_consultation_is_whole() -> None:
    record = but(complete.roadmap(), consultations=(complete.consultation(), Consultation()))
    assert problems(record) == [
        ("consultation.held_on.missing", "consultations[1].held_on"),
        ("consultation.body.missing", "consultations[1].body"),
        ("consultation.categories.missing", "consultations[1].categories"),
        ("consultation.summary.missing", "consultations[1].summary"),
    ]


@pytest.mark.clause("PLN-07")
def test_a_presentation_names_a_dated_meeting_that_may_lie_ahead() -> None:
    assert problems(Presentation()) == [
        ("presentation.meeting.missing", "meeting"),
        ("presentation.meeting_on.missing", "meeting_on"),
    ]
    ahead = Presentation(meeting="GCG 13", meeting_on=TODAY + timedelta(days=90))
    assert (problems(ahead), warnings(ahead)) == ([], [("presentation.place.missing", "place")])


@pytest.mark.clause("PLN-10")
def test_an_approved_profile_says_something() -> None:
    assert problems(but(COMPLETE["profile_text"], text="\t")) == [("profile_text.missing", "text")]
