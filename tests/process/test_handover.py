"""The mandate passes to another person in the middle of what is going on: nothing waits, nothing is lost (EOI-03)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.messages import Actor
from contracts.state import MailOrder
from framework import records as r
from framework.terms import Language, Role, TaskState
from tests.process import papers as p
from tests.process.life import Life
from workflows.process import view
from workflows.process.moments import next_moment

GRANTED = date(2026, 3, 1)
NAMED = date(2028, 4, 10)
REPORT = "progress_report-2028"
NEW = replace(p.SUCCESSOR, language=Language.FRENCH, time_zone="Africa/Nairobi")
BEN = Actor(role=Role.FOCAL_POINT, name="Ben Oda", country="XAA")
ANA = Actor(role=Role.FOCAL_POINT, name="Ana Ruiz", country="XAA")


def year(day: date = NAMED, **history: Any) -> Life:
    """An active country in the month of its report."""
    return Life.active(date(2027, 12, 1), GRANTED, **history).at(day)


def named(life: Life, **changes: Any) -> str:
    """The focal point names a successor; the id of the hand-over."""
    life.hand_in(replace(r.SuccessorNamed(successor=NEW, letter=p.LETTER), **changes), ANA)
    assert life.state.pending_successor is not None
    return life.state.pending_successor.id


def handed_over(life: Life, **changes: Any) -> str:
    """Named and accepted on the same day; the id of the hand-over."""
    handover = named(life, **changes)
    life.hand_in(r.SuccessorAccepted(handover=handover), BEN)
    return handover


def pending(life: Life) -> str:
    """The id of the hand-over that waits to be accepted; empty where none does."""
    row = view.row(life.state)
    return row.pending_successor.id if row.pending_successor else ""


def whom(mail: MailOrder) -> list[str]:
    """To whom a message goes: addresses, and roles for seats."""
    return [one.email or one.role for one in mail.to]


def formers(life: Life) -> list[tuple[str, date]]:
    """Who still has access after a hand-over, and until when."""
    return [(one.contact.name, one.until_on) for one in view.row(life.state).former_focal_points]


# --- naming


@pytest.mark.clause("EOI-03")
def test_naming_asks_the_successor_and_changes_nothing_else() -> None:
    life = year()
    handover = named(life)
    row = view.row(life.state)
    assert row.focal_point == p.PERSON
    assert row.pending_successor is not None
    assert (row.pending_successor.contact, row.pending_successor.overlap_days) == (NEW, 30)
    assert row.pending_successor.open_until == NAMED + timedelta(days=30)
    to_new, to_old = life.mails("successor_named")
    assert (whom(to_new), to_new.values["leads_to"]) == ([NEW.email], "sign_in")
    assert (to_new.values["named_by"], to_new.values["open_until"]) == ("Ana Ruiz", "2028-05-10")
    assert (to_new.to[0].language, to_new.to[0].time_zone) == (Language.FRENCH, "Africa/Nairobi")
    assert whom(to_old) == [p.PERSON.email]
    assert (
        life.state.entries[-1].values["handover"] == handover == f"handover-{life.state.entries[-1].number}"
    )


@pytest.mark.clause("EOI-03")
def test_the_secretariat_names_on_the_countrys_letter_only() -> None:
    life = year()
    record = r.SuccessorNamed(successor=NEW)
    assert life.refusals(record, p.SECRETARIAT) == {"successor_named.letter.needed"}
    assert life.refusals(record, ANA) == set()
    life.hand_in(replace(record, letter=p.LETTER), p.SECRETARIAT, on_behalf_of="Ministry of Labour")
    assert life.state.pending_successor is not None


@pytest.mark.clause("EOI-03")
def test_all_that_speaks_against_a_naming_is_said_at_once() -> None:
    life = year()
    first = named(life)
    wrong = r.SuccessorNamed(
        successor=replace(p.PERSON, email="ANA@labour.example.org ", post=""), overlap_days=400
    )
    findings = life.examine(wrong, p.SECRETARIAT)
    assert {one.key for one in findings.problems} == {
        "contact.post.missing",
        "contact.email.malformed",
        "successor_named.overlap.invalid",
        "successor_named.letter.needed",
        "successor_named.same_person",
        "handover.pending",
    }
    pending = next(one for one in findings.problems if one.key == "handover.pending")
    assert dict(pending.values) == {"handover": first, "date": "2028-05-10"}
    assert life.refusals(wrong, p.MWG) == {"submission.role"}


@pytest.mark.clause("EOI-03")
def test_a_naming_that_nobody_accepts_lapses_by_itself_and_those_concerned_are_told() -> None:
    life = year()
    handover = named(life)
    life.at(date(2028, 5, 10))
    assert pending(life) == handover, "its last day is a whole day, anywhere on Earth"
    life.at(date(2028, 5, 12))
    assert pending(life) == ""
    assert "successor_lapsed" in life.kinds()
    assert whom(life.mails("successor_withdrawn")[-1]) == [NEW.email, p.PERSON.email]
    assert life.refusals(r.SuccessorAccepted(handover=handover), BEN) == {"handover.none"}


@pytest.mark.clause("REP-07")
def test_after_a_long_sleep_a_lapsed_naming_costs_no_reminder_its_message() -> None:
    life = year(date(2028, 4, 20))
    named(life)
    life.wakes(date(2028, 6, 20))
    kinds = [mail.kind for mail in life.state.outbox.mails if mail.made_at == life.now]
    assert "successor_withdrawn" in kinds
    assert {"escalation", "reminder"} & set(kinds), "the newest reminder still goes out"


@pytest.mark.clause("EOI-03")
def test_a_naming_can_be_taken_back_and_another_person_named() -> None:
    life = year()
    handover = named(life)
    other = r.SuccessorWithdrawn(handover="handover-1", reason="Another person")
    assert life.refusals(other, ANA) == {"handover.other"}
    life.hand_in(replace(other, handover=handover), ANA)
    assert life.mails("successor_withdrawn")[-1].values["lapsed"] is False
    assert named(life) != handover


# --- acceptance


@pytest.mark.clause("EOI-03")
def test_only_the_successor_accepts_or_the_secretariat_in_that_persons_name() -> None:
    life = year()
    record = r.SuccessorAccepted(handover=named(life))
    assert life.refusals(record, ANA) == {"handover.not_successor"}
    assert life.refusals(record, p.SECRETARIAT) == {"handover.not_successor"}
    assert life.refusals(record, replace_country(BEN, "XAB")) == {"submission.other_country"}
    assert life.refusals(record, p.SECRETARIAT, on_behalf_of="ben  oda") == set()
    assert life.refusals(replace(record, handover=""), BEN) == {"handover.missing"}


def replace_country(actor: Actor, code: str) -> Actor:
    """The same person, of another country."""
    return actor.model_copy(update={"country": code})


@pytest.mark.clause("EOI-03", "REP-07")
def test_reminders_follow_the_successor_from_that_moment_in_their_language_and_zone() -> None:
    life = year()
    handed_over(life)
    life.at(date(2028, 4, 24))
    last = life.mails("reminder")[-1]
    assert [(one.email, one.language, one.time_zone) for one in last.to] == [
        (NEW.email, Language.FRENCH, "Africa/Nairobi")
    ]
    assert view.row(life.state).language is Language.FRENCH
    assert all(
        mail.made_at < life.task(REPORT).rungs[2].at
        for mail in life.mails("reminder")
        if p.PERSON.email in whom(mail)
    )


@pytest.mark.clause("EOI-03")
def test_those_concerned_are_told_and_the_successor_gets_brief_tasks_and_dates() -> None:
    life = year()
    handed_over(life)
    to_new, to_staff, to_old = life.mails("handed_over")
    assert (whom(to_new), to_new.values["leads_to"]) == ([NEW.email], "brief")
    assert REPORT in to_new.values["open_tasks"]
    assert to_new.values["due_dates"][REPORT] == "2028-04-30"
    assert (whom(to_staff), whom(to_old)) == (["secretariat"], [p.PERSON.email])
    assert to_old.values["until_on"] == "2028-05-10"
    dated = {one.key: (one.cancelled, one.role) for one in to_new.dates}
    assert dated[REPORT] == (False, "focal_point")


@pytest.mark.clause("REP-07")
def test_the_deadlines_leave_the_predecessors_calendar() -> None:
    life = year()
    handed_over(life)
    to_old = life.mails("handed_over")[-1]
    taken = {one.key: (one.cancelled, one.sequence) for one in to_old.dates}
    assert taken[REPORT] == (True, life.task(REPORT).sequence + 1)


@pytest.mark.clause("EOI-03")
def test_the_predecessor_can_go_on_with_tasks_but_no_longer_speaks_for_the_mandate() -> None:
    life = year()
    handed_over(life)
    assert formers(life) == [("Ana Ruiz", date(2028, 5, 10))]
    life.hand_in(p.report(2028, life.now.date()), ANA)
    assert (life.task(REPORT).state, life.task(REPORT).closed_by) == (TaskState.DONE, "Ana Ruiz")
    again = r.SuccessorNamed(successor=replace(NEW, email="else@labour.example.org"), letter=p.LETTER)
    assert life.refusals(again, ANA) == {"handover.former"}
    assert life.refusals(r.ContactChange(deputies=()), ANA) == {"handover.former"}
    assert life.refusals(again, BEN) == set()


@pytest.mark.clause("EOI-03")
def test_the_overlap_ends_by_itself_on_its_day() -> None:
    life = year()
    handed_over(life, overlap_days=5)
    assert formers(life.at(date(2028, 4, 15))) == [("Ana Ruiz", date(2028, 4, 15))]
    assert formers(life.at(date(2028, 4, 17))) == []
    assert life.kinds().count("overlap_ended") == 1


@pytest.mark.clause("EOI-03")
def test_without_an_overlap_the_predecessor_is_gone_at_once() -> None:
    life = year()
    handed_over(life, overlap_days=0)
    assert formers(life) == []
    assert life.mails("handed_over")[-1].values["until_on"] is None


@pytest.mark.clause("EOI-03")
def test_a_deputy_who_takes_over_is_a_deputy_no_longer_and_a_former_focal_point_can_return() -> None:
    life = year(deputies=[NEW])
    handed_over(life)
    assert life.state.deputies == []
    life.hand_in(r.SuccessorNamed(successor=p.PERSON, letter=p.LETTER), BEN)
    assert life.state.pending_successor is not None
    life.hand_in(r.SuccessorAccepted(handover=life.state.pending_successor.id), ANA)
    assert view.row(life.state).focal_point == p.PERSON
    assert [one for one, _ in formers(life)] == ["Ben Oda"]


@pytest.mark.clause("EOI-03")
def test_a_correction_of_the_contacts_that_names_the_same_person_settles_the_hand_over() -> None:
    life = year()
    named(life)
    life.hand_in(r.ContactChange(focal_point=NEW, letter=p.LETTER), p.SECRETARIAT)
    assert life.state.pending_successor is None
    assert life.kinds()[-1] == "successor_overtaken"


def test_the_timeline_holds_neither_names_nor_addresses_of_a_hand_over() -> None:
    life = year()
    before = len(life.state.entries)
    handed_over(life)
    life.hand_in(r.ContributorNamed(contributor=p.PERSON, tasks=("progress_report",)), BEN)
    life.at(date(2028, 6, 20))
    written = str([entry.values for entry in life.state.entries[before:]])
    assert not [one for one in ("Ana", "Ben", "@") if one in written]
    moment = next_moment(life.state)
    assert moment is None or "Ana" not in moment.summary


def test_a_country_that_leaves_expects_nobody_any_more() -> None:
    life = year()
    named(life)
    life.hand_in(r.Withdrawal(dated=NAMED, letter=p.LETTER, reason="Other plans"))
    assert view.row(life.state).pending_successor is None


# --- contributors


@pytest.mark.clause("EOI-03")
def test_a_contributor_is_named_for_papers_told_and_gone_after_the_last_day() -> None:
    life = year()
    record = r.ContributorNamed(contributor=NEW, tasks=("progress_report",), until=date(2028, 4, 30))
    life.hand_in(record, ANA)
    mail = life.mails("contributor_named")[-1]
    assert (whom(mail), mail.values["tasks"]) == ([NEW.email], ["progress_report"])
    assert [one.tasks for one in view.row(life.state).contributors] == [["progress_report"]]
    assert view.row(life.at(date(2028, 5, 2)).state).contributors == []
    assert "contribution_ended" in life.kinds()


@pytest.mark.clause("EOI-03")
def test_the_same_person_named_again_has_the_new_papers_and_can_be_ended() -> None:
    life = year()
    life.hand_in(r.ContributorNamed(contributor=NEW, tasks=("progress_report",)), ANA)
    life.hand_in(r.ContributorNamed(contributor=NEW, tasks=("roadmap", "roadmap")), ANA)
    (only,) = view.row(life.state).contributors
    assert only.tasks == ["roadmap"]
    assert life.refusals(r.ContributorEnded(contributor="contributor-1"), ANA) == {
        "contributor_ended.unknown"
    }
    life.hand_in(r.ContributorEnded(contributor=only.id), ANA)
    assert view.row(life.state).contributors == []
    own = r.ContributorNamed(contributor=p.PERSON, tasks=("roadmap",))
    assert life.refusals(own, ANA) == {"contributor_named.same_person"}


def test_a_country_has_forty_contributors_at_most_and_can_change_the_part_of_each() -> None:
    life = year()
    for number in range(40):
        person = replace(NEW, email=f"helper{number}@labour.example.org")
        life.hand_in(r.ContributorNamed(contributor=person, tasks=("roadmap",)), ANA)
    assert life.refusals(r.ContributorNamed(contributor=NEW, tasks=("roadmap",)), ANA) == {
        "contributor_named.too_many"
    }
    assert life.refusals(r.ContributorNamed(contributor=person, tasks=("workshop",)), ANA) == set()
