"""The Alliance's own process on the real server under virtual time: its year, its directory, policy for all."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.alliance import AllianceActivities
from contracts.alliance import Compilation, Compiled
from contracts.messages import Actor
from contracts.names import ALLIANCE_CODE
from framework.facts import Cycle
from framework.policy import DayOfYear
from framework.records.alliance import (
    AllianceEvent,
    AlliancePolicyChange,
    AllianceSubgroup,
    AllianceWaiver,
    Appointment,
    AppointmentEnd,
    GcmMeeting,
    HlpfDigest,
    MwgReport,
    SeatRole,
)
from framework.terms import Role, TaskState
from launch.alliance import ensure_alliance
from storage import directory, uploads
from tests.workflows.alliance_world import MWG, SECRETARIAT, YEAR, World, moment, world

EVENT = AllianceEvent(
    title="Side event", on=date(YEAR, 1, 4), place="New York", countries=("XAA", "XAB", "XZZ")
)


@pytest.mark.clause("REP-11")
async def test_the_digest_is_asked_for_on_1_june_and_compiled_when_the_secretariat_issues_it(
    tmp_path: Path,
) -> None:
    final = Cycle(year=YEAR, report_on=date(YEAR, 1, 2), final_on=date(YEAR, 1, 3))
    async with world(tmp_path) as here:
        await here.import_country("XAA", final)
        await here.import_country("XAB", Cycle(year=YEAR))
        await here.clock.advance_to(moment(6, 1, 7))
        assert await here.ask("tasks") == []
        await here.clock.advance_to(moment(6, 1, 9))
        task = await here.task(f"hlpf_digest-{YEAR}")
        assert (task.role, task.due_on, task.state) == (Role.SECRETARIAT, date(YEAR, 7, 10), TaskState.OPEN)

        await here.submit(HlpfDigest(year=YEAR, foreword="A year of progress."))

        assert (await here.task(f"hlpf_digest-{YEAR}")).state is TaskState.DONE
        (compiled,) = await here.entries("hlpf_digest_compiled")
        assert (compiled.values["countries"], compiled.values["without"]) == (["XAA"], ["XAB"])
        stored = await uploads.document(here.database, compiled.values["document"])
        assert stored is not None
        text = await here.text(stored)
        assert "A year of progress." in text
        assert "Country of XAA" in text
        assert "Country of XAB" not in text


@pytest.mark.clause("REP-11")
async def test_a_digest_nobody_issues_is_reminded_of_becomes_late_and_is_missing_in_the_end(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.appoint(SeatRole.SECRETARIAT, "Geneva", "ada@alliance.example")
        await here.clock.advance_to(moment(7, 26))
        assert (await here.task(f"hlpf_digest-{YEAR}")).state is TaskState.LATE
        reminded = [(one.to_email, one.order.due_at.date()) for one in here.mailbag.of("reminder")]
        assert reminded == [
            ("ada@alliance.example", date(YEAR, 7, 10)),
            ("ada@alliance.example", date(YEAR, 7, 24)),
        ]
        await here.clock.advance_to(moment(1, 3, year=YEAR + 1))
        assert (await here.task(f"hlpf_digest-{YEAR}")).state is TaskState.MISSING


@pytest.mark.clause("REP-11")
async def test_an_event_is_on_the_timeline_of_every_country_featured_and_the_unknown_one_is_named(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.import_country("XAA")
        await here.import_country("XAB")
        await here.submit(EVENT)
        for code in ("XAA", "XAB"):
            (entry,) = await here.entries("featured_event", code)
            assert (entry.values["title"], entry.by) == ("Side event", SECRETARIAT.name)
        (passed,) = await here.entries("passed_on")
        assert passed.values["countries"] == ["XAA", "XAB"]
        (failed,) = await here.entries("not_passed_on")
        assert (failed.values["country"], failed.values["answer"]) == ("XZZ", "gone")
        assert (await here.state()).passing_on == []


@pytest.mark.clause("REP-11")
async def test_the_digest_names_the_events_of_its_year(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.submit(EVENT)
        await here.clock.advance_to(moment(6, 2))
        await here.submit(HlpfDigest(year=YEAR))
        (document,) = (await here.state()).documents
        assert "Side event" in await here.text(document.document)


@pytest.mark.clause("REV-06")
async def test_the_mwg_gets_a_draft_after_the_reviews_and_its_report_goes_to_the_gcm(tmp_path: Path) -> None:
    missed = [Cycle(year=YEAR - 2), Cycle(year=YEAR - 1)]
    async with world(tmp_path) as here:
        await here.appoint(SeatRole.GCM, "ILO", "gcm@alliance.example", body="ILO")
        await here.import_country("XAA", *missed)
        await here.clock.advance_to(moment(10, 1, 14))
        task = await here.task(f"mwg_report-{YEAR}")
        assert (task.role, task.due_on) == (Role.MWG, date(YEAR, 10, 31))
        draft = (await here.state()).documents[-1]
        assert (draft.draft, task.values["draft"]) == (True, draft.document.id)
        assert f"no report (REV-09), **raised**: {YEAR - 2}" in await here.text(draft.document)

        await here.submit(MwgReport(year=YEAR, text="One country is silent."), MWG)

        report = (await here.state()).documents[-1]
        text = await here.text(report.document)
        assert "One country is silent." in text
        assert f"no report {YEAR - 1}, {YEAR}" in text  # the year under way was judged on 30 September
        (mail,) = here.mailbag.of("mwg_report")
        assert mail.to_email == "gcm@alliance.example"
        assert any("XAA" in line for line in mail.order.values["items"])
        assert (await here.task(f"mwg_report-{YEAR}")).state is TaskState.DONE


@pytest.mark.clause("REV-06")
async def test_a_report_that_comes_after_new_year_still_counts_for_its_year(tmp_path: Path) -> None:
    async with world(tmp_path, start=moment(9, 20)) as here:
        await here.clock.advance_to(moment(1, 20, year=YEAR + 1))
        assert (await here.task(f"mwg_report-{YEAR}")).state is TaskState.LATE
        await here.submit(MwgReport(year=YEAR, text="With apologies."), MWG)
        assert (await here.task(f"mwg_report-{YEAR}")).state is TaskState.DONE


@pytest.mark.clause("REV-06")
async def test_every_year_is_a_run_of_its_own_with_its_archive(tmp_path: Path) -> None:
    async with world(tmp_path, start=moment(12, 1)) as here:
        await here.appoint(SeatRole.CHAIR, "Chair", "chair@alliance.example")
        first = (await here.alliance.describe()).run_id
        await here.clock.advance_to(moment(1, 5, year=YEAR + 2))
        state = await here.state()
        assert (state.cycle, len(state.archives)) == (YEAR + 2, 2)
        assert [one.name for one in state.appointments] == ["Chair"]
        assert (await here.alliance.describe()).run_id != first
        assert state.entries == []
        assert len(await here.entries("year_turned")) == 2


async def test_an_alliance_that_begins_in_august_is_not_asked_for_the_digest_of_july(tmp_path: Path) -> None:
    async with world(tmp_path, start=moment(8, 15)) as here:
        assert await here.ask("tasks") == []
        assert await here.ask("next_moment") == f"{YEAR}-10-01T12:59:59+00:00"


@pytest.mark.clause("REP-02")
async def test_a_policy_change_reaches_every_country_and_those_that_come_later(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.import_country("XAA")
        await here.submit(AlliancePolicyChange(settings={"report_due": "05-31"}, reason="GCM of May"))
        await here.import_country("XAB")
        early = await here.country("XAA")
        assert early.policy.report_due == DayOfYear(month=4, day=30)
        assert early.next_policy is not None
        assert early.next_policy.report_due == DayOfYear(month=5, day=31)
        await here.clock.advance_to(moment(2, 1, 9))
        late = await here.country("XAB")
        assert late.next_policy is not None
        assert len(await here.entries("policy_change", "XAA")) == 1
        await here.clock.advance_to(moment(1, 3, year=YEAR + 1))
        assert (await here.state()).policy.report_due == DayOfYear(month=5, day=31)
        assert (await here.country("XAB")).policy.report_due == DayOfYear(month=5, day=31)


@pytest.mark.clause("REP-02")
async def test_a_new_country_that_announces_itself_is_told_at_once(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.submit(AlliancePolicyChange(settings={"report_due": "05-31"}, reason="GCM of May"))
        await here.import_country("XAA")
        await here.clock.settled()
        assert (await here.country("XAA")).next_policy is not None


@pytest.mark.clause("REP-02")
async def test_a_policy_change_with_bad_settings_is_refused_with_all_reasons_and_reaches_nobody(
    tmp_path: Path,
) -> None:
    settings: dict[str, object] = {"report_du": "05-31", "reminder_hour": 99}
    async with world(tmp_path) as here:
        await here.import_country("XAA")
        keys = await here.refused(AlliancePolicyChange(settings=settings))
        assert keys == ["policy.reason.missing", "policy.setting.unknown", "policy.number.invalid"]
        assert (await here.state()).next_policy is None
        assert (await here.country("XAA")).next_policy is None


async def test_the_directory_in_the_read_model_follows_every_appointment(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.appoint(SeatRole.CHAIR, "Chair", "first@alliance.example")
        first = (await here.directory()).holders[0]
        assert await here.refused(_chair("second")) == ["appointment.one_chair"]
        await here.submit(AppointmentEnd(id=first.id, until_on=date(YEAR, 2, 28)))
        await here.submit(_chair("second"))
        names = [
            (await directory.holders(here.database, "chair", day))[0].name
            for day in (date(YEAR, 2, 28), date(YEAR, 3, 1))
        ]
        assert names == ["First", "second"]
        assert "@" not in str([entry.values for entry in await here.entries("appointment")])


async def test_those_who_left_long_ago_leave_the_directory_too(tmp_path: Path) -> None:
    async with world(tmp_path, start=moment(12, 1)) as here:
        await here.appoint(SeatRole.MWG, "MWG 1", "old@alliance.example", until_on=date(YEAR, 1, 31))
        await here.clock.advance_to(moment(1, 5, year=YEAR + 2))
        assert len(await directory.appointments(here.database)) == 1
        await here.clock.advance_to(moment(1, 5, year=YEAR + 3))
        assert await directory.appointments(here.database) == []


@pytest.mark.clause("REV-02")
async def test_a_review_subgroup_is_set_up_changed_and_dissolved(tmp_path: Path) -> None:
    group = AllianceSubgroup(
        name="Indicators", members=("Mo", "Wu"), mandate="Look at REV-12", countries=("XAA",)
    )
    async with world(tmp_path) as here:
        receipt = await here.submit(group, MWG)
        assert [one.key for one in receipt.warnings] == ["subgroup.direction.missing"]
        await here.submit(GcmMeeting(name="GCM 20", on=date(YEAR, 1, 4), place="Geneva"))
        ended = AllianceSubgroup(
            name="indicators",
            members=("Mo",),
            mandate="Done",
            directed_at="GCM 20",
            dissolved_on=date(YEAR, 1, 5),
        )
        assert (await here.submit(ended, MWG)).warnings == []
        assert (await here.state()).subgroups == [ended]
        assert len(await here.entries("alliance_subgroup")) == 2
        empty = await here.refused(AllianceSubgroup(name="Nobody"), MWG)
        assert empty == ["subgroup.members.missing", "subgroup.mandate.missing"]


async def test_the_same_message_twice_is_entered_once_also_in_a_later_run(tmp_path: Path) -> None:
    meeting = GcmMeeting(name="GCM 20", on=date(YEAR, 11, 4), place="Geneva")
    async with world(tmp_path, start=moment(12, 30)) as here:
        first = await here.submit(meeting, message="same")
        await here.clock.advance_to(moment(1, 3, year=YEAR + 1))
        assert await here.submit(meeting, message="same") == first
        assert len(await here.entries("gcm_meeting")) == 1
        assert await here.refused(meeting) == ["meeting.known"]


async def test_who_may_do_what_is_refused_with_the_roles_that_may(tmp_path: Path) -> None:
    focal_point = Actor(role=Role.FOCAL_POINT, name="Flo", country="XAA")
    async with world(tmp_path) as here:
        assert await here.refused(HlpfDigest(year=YEAR), MWG) == ["alliance.role"]
        assert await here.refused(EVENT, focal_point) == ["alliance.role"]
        assert await here.refused(HlpfDigest(year=YEAR)) == ["hlpf_digest.not_asked_for"]
        assert await here.entries("alliance_event") == []


async def test_a_task_is_waived_with_its_reason(tmp_path: Path) -> None:
    async with world(tmp_path, start=moment(6, 2)) as here:
        key = f"hlpf_digest-{YEAR}"
        assert await here.refused(AllianceWaiver(task=key)) == ["waiver.reason.missing"]
        await here.submit(AllianceWaiver(task=key, reason="No Forum this year"))
        task = await here.task(key)
        assert (task.state, task.reason) == (TaskState.WAIVED, "No Forum this year")
        assert await here.refused(AllianceWaiver(task=key, reason="again")) == ["submission.task_closed"]


async def test_whatever_arrives_is_on_record_and_stops_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.alliance.signal("gcm_decision", {"id": "d-1"})
        await here.alliance.signal("gibberish", args=[1, 2])
        await here.alliance.signal("mail_failed", "not an object")
        await here.alliance.signal("nudge")
        await here.clock.settled()
        refused = [(one.message, one.reason) for one in (await here.state()).refusals]
        assert refused[0] == (
            "gcm_decision",
            "is for a country: send it to country-CODE, not to the Alliance",
        )
        assert [name for name, _ in refused] == ["gcm_decision", "gibberish", "mail_failed"]
        await here.submit(GcmMeeting(name="GCM 20", on=date(YEAR, 2, 4)))


async def test_a_mail_that_failed_becomes_a_task_of_the_secretariat(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.alliance.signal("mail_failed", {"key": "k-1", "kind": "reminder", "state": "refused"})
        await here.clock.settled()
        task = await here.task("mail_failed-k-1")
        assert (task.role, task.state) == (Role.SECRETARIAT, TaskState.OPEN)


async def test_starting_the_alliance_again_changes_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.appoint(SeatRole.MWG, "MWG 1", "mo@alliance.example")
        await ensure_alliance(here.clock.client)
        assert len((await here.directory()).holders) == 1


class Balking(AllianceActivities):
    """Compiles only after it has been asked once in vain."""

    asked = 0

    @activity.defn(name="compile_hlpf_digest")
    async def compile_hlpf_digest(self, order: Compilation) -> Compiled:
        """Raises the first time."""
        Balking.asked += 1
        if Balking.asked == 1:
            raise ApplicationError("the store is away", non_retryable=True)
        return await super().compile_hlpf_digest(order)


async def test_a_digest_that_cannot_be_compiled_is_put_aside_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Balking, "asked", 0)
    async with world(tmp_path, start=moment(6, 2), activities_of=Balking) as here:
        await here.submit(HlpfDigest(year=YEAR))
        assert (await here.state()).documents == []
        (failed,) = await here.entries("hlpf_digest_not_compiled")
        assert "the store is away" in failed.values["why"]
        await here.clock.advance_to(moment(6, 2, 2))
        assert len((await here.state()).documents) == 1
        assert (await here.state()).outbox.compilations == []


async def test_a_year_is_the_same_with_continue_as_new_every_few_events(tmp_path: Path) -> None:
    async with world(tmp_path, continue_every=15) as here:
        await _a_whole_year(here)
        kinds = [one.kind for one in await here.entries("")]
    assert kinds.count("mwg_report_compiled") == kinds.count("hlpf_digest_compiled") == 1
    assert kinds.count("reminder") == 0
    assert [one.order.kind for one in here.mailbag.deliveries if one.order.country == ALLIANCE_CODE] == [
        "mwg_report"
    ]


def _chair(name: str) -> Appointment:
    return Appointment(
        role=SeatRole.CHAIR,
        seat="Chair",
        name=name,
        email=f"{name}@alliance.example",
        from_on=date(YEAR, 3, 1),
    )


async def _a_whole_year(here: World) -> None:
    await here.appoint(SeatRole.GCM, "ILO", "gcm@alliance.example", body="ILO")
    await here.import_country("XAA")
    await here.clock.advance_to(moment(6, 2))
    await here.submit(HlpfDigest(year=YEAR))
    await here.clock.advance_to(moment(10, 2))
    await here.submit(MwgReport(year=YEAR, text="All is well."), MWG)
    await here.clock.advance_to(datetime(YEAR + 1, 1, 1, tzinfo=UTC) + timedelta(days=2))
