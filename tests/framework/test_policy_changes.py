"""Changes of the policy: each kind of setting, and everything that is wrong at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.policy import REPORT_LADDER, TASK_LADDER, DayOfYear, Ladder, Policy
from framework.policy_changes import changed
from tests.framework.chance import STEADY

POLICY = Policy()


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("report_due", "05-31", DayOfYear(month=5, day=31)),
        ("report_due", {"month": 5, "day": 31}, DayOfYear(month=5, day=31)),
        ("report_due", DayOfYear(month=5, day=31), DayOfYear(month=5, day=31)),
        ("activities_due", "02-29", DayOfYear(month=2, day=29)),
        ("reminder_hour", 0, 0),
        ("candidate_nudge_days", 30, 30),
        ("reactivation_confirmed_by", "secretariat", "secretariat"),
        ("silence_procedure", True, True),
        ("silence_days", 11, 11),
    ],
)
def test_a_setting_is_changed_and_the_others_stay(name: str, value: object, expected: object) -> None:
    new, found = changed(POLICY, {name: value})
    assert found.ok
    assert getattr(new, name) == expected
    assert {key: one for key, one in vars(new).items() if key != name} == {
        key: one for key, one in vars(POLICY).items() if key != name
    }


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("report_ladder", [45, -30, 0, 0], Ladder(offsets=(-30, 0, 45), escalating=(45,))),
        ("report_ladder", [-30, 0, 20], Ladder(offsets=(-30, 0, 20), escalating=(20,))),
        ("report_ladder", [-30, 0], Ladder(offsets=(-30, 0))),
        ("staff_ladder", [3], Ladder(offsets=(3,))),
        ("staff_ladder", [-365, 730], Ladder(offsets=(-365, 730))),
        ("staff_ladder", list(range(24)), Ladder(offsets=tuple(range(24)))),
        ("task_ladder", {"offsets": [-1, 5], "escalating": [5]}, Ladder(offsets=(-1, 5), escalating=(5,))),
        ("task_ladder", {"offsets": [-1, 5]}, Ladder(offsets=(-1, 5))),
        ("report_ladder", TASK_LADDER, TASK_LADDER),
    ],
)
def test_a_ladder_is_given_as_a_list_or_with_the_rungs_that_go_up(
    name: str, value: object, expected: Ladder
) -> None:
    new, found = changed(POLICY, {name: value})
    assert found.ok
    assert getattr(new, name) == expected


@pytest.mark.clause("REP-07")
def test_an_empty_ladder_is_lawful_but_warned_of() -> None:
    new, found = changed(POLICY, {"staff_ladder": []})
    assert new.staff_ladder == Ladder()
    assert [one.key for one in found.warnings] == ["policy.ladder.empty"]


@pytest.mark.clause("REP-02")
def test_the_days_of_some_tasks_change_and_the_others_keep_theirs() -> None:
    new, found = changed(POLICY, {"days_by_task": {"roadmap": 300}})
    assert found.ok
    assert new.days_by_task == {**POLICY.days_by_task, "roadmap": 300}
    assert POLICY.days_by_task["roadmap"] == 270


@pytest.mark.clause("REP-02", "REP-07")
@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("report_due", "30 April", "policy.day.invalid"),
        ("report_due", "04-31", "policy.day.invalid"),
        ("report_due", "4-30", "policy.day.invalid"),
        ("report_due", "²²-01", "policy.day.invalid"),
        ("report_due", {"month": 4}, "policy.day.invalid"),
        ("report_due", {"month": True, "day": 1}, "policy.day.invalid"),
        ("report_due", {"month": 10**30, "day": 1}, "policy.day.invalid"),
        ("report_due", None, "policy.day.invalid"),
        ("report_due", "01-01", "policy.due.outside_cycle"),
        ("cycle_closes", "04-01", "policy.due.outside_cycle"),
        ("report_ladder", 30, "policy.ladder.invalid"),
        ("report_ladder", "-30", "policy.ladder.invalid"),
        ("report_ladder", ["-30"], "policy.ladder.invalid"),
        ("report_ladder", [True], "policy.ladder.invalid"),
        ("report_ladder", [-366], "policy.ladder.invalid"),
        ("report_ladder", [731], "policy.ladder.invalid"),
        ("report_ladder", list(range(25)), "policy.ladder.invalid"),
        ("report_ladder", {"escalating": [1]}, "policy.ladder.invalid"),
        ("report_ladder", {"offsets": [1], "escalating": 1}, "policy.ladder.invalid"),
        ("report_ladder", {"offsets": [1], "escalating": [2]}, "policy.ladder.stray"),
        ("reminder_hour", 24, "policy.number.invalid"),
        ("reminder_hour", "8", "policy.number.invalid"),
        ("silence_days", 0, "policy.number.invalid"),
        ("silence_days", True, "policy.number.invalid"),
        ("silence_days", 2.5, "policy.number.invalid"),
        ("silence_procedure", "yes", "policy.switch.invalid"),
        ("reactivation_confirmed_by", "chair", "policy.choice.invalid"),
        ("reactivation_confirmed_by", ["gcm"], "policy.choice.invalid"),
        ("days_by_task", 14, "policy.tasks.invalid"),
        ("days_by_task", {"tea": 14}, "policy.task.unknown"),
        ("days_by_task", {"roadmap": -1}, "policy.number.invalid"),
        ("deadline", "04-30", "policy.setting.unknown"),
        ("cycle_opens", "02-01", "policy.setting.without_effect"),
    ],
)
def test_a_bad_value_is_refused_by_name_and_changes_nothing(name: str, value: object, key: str) -> None:
    new, found = changed(POLICY, {name: value})
    assert new is POLICY
    assert [one.key for one in found.problems] == [key]


@pytest.mark.clause("REP-02")
def test_everything_that_is_wrong_is_said_at_once_with_its_place() -> None:
    new, found = changed(
        POLICY,
        {
            "tea": 1,
            "report_due": "31-04",
            "late_wake_hours": 11,
            "reminder_hour": -1,
            "days_by_task": {"tea": 1, "roadmap": "soon"},
            "biscuits": 2,
        },
    )
    assert new is POLICY
    assert sorted((one.where, one.key) for one in found.problems) == [
        ("settings.biscuits", "policy.setting.unknown"),
        ("settings.days_by_task.roadmap", "policy.number.invalid"),
        ("settings.days_by_task.tea", "policy.task.unknown"),
        ("settings.reminder_hour", "policy.number.invalid"),
        ("settings.report_due", "policy.day.invalid"),
        ("settings.tea", "policy.setting.unknown"),
    ]


@pytest.mark.clause("REP-02")
def test_no_settings_at_all_are_refused() -> None:
    new, found = changed(POLICY, {})
    assert new is POLICY
    assert [one.key for one in found.problems] == ["policy.settings.empty"]


@pytest.mark.clause("REP-02")
def test_a_deadline_that_overtakes_later_dates_is_changed_with_a_warning() -> None:
    new, found = changed(POLICY, {"report_due": "10-31"})
    assert new.report_due == DayOfYear(month=10, day=31)
    assert [(one.key, one.where) for one in found.warnings] == [("policy.order.odd", "settings.comments_due")]
    assert found.warnings[0].values["later_day"] == "05-31"
    assert changed(POLICY, {"report_due": "05-31"})[1].warnings == ()
    assert changed(POLICY, {"comments_due": "04-01"})[1].warnings[0].key == "policy.order.odd"
    assert changed(new, {"late_wake_hours": 11})[1].warnings == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.clause("REP-02")
@STEADY
@given(settings=st.dictionaries(st.sampled_from([*vars(POLICY), "tea", "month"]), JSON, max_size=4))
def test_whatever_is_sent_is_answered_and_a_refusal_changes_nothing(settings: dict[str, Any]) -> None:
    new, found = changed(POLICY, settings)
    assert found.ok or new is POLICY
    assert new.report_ladder == REPORT_LADDER or "report_ladder" in settings


@pytest.mark.clause("REP-07")
def test_a_kind_of_task_gets_a_ladder_of_its_own_and_null_takes_it_away() -> None:
    own = {"offsets": [-5, 9], "to_deputies": [-5], "escalating": [9]}
    new, found = changed(POLICY, {"ladders": {"roadmap": own, "progress_report": [-1, 3]}})
    assert found.ok
    assert new.ladders == {
        "roadmap": Ladder(offsets=(-5, 9), to_deputies=(-5,), escalating=(9,)),
        "progress_report": Ladder(offsets=(-1, 3)),
    }
    again, found = changed(new, {"ladders": {"progress_report": None}})
    assert found.ok
    assert set(again.ladders) == {"roadmap"}


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ([], {"policy.tasks.invalid"}),
        ({"holiday": [1]}, {"policy.task.unknown"}),
        ({"roadmap": {"offsets": [1], "to_deputies": [2]}}, {"policy.ladder.stray"}),
        (
            {"roadmap": {"offsets": ["x"]}, "workshop": {"offsets": [1], "escalating": [3]}},
            {"policy.ladder.invalid", "policy.ladder.stray"},
        ),
    ],
)
def test_a_wrong_ladder_of_a_kind_changes_nothing_and_all_of_it_is_said(
    value: object, keys: set[str]
) -> None:
    new, found = changed(POLICY, {"ladders": value})
    assert {one.key for one in found.problems} == keys
    assert new == POLICY


@pytest.mark.clause("EOI-03")
def test_the_day_of_the_question_about_contacts_is_set_and_taken_away() -> None:
    new, found = changed(POLICY, {"contacts_confirmed_on": "03-01"})
    assert found.ok
    assert new.contacts_confirmed_on == DayOfYear(month=3, day=1)
    never, found = changed(new, {"contacts_confirmed_on": None})
    assert found.ok
    assert never.contacts_confirmed_on is None
    _, refused = changed(POLICY, {"contacts_confirmed_on": "02-31"})
    assert [one.key for one in refused.problems] == ["policy.day.invalid"]
