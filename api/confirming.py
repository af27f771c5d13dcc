"""The page behind the link in a message that asks for a country's contacts (EOI-03): one click, no sign-in.

A programme that opens links to look at them changes nothing: only the button, which posts, does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from access.table import Action
from api.client_address import client_address
from api.confirming_by_link import ByLink, message_of
from api.deps import InstalledParts, Parts, open_to_all
from api.handing_in import reached
from api.problems import RETRY_AFTER_SECONDS, ProblemError
from api.process import NoProcess
from contracts.messages import Actor, Envelope, Receipt
from contracts.names import address_digest
from contracts.rows import CountryRow
from correspondence.links import CONTACTS, PAGE, ContactsLink, LinkExpired, LinkInvalid, read_contacts_link
from correspondence.pages import ContactShown, PageState, contacts_page, contacts_page_style
from correspondence.places import country_name
from framework.contacts import fingerprint
from framework.records import Contact, ContactsConfirmation
from framework.terms import OPEN_TASK_STATES, Language, Role, TaskState
from storage import reading
from storage.reading_tasks import TaskFilter, tasks

router = APIRouter(include_in_schema=False, dependencies=[open_to_all(Action.CONFIRM_BY_LINK)])

AWAY = (OperationalError, InterfaceError, NoConnection)
CHANGED = "contacts_confirmation.changed"
STATUS = {
    PageState.CHANGED: 409,
    PageState.EXPIRED: 410,
    PageState.INVALID: 404,
    PageState.LATER: 503,
}
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {contacts_page_style()}; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class Opened:
    """A link as it was opened: what it can do now, for whom."""

    state: PageState
    link: ContactsLink | None = None
    country: CountryRow | None = None
    reader: Contact | None = None


@router.get(PAGE + "/{token}")
async def show_contacts(token: str, parts: InstalledParts) -> HTMLResponse:
    """The contacts on record, with a button that confirms them. Looking changes nothing."""
    return _page(await _opened(token, parts), parts)


@router.post(PAGE + "/{token}")
async def confirm_contacts(token: str, request: Request, parts: InstalledParts) -> HTMLResponse:
    """Confirms the contacts through the country's own door; a second time it says that they are.

    Whoever has the link is a stranger to us: the record of acts knows the country, the message and from where it came.
    """
    opened = await _opened(token, parts)
    trail = ByLink(parts, client_address(request), opened.link)
    try:
        if opened.state is not PageState.ASKED or opened.link is None:
            await trail.refuse(opened.state)
            return _page(opened, parts)
        await trail.attempt()
        state = await _confirm(opened, opened.link, parts, trail)
    except AWAY:
        state = PageState.LATER
    return _page(Opened(state, opened.link, opened.country, opened.reader), parts)


async def _opened(token: str, parts: Parts) -> Opened:
    try:
        link = read_contacts_link(token, parts.secret, parts.now())
        return await _found(link, parts)
    except LinkExpired:
        return Opened(PageState.EXPIRED)
    except LinkInvalid:
        return Opened(PageState.INVALID)
    except AWAY:
        return Opened(PageState.LATER)


async def _found(link: ContactsLink, parts: Parts) -> Opened:
    row = await reading.country(parts.database, link.country)
    if row is None:
        raise LinkInvalid
    reader = next((one for one in _people(row) if link.reader in _digests(one)), None)
    return Opened(await _state(link, row, reader, parts), link, row, reader)


async def _state(link: ContactsLink, row: CountryRow, reader: Contact | None, parts: Parts) -> PageState:
    wanted = TaskFilter(country=link.country, kind=CONTACTS, year=link.year, states=tuple(TaskState))
    states = [item.task.state for item in (await tasks(parts.database, wanted)).items]
    if TaskState.DONE in states:
        return PageState.ALREADY
    if not any(state in OPEN_TASK_STATES for state in states):
        return PageState.CLOSED
    return PageState.ASKED if reader and _on_record(row) == link.fingerprint else PageState.CHANGED


async def _confirm(opened: Opened, link: ContactsLink, parts: Parts, trail: ByLink) -> PageState:
    receipt, state = await _handed_in(opened, link, parts)
    await trail.end(state, receipt)
    if receipt is not None:
        await reached(parts, link.country, receipt.revision)
    return state


async def _handed_in(opened: Opened, link: ContactsLink, parts: Parts) -> tuple[Receipt | None, PageState]:
    name = opened.reader.name if opened.reader else ""
    envelope = Envelope(
        message_id=message_of(link),
        actor=Actor(role=Role.FOCAL_POINT, name=name[:200], country=link.country),
        submission=ContactsConfirmation(year=link.year, fingerprint=link.fingerprint),
    )
    try:
        return await parts.processes.submit(link.country, envelope), PageState.CONFIRMED
    except NoProcess:
        return None, PageState.CLOSED
    except ProblemError as error:
        if not error.findings:
            return None, PageState.LATER
        changed = CHANGED in {one.key for one in error.findings}
        return None, PageState.CHANGED if changed else PageState.ALREADY


def _page(opened: Opened, parts: Parts) -> HTMLResponse:
    row, link = opened.country, opened.link
    language = opened.reader.language if opened.reader else row.language if row else Language.ENGLISH
    shown = contacts_page(
        opened.state,
        language,
        country=country_name(row.code, language, row.name) if row else "",
        year=link.year if link else None,
        contacts=list(_shown(row)) if row and opened.state is PageState.ASKED else (),
        helper=parseaddr(parts.settings.mail_from)[1],
    )
    later = {"Retry-After": str(RETRY_AFTER_SECONDS)} if opened.state is PageState.LATER else {}
    return HTMLResponse(shown, STATUS.get(opened.state, 200), HEADERS | later)


def _shown(row: CountryRow) -> Iterator[ContactShown]:
    for role, person in (("focal_point", row.focal_point), *(("deputy", one) for one in row.deputies)):
        lines = (person.name, person.post, person.email, person.second_email)
        yield ContactShown(role=role, lines=tuple(line for line in lines if line))
    if row.ministry or row.ministry_email:
        yield ContactShown(
            role="ministry", lines=tuple(line for line in (row.ministry, row.ministry_email) if line)
        )


def _people(row: CountryRow) -> tuple[Contact, ...]:
    return (row.focal_point, *row.deputies)


def _digests(person: Contact) -> set[str]:
    return {address_digest(one) for one in (person.email, person.second_email) if one}


def _on_record(row: CountryRow) -> str:
    return fingerprint(row.focal_point, row.deputies, row.ministry, row.ministry_email)
