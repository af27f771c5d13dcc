"""The yearly cycle of an active country."""

from datetime import UTC, date, datetime

import pytest

from framework import records as r
from framework.terms import Category, Stage, SupportForm, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_dialogue import inactive
from workflows.process import view

GRANTED = date(2026, 3, 1)


def year() -> Life:
    """An active country at the start of 2028, with everything due."""
    return Life.active(date(2028, 1, 5), GRANTED)


def commented() -> Life:
    """A country whose report of 2028 has two comments to answer."""
    life = year().at(date(2028, 4, 20))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    life.hand_in(p.indicators(2028), p.FOCAL_POINT)
    life.at(date(2028, 5, 25)).hand_in(r.MwgComments(year=2028, comments=("Source?", "Which law?")), p.MWG)
    return life


@pytest.mark.clause("REP-01", "REP-02", "REP-07", "IMP-03")
def test_reminders_climb_the_ladder_once_each_and_the_last_goes_up() -> None:
    life = year().at(date(2028, 12, 1))
    steps = [mail for mail in life.mails("reminder", "escalation") if mail.task == "progress_report-2028"]
    days = [mail.due_at.date() for mail in steps]
    assert [str(day) for day in days] == [
        "2028-01-31",
        "2028-03-31",
        "2028-04-23",
        "2028-04-29",
        "2028-04-30",
        "2028-05-14",
        "2028-06-14",
    ]
    assert {recipient.email or recipient.role for recipient in steps[-1].to} == {
        "ana@labour.example.org",
        "ministry@labour.example.org",
        "secretariat",
    }
    assert life.task("progress_report-2028").state is TaskState.LATE


@pytest.mark.clause("REP-07")
def test_a_report_that_is_in_stops_its_reminders_at_once() -> None:
    life = year().at(date(2028, 4, 2))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    life.hand_in(p.indicators(2028), p.FOCAL_POINT)
    before = len(life.mails("reminder", "escalation"))
    life.at(date(2028, 5, 28))
    about = [mail for mail in life.mails("reminder", "escalation")[before:] if "2028-0" in mail.step]
    assert not [mail for mail in about if mail.task.startswith(("progress_report", "indicator_framework"))]


@pytest.mark.clause("REP-05", "REP-07")
def test_indicators_alone_outstanding_are_reminded_of_by_themselves() -> None:
    life = year().at(date(2028, 4, 2))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    life.at(date(2028, 4, 24))
    assert [mail.task for mail in life.mails("reminder") if mail.due_at.date() == date(2028, 4, 23)] == [
        "indicator_framework-2028"
    ]


@pytest.mark.clause("REP-02")
def test_thirty_april_ends_when_it_has_ended_anywhere_on_earth() -> None:
    life = year().at(date(2028, 4, 30))
    life.now = datetime(2028, 5, 1, 11, 59, tzinfo=UTC)
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    cycle = next(one for one in life.state.cycles if one.year == 2028)
    assert cycle.report_on == date(2028, 4, 30)
    assert life.state.entries[-1].kind == "progress_report"
    assert life.state.entries[-1].values["late"] is False


@pytest.mark.clause("REP-01", "GEN-05")
def test_what_came_on_paper_counts_from_the_day_it_came_and_says_on_whose_behalf() -> None:
    life = year().at(date(2028, 5, 5))
    life.hand_in(
        p.report(2028, date(2028, 4, 1)), received_on=date(2028, 4, 28), on_behalf_of="Ministry of Labour"
    )
    task = life.task("progress_report-2028")
    assert life.state.cycles[-1].report_on == date(2028, 4, 28)
    assert (task.state, task.closed_role, task.on_behalf_of) == (
        TaskState.DONE,
        "secretariat",
        "Ministry of Labour",
    )


@pytest.mark.clause("REP-04", "REP-08")
def test_a_report_asks_the_mwg_for_comments_and_arranges_a_wished_for_exchange() -> None:
    life = year().at(date(2028, 4, 20))
    wish = {**vars(p.report(2028, date(2028, 4, 1))), "experience_wanted": "Inspection by mobile teams"}
    life.hand_in(r.ProgressReport(**wish), p.FOCAL_POINT)
    assert {"mwg_comments-2028", "peer_exchange-2028"} <= life.open_keys()
    life.hand_in(r.PeerExchange(year=2028, with_country="XBB", on=date(2028, 6, 1), topic="Mobile teams"))
    assert life.mails("peer_exchange")


@pytest.mark.clause("REP-08", "REP-09", "REP-10")
def test_the_final_report_answers_every_comment_and_is_published() -> None:
    life = commented()
    assert life.task("final_report-2028").due_on == date(2028, 6, 20)
    half = r.FinalReport(year=2028, answers=(r.CommentAnswer(number=1, text="Here"),))
    assert life.refusals(half, p.FOCAL_POINT)
    whole = r.FinalReport(
        year=2028, answers=(*half.answers, r.CommentAnswer(number=2, addressed=False, text="None yet"))
    )
    life.at(date(2028, 6, 10)).hand_in(whole, p.FOCAL_POINT)
    assert "report_published" in life.kinds()
    view.stage(life.state, life.now)
    assert life.state.stage is Stage.REVIEW
    assert not [task for task in life.open_keys() if task.startswith(("final_report", "mwg_comments"))]


@pytest.mark.clause("REP-09")
def test_late_comments_give_the_country_twenty_days() -> None:
    life = year().at(date(2028, 4, 20))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    life.at(date(2028, 6, 15)).hand_in(r.MwgComments(year=2028, comments=("Source?",)), p.MWG)
    assert life.task("final_report-2028").due_on == date(2028, 7, 5)


def test_a_final_version_waits_for_the_comments_while_the_mwg_has_time() -> None:
    life = year().at(date(2028, 4, 20))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    assert life.refusals(r.FinalReport(year=2028), p.FOCAL_POINT) == {"submission.comments_to_come"}


@pytest.mark.clause("PLN-12")
def test_activities_are_tied_to_a_priority_or_a_next_step() -> None:
    life = year()
    loose = r.AnnualActivities(
        year=2028, activities=(r.Activity(title="Train"),), consultations=p.consulted(date(2028, 1, 4))
    )
    assert life.refusals(loose, p.FOCAL_POINT)
    tied = r.AnnualActivities(
        year=2028,
        activities=(r.Activity(title="Train", priority="children"),),
        consultations=p.consulted(date(2028, 1, 4)),
    )
    life.hand_in(tied, p.FOCAL_POINT)
    assert life.task("annual_activities-2028").state is TaskState.DONE


@pytest.mark.clause("PLN-13")
def test_a_new_roadmap_of_an_active_country_asks_for_its_profile() -> None:
    life = year()
    life.hand_in(p.roadmap(date(2028, 1, 4)), p.FOCAL_POINT)
    assert "profile_text" in life.open_keys()
    life.hand_in(r.ProfileText(text="Aruna has ..."))
    assert "profile_text" not in life.open_keys()
    assert [version.number for version in life.state.versions if version.kind == "roadmap"] == [1]


@pytest.mark.clause("REV-04", "GEN-02")
def test_participation_is_counted_by_category_over_the_year() -> None:
    life = commented()
    extra = r.Consultation(
        held_on=date(2028, 5, 1), body="Network", categories=(Category.SURVIVORS,), summary="Heard"
    )
    life.hand_in(r.ConsultationRecord(consultation=extra), p.FOCAL_POINT)
    counted = life.state.cycles[-1].participation
    assert counted["survivors"] == 1
    assert counted["workers"] == 1


@pytest.mark.clause("REP-11", "IMP-02")
def test_events_and_support_are_on_record_and_close_nobodys_duty() -> None:
    life = year()
    before = life.open_keys()
    peers = SupportForm.PEER_LEARNING
    life.hand_in(
        r.SupportAction(
            reference="S1", form=peers, provider="XBB", topic="Inspection", starts_on=date(2028, 1, 1)
        )
    )
    life.hand_in(r.FeaturedEvent(title="HLPF side event", on=date(2028, 1, 4), place="New York"))
    assert life.open_keys() == before
    assert {"support_action", "featured_event"} <= set(life.kinds())


def test_thirteen_months_of_sleep_bring_one_mail_and_a_record_of_the_others() -> None:
    life = year().wakes(date(2029, 2, 20))
    reminders = [mail for mail in life.state.outbox.mails if mail.by_timer]
    assert [(mail.kind, mail.task) for mail in reminders] == [("reminder", "progress_report-2029")]
    skipped = next(entry for entry in life.state.entries if entry.kind == "reminders_skipped")
    assert skipped.values["count"] >= 8
    assert life.task("progress_report-2028").state is TaskState.MISSING
    assert life.state.cycle == 2029


@pytest.mark.clause("REP-03")
@pytest.mark.parametrize(
    ("granted", "first"),
    [
        (date(2027, 12, 31), 2028),
        (date(2028, 1, 1), 2029),
        (date(2028, 5, 31), 2029),
        (date(2028, 6, 1), 2029),
    ],
)
def test_the_first_report_is_due_in_the_year_after_the_grant(granted: date, first: int) -> None:
    life = Life.active(max(granted, date(2028, 1, 2)), granted).at(date(2030, 1, 5))
    assert min(cycle.year for cycle in life.state.cycles if cycle.report_due) == first


@pytest.mark.clause("REP-08", "REP-09")
def test_late_comments_ask_for_nothing_after_the_cycles_close() -> None:
    life = year().at(date(2028, 12, 1))
    life.hand_in(p.report(2028, date(2028, 12, 1)), p.FOCAL_POINT)
    assert life.task("mwg_comments-2028").due_on == date(2028, 12, 31)
    life.at(date(2028, 12, 20)).hand_in(r.MwgComments(year=2028, comments=("Source?",)), p.MWG)
    assert life.task("final_report-2028").due_on == date(2028, 12, 31)
    assert life.mails("comments_sent")[0].values["due_on"] == "2028-12-31"
    life.at(date(2028, 12, 30)).hand_in(
        r.FinalReport(year=2028, answers=(r.CommentAnswer(number=1, text="Here"),)), p.FOCAL_POINT
    )


@pytest.mark.clause("REP-08")
def test_paper_of_a_closed_cycle_opens_no_duty_in_it() -> None:
    life = year().at(date(2029, 1, 5))
    life.hand_in(p.report(2028, date(2028, 12, 20)), received_on=date(2028, 12, 28))
    life.hand_in(r.MwgComments(year=2028, comments=("Source?",)), received_on=date(2028, 12, 30))
    assert not {key for key in life.open_keys() if (key.endswith("-2028") and "mwg" in key) or "final" in key}
    assert life.mails("comments_sent")[0].values["closed"] is True


@pytest.mark.clause("REP-08", "REP-09")
def test_a_final_version_waits_for_the_comments_while_the_mwg_has_an_extension() -> None:
    life = year().at(date(2028, 4, 20))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    life.hand_in(r.Extension(task="mwg_comments-2028", until=date(2028, 6, 15), reason="Translation"))
    assert life.refusals(r.FinalReport(year=2028), p.FOCAL_POINT) == {"submission.comments_to_come"}
    life.at(date(2028, 6, 17)).hand_in(r.FinalReport(year=2028), p.FOCAL_POINT)


@pytest.mark.clause("INA-01", "REP-09")
def test_comments_on_an_inactive_countrys_report_open_no_timed_duty() -> None:
    life = inactive().at(date(2030, 3, 1))
    life.hand_in(p.report(2030, date(2030, 2, 1)), p.FOCAL_POINT)
    life.hand_in(r.MwgComments(year=2030, comments=("Source?",)), p.MWG)
    assert not [key for key in life.open_keys() if key.startswith("final_report")]
    assert life.mails("comments_sent")[-1].values["due_on"] is None
    life.hand_in(r.FinalReport(year=2030, answers=(r.CommentAnswer(number=1, text="Here"),)), p.FOCAL_POINT)


@pytest.mark.clause("REV-12", "REV-13")
def test_reports_that_tell_of_progress_are_evidence_where_the_mwg_was_silent() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED)
    for one in (2027, 2028):
        life.at(date(one, 4, 1)).hand_in(p.report(one, date(one, 4, 1)), p.FOCAL_POINT)
    life.at(date(2029, 1, 5))
    assert "no_progress_evidence" not in life.flags()
    assert life.flags()["no_collaboration_evidence"] == [2027, 2028]
    number = next(one.number for one in life.state.entries if one.kind == "progress_report")
    life.hand_in(r.EntryCorrection(entry=number, reason="Another country's"))
    assert next(cycle for cycle in life.state.cycles if cycle.year == 2027).progress_shown is False
