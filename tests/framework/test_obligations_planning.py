"""Completeness of roadmaps, of national action plans in their place, and of answers to comments."""

from dataclasses import replace
from datetime import date

import pytest

from framework.records import (
    Budget,
    CommentAnswer,
    CommentAnswers,
    Measure,
    NapSubmission,
    NationalActionPlan,
    NextStep,
    Priority,
)
from framework.terms import Topic
from tests.framework import complete
from tests.framework.complete import but, findings, priority, problems, warnings


@pytest.mark.clause("PLN-05")
@pytest.mark.parametrize(
    ("changes", "key", "where"),
    [
        ({"priorities": ()}, "roadmap.priorities.missing", "priorities"),
        ({"next_steps": ()}, "roadmap.next_steps.missing", "next_steps"),
        ({"support_areas": ()}, "roadmap.support_areas.missing", "support_areas"),
        ({"timetable": "  "}, "roadmap.timetable.missing", "timetable"),
        ({"consultations": ()}, "consultations.missing", "consultations"),
    ],
)
def test_each_required_part_of_a_roadmap_is_missed(changes: dict[str, object], key: str, where: str) -> None:
    assert problems(replace(complete.roadmap(), **changes)) == [(key, where)]  # type: ignore[arg-type]


@pytest.mark.clause("PLN-05")
def test_a_priority_has_key_topic_title_and_measures() -> None:
    roadmap = but(complete.roadmap(), priorities=(priority("mines"), Priority()))
    assert problems(roadmap) == [
        ("roadmap.priority.key.missing", "priorities[1].key"),
        ("roadmap.priority.topic.missing", "priorities[1].topic"),
        ("roadmap.priority.title.missing", "priorities[1].title"),
        ("roadmap.measures.missing", "priorities[1].measures"),
    ]


@pytest.mark.clause("PLN-05")
def test_keys_of_priorities_and_next_steps_are_their_own() -> None:
    steps = (NextStep(key="a", text="A"), NextStep(), NextStep(key=" a", text="B"))
    roadmap = but(complete.roadmap(), priorities=(priority("x"), priority("x")), next_steps=steps)
    assert problems(roadmap) == [
        ("roadmap.priority.key.doubled", "priorities[1].key"),
        ("next_step.key.missing", "next_steps[1].key"),
        ("next_step.text.missing", "next_steps[1].text"),
        ("next_step.key.doubled", "next_steps[2].key"),
    ]


@pytest.mark.clause("PLN-05")
def test_support_is_needed_somewhere_or_expressly_nowhere() -> None:
    roadmap = complete.roadmap()
    assert problems(but(roadmap, support_areas=(), no_support_needed=True)) == []
    assert problems(but(roadmap, no_support_needed=True)) == [
        ("roadmap.support_areas.contradiction", "support_areas")
    ]
    assert problems(but(roadmap, support_areas=("Inspection", ""))) == [
        ("list.item.blank", "support_areas[1]")
    ]


@pytest.mark.clause("PLN-05")
def test_a_next_step_of_another_year_is_doubtful() -> None:
    roadmap = but(complete.roadmap(), next_steps=(NextStep(key="a", text="A", by=date(2029, 1, 1)),))
    assert (problems(roadmap), warnings(roadmap)) == (
        [],
        [("roadmap.next_step.other_year", "next_steps[0].by")],
    )


@pytest.mark.clause("PLN-06")
def test_missing_baselines_indicators_targets_and_budget_are_doubts() -> None:
    bare = Priority(key="x", topic=Topic.FORCED_LABOUR, title="X", measures=(Measure(text="Act"),))
    roadmap = but(complete.roadmap(), priorities=(bare,), budget=None, consultation_process="")
    assert problems(roadmap) == []
    assert warnings(roadmap) == [
        ("roadmap.measure.baseline.missing", "priorities[0].measures[0].baseline"),
        ("roadmap.measure.indicator.missing", "priorities[0].measures[0].indicator"),
        ("roadmap.consultation_process.missing", "consultation_process"),
        ("roadmap.targets.missing", "priorities"),
        ("roadmap.budget.missing", "budget"),
    ]


@pytest.mark.clause("PLN-06")
def test_each_part_of_a_budget_is_missed() -> None:
    roadmap = but(complete.roadmap(), budget=Budget())
    assert problems(roadmap) == []
    assert sorted(where for _, where in warnings(roadmap)) == sorted(
        f"budget.{name}" for name in vars(Budget())
    )


@pytest.mark.clause("PLN-05")
def test_a_measure_without_words_is_refused() -> None:
    empty = Priority(key="x", topic=Topic.FORCED_LABOUR, title="X", measures=(Measure(baseline="1"),))
    assert problems(but(complete.roadmap(), priorities=(empty,))) == [
        ("roadmap.measure.text.missing", "priorities[0].measures[0].text")
    ]


@pytest.mark.clause("PLN-04")
def test_an_empty_nap_submission_is_told_all_that_is_missing() -> None:
    assert problems(NapSubmission()) == [
        ("nap.plans.missing", "plans"),
        ("nap.answer.missing", "covers_child_labour"),
        ("nap.answer.missing", "covers_forced_labour"),
        ("nap.answer.missing", "clear_benchmarks"),
        ("nap.answer.missing", "indicators_aligned"),
        ("roadmap.priorities.missing", "priorities"),
        ("consultations.missing", "consultations"),
    ]


@pytest.mark.clause("PLN-04")
@pytest.mark.parametrize(
    ("answer", "adjustment"),
    [
        ("covers_child_labour", "adjustment_child_labour"),
        ("covers_forced_labour", "adjustment_forced_labour"),
        ("clear_benchmarks", "adjustment_benchmarks"),
        ("indicators_aligned", "adjustment_indicators"),
    ],
)
def test_each_no_of_the_review_needs_its_own_adjustment(answer: str, adjustment: str) -> None:
    record = replace(complete.nap_submission(), **{answer: False})  # type: ignore[arg-type]
    assert problems(record) == [("nap.adjustment.missing", adjustment)]
    assert problems(replace(record, **{adjustment: "Extended"})) == []  # type: ignore[arg-type]


@pytest.mark.clause("PLN-04")
def test_a_plan_has_a_title_and_a_document_and_priorities_need_no_measures() -> None:
    record = but(
        complete.nap_submission(),
        plans=(NationalActionPlan(),),
        priorities=(Priority(key="x", topic=Topic.FORCED_LABOUR, title="X"),),
    )
    assert problems(record) == [
        ("nap.plan.title.missing", "plans[0].title"),
        ("nap.plan.document.missing", "plans[0].document"),
    ]


@pytest.mark.clause("PLN-08")
def test_answers_belong_to_waiting_comments_and_say_something() -> None:
    record = CommentAnswers(
        answers=(
            CommentAnswer(number=1, text="Done"),
            CommentAnswer(number=2),
            CommentAnswer(number=9, text="What?"),
            CommentAnswer(number=1, text="Again"),
        )
    )
    assert problems(record, comment_numbers=(1, 2)) == [
        ("answer.text.missing", "answers[1].text"),
        ("answer.unknown", "answers[2].number"),
        ("answer.doubled", "answers[3].number"),
    ]


@pytest.mark.clause("PLN-08")
def test_answers_may_come_in_several_rounds() -> None:
    record = CommentAnswers(answers=(CommentAnswer(number=2, addressed=False, text="Not in our law"),))
    found = findings(record, comment_numbers=(1, 2, 3))
    assert found.problems == ()
    assert [(one.key, one.values) for one in found.warnings] == [
        ("comment_answers.left", {"numbers": "1, 3"})
    ]
    assert problems(CommentAnswers(), comment_numbers=(1,)) == [("comment_answers.missing", "answers")]
