"""The calendar files that come with messages, read as mail programs read them."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from icalendar import Calendar

from activities.correspondence import delivery_of
from contracts.dates import Dated
from contracts.rows import Delivery
from contracts.state import MailOrder, Recipient
from correspondence.diary import dates_of
from correspondence.message import Sender, letter_for
from framework.terms import Language
from tests.correspondence.calendars import FOCAL_POINT, entries, entry, files
from tests.storage.samples import NOON, delivery, order

SENDER = Sender(
    mail_from="Secretariat of Alliance 8.7 <mail@alliance.example>", public_url="https://pathfinder.example"
)
DUE = Dated(
    key="progress_report-2028",
    kind="progress_report",
    on=date(2028, 2, 29),
    year=2028,
    until=datetime(2028, 3, 1, 11, 59, 59, tzinfo=UTC),
)
HOSTILE = [
    "Ada\r\nATTENDEE:mailto:all@x.example",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:another",
    'a;b,c\\n:"d"',
    "\u2028ATTENDEE:mailto:all@x.example",
    "Ada\x00\ud800\x0b\x85ATTENDEE:x",
    "名" * 500,
]


def about(*dates: Dated, **changes: Any) -> MailOrder:
    """A reminder that brings dates."""
    return order(dates=list(dates), task="progress_report-2028", values={"country_name": "Land"} | changes)


def attached(one: Delivery) -> list[EmailMessage]:
    """What hangs on a message, as a mail program finds it."""
    message = message_from_bytes(letter_for(one, SENDER, NOON).content, policy=default)
    assert isinstance(message, EmailMessage)
    return [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]


@pytest.mark.clause("REP-07")
def test_a_deadline_is_an_entry_of_a_whole_day_that_leaves_its_reader_free() -> None:
    event = entries(about(DUE))["XAA-progress_report-2028"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2028, 2, 29), date(2028, 3, 1))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event["transp"], event["sequence"], event["status"]) == ("TRANSPARENT", 0, "CONFIRMED")
    assert event["uid"] == "XAA-progress_report-2028@alliance.example"
    assert event["summary"] == "Land: Annual progress report 2028"
    assert str(event["url"]) == "https://pathfinder.example/desk/tasks/XAA/progress_report-2028"
    assert str(event["organizer"]) == "mailto:mail@alliance.example"
    assert event.subcomponents == []


@pytest.mark.parametrize(
    ("language", "name", "day", "geneva"),
    [
        (Language.ENGLISH, "Türkiye", "Tuesday, 29 February 2028", "Wednesday, 1 March 2028, 12:59"),
        (Language.FRENCH, "Türkiye", "mardi 29 février 2028", "mercredi 1er mars 2028, 12:59"),
        (
            Language.SPANISH,
            "Türkiye",
            "martes, 29 de febrero de 2028",
            "miércoles, 1 de marzo de 2028, 12:59",
        ),
    ],
)
def test_the_entry_says_in_its_readers_language_what_is_asked_and_when_it_ends(
    language: Language, name: str, day: str, geneva: str
) -> None:
    (file,) = files(about(DUE).model_copy(update={"country": "TUR"}), language=language)
    event = entry(file.content)
    assert str(event["summary"]).startswith(f"{name} : " if language is Language.FRENCH else f"{name}: ")
    lines = str(event["description"]).splitlines()
    assert len([line for line in lines if day in line and "UTC-12" in line]) == 1
    assert len([line for line in lines if line.endswith(geneva)]) == 1
    assert lines[-1] == "https://pathfinder.example/desk/tasks/TUR/progress_report-2028"


@pytest.mark.parametrize(
    ("language", "whose"),
    [
        (Language.ENGLISH, "United States of America"),
        (Language.FRENCH, "États-Unis d\u2019Amérique "),
        (Language.SPANISH, "Estados Unidos de América"),
    ],
)
def test_an_event_is_named_by_its_country_and_by_what_people_called_it(
    language: Language, whose: str
) -> None:
    made = order(
        "presentation",
        country="USA",
        step="17",
        task="",
        values={"place": "Genève"},
        event_on=date(2028, 2, 29),
        event_title="GCG 2028/1",
    )
    (file,) = files(made, language=language)
    event = entry(file.content)
    assert event["uid"] == "USA-event-presentation-17@alliance.example"
    assert str(event["summary"]).startswith(f"{whose}: ")
    assert "GCG 2028/1" in event["summary"]
    assert event["location"] == "Genève"
    assert event.decoded("dtend") == date(2028, 3, 1)
    assert str(event["url"]).endswith("/countries/USA")


@pytest.mark.clause("REP-07")
def test_what_is_done_is_taken_out_by_a_cancellation_of_its_own() -> None:
    done = DUE.model_copy(update={"cancelled": True, "sequence": 3})
    new = DUE.model_copy(update={"key": "final_report-2028", "kind": "final_report"})
    first, second = attached(delivery(order=about(done, new)))
    assert [part.get_filename() for part in (first, second)] == ["event.ics", "event-2.ics"]
    assert [part.get_content_type() for part in (first, second)] == ["text/calendar"] * 2
    assert [part["Content-Type"].params["method"] for part in (first, second)] == ["CANCEL", "PUBLISH"]
    calendars = [Calendar.from_ical(part.get_content()) for part in (first, second)]
    assert [calendar["method"] for calendar in calendars] == ["CANCEL", "PUBLISH"]
    assert [len(calendar.walk("VEVENT")) for calendar in calendars] == [1, 1]
    gone = calendars[0].walk("VEVENT")[0]
    assert (gone["status"], gone["sequence"]) == ("CANCELLED", 3)


def test_the_same_order_gives_the_same_bytes_at_any_time() -> None:
    one = delivery(order=about(DUE))
    first, second = (letter_for(one, SENDER, NOON + timedelta(days=days)).content for days in (0, 3))
    assert first.partition(b"BEGIN:VCALENDAR")[2] == second.partition(b"BEGIN:VCALENDAR")[2] != b""
    event = entry(files(about(DUE))[0].content)
    assert event.decoded("dtstamp") == NOON


def test_a_moment_without_a_zone_is_taken_for_utc() -> None:
    made = about(DUE).model_copy(update={"made_at": NOON.replace(tzinfo=None, microsecond=7)})
    assert entry(files(made)[0].content).decoded("dtstamp") == NOON


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_write_becomes_a_property_or_an_entry(text: str) -> None:
    event_of = DUE.model_copy(update={"event": True, "key": "presentation-1", "title": text, "place": text})
    made = about(DUE, event_of, country_name=text)
    made = made.model_copy(update={"task": text, "country": text, "event_on": date(2028, 5, 5)})
    made = made.model_copy(update={"event_title": text, "step": text})
    made.values["due_on"] = "2028-02-29"
    found = files(made)
    assert len(found) == 4
    for file in found:
        (event,) = Calendar.from_ical(file.content).walk("VEVENT")
        assert "attendee" not in event
        assert len(file.content.split(b"\r\nBEGIN:VEVENT\r\n")) == 2
        assert b"\x00" not in file.content
        assert b"\n" not in file.content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "text", ["é" * 300, "名" * 300, "\N{SMILING FACE WITH SUNGLASSES}" * 300, "a" + "é" * 299]
)
def test_long_lines_are_folded_between_letters_and_within_75_octets(text: str) -> None:
    (file,) = files(order(event_on=date(2028, 2, 29), event_title=text, task="", values={}))
    lines = file.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()
    assert text[:100] in str(entry(file.content)["description"])


@pytest.mark.clause("REP-07")
def test_a_due_date_that_the_process_did_not_tell_of_is_an_entry_all_the_same() -> None:
    """As in messages that were ordered before there were entries."""
    old = order(values={"task_kind": "progress_report", "due_on": "2027-04-30", "year": 2027})
    (one,) = dates_of(old)
    assert (one.key, one.on, one.sequence, one.year) == ("progress_report-2027", date(2027, 4, 30), 0, 2027)
    granted = order("extension_granted", values={"until": "2027-06-15"})
    assert entries(granted)["XAA-progress_report-2027"].decoded("dtstart") == date(2027, 6, 15)


@pytest.mark.parametrize("due", [None, "soon", 7, "2027-02-30"])
def test_a_message_without_a_date_brings_no_file(due: Any) -> None:
    assert attached(delivery(order=order(values={"due_on": due}))) == []


@pytest.mark.clause("REP-07")
def test_a_matter_of_the_whole_alliance_is_called_after_it() -> None:
    made = order(
        country="ALLIANCE", values={"due_on": "2027-06-30", "task_kind": "hlpf_digest", "year": 2027}
    )
    made = made.model_copy(update={"task": "hlpf_digest-2027"})
    (file,) = files(made, language=Language.SPANISH)
    event = entry(file.content)
    assert event["summary"].startswith("Alianza 8.7: ")
    assert str(event["url"]) == "https://pathfinder.example/desk"


@pytest.mark.clause("EOI-03")
def test_dates_go_to_those_who_act_on_them_and_to_every_reader_of_the_matter() -> None:
    made = about(
        DUE,
        DUE.model_copy(update={"key": "final_report-2028", "role": "focal_point"}),
        DUE.model_copy(update={"key": "mwg_comments-2028", "role": "mwg"}),
    )
    own = "XAA-progress_report-2028"
    assert set(entries(made)) == {own, "XAA-final_report-2028"}
    assert set(entries(made, Recipient(role="mwg", email="a@mwg.example"))) == {own, "XAA-mwg_comments-2028"}
    assert set(entries(made, Recipient(role="focal_point:XAB", email="a@xab.example"))) == {own}
    assert delivery_of(made, FOCAL_POINT).order.to == []
