"""Completeness of a roadmap, of plans in its place, and of answers to comments (PLN-04 to PLN-08)."""

from collections.abc import Iterable, Sequence

from framework.findings import Findings, problem, together, warning
from framework.obligations.consultations import consultations
from framework.obligations.context import (
    Context,
    attached,
    blanks,
    doubles,
    each,
    given,
    listed,
    unless,
)
from framework.records import (
    Budget,
    CommentAnswer,
    CommentAnswers,
    Measure,
    NapSubmission,
    NationalActionPlan,
    NextStep,
    Priority,
    Roadmap,
)


def roadmap(record: Roadmap, context: Context) -> Findings:
    """The five parts that it must have (PLN-05), its consultations (GEN-02); the rest warns (PLN-06)."""
    return together(
        [
            priorities(record.priorities, "PLN-05"),
            _measures(record.priorities),
            unless(record.next_steps, problem("roadmap.next_steps.missing", "next_steps", "PLN-05")),
            next_steps(record.next_steps, "PLN-05"),
            _this_year(record.next_steps, context),
            _support_areas(record),
            unless(given(record.timetable), problem("roadmap.timetable.missing", "timetable", "PLN-05")),
            consultations(record.consultations, where="consultations", clause="GEN-02"),
            unless(
                given(record.consultation_process),
                warning("roadmap.consultation_process.missing", "consultation_process", "PLN-07"),
            ),
            _targets(record.priorities),
            _budget(record.budget),
        ]
    )


def priorities(items: Sequence[Priority], clause: str) -> Findings:
    """At least one priority area, each with a topic, a title and a key of its own (PLN-05)."""
    return together(
        [
            unless(items, problem("roadmap.priorities.missing", "priorities", clause)),
            each(items, "priorities", lambda place, index: _priority(items[index], place, clause)),
            *(
                problem("roadmap.priority.key.doubled", where, clause, name=key)
                for where, key in doubles((one.key for one in items), "priorities", "key")
            ),
        ]
    )


def next_steps(items: Sequence[NextStep], clause: str) -> Findings:
    """Every next step has a text and a key of its own (PLN-05, REP-04)."""
    return together(
        [
            each(items, "next_steps", lambda place, index: _next_step(items[index], place, clause)),
            *(
                problem("next_step.key.doubled", where, clause, name=key)
                for where, key in doubles((one.key for one in items), "next_steps", "key")
            ),
        ]
    )


def answered(answers: Sequence[CommentAnswer], open_numbers: Iterable[int], clause: str) -> Findings:
    """Every answer says something and belongs to one comment that waits for it (PLN-08, REP-09)."""
    waiting = sorted(open_numbers)
    numbers = (str(one.number) for one in answers)
    return each(
        answers, "answers", lambda place, index: _answer(answers[index], place, waiting, clause)
    ) + together(
        problem("answer.doubled", where, clause, number=number)
        for where, number in doubles(numbers, "answers", "number")
    )


def left(answers: Sequence[CommentAnswer], open_numbers: Iterable[int]) -> list[int]:
    """The comments that these answers leave without one."""
    given_for = {one.number for one in answers if given(one.text)}
    return sorted(set(open_numbers) - given_for)


def nap_submission(record: NapSubmission, context: Context) -> Findings:
    """Plans, every answer of their review, an adjustment for each 'no', the priorities (PLN-04)."""
    plans = record.plans
    return together(
        [
            unless(plans, problem("nap.plans.missing", "plans", "PLN-04")),
            each(plans, "plans", lambda place, index: _plan(plans[index], place)),
            _review_of_plans(record),
            _adjustments(record),
            priorities(record.priorities, "PLN-04"),
            next_steps(record.next_steps, "PLN-04"),
            consultations(record.consultations, where="consultations", clause="GEN-02"),
        ]
    )


def comment_answers(record: CommentAnswers, context: Context) -> Findings:
    """Answers to the GCM's comments; it may take several rounds, so what is left is a warning (PLN-08)."""
    open_numbers = left(record.answers, context.comment_numbers)
    remaining = warning("comment_answers.left", "answers", "PLN-08", numbers=listed(open_numbers))
    return together(
        [
            unless(record.answers, problem("comment_answers.missing", "answers", "PLN-08")),
            answered(record.answers, context.comment_numbers, "PLN-08"),
            unless(not record.answers or not open_numbers, remaining),
        ]
    )


def _priority(one: Priority, where: str, clause: str) -> Findings:
    return together(
        [
            unless(given(one.key), problem("roadmap.priority.key.missing", f"{where}.key", clause)),
            unless(one.topic, problem("roadmap.priority.topic.missing", f"{where}.topic", clause)),
            unless(given(one.title), problem("roadmap.priority.title.missing", f"{where}.title", clause)),
        ]
    )


def _next_step(one: NextStep, where: str, clause: str) -> Findings:
    return unless(given(one.key), problem("next_step.key.missing", f"{where}.key", clause)) + unless(
        given(one.text), problem("next_step.text.missing", f"{where}.text", clause)
    )


def _measures(items: Sequence[Priority]) -> Findings:
    found = Findings()
    for index, one in enumerate(items):
        where = f"priorities[{index}].measures"
        title = one.title.strip() or one.key.strip() or index + 1
        found += unless(one.measures, problem("roadmap.measures.missing", where, "PLN-05", title=title))
        found += together(
            _measure(measure, f"{where}[{number}]") for number, measure in enumerate(one.measures)
        )
    return found


def _measure(measure: Measure, where: str) -> Findings:
    return together(
        [
            unless(given(measure.text), problem("roadmap.measure.text.missing", f"{where}.text", "PLN-05")),
            unless(
                given(measure.baseline),
                warning("roadmap.measure.baseline.missing", f"{where}.baseline", "PLN-06"),
            ),
            unless(
                given(measure.indicator),
                warning("roadmap.measure.indicator.missing", f"{where}.indicator", "PLN-06"),
            ),
        ]
    )


def _this_year(items: Sequence[NextStep], context: Context) -> Findings:
    year = context.today.year
    return together(
        warning("roadmap.next_step.other_year", f"next_steps[{index}].by", "PLN-05", year=year)
        for index, one in enumerate(items)
        if one.by and one.by.year != year
    )


def _support_areas(record: Roadmap) -> Findings:
    areas, none_needed = record.support_areas, record.no_support_needed
    return together(
        [
            unless(areas or none_needed, problem("roadmap.support_areas.missing", "support_areas", "PLN-05")),
            unless(
                not (areas and none_needed),
                problem("roadmap.support_areas.contradiction", "support_areas", "PLN-05"),
            ),
            *(problem("list.item.blank", where, "PLN-05") for where in blanks(areas, "support_areas")),
        ]
    )


def _targets(items: Sequence[Priority]) -> Findings:
    measures = [measure for one in items for measure in one.measures]
    found = warning("roadmap.targets.missing", "priorities", "PLN-06")
    return unless(not measures or any(given(measure.target) for measure in measures), found)


def _budget(budget: Budget | None) -> Findings:
    if budget is None:
        return warning("roadmap.budget.missing", "budget", "PLN-06")
    steps = warning("roadmap.budget.steps.missing", "budget.steps_to_full_financing", "PLN-06")
    money = warning("roadmap.budget.financial.missing", "budget.financial_resources", "PLN-06")
    people = warning("roadmap.budget.human.missing", "budget.human_resources", "PLN-06")
    return together(
        [
            unless(given(budget.total), warning("roadmap.budget.total.missing", "budget.total", "PLN-06")),
            unless(
                given(budget.currency),
                warning("roadmap.budget.currency.missing", "budget.currency", "PLN-06"),
            ),
            unless(given(budget.financial_resources), money),
            unless(given(budget.human_resources), people),
            unless(given(budget.gaps), warning("roadmap.budget.gaps.missing", "budget.gaps", "PLN-06")),
            unless(given(budget.steps_to_full_financing), steps),
        ]
    )


def _plan(plan: NationalActionPlan, where: str) -> Findings:
    return unless(given(plan.title), problem("nap.plan.title.missing", f"{where}.title", "PLN-04")) + unless(
        attached(plan.document), problem("nap.plan.document.missing", f"{where}.document", "PLN-04")
    )


def _review_of_plans(record: NapSubmission) -> Findings:
    answers = ("covers_child_labour", "covers_forced_labour", "clear_benchmarks", "indicators_aligned")
    return together(
        problem("nap.answer.missing", name, "PLN-04") for name in answers if getattr(record, name) is None
    )


def _adjustments(record: NapSubmission) -> Findings:
    pairs = (
        (record.covers_child_labour, "adjustment_child_labour", record.adjustment_child_labour),
        (record.covers_forced_labour, "adjustment_forced_labour", record.adjustment_forced_labour),
        (record.clear_benchmarks, "adjustment_benchmarks", record.adjustment_benchmarks),
        (record.indicators_aligned, "adjustment_indicators", record.adjustment_indicators),
    )
    return together(
        problem("nap.adjustment.missing", name, "PLN-04")
        for answer, name, adjustment in pairs
        if answer is False and not given(adjustment)
    )


def _answer(answer: CommentAnswer, where: str, waiting: Sequence[int], clause: str) -> Findings:
    unknown = problem(
        "answer.unknown", f"{where}.number", clause, number=answer.number, numbers=listed(waiting)
    )
    return unless(answer.number in waiting, unknown) + unless(
        given(answer.text), problem("answer.text.missing", f"{where}.text", clause, number=answer.number)
    )
