"""Dates as people read them: written out by CLDR, Anywhere on Earth, in Geneva and where the reader is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from correspondence.dates import written, zone_of
from correspondence.facts import known
from correspondence.rendering import rendered
from framework.terms import Language
from tests.correspondence.mailing import SITE
from tests.storage.samples import NOON, delivery, order


def due(day: str, zone: str = "UTC", now: datetime | None = None, **values: Any) -> Any:
    """The deadline that a message of noon, 30 January 2027, tells its reader."""
    made = delivery(order=order(values={"due_on": day} | values), time_zone=zone)
    return known(made, SITE, now)["due"]


@pytest.mark.parametrize(
    ("value", "english", "french", "spanish"),
    [
        ("2027-04-30", "Friday, 30 April 2027", "vendredi 30 avril 2027", "viernes, 30 de abril de 2027"),
        (date(2028, 2, 29), "Tuesday, 29 February 2028", "mardi 29 février 2028", "martes, 29 de febrero de 2028"),
        (datetime(2027, 1, 2), "Saturday, 2 January 2027", "samedi 2 janvier 2027", "sábado, 2 de enero de 2027"),
        ("2027-05-01", "Saturday, 1 May 2027", "samedi 1er mai 2027", "sábado, 1 de mayo de 2027"),
        ("soon", "soon", "soon", "soon"),
        (None, "", "", ""),
    ],
)  # fmt: skip
def test_dates_are_written_out_in_the_readers_language(
    value: Any, english: str, french: str, spanish: str
) -> None:
    assert [written(value, one) for one in Language] == [english, french, spanish]


def test_a_deadline_is_told_anywhere_on_earth_and_in_geneva_in_winter_and_summer() -> None:
    assert due("2027-12-31").in_geneva == "Saturday, 1 January 2028, 12:59"
    assert due("2027-06-20").in_geneva == "Monday, 21 June 2027, 13:59"
    moment = "2027-06-20T10:00:00+00:00"
    assert due("2027-06-20", deadline=moment).in_geneva == "Sunday, 20 June 2027, 12:00"


def test_a_deadline_is_told_where_the_reader_is_unless_that_is_geneva_or_not_known() -> None:
    told = due("2027-04-30", "Pacific/Fiji")
    assert (told.there, told.zone) == ("Saturday, 1 May 2027, 23:59", "Fiji")
    for elsewhere in ("UTC", "Europe/Zurich", "", "Nowhere/Land", "../etc/passwd"):
        assert zone_of(elsewhere) is None
        assert due("2027-04-30", elsewhere).there == ""


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2027-01-30", "today"),
        ("2027-01-31", "1 day"),
        ("2027-01-29", "1 day over"),
        ("2027-04-30", "90 days"),
        ("2027-01-16", "14 days over"),
    ],
)
def test_distances_are_told_in_days(day: str, text: str) -> None:
    told = rendered(delivery(order=order("task_opened", values={"due_on": day})), SITE).text
    assert f"Days left: {text}\n" in told


def test_a_message_that_waited_to_be_sent_counts_the_days_from_then() -> None:
    assert due("2027-04-30", now=NOON + timedelta(days=5)).days_left == 85
    rehearsed = NOON - timedelta(days=500)
    assert due("2027-04-30", now=rehearsed).days_left == 90


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (datetime(2027, 4, 29, 23, tzinfo=UTC), 1),
        (datetime(2027, 4, 30, 8, tzinfo=UTC), 0),
        (datetime(2027, 5, 1, 11, tzinfo=UTC), 0),
        (datetime(2027, 5, 1, 13, tzinfo=UTC), -1),
        (datetime(2027, 5, 14, 8, tzinfo=UTC), -14),
    ],
)
def test_a_date_is_over_only_when_it_is_over_everywhere(moment: datetime, left: int) -> None:
    made = delivery(order=order(values={"due_on": "2027-04-30"}, made_at=moment))
    assert known(made, SITE)["due"].days_left == left


def test_without_a_date_there_is_no_deadline() -> None:
    assert due("soon") is None
    assert "By when" not in rendered(delivery(order=order("granted", values={})), SITE).text


def test_languages_are_the_three_of_the_alliance() -> None:
    assert [one.value for one in Language] == ["en", "fr", "es"]
