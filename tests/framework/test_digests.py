"""Who gets one digest instead of single messages, and what cannot wait for it."""

from datetime import date, timedelta

import pytest

from framework.digests import CANNOT_WAIT, Digest, can_wait, choice_of, round_before

SATURDAY = date(2027, 1, 30)
MONDAY = 0


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("role", "usual"),
    [
        ("secretariat", Digest.DAILY),
        ("mwg", Digest.WEEKLY),
        ("gcm", Digest.WEEKLY),
        ("chair", Digest.OFF),
        ("operator", Digest.OFF),
        ("focal_point", Digest.OFF),
    ],
)
def test_the_usual_choice_depends_on_the_seat_and_a_persons_own_comes_first(role: str, usual: Digest) -> None:
    assert choice_of(role, None) is usual
    assert [choice_of(role, own) for own in Digest] == list(Digest)


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize("kind", sorted(CANNOT_WAIT))
def test_alarms_the_last_rung_and_what_a_person_asks_go_out_at_once(kind: str) -> None:
    assert not can_wait(kind, Digest.DAILY, SATURDAY, due_on=None, event_on=None)
    assert can_wait("granted", Digest.DAILY, SATURDAY, due_on=None, event_on=None)


@pytest.mark.parametrize(("days", "waits"), [(-1, False), (0, False), (7, False), (8, True), (None, True)])
def test_a_meeting_within_a_week_does_not_wait(days: int | None, waits: bool) -> None:
    on = None if days is None else SATURDAY + timedelta(days=days)
    assert can_wait("presentation", Digest.DAILY, SATURDAY, due_on=None, event_on=on) is waits


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("days", "daily", "weekly"),
    [
        (-14, True, True),
        (0, False, False),
        (1, False, False),
        (2, True, False),
        (7, True, False),
        (8, True, True),
    ],
)
def test_what_falls_due_before_the_next_digest_does_not_wait_and_what_is_late_already_does(
    days: int, daily: bool, weekly: bool
) -> None:
    due = SATURDAY + timedelta(days=days)
    assert can_wait("reminder", Digest.DAILY, SATURDAY, due_on=due, event_on=None) is daily
    assert can_wait("reminder", Digest.WEEKLY, SATURDAY, due_on=due, event_on=None) is weekly


def test_nothing_waits_for_whoever_wants_single_messages() -> None:
    assert not can_wait("granted", Digest.OFF, SATURDAY, due_on=None, event_on=None)


def test_the_last_round_of_a_weekly_digest_is_the_last_such_weekday() -> None:
    assert round_before(SATURDAY, Digest.WEEKLY, MONDAY) == date(2027, 1, 25)
    assert round_before(SATURDAY, Digest.WEEKLY, 5) == SATURDAY
    assert round_before(SATURDAY, Digest.DAILY, MONDAY) == SATURDAY
