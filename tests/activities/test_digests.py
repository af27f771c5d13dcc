"""One digest instead of many messages: who gets it, when, with what in it; and through a real mail server."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.correspondence import Correspondence
from activities.delivering import Postman
from activities.digests import WATCHED, Digests
from contracts.dates import Dated
from contracts.rows import Batch, Delivery, DigestDay, DigestOrder, Posting
from contracts.state import MailOrder, Recipient
from correspondence.facts import Site
from correspondence.message import Sender
from framework.digests import DEFAULTS, Digest
from framework.terms import Language, Role, TaskState
from storage import holding, ledger
from storage.directory import SeatHolder, put_appointments
from storage.engine import Database
from storage.writing import write_batch
from tests.activities.postbox import postbox
from tests.activities.test_correspondence import Bag, seat
from tests.storage.samples import country_row, order, task

URL = "https://pathfinder.example"
MONDAY = datetime(2027, 2, 1, 6, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(days=1)
SECRETARIAT, MWG = [Recipient(role="secretariat")], [Recipient(role="mwg")]
ALMA, NOOR = "alma@x.example", "noor@x.example"


def a_digests(database: Database, bag: Bag) -> Digests:
    """The activities."""
    return Digests(database, bag, Site(URL))


async def staffed(database: Database, *more: SeatHolder) -> None:
    """Alma in the Secretariat (daily), Noor in the MWG (weekly)."""
    alma = seat(1, "secretariat", ALMA, name="Alma", language=Language.FRENCH)
    await put_appointments(database, [alma, seat(2, "mwg", NOOR, name="Noor"), *more], revision=1)


def news(number: int = 1, kind: str = "report_published", **changes: Any) -> MailOrder:
    """A message that can wait, made on the Sunday."""
    given: dict[str, Any] = {"to": SECRETARIAT, "step": str(number), "made_at": SUNDAY, "task": ""}
    return order(kind, **(given | changes))


def plain(number: int = 1, kind: str = "report_published", **changes: Any) -> MailOrder:
    """The same, without a due date."""
    return news(
        number,
        kind,
        values={"country_name": f"Land {changes.get('country', 'XAA')}", "year": 2027},
        **changes,
    )


async def post(database: Database, bag: Bag, *orders: MailOrder) -> None:
    """Posts orders where digests are sent."""
    correspondence = Correspondence(database, bag, digests=True)
    await ActivityEnvironment().run(correspondence.post, Posting(orders=list(orders)))


async def a_round(database: Database, bag: Bag, now: datetime = MONDAY) -> list[Delivery]:
    """One round of digests; what it handed to the courier."""
    digests, before = a_digests(database, bag), len(bag.taken)
    readers = await ActivityEnvironment().run(digests.digest_readers, DigestDay(now=now))
    for reader in readers:
        since = now - timedelta(days=7 if reader.choice is Digest.WEEKLY else 1)
        found = DigestOrder(reader=reader, now=now, since=since)
        await ActivityEnvironment().run(digests.send_digest, found)
    return bag.taken[before:]


async def states(database: Database) -> dict[str, str]:
    """The states of the ledger's messages by kind and step."""
    items = (await ledger.mails(database)).items
    return {f"{one.delivery.order.kind} {one.delivery.order.step}": one.state for one in items}


@pytest.mark.clause("REP-07")
async def test_messages_that_can_wait_are_held_and_become_one_digest(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    await post(database, bag, plain(1), plain(2, "comments_answered", country="XAB"), plain(3))
    assert bag.taken == []
    (digest,) = await a_round(database, bag)
    assert (digest.to_email, digest.to_name, digest.language) == (ALMA, "Alma", Language.FRENCH)
    assert [len(one["lines"]) for one in digest.order.values["changes"]] == [2, 1]
    lines = [line for one in digest.order.values["changes"] for line in one["lines"]]
    assert {line["link"] for line in lines} == {
        f"{URL}/desk/countries/XAA",
        f"{URL}/desk/countries/XAB",
    }
    assert await states(database) == {
        "report_published 1": "in_digest",
        "comments_answered 2": "in_digest",
        "report_published 3": "in_digest",
        "digest 2027-02-01": "queued",
    }
    assert await a_round(database, bag, MONDAY + timedelta(days=1)) == []


@pytest.mark.clause("REP-07")
async def test_what_cannot_wait_goes_out_at_once_and_so_does_everything_to_a_country(
    database: Database,
) -> None:
    await staffed(database)
    bag = Bag()
    focal_point = Recipient(name="Ana", email="ana@labour.example")
    await post(
        database,
        bag,
        plain(1, "decision_refused"),
        plain(2, "nudge"),
        plain(3, "escalation"),
        plain(4, "presentation", event_on=date(2027, 2, 5)),
        news(5, "task_opened", to=MWG, values={"due_on": "2027-02-03"}),
        plain(6, "granted", to=[focal_point, *MWG]),
    )
    assert [(one.order.kind, one.to_email) for one in bag.taken] == [
        ("decision_refused", ALMA),
        ("nudge", ALMA),
        ("escalation", ALMA),
        ("presentation", ALMA),
        ("task_opened", NOOR),
        ("granted", "ana@labour.example"),
    ]
    assert [one.to_email for one in await holding.held(database)] == [NOOR]


@pytest.mark.clause("REP-07")
async def test_a_letter_and_a_date_that_moves_or_goes_do_not_wait(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    first = Dated(key="reply_letter", kind="reply_letter", on=date(2027, 4, 1), role="secretariat")
    moved, gone = first.model_copy(update={"sequence": 1}), first.model_copy(update={"cancelled": True})
    attached = plain(1, "letter")
    attached.values["attachment"] = {"document": "d", "sha256": "0"}
    await post(
        database,
        bag,
        attached,
        *(plain(number, dates=[one]) for number, one in enumerate((first, moved, gone), 2)),
        plain(5, dates=[gone.model_copy(update={"role": "mwg"})]),
    )
    assert [one.order.step for one in bag.taken] == ["1", "3", "4"]
    assert [one.order.step for one in await holding.held(database)] == ["2", "5"]


@pytest.mark.clause("REP-07")
async def test_a_weekly_digest_comes_on_its_day_or_the_day_after_an_outage(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    await post(database, bag, plain(1, to=MWG), plain(2, to=SECRETARIAT))
    assert [one.to_email for one in await a_round(database, bag, MONDAY)] == [ALMA, NOOR]
    await post(database, bag, plain(3, to=MWG, made_at=MONDAY + timedelta(hours=2)))
    for days in range(1, 7):
        assert await a_round(database, bag, MONDAY + timedelta(days=days)) == []
    late = MONDAY + timedelta(days=9)  # nothing ran on the Monday before
    (digest,) = await a_round(database, bag, late)
    assert (digest.to_email, digest.order.values["period"]) == (NOOR, "weekly")


@pytest.mark.clause("REP-07")
async def test_what_has_become_late_is_told_once_without_any_message_and_stays_listed_beside_others(
    database: Database,
) -> None:
    await staffed(database)
    due = MONDAY - timedelta(hours=3)
    late = task(state=TaskState.LATE, due_at=due, due_on=due.date())
    asked = task("contacts_confirmation-2027", state=TaskState.LATE, due_at=due, due_on=due.date())
    await write_batch(
        database, Batch(code="XAA", revision=1, country=country_row("XAA"), tasks=[late, asked]), {}
    )
    bag = Bag()
    alma, noor = await a_round(database, bag)
    assert [len(one.order.values["late"]) for one in (alma, noor)] == [2, 1]
    assert "30" not in noor.order.values["late"][0]["text"]
    assert noor.order.values["late"][0]["link"].endswith("/desk/tasks/XAA/progress_report-2027")
    assert await a_round(database, bag, MONDAY + timedelta(days=1)) == []
    await post(database, bag, plain(1, made_at=MONDAY))
    (again,) = await a_round(database, bag, MONDAY + timedelta(days=1))
    assert len(again.order.values["late"]) == 2


async def test_nothing_to_say_is_no_message(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    assert await a_round(database, bag) == []
    assert await states(database) == {}


@pytest.mark.clause("REP-07")
async def test_a_courier_that_breaks_down_is_given_the_same_digest_again(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    await post(database, bag, plain(1))
    bag.breaks_at = 1
    with pytest.raises(ConnectionError):
        await a_round(database, bag)
    await post(database, bag, plain(2, made_at=MONDAY))
    (digest,) = await a_round(database, bag)
    assert [len(one["lines"]) for one in digest.order.values["changes"]] == [1]
    assert (await states(database))["report_published 2"] == "held"
    (tomorrow,) = await a_round(database, bag, MONDAY + timedelta(days=1))
    assert tomorrow.key != digest.key


async def test_a_mailbox_with_two_seats_gets_one_digest_at_the_shorter_period(database: Database) -> None:
    await staffed(database, seat(3, "gcm", ALMA.upper(), name="Alma"), seat(4, "operator", "op@x.example"))
    bag = Bag()
    await post(database, bag, plain(1, to=[Recipient(role="gcm"), *SECRETARIAT]), plain(2, to=MWG))
    tuesday = MONDAY + timedelta(days=1)
    assert [one.to_email.lower() for one in await a_round(database, bag, tuesday)] == [ALMA, NOOR]
    assert (await states(database))["report_published 1"] == "in_digest"


async def test_whoever_left_or_chose_single_messages_still_gets_what_waits(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    await post(database, bag, plain(1), plain(2, to=MWG))
    noor = seat(2, "mwg", NOOR, name="Noor", digest=Digest.OFF)
    await put_appointments(database, [noor], revision=2)
    tuesday = MONDAY + timedelta(days=1)
    assert [one.to_email for one in await a_round(database, bag, tuesday)] == [ALMA, NOOR]
    await post(database, bag, plain(3, to=MWG))
    assert bag.taken[-1].order.step == "3"


async def test_where_nobody_sends_digests_nothing_waits(database: Database) -> None:
    await staffed(database)
    bag = Bag()
    await ActivityEnvironment().run(Correspondence(database, bag).post, Posting(orders=[plain(1)]))
    assert [one.to_email for one in bag.taken] == [ALMA]


@pytest.mark.clause("REP-07")
async def test_a_digest_reaches_its_reader_as_one_message_of_a_series_that_can_be_ended(
    database: Database,
) -> None:
    await staffed(database)
    bag = Bag()
    crowd = [plain(number) for number in range(1, 206)]
    await post(database, bag, *crowd)
    (digest,) = await a_round(database, bag)
    assert digest.order.values["more"] is True
    assert len(await holding.held(database)) == 5
    sender = Sender(mail_from="Secretariat <mail@alliance.example>", public_url=URL)
    async with postbox() as box:
        postman = Postman(database, box.server, sender)
        outcome = await ActivityEnvironment().run(postman.deliver, digest)
    assert outcome.state == "sent"
    (message,) = box.messages
    assert message["List-Id"] == "<digest.pathfinder.alliance.example>"
    assert message["List-Unsubscribe"].strip() == "<mailto:mail@alliance.example?subject=unsubscribe>"
    html = message.get_body(("html",))
    assert html is not None
    assert html.get_content().count(f'href="{URL}/desk/countries/XAA"') == 200
    assert message["Auto-Submitted"] == "auto-generated"


def test_every_role_of_a_seat_watches_late_tasks_or_gets_no_digest() -> None:
    assert set(WATCHED) == set(DEFAULTS)
    assert set(WATCHED["secretariat"]) == set(Role)
