"""Who somebody is by their session or by a machine's token, and in which mandate they act: asked of the record each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from access.people import Door, Mandate, Principal
from framework.terms import Language
from storage import api_tokens, people, sessions
from storage.api_tokens import ApiToken
from storage.engine import Database
from storage.people import Found, Person, mandate_key
from storage.sessions import Session

ACTING_AS = "Pathfinder-Acting-As"
"""The header by which a program says in which of the person's mandates it acts."""

HOST_COOKIE, PLAIN_COOKIE = "__Host-pathfinder", "pathfinder"


class IdentityError(Exception):
    """Somebody who is not let in as things stand; the message says why and what to do. `choose`: a mandate is missing."""

    def __init__(self, why: str, *, choose: bool = False) -> None:
        super().__init__(why)
        self.choose = choose


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Somebody who is signed in: the session, the person, all mandates that hold now and the one acted in, if any."""

    session: Session
    person: Person
    mandates: tuple[Found, ...]
    acting: Mandate | None

    @property
    def principal(self) -> Principal:
        """The person in the mandate in which they act. Raises IdentityError when there is none (any more)."""
        if not self.mandates:
            raise IdentityError(
                "The last of your mandates has ended. If that is wrong, write to the Secretariat."
            )
        if self.acting is None:
            raise IdentityError("Choose first in which of your mandates you act.", choose=True)
        return principal_of(self.person, self.acting, Door.SESSION, self.session.ends_at)


def cookie_name(public_url: str) -> str:
    """The name of the session's cookie: browsers bind one of the `__Host-` kind to this host and to https."""
    return HOST_COOKIE if public_url.startswith("https://") else PLAIN_COOKIE


async def of_session(
    database: Database, secret: str, at: datetime, idle: timedelta, acting_as: str = ""
) -> Identity | None:
    """Whoever is signed in with a cookie; None where nobody is. `acting_as`: another mandate, for this request alone."""
    session = await sessions.found(database, secret, at, idle)
    person = await people.person(database, session.person) if session else None
    if session is None or person is None:
        return None
    held = await people.mandates_of(database, person.id, at)
    mandates = (*held, *people.granted(session.granted, held, person.language))
    wanted = acting_as or session.mandate
    return Identity(session=session, person=person, mandates=mandates, acting=_chosen(mandates, wanted))


async def of_machine(database: Database, sent: str, at: datetime, acting_as: str = "") -> Principal:
    """The person and mandate behind a machine's token. Raises IdentityError when it is not valid, or the mandate ended."""
    token = await api_tokens.found(database, sent, at)
    person = await people.person(database, token.person) if token else None
    if token is None or person is None:
        raise IdentityError("This token is not valid here: it was revoked, has ended, or was never issued.")
    if acting_as not in ("", token.mandate):
        raise IdentityError("This token was made for another mandate than the header asks for.")
    acting = _chosen(await people.mandates_of(database, person.id, at), token.mandate)
    if acting is None:
        raise IdentityError("The mandate for which this token was made has ended.")
    return _machine(person, acting, token)


def _machine(person: Person, acting: Mandate, token: ApiToken) -> Principal:
    scopes = frozenset(token.scopes)
    return principal_of(person, acting, Door.MACHINE, token.ends_at, scopes)


def _chosen(mandates: tuple[Found, ...] | list[Found], key: str) -> Mandate | None:
    return next((one.mandate for one in mandates if mandate_key(one.mandate) == key), None)


def principal_of(
    person: Person, mandate: Mandate, door: Door, until: datetime, scopes: frozenset[str] | None = None
) -> Principal:
    """A person acting in one of their mandates; `until` (aware) is when this way in ends."""
    return Principal(
        role=mandate.role,
        name=mandate.name or person.name,
        country=mandate.country,
        until=until,
        person=person.id,
        language=Language(person.language),
        tasks=mandate.tasks,
        door=door,
        scopes=scopes,
        mandate=mandate,
    )
