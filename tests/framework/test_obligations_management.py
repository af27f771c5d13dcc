"""Completeness of extensions, waivers, changes of people, pause, withdrawal, corrections, policy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from framework.records import (
    ContactChange,
    EntryCorrection,
    Extension,
    ExtensionRequest,
    Pause,
    PolicyChange,
    Resume,
    Waiver,
    Withdrawal,
)
from tests.framework import complete
from tests.framework.complete import PAPER, POINT, TODAY, but, problems, warnings

COMPLETE = complete.every_kind()


@pytest.mark.clause("REP-02")
def test_a_request_names_an_open_task_a_date_a_reason_and_the_body_in_support() -> None:
    assert problems(ExtensionRequest()) == [
        ("open_task.missing", "task"),
        ("extension.date.missing", "until"),
        ("extension.reason.missing", "reason"),
        ("extension.body.missing", "body_in_support"),
    ]
    assert problems(but(COMPLETE["extension_request"], task="roadmap")) == [("open_task.unknown", "task")]


@pytest.mark.clause("REP-02")
def test_an_unknown_body_in_support_is_doubtful() -> None:
    record = but(COMPLETE["extension_request"], body_in_support="Round table")
    assert (problems(record), warnings(record)) == ([], [("extension.body.unknown", "body_in_support")])
    assert warnings(record, bodies=()) == []


@pytest.mark.clause("REP-02")
def test_a_day_that_is_over_everywhere_is_no_new_date_unless_exceptionally() -> None:
    record: Extension = COMPLETE["extension"]
    assert problems(but(record, until=TODAY - timedelta(days=1))) == []
    gone = but(record, until=TODAY - timedelta(days=2))
    assert problems(gone) == [("extension.date.past", "until")]
    assert problems(but(gone, exceptional=True)) == []


@pytest.mark.clause("REP-02")
def test_an_extension_that_is_not_granted_needs_a_reason_but_no_date() -> None:
    refused = Extension(task="workshop", granted=False, reason="Twice before")
    assert problems(refused) == []
    assert problems(Extension(task="workshop", granted=False)) == [("extension.reason.missing", "reason")]


@pytest.mark.clause("GEN-05")
@pytest.mark.parametrize(
    "task", ["progress_report-2028", "indicator_framework-2028", "final_report-2028", "comment_answers"]
)
def test_the_frameworks_own_obligations_cannot_be_waived(task: str) -> None:
    assert problems(Waiver(task=task, reason="Kindness"), tasks=(task,)) == [("waiver.not_waivable", "task")]


@pytest.mark.clause("GEN-05")
def test_any_other_open_task_can_be_waived_with_a_reason() -> None:
    assert (
        problems(Waiver(task="dialogue_checkpoint-1.2", reason="Met"), tasks=("dialogue_checkpoint-1.2",))
        == []
    )
    assert problems(Waiver(task="stocktaking")) == [("waiver.reason.missing", "reason")]
    assert problems(Waiver(task="introduction", reason="x")) == [("open_task.unknown", "task")]


@pytest.mark.clause("EOI-03")
def test_a_change_of_contacts_changes_something() -> None:
    assert problems(ContactChange()) == [("contact_change.empty", "")]
    assert problems(ContactChange(deputies=())) == []
    assert problems(ContactChange(ministry_email="")) == []


@pytest.mark.clause("EOI-03")
def test_whoever_is_named_can_be_reached() -> None:
    record = ContactChange(
        focal_point=replace(POINT, email="ada"),
        deputies=(replace(POINT, name=""),),
        ministry_email="x",
        letter=PAPER,
    )
    assert problems(record) == [
        ("contact.email.malformed", "focal_point.email"),
        ("contact.name.missing", "deputies[0].name"),
        ("contact.email.malformed", "ministry_email"),
    ]


@pytest.mark.clause("EOI-03")
def test_a_new_focal_point_without_a_letter_is_doubtful() -> None:
    assert warnings(ContactChange(focal_point=POINT)) == [("contact_change.letter.missing", "letter")]
    assert warnings(ContactChange(deputies=(POINT,))) == []


@pytest.mark.clause("GEN-03")
@pytest.mark.parametrize("record", [Pause(), Withdrawal()])
def test_pause_and_withdrawal_need_the_countrys_own_dated_letter(record: Pause | Withdrawal) -> None:
    assert problems(record) == [("letter.dated.missing", "dated"), ("letter.document.missing", "letter")]
    assert warnings(record) == [(f"{record.kind}.reason.missing", "reason")]


def test_timers_go_on_for_a_reason() -> None:
    assert problems(Resume()) == [("resume.reason.missing", "reason")]


@pytest.mark.parametrize("entry", [0, -3])
def test_a_correction_names_the_entry_and_the_mistake(entry: int) -> None:
    assert problems(EntryCorrection(entry=entry)) == [
        ("entry_correction.entry.missing", "entry"),
        ("entry_correction.reason.missing", "reason"),
    ]


@pytest.mark.clause("REP-02")
def test_a_policy_change_is_told_every_setting_that_is_wrong() -> None:
    record = PolicyChange(settings={"report_due": "04-31", "no_such_setting": 1}, reason="Agreed")
    keys = [key for key, _ in problems(record)]
    assert sorted(keys) == ["policy.day.invalid", "policy.setting.unknown"]


@pytest.mark.clause("REP-02")
def test_a_policy_change_has_settings_and_a_reason() -> None:
    keys = [key for key, _ in problems(PolicyChange())]
    assert keys == ["policy.settings.empty", "policy_change.reason.missing"]
