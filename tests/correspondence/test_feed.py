"""A person's calendar made of rows, read as the program reads it that has subscribed to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from contracts.dates import Dated
from contracts.state import Entry, Task
from correspondence.diary import Reader
from correspondence.facts import Site
from correspondence.feed import EntryRow, NextRow, Rows, TaskRow, feed
from framework.terms import Language, TaskState
from tests.correspondence.calendars import entries
from tests.storage.samples import NOON, order, task

SITE = Site("https://pathfinder.example", "mail@alliance.example")
TODAY = date(2027, 2, 1)
SINCE = datetime(2027, 1, 2, tzinfo=UTC)


def made(rows: Rows, language: Language = Language.ENGLISH, title: str = "Pathfinder: Aruna") -> bytes:
    """The bytes of a calendar."""
    reader = Reader(language=language, site=SITE)
    return feed(rows, reader, title=title, since=SINCE, today=TODAY).content


def read(content: bytes) -> dict[str, Any]:
    """Its entries by the part of their identity before the @."""
    events = Calendar.from_ical(content).walk("VEVENT")
    return {str(event["uid"]).partition("@")[0]: event for event in events}


def tasks(*found: Task) -> Rows:
    """The tasks of one country."""
    return Rows(tasks=[TaskRow("XAA", "Aruna", one) for one in found])


def held(kind: str, number: int = 7, code: str = "XAA", **values: Any) -> EntryRow:
    """An entry that tells of a meeting."""
    return EntryRow(code, "Aruna", Entry(number=number, at=NOON, kind=kind, values=values))


def meetings(*rows: EntryRow) -> dict[str, Any]:
    """The meetings of a calendar."""
    return read(made(Rows(entries=rows)))


def test_programs_are_told_its_name_its_language_and_how_often_to_look() -> None:
    content = made(Rows(), Language.FRENCH, "Pathfinder: Côte d'Ivoire")
    calendar = Calendar.from_ical(content)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in content
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in content
    assert calendar["name"] == calendar["x-wr-calname"] == "Pathfinder: Côte d'Ivoire"
    assert calendar["name"].params["LANGUAGE"] == "fr"
    assert "method" not in calendar
    assert calendar["version"] == "2.0"


@pytest.mark.clause("REP-07")
def test_an_open_task_is_the_same_entry_as_in_mails() -> None:
    one = task("progress_report-2027", year=2027, due_on=date(2027, 4, 30), sequence=2)
    found = read(made(tasks(one)))["XAA-progress_report-2027"]
    dated = Dated(key=one.key, kind=one.kind, on=date(2027, 4, 30), year=2027, sequence=2)
    sent = entries(order(values={"country_name": "Aruna"}, dates=[dated]))["XAA-progress_report-2027"]
    for name in ("uid", "summary", "dtstart", "dtend", "sequence", "url", "transp", "status"):
        assert found[name] == sent[name], name


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize("state", [one for one in TaskState if one.value not in ("open", "late", "extended")])
def test_what_is_over_is_gone(state: TaskState) -> None:
    assert read(made(tasks(task(state=state)))) == {}


def test_a_task_without_a_date_is_in_no_calendar() -> None:
    assert read(made(tasks(task(due_on=None, due_at=None)))) == {}


def test_an_entry_is_as_old_as_its_date() -> None:
    moved = NOON + timedelta(days=3)
    one = task(sequence=1, dated_at=moved)
    found = read(made(tasks(one)))["XAA-progress_report-2027"]
    assert found.decoded("dtstamp") == moved
    made_of = feed(
        tasks(one), Reader(language=Language.ENGLISH, site=SITE), title="", since=SINCE, today=TODAY
    )
    assert made_of.told_at == moved
    empty = feed(Rows(), Reader(language=Language.ENGLISH, site=SITE), title="", since=SINCE, today=TODAY)
    assert empty.told_at == SINCE


def test_the_same_rows_give_the_same_bytes_in_whatever_order_they_come() -> None:
    both = [task(f"final_report-{year}", due_on=date(year, 10, 1)) for year in (2027, 2028)]
    assert made(tasks(*both)) == made(tasks(*reversed(both)))


@pytest.mark.clause("PLN-07")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, "United States of America: Presentation to the GCG (GCG 2027/1)"),
        (Language.FRENCH, "États-Unis d\u2019Amérique : "),
        (Language.SPANISH, "Estados Unidos de América: "),
    ],
)
def test_meetings_are_named_in_the_readers_language(language: Language, words: str) -> None:
    row = held("presentation", 7, "USA", meeting="GCG 2027/1", meeting_on="2027-06-01", place="Geneva")
    found = read(made(Rows(entries=[row]), language))["USA-event-presentation-7"]
    assert found["summary"].startswith(words)
    assert "GCG 2027/1" in found["summary"]
    assert found["location"] == "Geneva"


@pytest.mark.clause("DIA-01", "REP-04", "PLN-07")
def test_every_kind_of_meeting_has_its_day() -> None:
    found = meetings(
        held("presentation", 1, meeting_on="2027-06-01"),
        held("peer_exchange", 2, on="2027-06-02", topic="Cocoa"),
        held("dialogue_meeting", 3, held_on="2027-01-20"),
        held("gcm_meeting", 4, "ALLIANCE", on="2027-06-04", name="GCG 2027/1"),
        held("alliance_event", 5, "ALLIANCE", on="2028-02-29", title="Side event"),
    )
    assert {name: event.decoded("dtstart").isoformat() for name, event in found.items()} == {
        "XAA-event-presentation-1": "2027-06-01",
        "XAA-event-peer_exchange-2": "2027-06-02",
        "XAA-event-dialogue_meeting-3": "2027-01-20",
        "ALLIANCE-event-gcm_meeting-4": "2027-06-04",
        "ALLIANCE-event-alliance_event-5": "2028-02-29",
    }
    assert found["ALLIANCE-event-gcm_meeting-4"]["summary"].startswith("Alliance 8.7: ")


def test_a_meeting_stays_for_a_year() -> None:
    assert meetings(held("dialogue_meeting", held_on="2026-02-01"))
    assert not meetings(held("dialogue_meeting", held_on="2026-01-30"))


@pytest.mark.parametrize("day", ["", None, "soon", 7, [1], "2027-02-30"])
def test_a_meeting_without_a_day_is_in_no_calendar(day: Any) -> None:
    assert meetings(held("presentation", meeting_on=day)) == {}


@pytest.mark.clause("GEN-03")
def test_an_entry_that_was_taken_back_is_gone_in_its_own_country_only() -> None:
    taken_back = EntryRow("XAA", "Aruna", Entry(number=8, at=NOON, kind="entry_correction", corrects=7))
    both = [held("presentation", 7, code, meeting_on="2027-06-01") for code in ("XAA", "XAB")]
    assert set(meetings(*both, taken_back)) == {"XAB-event-presentation-7"}


@pytest.mark.clause("PLN-07")
def test_of_presentations_that_were_put_off_only_the_newest_is_held() -> None:
    first = held("presentation", 7, meeting_on="2027-06-01")
    second = held("presentation", 9, meeting_on="2027-09-01")
    other = held("presentation", 11, "XAB", meeting_on="2027-10-01")
    held_before = held("presentation", 3, meeting_on="2027-01-15")
    assert set(meetings(first, second, other, held_before)) == {
        "XAA-event-presentation-9",
        "XAA-event-presentation-3",
        "XAB-event-presentation-11",
    }


@pytest.mark.clause("REP-01")
def test_between_two_years_the_first_deadline_of_the_coming_one_stands_there() -> None:
    coming = Rows(coming=[NextRow("XAA", "Aruna", date(2028, 2, 29))])
    found = read(made(coming))["XAA-next_deadline-2028"]
    assert found["summary"] == "Aruna: Next reporting deadline 2028"
    assert found.decoded("dtstart") == date(2028, 2, 29)
    assert str(found["url"]).endswith("/countries/XAA")


@pytest.mark.parametrize(
    "text", ["x\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR", 'a;b,c:"\\', "\x00\ud800\u202e", "名" * 400]
)
def test_names_that_people_write_stay_names(text: str) -> None:
    rows = Rows(
        tasks=[TaskRow("XAA", text, task())],
        entries=[held("presentation", 1, meeting_on="2027-06-01", meeting=text, place=text)],
    )
    content = made(rows, title=text)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 2
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.count(b"\r\nEND:VCALENDAR\r\n") == 1
