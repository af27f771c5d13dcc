"""Items of the GCM in a country's life: positions beforehand, silence procedures, and the decisions that settle them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.state import Item
from framework import records as r
from framework.decision_record import Position
from framework.terms import Consensus, DecisionKind, Status, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready
from tests.process.test_dialogue import inactive
from workflows.post import let_go
from workflows.process import view

BEFORE = date(2028, 9, 20)
LAST_DAY = date(2028, 10, 5)


def silent(life: Life) -> Life:
    """The country's policy lets the GCM decide by silence."""
    life.state.policy = replace(life.state.policy, silence_procedure=True)
    return life


def on_the_agenda(life: Life, **more: Any) -> Life:
    """The Secretariat has put the candidate's status on the agenda."""
    life.hand_in(r.GcmItem(decides=DecisionKind.GRANT, text="All requirements are met.", **more))
    return life


def say(seat: str, position: str, reason: str = "", item: str = "grant") -> r.GcmPosition:
    return r.GcmPosition(item=item, seat=seat, position=position, reason=reason)


def item(life: Life, key: str = "grant") -> Item:
    return next(one for one in view.row(life.state).items if one.key == key)


@pytest.mark.clause("PLN-07", "PLN-09")
def test_an_item_opens_with_the_gcms_task_and_closes_with_it() -> None:
    life = ready()
    opened = item(life)
    assert (opened.kind, opened.task, opened.meeting) == (
        DecisionKind.GRANT,
        "roadmap_decision",
        "Autumn meeting",
    )
    assert opened.meeting_on == MEETING
    life.at(MEETING).accepted(DecisionKind.GRANT, MEETING)
    assert (item(life).outcome, item(life).decision) == ("decided", f"grant-{MEETING}")
    assert "gcm_item_closed" not in life.kinds()


@pytest.mark.clause("REV-07", "REV-15", "REA-05")
def test_the_status_of_a_year_a_dialogue_and_a_return_are_items_too() -> None:
    life = Life.active(date(2027, 1, 5), date(2026, 3, 1)).at(date(2028, 10, 20))
    keys = {one.key: one.task for one in view.row(life.state).items}
    assert keys == {
        "annual_status-2027": "annual_status-2027",
        "annual_status-2028": "annual_status-2028",
        "open_dialogue": "open_dialogue",
    }
    away = inactive().at(date(2030, 3, 1))
    assert [one.closed_at for one in view.row(away.state).items if one.closed_at is None] == []


@pytest.mark.clause("PLN-09")
def test_a_later_position_of_a_seat_replaces_the_earlier_one_and_both_stay_on_record() -> None:
    life = ready().at(BEFORE)
    life.hand_in(say("Employers", "object", "No budget"), p.GCM)
    life.hand_in(say("Workers", "support"), p.GCM)
    receipt = life.hand_in(say(" employers ", "comment", "The budget is weak"), p.GCM)
    first, second, third = item(life).positions
    assert (first.position, first.replaced_at is not None) == ("object", True)
    assert second.replaced_at is None
    assert (third.seat, third.position, third.replaced_at) == ("employers", "comment", None)
    entry = next(one for one in life.state.entries if one.number == receipt.entry)
    assert (entry.kind, entry.values["position"], entry.values["before"]) == (
        "gcm_position",
        "comment",
        "object",
    )


@pytest.mark.clause("PLN-09")
@pytest.mark.parametrize(
    ("position", "key"),
    [
        (say("Government XAA", "support"), "item.position.recused"),
        (replace(say("Labour", "support"), seat_country="XAA"), "item.position.recused"),
        (say("Employers", "support", item="declare_inactive"), "item.unknown"),
        (say("Employers", "object"), "item.position.reason_missing"),
    ],
)
def test_a_position_is_refused_to_the_country_s_own_seat_and_on_what_is_no_item(
    position: r.GcmPosition, key: str
) -> None:
    assert key in ready().refusals(position, p.GCM)


@pytest.mark.clause("PLN-09")
def test_only_members_take_positions_and_the_secretariat_for_them() -> None:
    life = ready()
    assert life.refusals(say("Employers", "support"), p.FOCAL_POINT) == {"submission.role"}
    assert life.refusals(say("Employers", "support"), p.MWG) == {"submission.role"}
    life.hand_in(say("Employers", "support"), p.SECRETARIAT, on_behalf_of="the Employers' seat")


@pytest.mark.clause("PLN-09")
def test_an_objection_on_record_refuses_the_decision_until_it_says_that_it_was_withdrawn() -> None:
    life = ready().at(BEFORE)
    life.hand_in(say("Employers", "object", "No budget"), p.GCM)
    life.hand_in(say("Workers", "support"), p.GCM)
    refused = life.at(MEETING).decide(p.decision(DecisionKind.GRANT, MEETING))
    assert [one.key for one in refused.reasons] == ["decision.position.objection_stands"]
    heard = Position(seat="Employers", position="comment", reason="Withdrawn at the meeting")
    life.accepted(DecisionKind.GRANT, MEETING, id="mended", positions=(heard,))
    record = life.state.decisions[-1]
    assert record.decision.positions == (heard,)
    assert [one.seat for one in record.beforehand] == ["Workers"]
    assert (item(life).outcome, item(life).decision) == ("decided", "mended")


@pytest.mark.clause("PLN-09", "REV-07")
def test_a_decision_without_positions_takes_those_on_record_with_it() -> None:
    life = ready().at(BEFORE)
    for seat in ("Employers", "Workers"):
        life.hand_in(say(seat, "support"), p.GCM)
    life.at(MEETING).accepted(DecisionKind.GRANT, MEETING)
    assert [(one.seat, one.position) for one in life.state.decisions[-1].beforehand] == [
        ("Employers", "support"),
        ("Workers", "support"),
    ]


@pytest.mark.clause("PLN-09")
def test_nothing_more_is_said_on_an_item_that_is_decided() -> None:
    life = ready().at(BEFORE)
    life.hand_in(say("Workers", "support"), p.GCM)
    life.at(MEETING).accepted(DecisionKind.GRANT, MEETING)
    assert life.refusals(say("Employers", "support"), p.GCM) == {"item.closed"}


@pytest.mark.clause("PLN-07")
def test_a_candidate_that_is_presented_again_is_a_new_item() -> None:
    life = ready().at(BEFORE)
    life.hand_in(say("Employers", "object", "No budget"), p.GCM)
    life.hand_in(r.Presentation(meeting="Spring meeting", meeting_on=date(2029, 5, 10)))
    assert item(life).outcome == "overtaken"
    assert (item(life, "grant.2").meeting, item(life, "grant.2").positions) == ("Spring meeting", [])


@pytest.mark.clause("PLN-08")
def test_what_the_gcm_says_among_itself_is_no_sign_of_life_of_a_candidate() -> None:
    life = ready().at(BEFORE)
    heard = life.state.last_heard_at
    life.hand_in(say("Workers", "support"), p.GCM)
    on_the_agenda(life)
    assert life.state.last_heard_at == heard


@pytest.mark.clause("PLN-07")
def test_the_secretariat_puts_an_item_on_the_agenda_and_the_members_are_told() -> None:
    life = on_the_agenda(ready().at(BEFORE), documents=(p.LETTER,))
    (mail,) = life.mails("gcm_item")
    assert [one.role for one in mail.to] == ["gcm"]
    assert (mail.values["papers"], mail.values["meeting"]) == (["letter.pdf"], "Autumn meeting")
    assert mail.values["silence_until"] is None


@pytest.mark.clause("DIA-06")
def test_an_item_without_a_task_ends_when_the_secretariat_says_so_or_the_status_changes() -> None:
    life = Life.active(date(2027, 1, 15), date(2026, 3, 1))
    life.hand_in(r.GcmItem(decides=DecisionKind.DECLARE_INACTIVE, text="No progress"))
    life.hand_in(r.GcmItemEnd(item="declare_inactive", reason="A report came"))
    assert item(life, "declare_inactive").outcome == "ended"
    life.hand_in(r.GcmItem(decides=DecisionKind.DECLARE_INACTIVE, text="No progress after all"))
    life.hand_in(r.Withdrawal(dated=date(2027, 1, 15), letter=p.LETTER, reason="Other priorities"))
    assert item(life, "declare_inactive.2").outcome == "overtaken"


@pytest.mark.clause("PLN-09")
def test_an_item_that_only_a_task_has_opened_cannot_be_taken_off() -> None:
    assert ready().refusals(r.GcmItemEnd(item="grant", reason="Later")) == {"item.not_on_agenda"}


@pytest.mark.clause("PLN-09")
def test_a_silence_procedure_needs_the_setting() -> None:
    item_ = r.GcmItem(decides=DecisionKind.GRANT, text="Silence", silence_until=LAST_DAY)
    assert ready().at(BEFORE).refusals(item_) == {"item.silence.off"}


@pytest.mark.clause("PLN-09")
def test_silence_to_the_end_of_the_last_day_anywhere_asks_the_secretariat_to_send_the_decision() -> None:
    life = on_the_agenda(silent(ready()).at(BEFORE), silence_until=LAST_DAY)
    assert item(life).silence_ends_at == datetime(2028, 10, 6, 11, 59, 59, tzinfo=UTC)
    life.at(LAST_DAY)
    assert len(life.mails("gcm_item_reminder")) == 1
    assert life.mails("gcm_silence_held") == []
    life.at(date(2028, 10, 6))
    assert item(life).silence == "held"
    assert life.task("send_decision-grant").values["decision_kind"] == "grant"
    assert life.mails("gcm_silence_held")[0].task == "send_decision-grant"
    assert life.state.status is Status.CANDIDATE
    life.at(MEETING).accepted(DecisionKind.GRANT, MEETING)
    assert life.task("send_decision-grant").state is TaskState.DONE


@pytest.mark.clause("PLN-09")
def test_one_objection_breaks_silence_at_once_and_the_secretariat_is_told() -> None:
    life = on_the_agenda(silent(ready()).at(BEFORE), silence_until=LAST_DAY)
    life.hand_in(say("Workers", "comment", "Mind the survey"), p.GCM)
    assert item(life).silence == "running"
    life.hand_in(say("Employers", "object", "No budget"), p.GCM)
    assert item(life).silence == "broken"
    (told,) = life.mails("gcm_silence_broken")
    assert (told.to[0].role, told.values["seat"], told.values["reason"]) == (
        "secretariat",
        "Employers",
        "No budget",
    )
    life.at(date(2028, 10, 10))
    assert "send_decision-grant" not in life.open_keys()
    assert life.mails("gcm_item_reminder") == []


@pytest.mark.clause("PLN-09")
def test_silence_does_not_begin_while_an_objection_stands() -> None:
    life = silent(ready()).at(BEFORE)
    life.hand_in(say("Employers", "object", "No budget"), p.GCM)
    item_ = r.GcmItem(decides=DecisionKind.GRANT, text="Silence", silence_until=LAST_DAY)
    assert life.refusals(item_) == {"item.silence.objection_stands"}


@pytest.mark.clause("PLN-09")
def test_who_wakes_after_the_end_is_told_of_the_end_and_not_reminded() -> None:
    life = on_the_agenda(silent(ready()).at(BEFORE), silence_until=LAST_DAY).wakes(date(2028, 10, 15))
    assert life.mails("gcm_item_reminder") == []
    assert len(life.mails("gcm_silence_held")) == 1


@pytest.mark.clause("PLN-09")
def test_a_blocked_decision_leaves_the_item_open() -> None:
    life = ready().at(BEFORE)
    life.hand_in(say("Employers", "object", "No budget"), p.GCM)
    life.at(MEETING).decide(p.decision(DecisionKind.GRANT, MEETING, consensus=Consensus.BLOCKED))
    assert item(life).closed_at is None


def test_closed_items_leave_the_state_with_an_archived_year_but_for_the_last_few() -> None:
    life = Life.active(date(2027, 1, 15), date(2026, 3, 1))
    for _ in range(7):
        life.hand_in(r.GcmItem(decides=DecisionKind.DECLARE_INACTIVE, text="No progress"))
        open_key = next(one.key for one in life.state.items if one.closed_at is None)
        life.hand_in(r.GcmItemEnd(item=open_key, reason="A report came"))
    life.hand_in(r.GcmItem(decides=DecisionKind.OPEN_DIALOGUE, text="Flags"))
    let_go(life.state, view.everything(life.state))
    kept = [f"declare_inactive.{number}" for number in range(3, 8)]
    assert [one.key for one in life.state.items] == [*kept, "open_dialogue"]
    assert life.state.outbox.touched.country
    life.hand_in(r.GcmItem(decides=DecisionKind.DECLARE_INACTIVE, text="Again"))
    assert item(life, "declare_inactive.8").closed_at is None
