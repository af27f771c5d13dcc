"""The rules of the Alliance's own process and its time, without any server."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from activities.alliance import _refused
from contracts.alliance import AllianceEnvelope, AllianceState
from contracts.messages import REFUSED, Actor
from contracts.names import ALLIANCE_CODE
from contracts.state import Outbox
from framework import alliance as rules
from framework.policy import DayOfYear, Policy
from framework.records.alliance import (
    AllianceEvent,
    AllianceSubmission,
    Appointment,
    AppointmentEnd,
    HlpfDigest,
    MwgReport,
    SeatRole,
)
from framework.terms import Role, TaskState
from workflows import alliance_doors, alliance_year
from workflows.alliance_books import AllianceLedger

TODAY = date(2030, 3, 1)
SEAT = Appointment(
    role=SeatRole.GCM,
    seat="Government, XAC",
    country="XAC",
    name="Noa",
    email="noa@gov.example",
    from_on=date(2030, 1, 1),
)
FACTS = rules.AllianceFacts(today=TODAY, policy=Policy(), appointments=(rules.identified(SEAT),))


def keys(submission: AllianceSubmission, facts: rules.AllianceFacts = FACTS) -> list[str]:
    """The keys of all problems."""
    return [one.key for one in rules.check(submission, facts).problems]


def test_an_empty_appointment_is_refused_with_everything_that_is_missing() -> None:
    missing = ["role", "seat", "name", "email", "from_on"]
    assert keys(Appointment()) == [f"appointment.{name}.missing" for name in missing]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"email": "no address"}, ["appointment.email.invalid"]),
        ({"until_on": date(2029, 1, 1)}, ["appointment.until_before_from"]),
        ({"country": ""}, ["appointment.country_or_body"]),
        ({"body": "ILO"}, ["appointment.country_or_body"]),
        ({"country": "ZZZ"}, ["country.code"]),
        ({"seat": "Government"}, ["appointment.seat.without_code"]),
        ({"role": SeatRole.MWG}, ["appointment.seat_of_gcm_only"]),
        ({"from_on": date(2030, 2, 1)}, ["appointment.held_already"]),
        ({"email": "NOA@gov.example"}, []),
    ],
)
def test_an_appointment_is_examined_by_itself_and_beside_the_others(
    changes: dict[str, object], expected: list[str]
) -> None:
    assert keys(replace(SEAT, **changes)) == expected  # type: ignore[arg-type]


def test_two_people_in_a_seat_of_the_gcm_are_doubtful_but_possible() -> None:
    found = rules.check(replace(SEAT, name="Alt", email="alt@gov.example"), FACTS)
    assert found.ok
    assert [one.key for one in found.warnings] == ["appointment.seat_shared"]


def test_a_seat_is_taken_again_when_the_one_before_has_ended() -> None:
    ended = replace(rules.identified(SEAT), until_on=date(2030, 1, 31))
    again = replace(SEAT, from_on=date(2030, 2, 1))
    assert keys(again, replace(FACTS, appointments=(ended,))) == []


def test_an_appointment_ends_only_if_it_is_known_and_not_before_it_began() -> None:
    known = rules.identified(SEAT).id
    assert keys(AppointmentEnd()) == ["appointment.id.missing", "appointment.until_on.missing"]
    assert keys(AppointmentEnd(id="other", until_on=TODAY)) == ["appointment.unknown"]
    assert keys(AppointmentEnd(id=known, until_on=date(2029, 12, 31))) == ["appointment.until_before_from"]
    assert keys(AppointmentEnd(id=known, until_on=TODAY)) == []


@pytest.mark.clause("REP-11")
def test_an_event_needs_title_day_place_and_known_countries_once_each() -> None:
    assert keys(AllianceEvent()) == [
        f"event.{name}.missing" for name in ("title", "on", "place", "countries")
    ]
    event = AllianceEvent(
        title="Forum", on=date(2030, 4, 1), place="Geneva", countries=("XAA", "XAA", "Fiji")
    )
    assert keys(event) == ["event.in_future", "country.code", "country.twice"]


@pytest.mark.clause("REV-06")
def test_a_report_is_refused_for_a_year_that_was_not_asked_for() -> None:
    facts = replace(FACTS, tasks={"mwg_report-2029": True})
    assert keys(MwgReport(year=2030), facts) == ["mwg_report.text.missing", "mwg_report.not_asked_for"]
    assert keys(MwgReport(year=2029, text="All is well."), facts) == []


@pytest.mark.clause("REP-11")
@pytest.mark.parametrize("year", [2027, 2028, 2100])
def test_the_digest_is_asked_for_on_1_june_in_every_year(year: int) -> None:
    assert rules.digest_opens_at(year, Policy()) == datetime(year, 6, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (datetime(2030, 1, 1, 11, 59, 59, tzinfo=UTC), 2029),
        (datetime(2030, 1, 1, 12, tzinfo=UTC), 2030),
        (datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC), 2030),
    ],
)
def test_a_year_ends_with_its_last_day_anywhere_on_earth(now: datetime, year: int) -> None:
    assert rules.year_of(now, Policy()) == year


def test_a_cycle_that_closes_in_november_ends_the_year_then() -> None:
    policy = Policy(cycle_closes=DayOfYear(month=11, day=30))
    assert rules.year_of(datetime(2030, 12, 2, tzinfo=UTC), policy) == 2031


@pytest.mark.clause("REV-06", "REP-11")
def test_after_thirteen_months_asleep_nobody_gets_a_storm_of_reminders() -> None:
    state = AllianceState()
    alliance_year.begin(AllianceLedger(state=state, now=datetime(2030, 5, 1, tzinfo=UTC)))
    wakes = datetime(2031, 6, 2, 12, tzinfo=UTC)
    turns = 0
    while state.cycle != 2031 or turns == 0:
        alliance_year.pass_time(AllianceLedger(state=state, now=wakes))
        turns, state.outbox.archive_cycle = turns + 1, False
    alliance_year.pass_time(AllianceLedger(state=state, now=wakes))
    assert turns == 1
    assert state.outbox.mails == []
    states = {key: task.state for key, task in state.tasks.items()}
    assert states["hlpf_digest-2030"] is TaskState.MISSING
    assert states["mwg_report-2030"] is TaskState.LATE
    assert states["hlpf_digest-2031"] is TaskState.OPEN


def test_the_answers_on_record_stay_bounded() -> None:
    state = AllianceState()
    now = datetime(2030, 5, 1, tzinfo=UTC)
    for number in range(alliance_doors.KEPT_ANSWERS + 5):
        meeting = AppointmentEnd(id=rules.identified(SEAT).id, until_on=TODAY)
        state.appointments = [rules.identified(SEAT)]
        envelope = AllianceEnvelope(
            message_id=f"m-{number}", actor=Actor(role=Role.SECRETARIAT), submission=meeting
        )
        alliance_doors.accept(AllianceLedger(state=state, now=now), envelope)
    assert len(state.handled) == alliance_doors.KEPT_ANSWERS
    assert "m-0" not in state.handled


def test_a_task_that_is_named_must_be_the_one_that_the_submission_completes() -> None:
    state = AllianceState()
    now = datetime(2030, 6, 2, tzinfo=UTC)
    ledger = AllianceLedger(state=state, now=now)
    ledger.open_task("hlpf_digest", "REP-11", Role.SECRETARIAT, year=2030, due_on=date(2030, 7, 10))
    ledger.open_task("mwg_report", "REV-06", Role.MWG, year=2030, due_on=date(2030, 10, 31))

    def named(task: str) -> list[str]:
        envelope = AllianceEnvelope(
            message_id="m",
            actor=Actor(role=Role.SECRETARIAT),
            submission=HlpfDigest(year=2030),
            task=task,
        )
        return [one.key for one in alliance_doors.examine(state, envelope, now).problems]

    assert named("hlpf_digest-2030") == []
    assert named("mwg_report-2030") == ["submission.task_mismatch"]
    assert named("hlpf_digest-2029") == ["submission.task_unknown"]


def test_only_the_secretariat_acts_on_behalf_of_others() -> None:
    actor = Actor(role=Role.MWG, name="Mo")
    report = MwgReport(year=2030, text="Text")
    envelope = AllianceEnvelope(message_id="m", actor=actor, submission=report, on_behalf_of="MWG")
    found = alliance_doors.examine(AllianceState(), envelope, datetime(2030, 6, 2, tzinfo=UTC))
    assert [one.key for one in found.problems] == ["submission.on_behalf"]


def test_a_countrys_refusal_is_told_with_its_reasons_and_a_defect_is_asked_again() -> None:
    reasons = [{"key": "submission.ended", "where": "", "clause": "GEN-03", "values": {}}]
    refused = WorkflowUpdateFailedError(ApplicationError("no", reasons, type=REFUSED))
    broken = WorkflowUpdateFailedError(ApplicationError("failed inside", type="KeyError"))
    answer = _refused("XAA", refused)
    assert (answer.answer, [one.key for one in answer.reasons]) == ("refused", ["submission.ended"])
    assert _refused("XAA", broken).answer == "unanswered"


def test_a_state_of_today_can_be_read_from_json_and_from_one_without_the_newest_fields() -> None:
    state = AllianceState(appointments=[SEAT])
    assert AllianceState.model_validate_json(state.model_dump_json()) == state
    bare = AllianceState.model_validate({"code": ALLIANCE_CODE, "revision": 3})
    assert (bare.revision, bare.outbox.compilations) == (3, [])
    assert isinstance(bare.outbox, Outbox)
