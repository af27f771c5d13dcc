"""What stands against a grant: all of it, and nothing that the framework does not ask for."""

from dataclasses import replace
from datetime import date

import pytest

from framework.candidacy import unmet
from framework.facts import Candidacy
from framework.terms import Category

READY = Candidacy(
    eoi_on=date(2028, 1, 10),
    has_focal_point=True,
    categories_identified=(Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS, Category.SURVIVORS),
    bodies=("National Committee",),
    stocktaking_versions=1,
    workshops=1,
    categories_at_workshops=(Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS),
    absences_explained=(Category.SURVIVORS,),
    roadmap_versions=1,
    presented_at="GCG 12",
    presented_on=date(2028, 11, 3),
)


def keys(candidacy: Candidacy) -> list[str]:
    return [one.key for one in unmet(candidacy)]


@pytest.mark.clause("PLN-09")
def test_nothing_stands_against_a_candidate_that_met_all_requirements() -> None:
    assert unmet(READY) == ()


@pytest.mark.clause("PLN-09")
def test_a_candidate_with_nothing_on_record_is_told_everything_at_once() -> None:
    assert keys(Candidacy()) == [
        "candidacy.expression.missing",
        "candidacy.focal_point.missing",
        "candidacy.stakeholders.missing",
        "candidacy.body.missing",
        "candidacy.stocktaking.missing",
        "candidacy.workshop.missing",
        "candidacy.roadmap.missing",
        "candidacy.presentation.missing",
    ]


@pytest.mark.clause("EOI-02", "EOI-03", "EOI-08", "EOI-09", "PLN-01", "PLN-05", "PLN-07")
@pytest.mark.parametrize(
    ("without", "key", "clause"),
    [
        ({"eoi_on": None}, "candidacy.expression.missing", "EOI-02"),
        ({"has_focal_point": False}, "candidacy.focal_point.missing", "EOI-03"),
        ({"bodies": ()}, "candidacy.body.missing", "EOI-08"),
        ({"stocktaking_versions": 0}, "candidacy.stocktaking.missing", "EOI-09"),
        ({"workshops": 0}, "candidacy.workshop.missing", "PLN-01"),
        ({"roadmap_versions": 0}, "candidacy.roadmap.missing", "PLN-05"),
        ({"presented_on": None}, "candidacy.presentation.missing", "PLN-07"),
    ],
)
def test_each_requirement_stands_by_itself(without: dict[str, object], key: str, clause: str) -> None:
    assert [(one.key, one.clause) for one in unmet(replace(READY, **without))] == [(key, clause)]  # type: ignore[arg-type]


@pytest.mark.clause("EOI-07")
def test_government_employers_and_workers_must_be_identified_the_others_need_not() -> None:
    found = unmet(replace(READY, categories_identified=(Category.EMPLOYERS,)))
    assert [(one.key, one.values) for one in found] == [
        ("candidacy.stakeholders.missing", {"categories": "government, workers"})
    ]


@pytest.mark.clause("PLN-02")
def test_identified_stakeholders_that_neither_came_nor_were_excused_are_listed() -> None:
    found = unmet(replace(READY, categories_at_workshops=(Category.EMPLOYERS,), absences_explained=()))
    assert [(one.key, one.values) for one in found] == [
        ("candidacy.workshop.coverage", {"categories": "government, workers, survivors"})
    ]


@pytest.mark.clause("PLN-08")
def test_unanswered_comments_are_listed_by_number() -> None:
    found = unmet(replace(READY, unanswered_comments=(2, 5)))
    assert [(one.key, one.values) for one in found] == [
        ("candidacy.comments.unanswered", {"numbers": "2, 5"})
    ]


@pytest.mark.clause("PLN-04")
def test_the_nap_route_meets_the_roadmap_requirement() -> None:
    assert unmet(replace(READY, nap_route=True)) == ()


@pytest.mark.clause("EOI-06")
def test_a_timetable_is_no_condition_of_a_grant() -> None:
    assert not READY.timetable_given
    assert unmet(READY) == ()


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ("stocktaking", "candidacy.stocktaking.missing"),
        ("workshop", "candidacy.workshop.missing"),
        ("roadmap", "candidacy.roadmap.missing"),
        ("presentation", "candidacy.presentation.missing"),
    ],
)
def test_a_waived_step_is_met_and_no_other(step: str, key: str) -> None:
    assert set(keys(Candidacy())) - set(keys(Candidacy(waived=(step,)))) == {key}
