"""What messages say, and that nothing which people write can become a header."""

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from icalendar import Calendar

from contracts.rows import Delivery
from correspondence.dates import written
from correspondence.facts import Site
from correspondence.inert import header_safe
from correspondence.matters import plain_words
from correspondence.message import Sender, letter_for, message_id
from correspondence.rendering import kinds, rendered
from tests.storage.samples import NOON, delivery, order

URL = "https://pathfinder.example"
SITE = Site(URL, "mail@alliance.example")
SENDER = Sender(mail_from="Secretariat of Alliance 8.7 <mail@alliance.example>", public_url=URL)

VALUES: dict[str, Any] = {
    "country_name": "Land of Á",
    "task_kind": "progress_report",
    "year": 2027,
    "due_on": "2027-04-30",
    "days_left": 7,
    "rung": 3,
    "rungs": 7,
    "outstanding": ["progress_report", "indicator_framework"],
    "received": {"indicator_framework": "2027-03-01"},
    "reminded_on": ["2027-01-30", "2027-03-31"],
    "text": "Dear colleagues,\n\nthank you.",
    "reason": "an election",
    "until": "2027-06-15",
    "unmet": ["candidacy.workshop.missing"],
    "missing": [{"key": "candidacy.stocktaking.missing", "values": {}}],
    "numbers": [1, 2],
    "items": ["Meet the unions"],
    "open_tasks": ["roadmap"],
    "with_country": "XAB",
    "indicator": "no_report",
    "years": [2025, 2026],
    "what": "progress_report",
    "version": 2,
    "effective_on": "2027-06-01",
}

KINDS = kinds()

NEEDED = """
registered gcm_informed peer_introduction reply_letter reminder escalation candidate_nudge presentation
comments_to_answer comments_answered granted not_yet profile_task report_received comments_sent report_published
peer_exchange guidance status_letter flag_raised dialogue_opened dialogue_closed declared_inactive
inactive_invitation reactivation_received reactivation_missing reactivation_idle reactivated reactivation_declined
extension_granted extension_refused extension_requested paused resumed withdrawn decision_refused contact_changed
corrected task_opened mwg_report hlpf_digest
"""


def about(kind: str, **changes: Any) -> Delivery:
    """A message of a kind with all values that any kind knows."""
    return delivery(order=order(kind, values=VALUES | changes))


def parsed(one: Delivery) -> EmailMessage:
    """The message as a mail program reads it."""
    message = message_from_bytes(letter_for(one, SENDER, NOON).content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(one: Delivery) -> str:
    """The text of a message."""
    part = parsed(one).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_every_kind_that_the_processes_send_has_a_text() -> None:
    assert set(NEEDED.split()) <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_names_the_country_the_date_and_one_link(kind: str) -> None:
    mail = rendered(about(kind), SITE)
    assert "Land of Á" in mail.subject + mail.text
    assert "Friday 30 April 2027, end of the day Anywhere on Earth (UTC-12)" in mail.text
    assert "13:59 on Saturday 1 May 2027" in mail.text
    assert mail.text.count("http") == 1
    assert f"{URL}/api/v1/countries/XAA/tasks/progress_report-2027\n" in mail.text
    assert mail.text.startswith("Dear Ada Ámbar,\n")
    for leftover in ("{{", "{%", "None", "_", "\n\n\n"):
        assert leftover not in mail.subject + mail.text.replace("progress_report-2027", "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_stands_without_any_value(kind: str) -> None:
    mail = rendered(delivery(to_name="", order=order(kind, values={}, task="")), SITE)
    assert mail.text.startswith("Dear Sir or Madam,\n")
    assert "XAA" in mail.subject + mail.text
    assert f"{URL}/api/v1/countries/XAA\n" in mail.text
    for leftover in ("None", "  ", "{{", " ,", " ."):
        assert leftover not in mail.subject + mail.text


@pytest.mark.parametrize("kind", ["never_heard_of", "../secret", "frame", "{{ 7 * 7 }}", "", "generic"])
def test_an_unknown_kind_is_told_with_what_is_known(kind: str) -> None:
    mail = rendered(about(kind, statement="Please call."), SITE)
    assert "Please call." in mail.text
    assert "Land of Á" in mail.subject


@pytest.mark.parametrize("value", [7, None, ["x"], {"a": {"b": 1}}, True, "x\n\ny"])
@pytest.mark.parametrize("kind", KINDS)
def test_values_of_another_shape_never_keep_a_message_back(kind: str, value: Any) -> None:
    strange = {name: value for name in VALUES if name != "country_name"}
    assert rendered(about(kind, **strange), SITE).subject


@pytest.mark.clause("REP-07")
def test_a_reminder_says_what_is_asked_what_came_and_when_it_reminded() -> None:
    mail = rendered(about("reminder"), SITE)
    assert mail.subject == "Land of Á: progress report 2027, due on Friday 30 April 2027"
    assert (
        "reminder of the progress report for 2027 of Land of Á, due on Friday 30 April 2027 (in 7 days)."
        in mail.text
    )
    assert "Still to come:\n- progress report\n- indicator framework\n" in mail.text
    assert "- indicator framework: Monday 1 March 2027" in mail.text
    assert "Earlier reminders: Saturday 30 January 2027; Wednesday 31 March 2027." in mail.text


@pytest.mark.clause("REP-07")
def test_a_reminder_after_the_date_says_that_a_late_one_still_counts() -> None:
    assert "what comes late still counts" in rendered(about("reminder", days_left=-14), SITE).text
    assert "(14 days ago)" in rendered(about("reminder", days_left=-14), SITE).text
    assert "due today" in rendered(about("reminder", days_left=0), SITE).text


@pytest.mark.clause("PLN-09")
def test_what_is_not_met_yet_is_said_in_words() -> None:
    assert "- No strategic planning workshop was held." in rendered(about("not_yet"), SITE).text


@pytest.mark.clause("REA-02", "REA-03", "REA-04")
@pytest.mark.parametrize(
    "kind", ["inactive_invitation", "declared_inactive", "reactivation_received", "reactivation_declined"]
)
def test_who_may_come_back_is_told_the_letter_the_measures_and_the_four_obligations(kind: str) -> None:
    mail = rendered(about(kind), SITE).text
    for asked in (
        "a letter to the Chair of the Alliance that states the changes in the roadmap",
        "corrective measures, planned or taken, each with evidence",
        "the annual progress report",
        "the indicator framework",
        "evidence of progress against the roadmap",
        "evidence of collaborative efforts to address the priorities",
    ):
        assert f"- {asked}" in text


@pytest.mark.clause("INA-01", "REA-04")
def test_the_invitation_says_what_the_record_still_lacks() -> None:
    mail = rendered(about("inactive_invitation", missing=["reactivation.annual_report.missing"]), SITE).text
    assert "As the record stands today:\n- The annual progress report has not come." in text


@pytest.mark.clause("EOI-03")
def test_only_a_new_focal_point_makes_a_change_of_contacts_say_where_messages_go() -> None:
    said = "Messages go to the new focal point from now on."
    assert said in rendered(about("contact_changed", new_focal_point=True), SITE).text
    assert said not in rendered(about("contact_changed", new_focal_point=False), SITE).text


def test_keys_of_tasks_read_as_matters() -> None:
    assert (
        "(MWG comments 2027)"
        in rendered(delivery(order=order("extension_refused", task="mwg_comments-2027")), SITE).text
    )


def test_what_did_not_come_is_not_listed_as_received() -> None:
    received = {"progress_report": "2027-04-09", "indicator_framework": None}
    mail = rendered(about("report_received", received=received), SITE).text
    assert "- progress report: Friday 9 April 2027" in text
    assert "indicator framework:" not in text


def test_a_key_that_the_catalogue_lacks_is_still_readable() -> None:
    assert "- roadmap: no such key" in rendered(about("not_yet", unmet=["roadmap.no_such_key"]), SITE).text
    assert plain_words("a.b_c", {"day": "Monday"}) == "a: b c (Monday)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2027-04-30", "Friday 30 April 2027"),
        (date(2028, 2, 29), "Tuesday 29 February 2028"),
        (datetime(2027, 1, 1, 23, tzinfo=UTC), "Friday 1 January 2027"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_dates_are_written_out(value: Any, text: str) -> None:
    assert written(value) == text


def test_a_deadline_is_told_anywhere_on_earth_and_in_geneva_in_winter_and_summer() -> None:
    assert deadline("2027-12-31").endswith("in Geneva that is 12:59 on Saturday 1 January 2028")
    assert deadline("2027-06-20").endswith("in Geneva that is 13:59 on Monday 21 June 2027")
    moment = "2027-06-20T10:00:00+00:00"
    assert deadline("2027-06-20", moment).endswith("in Geneva that is 12:00 on Sunday 20 June 2027")


@pytest.mark.parametrize(
    ("days", "text"), [(0, "today"), (1, "in 1 day"), (-1, "1 day ago"), (90, "in 90 days"), (None, "")]
)
def test_distances_are_told_in_days(days: Any, text: str) -> None:
    assert distance(days) == text


def test_a_message_has_an_identity_a_thread_and_says_that_a_machine_wrote_it() -> None:
    message = parsed(about("reminder"))
    assert message["Message-ID"] == "<XAA-2027-reminder-1@alliance.example>"
    assert message["In-Reply-To"] == message["References"] == "<XAA-2027.thread@alliance.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == "Ada Ámbar <ada@land.example>"
    assert message["From"] == '"Secretariat of Alliance 8.7" <mail@alliance.example>'
    assert message["Date"].datetime == NOON
    assert message.get_content_type() == "text/plain"


def test_the_same_order_gives_the_same_message_at_every_attempt() -> None:
    first, again = (letter_for(about("granted"), SENDER, NOON) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("key", ["a b", "a>b@c", "a\r\nX: y", "x" * 300, "é"])
def test_an_identity_is_one_word_whatever_the_key(key: str) -> None:
    identity = message_id(key, "alliance.example")
    assert identity == message_id(key, "alliance.example")
    assert identity.removesuffix("@alliance.example>").lstrip("<").isalnum()


HOSTILE = [
    "Ada\r\nBcc: all@x.example",
    "Ada\nBcc: all@x.example",
    "Ada\rBcc: all@x.example",
    "Ada\x0b\x0c\x1c\x85\u2028\u2029Bcc: all@x.example",
    "=?utf-8?q?Ada=0D=0ABcc=3A_all=40x=2Eexample?=",
    "=?utf-8?B?QWRhDQpCY2M6IGFsbEB4LmV4YW1wbGU=?=",
    "\u202ebcc\u202c: all@x.example",
    'Ada" <all@x.example>, "',
    "Ada\x00\ud800",
    "A" * 2000,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["registered", "peer_introduction", "presentation", "generic"])
def test_nothing_that_people_write_becomes_a_header_or_another_recipient(kind: str, text: str) -> None:
    values = VALUES | {"country_name": text, "with_country": text, "meeting": text}
    made = order(kind, values=values, event_on=date(2027, 5, 5), event_title=text)
    one = delivery(to_name=text, order=made)
    letter = letter_for(one, SENDER, NOON)
    message = parsed(one)
    assert letter.recipient == "ada@land.example"
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@land.example"]
    assert set(message.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "Auto-Submitted",
        "Content-Language", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert len(message.keys()) == len(set(message.keys()))
    for header in ("Subject", "To"):
        assert "\r" not in message[header]
        assert "\n" not in message[header]


@pytest.mark.parametrize("text", HOSTILE)
def test_header_text_is_one_plain_line(text: str) -> None:
    safe = header_safe(text)
    assert safe.isprintable()
    assert "=?" not in safe


def test_mark_up_stays_text() -> None:
    message = parsed(about("reply_letter", text="<script>alert(1)</script> & {{ 7 * 7 }} O'Neill"))
    assert message.get_content_type() == "text/plain"
    assert "<script>alert(1)</script> & {{ 7 * 7 }} O'Neill" in message.get_content()


def test_an_event_comes_with_a_calendar_entry_of_one_day() -> None:
    made = order(
        "presentation",
        values=VALUES | {"place": "Geneva"},
        event_on=date(2027, 5, 5),
        event_title="GCM 12\r\nATTENDEE:mailto:all@x.example",
    )
    (attached,) = parsed(delivery(order=made)).iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    (event,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 5, 5)
    assert event.decoded("dtend") == date(2027, 5, 6)
    assert event["uid"] == "XAA-2027-presentation-progress_report-2027-2027-01-30@alliance.example"
    assert event.decoded("dtstamp") == NOON
    assert "attendee" not in event
    assert event["location"] == "Geneva"


def test_a_message_without_event_has_nothing_attached() -> None:
    assert list(parsed(about("reminder")).iter_attachments()) == []


def test_a_matter_of_the_whole_alliance_links_to_tasks_or_its_document() -> None:
    made = order("mwg_report", country="ALLIANCE", values={"year": 2027}, task="mwg_report-2027")
    assert f"{URL}/api/v1/tasks\n" in body(delivery(order=made))
    with_document = made.model_copy(update={"values": {"year": 2027, "document": "abc"}})
    assert f"{URL}/api/v1/documents/abc\n" in body(delivery(order=with_document))
