"""Messages by which somebody asks: a nudge by hand, contacts to be confirmed; and the link that confirms them."""

import base64
import json
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from contracts.names import address_digest
from contracts.rows import Delivery
from correspondence.facts import Site
from correspondence.links import ContactsLink, LinkExpired, LinkInvalid, contacts_link, read_contacts_link
from correspondence.message import Sender, letter_for
from correspondence.pages import ContactShown, PageState, contacts_page
from correspondence.rendering import rendered
from framework.terms import Language
from tests.storage.samples import NOON, delivery, order

URL = "https://pathfinder.example"
SECRET = "a secret for tests, long enough to sign links with"
SITE = Site(URL, "mail@alliance.example", SECRET)
CONTACTS = [
    {"role": "focal_point", "name": "Ana Ruiz", "post": "Director", "email": "ana@labour.example"},
    {"role": "deputy", "name": "Dia <Sow>", "post": "Adviser", "email": "dia@labour.example"},
    {"role": "ministry", "name": "Ministry of Labour", "email": "ministry@labour.example"},
]
ASKED: dict[str, Any] = {
    "task_kind": "contacts_confirmation",
    "year": 2027,
    "due_on": "2027-03-15",
    "contacts": CONTACTS,
    "fingerprint": "0123456789abcdef01234567",
    "valid_until": "2027-12-31",
    "reminded_on": ["2027-03-08"],
}
LAST_MOMENT = datetime(2028, 1, 1, 11, 59, 59, tzinfo=UTC)


def asking(**changes: Any) -> Delivery:
    """The message that asks for the contacts."""
    made = order("contacts_confirmation", task="contacts_confirmation-2027", values=ASKED | changes)
    return delivery(order=made, to_email="Ana@labour.example")


def token(**changes: Any) -> str:
    """The token of its link."""
    link = contacts_link(asking(**changes), URL + "/", SECRET)
    assert link is not None
    assert link.startswith(f"{URL}/confirm/contacts/")
    return link.rpartition("/")[2]


def nudged(**values: Any) -> Delivery:
    """A nudge by hand."""
    facts = {"task_kind": "progress_report", "due_on": "2027-04-30", "nudged_by": "Jo Park", "year": 2027}
    return delivery(order=order("nudge", values=facts | values))


@pytest.mark.clause("REP-07")
def test_a_nudge_says_who_asks_that_it_was_sent_by_hand_and_what_a_reminder_says() -> None:
    mail = rendered(
        nudged(text="Can we help?", by_role="secretariat", reminded_on=["2027-03-31"]), SITE, NOON
    )
    assert mail.subject.endswith("2027, a question to you")
    for said in ("by hand", "Sent by: Jo Park", "Can we help?", "31 March 2027"):
        assert said in mail.text
    assert "The Secretariat asks you" in mail.text
    assert "A member of the Monitoring Working Group asks you" in rendered(nudged(by_role="mwg"), SITE).text
    assert "In their own words" not in rendered(nudged(), SITE).text


def test_what_was_typed_into_a_nudge_is_inert() -> None:
    typed = "<script>alert(1)</script>\r\nBcc: all@example.org"
    made = letter_for(
        nudged(text=typed, nudged_by=typed), Sender(mail_from="S <s@x.example>", public_url=URL), NOON
    )
    message = message_from_bytes(made.content, policy=default)
    assert message["Bcc"] is None
    html = message.get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()


@pytest.mark.clause("EOI-03")
def test_the_message_lists_every_contact_and_leads_to_one_link() -> None:
    mail = rendered(asking(), SITE, NOON)
    for said in ("Ana Ruiz", "dia@labour.example", "Ministry of Labour", "31 December 2027"):
        assert said in mail.text
    assert mail.text.count(f"{URL}/confirm/contacts/") == 1
    assert "/api/v1/" not in mail.text
    assert "Dia &lt;Sow&gt;" in mail.html


def test_without_a_secret_or_a_year_the_message_leads_to_the_record() -> None:
    assert f"{URL}/desk/tasks/XAA/" in rendered(asking(), Site(URL), NOON).text
    assert contacts_link(asking(valid_until=None), URL, SECRET) is None
    assert contacts_link(asking(year="2027"), URL, SECRET) is None
    assert contacts_link(nudged(fingerprint="x", valid_until="2027-12-31"), URL, SECRET) is None


@pytest.mark.clause("EOI-03")
def test_a_link_names_country_year_contacts_and_reader_and_no_person() -> None:
    found = read_contacts_link(token(), SECRET, NOON)
    reader = address_digest("ana@labour.example")
    assert found == ContactsLink(
        country="XAA", year=2027, fingerprint=str(ASKED["fingerprint"]), reader=reader
    )
    body = token().split(".")[1]
    claims = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    assert "ana" not in claims.lower()
    assert set(json.loads(claims)) == {"aud", "sub", "year", "contacts", "reader", "exp"}


def test_the_same_message_has_the_same_link_in_every_attempt() -> None:
    assert token() == token()


def test_a_link_works_until_the_last_second_of_its_year_anywhere_on_earth() -> None:
    assert read_contacts_link(token(), SECRET, LAST_MOMENT).year == 2027
    with pytest.raises(LinkExpired):
        read_contacts_link(token(), SECRET, LAST_MOMENT + timedelta(seconds=1))


@pytest.mark.parametrize("changed", ["", "a.b.c", "..", "\x00", "é.é.é", "another secret", "another body"])
def test_what_was_not_signed_here_is_refused(changed: str) -> None:
    head, _, signature = token().split(".")
    other = token(year=2028).split(".")[1]
    forged = f"{head}.{other}.{signature}" if changed == "another body" else changed
    secret = "another secret, which is long enough too" if changed == "another secret" else SECRET
    with pytest.raises(LinkInvalid):
        read_contacts_link(token() if changed == "another secret" else forged, secret, NOON)


@pytest.mark.parametrize("state", PageState)
@pytest.mark.parametrize("language", Language)
def test_every_state_of_the_page_is_said_in_one_heading_and_only_one_has_a_button(
    state: PageState, language: Language
) -> None:
    shown = [ContactShown(role="deputy", lines=("Dia <Sow>",))]
    page = contacts_page(state, language, country="Aruna", year=2027, contacts=shown, helper="h@x.example")
    assert page.count("<h1>") == 1
    assert page.count("<button") == (1 if state is PageState.ASKED else 0)
    assert f'<html lang="{language.value}">' in page
    assert "<Sow>" not in page
    assert "h@x.example" in page
    assert not any(one in page for one in ("<script", "http://", "https://", "{{"))
