"""What messages say."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from correspondence.digesting import MOST_LATE, MOST_MESSAGES
from correspondence.facts import Site
from correspondence.inert import MOST
from correspondence.matters import plain_words
from correspondence.rendering import Mail, rendered
from correspondence.specimens import specimen
from framework.decision_contents import outcomes
from framework.terms import DecisionKind, Language
from tests.correspondence.mailing import KINDS, SITE, URL, VALUES, about, told
from tests.storage.samples import NOON, delivery, order
from wording import say

PROCESS = Path(__file__).parents[2] / "workflows" / "process"

NEEDED = """
registered gcm_informed peer_introduction reply_letter reminder escalation candidate_nudge presentation
comments_to_answer comments_answered granted not_yet profile_task report_received comments_sent report_published
peer_exchange guidance status_letter flag_raised dialogue_opened dialogue_closed declared_inactive
inactive_invitation reactivation_received reactivation_missing reactivation_idle reactivated reactivation_declined
extension_granted extension_refused extension_requested paused resumed withdrawn decision_refused contact_changed
corrected task_opened mwg_report hlpf_digest
"""


def days_after(days: int, kind: str = "reminder") -> Mail:
    """A message that is sent that many days after its date, 30 April 2027."""
    made = NOON + timedelta(days=90 + days)
    return rendered(delivery(order=order(kind, values=VALUES | {"days_left": -days}, made_at=made)), SITE)


def test_every_kind_that_the_processes_send_has_a_text() -> None:
    assert set(NEEDED.split()) <= set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "digest"])
def test_every_text_names_the_country_the_date_and_one_link(kind: str) -> None:
    mail, day = told(kind), "15 June 2027" if kind == "extension_granted" else "30 April 2027"
    assert "Land of Á (XAA)" in mail.text
    assert mail.subject.startswith("Pathfinder countries: " if kind == "digest" else "Land of Á: ")
    assert f"{day}, end of the day Anywhere on Earth (UTC-12)" in mail.text
    assert mail.text.count("http") == 1
    assert f"{URL}/desk/tasks/XAA/progress_report-2027\n" in mail.text
    assert mail.text.startswith("Dear Ada Ámbar,\n")
    for leftover in ("{{", "{%", "None", "_", "\n\n\n", "%("):
        assert leftover not in mail.subject + mail.text.replace("progress_report-2027", "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_stands_without_any_value(kind: str) -> None:
    mail = rendered(delivery(to_name="", order=order(kind, values={}, task="")), SITE)
    assert mail.text.startswith("Dear Sir or Madam,\n")
    assert "XAA" in mail.subject + mail.text
    assert f"{URL}/desk/countries/XAA\n" in mail.text
    for leftover in ("None", "  ", "{{", " ,", " .", "%("):
        assert leftover not in mail.subject + mail.text


@pytest.mark.parametrize("kind", ["never_heard_of", "../secret", "frame", "{{ 7 * 7 }}", "", "generic"])
def test_an_unknown_kind_is_told_with_what_is_known(kind: str) -> None:
    mail = told(kind, statement="Please call.")
    assert "Please call." in mail.text
    assert "Land of Á" in mail.subject


@pytest.mark.parametrize("value", [7, None, ["x"], {"a": {"b": 1}}, True, "x\n\ny"])
@pytest.mark.parametrize("kind", KINDS)
def test_values_of_another_shape_never_keep_a_message_back(kind: str, value: Any) -> None:
    strange = {name: value for name in VALUES if name != "country_name"}
    assert told(kind, **strange).subject


@pytest.mark.clause("REP-07")
def test_a_reminder_says_what_is_asked_what_came_and_when_it_reminded() -> None:
    mail = told("reminder")
    assert mail.subject == "Land of Á: Annual progress report 2027, due on 30 April 2027"
    assert "This is a reminder" in mail.text
    assert "Days left: 90 days" in mail.text
    assert "What is asked: Hand in the annual progress report" in mail.text
    assert "Still to come\n- Annual progress report\n- Indicator framework\n" in mail.text
    assert "- Indicator framework: 1 March 2027" in mail.text
    assert "Earlier reminders: 30 January 2027 and 31 March 2027" in mail.text


@pytest.mark.clause("REP-07")
def test_a_reminder_after_the_date_says_that_a_late_one_still_counts() -> None:
    assert "what comes late still counts" in days_after(14).text
    assert "14 days over" in days_after(14).text
    assert "due today" in days_after(0).text


@pytest.mark.clause("PLN-09")
def test_what_is_not_met_yet_is_said_in_words() -> None:
    assert "- No strategic planning workshop was held." in told("not_yet").text


@pytest.mark.clause("REA-02", "REA-03", "REA-04")
@pytest.mark.parametrize(
    "kind", ["inactive_invitation", "declared_inactive", "reactivation_received", "reactivation_declined"]
)
def test_who_may_come_back_is_told_the_letter_the_measures_and_the_four_obligations(kind: str) -> None:
    mail = told(kind)
    for asked in (
        "a letter to the Chair of the Alliance that states the changes in the roadmap",
        "corrective measures, planned or taken, each with evidence",
        "the annual progress report",
        "the indicator framework",
        "evidence of progress against the roadmap",
        "evidence of collaborative efforts to address the priorities",
    ):
        assert f"- {asked}" in mail.text


@pytest.mark.clause("INA-01", "REA-04")
def test_the_invitation_says_what_the_record_still_lacks() -> None:
    mail = told("inactive_invitation", missing=["reactivation.annual_report.missing"])
    assert "As the record stands today\n- The annual progress report has not come." in mail.text


@pytest.mark.clause("EOI-03")
def test_only_a_new_focal_point_makes_a_change_of_contacts_say_where_messages_go() -> None:
    said = "Messages go to the new focal point from now on."
    assert said in told("contact_changed", new_focal_point=True).text
    assert said not in told("contact_changed", new_focal_point=False).text


def test_keys_of_tasks_read_as_matters() -> None:
    refused = delivery(order=order("extension_refused", task="mwg_comments-2027"))
    assert "What it is about: Comments of the MWG 2027\n" in rendered(refused, SITE).text


def test_what_did_not_come_is_not_listed_as_received() -> None:
    text = told(
        "report_received", received={"progress_report": "2027-04-09", "indicator_framework": None}
    ).text
    assert "- Annual progress report: 9 April 2027" in text
    assert "Indicator framework:" not in text


def test_a_key_that_the_catalogue_lacks_is_still_readable() -> None:
    assert "- roadmap: no such key" in told("not_yet", unmet=["roadmap.no_such_key"]).text
    assert plain_words("a.b_c", {"day": "Monday"}) == "a: b c (Monday)"


def test_a_matter_of_the_whole_alliance_links_to_tasks_or_its_document() -> None:
    made = order("mwg_report", country="ALLIANCE", values={"year": 2027}, task="mwg_report-2027")
    assert f"{URL}/desk\n" in rendered(delivery(order=made), SITE).text
    with_document = made.model_copy(update={"values": {"year": 2027, "document": "abc"}})
    assert f"{URL}/desk/documents/abc\n" in rendered(delivery(order=with_document), SITE).text


def test_who_helps_is_named() -> None:
    assert "mail@alliance.example" in rendered(about("reminder"), SITE).text


@pytest.mark.clause("DIA-01")
def test_every_way_in_which_a_dialogue_ends_is_told_in_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PROCESS.glob("*.py"))
    ends = {*outcomes(DecisionKind.CLOSE_DIALOGUE), *re.findall(r'close_dialogue\(ledger, "(\w+)"', source)}
    assert {"positive", "no_positive_outcome", "withdrawn", "opened_by_mistake"} == ends
    for outcome in ends:
        assert say(f"dialogue_outcome.{outcome}") in told("dialogue_closed", outcome=outcome).text


def test_comments_are_told_with_their_numbers_and_texts() -> None:
    mail = told("comments_sent", comments=[{"number": 1, "text": "Source?"}, {"number": 2, "text": "Law?"}])
    assert "has 2 comments." in mail.text
    assert "Comments\n1. Source?\n2. Law?\n" in mail.text
    assert "has made 1 comment on the roadmap." in told("comments_to_answer", numbers=[1]).text


def test_an_acknowledgement_lists_what_came_with_its_fingerprint() -> None:
    receipts = [{"kind": "progress_report", "version": 2, "on": "2027-04-22", "sha256": "0f" * 32}]
    mail = told("report_received", receipts=receipts, sha256="0f" * 32)
    assert "What came: Annual progress report 2027\n" in mail.text
    assert f"- Annual progress report: 22 April 2027; SHA-256: {'0f' * 32}\n" in mail.text
    assert f"Fingerprint (SHA-256): {'0f' * 32}\n" in mail.text


@pytest.mark.clause("EOI-01")
def test_an_introduction_names_both_countries_and_whom_to_write_to() -> None:
    values = {"with_country": "FJI", "focal_point": "Ada Ámbar", "focal_point_email": "ada@land.example"}
    mail = told("peer_introduction", **values)
    assert mail.subject == "Land of Á: introduction of the focal points (Fiji)"
    assert "Countries: Land of Á and Fiji\n" in mail.text
    assert "Focal point: Ada Ámbar, ada@land.example\n" in mail.text


@pytest.mark.clause("EOI-03")
def test_a_link_that_confirms_says_so() -> None:
    asked = specimen("contacts_confirmation", Language.ENGLISH)
    mail = rendered(asked, Site(URL, link_secret="a secret of the house that is long enough"))
    assert f"Confirm the contacts:\n{URL}/confirm/contacts" in mail.text
    assert "See the record, and what can be done now" in rendered(asked, SITE).text


def test_a_digest_leaves_out_nothing_that_it_includes() -> None:
    assert max(MOST_MESSAGES, MOST_LATE) <= MOST
    lines = [{"text": f"Message {number}.", "link": f"{URL}/{number}"} for number in range(MOST_MESSAGES)]
    mail = told("digest", changes=[{"title": "All", "lines": lines}], items=None)
    assert all(f"- Message {number}." in mail.text for number in range(MOST_MESSAGES))
    assert mail.html.count("<li") == MOST_MESSAGES
    assert len(mail.html) < 100_000
