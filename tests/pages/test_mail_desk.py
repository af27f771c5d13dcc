"""The mail desk: what waits, what failed, what came back, each with what to do; and seeing to what came back."""

from datetime import timedelta

import httpx2
import pytest
import pytest_asyncio

from contracts.returns import ReturnCard
from contracts.rows import Delivery, Outcome
from framework.terms import Language, Role
from storage import ledger, returned
from storage.documents import Documents
from storage.engine import Database
from tests.pages.many import NOW
from tests.pages.readers import read, rows, section, signed_in
from tests.storage.samples import order

pytestmark = pytest.mark.asyncio(loop_scope="session")

STATES = {"refused": 2, "bounced": 1, "sent": 3, "unknown": 1}
CARD = ReturnCard(
    id="a" * 64,
    kind="unclear",
    recorded_at=NOW,
    size=10,
    sender="A stranger",
    subject="<b>Re: your letter</b>",
)


def delivery(key: str) -> Delivery:
    """A message to a person."""
    return Delivery(
        key=key,
        order=order(),
        to_name="Ada Ámbar",
        to_email="ada@land.example",
        language=Language.ENGLISH,
        role="focal_point",
    )


@pytest_asyncio.fixture(loop_scope="session", scope="module", autouse=True)
async def mails(full: Database) -> None:
    """Messages in several states; one of those that were sent may have come twice."""
    for state, count in STATES.items():
        for place in range(count):
            one = delivery(f"XAA-2027-{state}-{place}")
            twice = (state, place) == ("sent", 0)
            outcome = Outcome(
                state=state, at=NOW - timedelta(hours=1), answer="550 no such user", possible_duplicate=twice
            )
            await ledger.begin(full, one, NOW)
            await ledger.finish(full, one, outcome)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
async def test_who_may_read_returned_mail_reads_the_desk(desk: httpx2.AsyncClient, role: Role) -> None:
    allowed = role in {Role.SECRETARIAT, Role.OPERATOR, Role.AUDITOR}
    answer = await desk.get("/desk/mail", headers=signed_in(role))
    assert answer.status_code == (200 if allowed else 403)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("state=refused", 2),
        ("state=sent", 3),
        ("twice=1", 1),
        ("state=bounced&country=XAA", 1),
        ("country=XAB", 0),
    ],
)
async def test_the_ledger_shows_what_failed_or_what_is_asked_for(
    desk: httpx2.AsyncClient, query: str, count: int
) -> None:
    assert len(rows(section(await read(desk, f"/desk/mail?{query}"), "ledger"))) == count


async def test_every_number_of_the_desk_is_the_length_of_its_list(desk: httpx2.AsyncClient) -> None:
    page = section(await read(desk, "/desk/mail"), "ledger")
    for state, number in STATES.items():
        assert f'<a href="/desk/mail?state={state}#ledger">' in page
        assert f"<b>{number}</b>" in page.partition(f"state={state}#ledger")[2].partition("</li>")[0]


async def test_what_a_country_is_marked_with_on_the_board_stands_here_with_its_task(
    desk: httpx2.AsyncClient,
) -> None:
    page = section(await read(desk, "/desk/mail?country=XAJ"), "unsettled")
    assert len(rows(page)) == 1
    assert 'href="/desk/tasks/XAJ/mail_failed-1"' in page
    assert "Correct the address" in page
    assert len(rows(section(await read(desk, "/desk/mail"), "unsettled"))) == 4


async def test_the_operations_page_counts_what_failed(desk: httpx2.AsyncClient) -> None:
    page = section(await read(desk, "/desk/operations"), "mail")
    assert "refused for good: <b>2</b>" in page
    assert "state=sent" not in page


async def test_a_cursor_or_a_state_that_is_none_is_refused(desk: httpx2.AsyncClient) -> None:
    for query in ("cursor=nonsense", "state=lost", "country=France"):
        answer = await desk.get(f"/desk/mail?{query}", headers=signed_in(Role.SECRETARIAT))
        assert answer.status_code == 422, query


async def test_what_came_back_is_seen_to_with_a_note_by_the_secretariat_alone(
    desk: httpx2.AsyncClient, full: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = Documents(tmp_path_factory.mktemp("returns").as_uri())
    await returned.keep(full, documents, CARD, b"Subject: x")
    page = section(await read(desk, "/desk/mail"), "returns")
    assert "&lt;b&gt;Re: your letter" in page
    assert 'name="note"' in page
    assert 'name="note"' not in await read(desk, "/desk/mail", Role.OPERATOR)
    address = f"/desk/mail/returns/{CARD.id}"
    for role in (Role.OPERATOR, Role.AUDITOR):
        answer = await desk.post(address, headers=signed_in(role), data={"note": "Spam"})
        assert answer.status_code == 403
    answer = await desk.post(address, headers=signed_in(Role.SECRETARIAT), data={"note": "Spam"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/mail#returns")
    item = await returned.returned(full, CARD.id)
    assert item is not None
    assert (item.state, item.card.note) == ("seen", "Spam")
    assert rows(section(await read(desk, "/desk/mail"), "returns")) == []
    missing = await desk.post(
        f"/desk/mail/returns/{'b' * 64}", headers=signed_in(Role.SECRETARIAT), data={"note": "x"}
    )
    assert missing.status_code == 404
