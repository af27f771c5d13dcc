"""What messages tell of a country's state: dates, receipts with their fingerprints, comments, findings with their values."""

from datetime import date
from typing import Any

import pytest

from framework import records as r
from framework.terms import DecisionKind
from tests.process import papers as p
from tests.process.life import Life

GRANTED = date(2026, 3, 1)


def year() -> Life:
    """An active country on 5 January 2028."""
    return Life.active(date(2028, 1, 5), GRANTED)


def last(life: Life, kind: str) -> dict[str, Any]:
    """What the newest message of a kind tells."""
    return life.mails(kind)[-1].values


@pytest.mark.clause("EOI-02", "EOI-04")
def test_a_registered_letter_is_acknowledged_with_its_date_and_fingerprint() -> None:
    life = Life.candidate(date(2027, 1, 15))
    told = last(life, "registered")
    assert told["sha256"] == life.state.versions[0].sha256
    assert len(told["sha256"]) == 64
    assert told["dated"] == last(life, "gcm_informed")["dated"] == "2027-01-15"
    assert life.mails("registered")[0].task == "introduction"


@pytest.mark.clause("REP-07")
def test_what_is_received_is_acknowledged_with_all_that_came_for_the_year() -> None:
    life = year().at(date(2028, 4, 2))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    told = last(life, "report_received")
    assert [(one["kind"], one["version"], one["on"]) for one in told["receipts"]] == [
        ("progress_report", 1, "2028-04-02")
    ]
    assert "indicator_framework" in told["outstanding"]
    assert told["due_dates"]["indicator_framework"] == "2028-04-30"
    life.hand_in(p.indicators(2028), p.FOCAL_POINT)
    told = last(life, "report_received")
    assert {one["kind"] for one in told["receipts"]} == {"progress_report", "indicator_framework"}
    assert {one["sha256"] for one in told["receipts"]} == {one.sha256 for one in life.state.versions[-2:]}


@pytest.mark.clause("REP-08", "REP-09", "REP-10")
def test_comments_are_sent_with_their_text_and_the_final_version_is_acknowledged() -> None:
    life = year().at(date(2028, 4, 2))
    life.hand_in(p.report(2028, date(2028, 4, 1)), p.FOCAL_POINT)
    life.hand_in(p.indicators(2028), p.FOCAL_POINT)
    life.at(date(2028, 5, 25)).hand_in(r.MwgComments(year=2028, comments=("Source?", "L" * 500)), p.MWG)
    short, long = last(life, "comments_sent")["comments"]
    assert short == {"number": 1, "text": "Source?"}
    assert long["text"] == "L" * 400 + " [...]"
    answers = (r.CommentAnswer(number=1, text="A survey"), r.CommentAnswer(number=2, text="The law"))
    final = r.FinalReport(year=2028, report=p.report(2028, date(2028, 6, 1)), answers=answers)
    life.at(date(2028, 6, 2)).hand_in(final, p.FOCAL_POINT)
    assert last(life, "report_published")["sha256"] == life.state.versions[-1].sha256


@pytest.mark.clause("EOI-03")
def test_a_change_of_contacts_names_people_and_what_is_open_with_its_dates() -> None:
    life = year()
    life.hand_in(r.ContactChange(focal_point=p.SUCCESSOR, deputies=(p.PERSON,)), p.FOCAL_POINT)
    told = last(life, "contact_changed")
    assert (told["focal_point"], told["deputies"]) == ("Ben Oda", ["Ana Ruiz"])
    assert told["due_dates"]["progress_report-2028"] == "2028-04-30"
    assert {*told["due_dates"]} <= {*told["open_tasks"]}


@pytest.mark.clause("REP-02")
def test_who_asks_for_more_time_is_told_the_dates_before_and_after() -> None:
    life, task = year(), "progress_report-2028"
    request = r.ExtensionRequest(
        task=task, until=date(2028, 5, 31), reason="Floods", body_in_support="Committee 8.7"
    )
    life.hand_in(request, p.FOCAL_POINT)
    asked = last(life, "extension_requested")
    assert (asked["about"], asked["due_on"], asked["until"]) == (task, "2028-04-30", "2028-05-31")
    life.hand_in(r.Extension(task=task, until=date(2028, 5, 20), reason="Floods"))
    told = last(life, "extension_granted")
    assert (told["date_before"], told["until"]) == ("2028-04-30", "2028-05-20")
    life.hand_in(r.Extension(task=task, granted=False, reason="Enough"))
    assert last(life, "extension_refused")["due_on"] == "2028-05-20"


@pytest.mark.clause("GEN-03")
def test_a_pause_is_told_with_its_day_and_its_end_with_the_new_dates() -> None:
    life = year().at(date(2028, 2, 1))
    life.hand_in(r.Pause(dated=date(2028, 2, 1), letter=p.LETTER, reason="Elections"))
    assert last(life, "paused")["since"] == "2028-02-01"
    life.at(date(2028, 2, 11)).hand_in(r.Resume(reason="Over"))
    told = last(life, "resumed")
    assert told["since"] == "2028-02-01"
    assert told["due_dates"]["progress_report-2028"] == "2028-05-10"


@pytest.mark.clause("PLN-09")
def test_a_refused_decision_is_told_with_its_kind_and_the_values_of_its_reasons() -> None:
    life = year()
    refused = p.decision(DecisionKind.ANNUAL_STATUS, date(2028, 1, 5), year=2028, outcome="splendid")
    assert life.decide(refused).answer == "refused"
    told = last(life, "decision_refused")
    assert told["decision_kind"] == "annual_status"
    values = {one["key"]: one["values"] for one in told["reasons"]}
    assert values["decision.outcome.invalid"]["outcome"] == "splendid"
