"""The return mailbox is read: what comes back is on record, changes the ledger once, and is never lost."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities import returns
from activities.return_mailbox import LIMIT
from activities.returns import Returns
from contracts.names import return_token
from contracts.returns import Collected
from contracts.rows import Bounced, Outcome
from storage import ledger, returned
from storage.documents import Documents
from storage.dump import dump_rows
from storage.engine import Database
from tests.activities import bounces
from tests.activities.bounces import KEY, report
from tests.activities.imap_box import PASSWORD, ImapBox, imap_box
from tests.launch.stand_ins import free_ports
from tests.storage.samples import NOON, delivery

ONE = delivery(KEY)


@dataclass
class Told:
    """Takes the place of the courier: remembers what it is given, in the way in which the real one tells once."""

    asked: list[str] = field(default_factory=list)
    once: dict[str, Bounced] = field(default_factory=dict)
    broken: bool = False

    async def returned(self, bounced: Bounced) -> None:
        """See Teller."""
        if self.broken:
            raise ConnectionError("the Temporal server is away")
        self.asked.append(bounced.delivery.key)
        self.once.setdefault(bounced.delivery.key, bounced)


class Desk:
    """A database and a document store, and looks into a mailbox."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self.database, self.documents, self.told = database, documents, Told()

    async def look(self, box: ImapBox, **server: object) -> Collected:
        """One look."""
        reader = Returns(self.database, self.documents, self.told, box.server(**server))
        return await ActivityEnvironment().run(reader.collect_returns)

    async def sent(self, state: str = "sent") -> None:
        """Our message has been handed over."""
        await ledger.begin(self.database, ONE, NOON)
        await ledger.finish(
            self.database, ONE, Outcome(state=state, at=NOON + timedelta(seconds=1), answer="250 OK")
        )

    async def row(self) -> ledger.MailItem:
        """The ledger's row of our message."""
        item = await ledger.mail(self.database, KEY)
        assert item is not None
        return item

    async def story(self) -> list[str]:
        """What happened to our message."""
        return [one.what for one in (await self.row()).story]

    async def kept(self) -> list[tuple[str, str, str]]:
        """What came back: kind, state and the message that it is about."""
        page = await returned.all_returned(self.database)
        return [(one.card.kind, one.state, one.mail) for one in page.items]


@pytest.fixture
def desk(database: Database, documents: Documents) -> Desk:
    """An empty desk."""
    return Desk(database, documents)


@pytest.mark.clause("REP-07")
async def test_row_25_a_message_that_comes_back_is_bounced_and_told(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(report()) as box:
        collected = await desk.look(box)
        assert box.unread == []
        assert (await desk.look(box)) == Collected()
    row = await desk.row()
    assert collected == Collected(noted=1, bounced=[KEY])
    assert (row.state, row.answer) == ("bounced", "5.1.1 smtp; 550 5.1.1 <ada@land.example>: no such user")
    assert await desk.story() == ["sent", "bounced"]
    assert await desk.kept() == [("failed", "noted", KEY)]
    told = desk.told.once[KEY]
    assert (told.delivery, told.outcome.state, told.outcome.answer) == (ONE, "bounced", row.answer)
    (card,) = (await returned.all_returned(desk.database)).items
    assert await returned.content(desk.documents, card.card.id) == report()


async def test_a_message_that_may_have_gone_out_can_come_back(desk: Desk) -> None:
    await desk.sent("unknown")
    async with imap_box(report()) as box:
        await desk.look(box)
    assert (await desk.row()).state == "bounced"
    assert (await desk.row()).possible_duplicate is False


async def test_a_message_comes_back_while_its_worker_had_died(desk: Desk) -> None:
    await ledger.begin(desk.database, ONE)
    async with imap_box(report()) as box:
        await desk.look(box)
    found = await ledger.begin(desk.database, ONE)
    assert found.standing is not None, "it is not sent again"
    assert (found.standing.state, list(desk.told.once)) == ("bounced", [KEY])


async def test_the_same_report_twice_and_another_one_about_it_change_nothing_more(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(report(), report(), report(Received="from elsewhere")) as box:
        await desk.look(box)
        before = await dump_rows(desk.database)
        box.put(report())
        await desk.look(box)
    assert await dump_rows(desk.database) == before
    assert await desk.story() == ["sent", "bounced", "bounced"]
    assert len(await desk.kept()) == 2
    assert list(desk.told.once) == [KEY]


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")]
)
async def test_a_report_of_delay_or_arrival_is_a_remark_only(desk: Desk, action: str, status: str) -> None:
    await desk.sent()
    async with imap_box(report(action, status)) as box:
        collected = await desk.look(box)
    assert collected == Collected(noted=1)
    assert (await desk.row()).state == "sent"
    assert await desk.story() == ["sent", "delayed" if action == "delayed" else "delivered"]
    assert desk.told.asked == []


async def test_an_answer_by_a_machine_is_a_remark_only(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(bounces.out_of_office()) as box:
        await desk.look(box)
    assert (await desk.story(), await desk.kept()) == (["sent", "answered"], [("auto_reply", "noted", KEY)])
    assert desk.told.asked == []


@pytest.mark.parametrize("state", ["refused", "given_up"])
async def test_what_was_told_as_failed_is_not_told_again(desk: Desk, state: str) -> None:
    await desk.sent(state)
    async with imap_box(report()) as box:
        await desk.look(box)
    assert ((await desk.row()).state, desk.told.asked) == (state, [])
    assert (await desk.story())[-2:] == [state, "bounced"]


async def test_the_address_names_the_message_where_the_report_does_not(desk: Desk) -> None:
    await desk.sent()
    to = f"bounces+{return_token(KEY)}@alliance.example"
    async with imap_box(report(original="", kind="text/plain", To=to)) as box:
        await desk.look(box)
    assert (await desk.row()).state == "bounced"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (report(original="Message-ID: <XAA-2027-reminder-2@alliance.example>\n"), "failed"),
        (report(original="", kind="text/plain", To=f"bounces+{'0' * 24}@alliance.example"), "failed"),
        (bounces.message("Cheap watches", From="spam@x.example"), "unclear"),
        (b"\xff\x00 nothing that anybody could read", "unclear"),
    ],
)
async def test_what_is_about_no_message_of_ours_or_cannot_be_read_changes_nothing_and_waits_for_somebody(
    desk: Desk, content: bytes, kind: str
) -> None:
    await desk.sent()
    async with imap_box(content) as box:
        collected = await desk.look(box)
        assert box.unread == []
    assert collected == Collected(to_see=1)
    assert await desk.kept() == [(kind, "open", "")]
    assert (await desk.story(), desk.told.asked) == (["sent"], [])


async def test_a_persons_answer_waits_for_somebody_beside_the_message_that_it_answers(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(bounces.persons_answer()) as box:
        await desk.look(box)
    assert await desk.kept() == [("unclear", "open", KEY)]
    (item,) = (await returned.all_returned(desk.database, "open")).items
    seen = await returned.see_to(
        desk.database, desk.documents, item.card.id, by="Sira", at=NOON, note="Answered"
    )
    assert seen is not None
    assert (seen.state, seen.card.seen_by, seen.card.note) == ("seen", "Sira", "Answered")
    assert (await returned.all_returned(desk.database, "open")).items == []
    assert await returned.see_to(desk.database, desk.documents, "0" * 64, by="Sira", at=NOON) is None


@pytest.mark.parametrize("step", ["FETCH", "STORE", "MOVE"])
async def test_a_line_that_breaks_at_any_step_loses_and_doubles_nothing(desk: Desk, step: str) -> None:
    await desk.sent()
    async with imap_box(report(), bounces.persons_answer()) as box:
        box.hang_up_at = step
        with pytest.raises(ApplicationError) as away:
            await desk.look(box, done_folder="Done")
        assert away.value.type == returns.AWAY
        await desk.look(box, done_folder="Done")
        left = box.unread
    assert await desk.kept() == [("failed", "noted", KEY), ("unclear", "open", KEY)]
    assert await desk.story() == ["sent", "bounced", "answered"]
    assert (list(desk.told.once), left) == ([KEY], [])


async def test_a_message_is_marked_as_read_only_when_it_is_told(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(report()) as box:
        desk.told.broken = True
        with pytest.raises(ConnectionError):
            await desk.look(box)
        assert box.unread == [1]
        desk.told.broken = False
        await desk.look(box)
        assert box.unread == []
    assert (list(desk.told.once), await desk.story()) == ([KEY], ["sent", "bounced"])


async def test_a_message_that_the_server_cannot_give_does_not_keep_out_the_others(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(b"nobody can get this", report()) as box:
        box.ungettable = {1}
        collected = await desk.look(box)
        assert box.unread == [1]
    assert (collected.unreadable, collected.bounced) == (1, [KEY])


async def test_one_look_takes_in_no_more_than_it_can_and_says_what_is_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returns, "MOST", 3)
    async with imap_box(*(f"Subject: {number}\n\n".encode() for number in range(5))) as box:
        assert (await desk.look(box)) == Collected(to_see=3, left=2)
        assert (await desk.look(box)) == Collected(to_see=2)


async def test_of_a_huge_message_the_beginning_is_kept_and_read(desk: Desk) -> None:
    await desk.sent()
    huge = report(original=bounces.ORIGINAL + "x" * 2_000_000)
    async with imap_box(huge) as box:
        await desk.look(box)
    (item,) = (await returned.all_returned(desk.database)).items
    assert (item.card.size, item.card.truncated, item.card.kind) == (len(huge), True, "failed")
    assert len(await returned.content(desk.documents, item.card.id)) == LIMIT
    assert (await desk.row()).state == "bounced"


@pytest.mark.parametrize("moves", [True, False])
async def test_what_was_read_is_moved_where_that_is_wished(desk: Desk, moves: bool) -> None:
    async with imap_box(bounces.persons_answer()) as box:
        box.moves = moves
        await desk.look(box, done_folder="Read it")
        assert (box.unread, box.moved) == ([], {"Read it": [bounces.persons_answer()]})


@pytest.mark.parametrize(
    "wrong",
    [{"password": "not the one"}, {"folder": "Nowhere"}, {"security": "tls"}, {"security": "starttls"}],
)
async def test_a_mailbox_that_cannot_be_opened_says_why_and_shows_no_password(
    desk: Desk, wrong: dict[str, object]
) -> None:
    async with imap_box() as box:
        with pytest.raises(ApplicationError) as away:
            await desk.look(box, **wrong)
    assert "the return mailbox cannot be read" in away.value.message
    assert PASSWORD not in away.value.message
    assert "not the one" not in away.value.message


async def test_where_nobody_listens_the_look_says_so(desk: Desk) -> None:
    with pytest.raises(ApplicationError, match="cannot be read: ConnectionRefusedError"):
        await desk.look(ImapBox(port=free_ports(1)[0]))


async def test_without_a_mailbox_nothing_is_read(database: Database, documents: Documents) -> None:
    reader = Returns(database, documents, Told(), None)
    assert await ActivityEnvironment().run(reader.collect_returns) == Collected(configured=False)


async def test_two_looks_at_once_are_like_one(desk: Desk) -> None:
    await desk.sent()
    async with imap_box(report(), bounces.exim(), bounces.out_of_office()) as box:
        await asyncio.gather(desk.look(box), desk.look(box))
    assert len(await desk.kept()) == 3
    assert sorted(await desk.story()) == ["answered", "bounced", "bounced", "sent"]
