"""A link to sign in, made on the machine itself: for the first start, and for when mail does not go out.

Whoever may run commands here may read the token secret too; this opens no door that is not open to them.
"""

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from correspondence.signing_in import PAGE, code_of, token_of
from framework.terms import Role
from settings import Settings
from storage import audit, people, sign_ins
from storage.audit import Act, Outcome
from storage.directory import appointments
from storage.engine import Database, open_database

VALID_FOR = timedelta(hours=1)
"""Longer than a link that travels by mail: whoever starts an installation looks around first."""

PATIENCE_SECONDS = 30
"""How long the first start waits until the directory of seats is in the read model."""

MADE, BY_UP = "make_sign_in_link", "pathfinder up"
"""How the first link stands in the record of acts; `pathfinder sign-in-link` records itself."""


class NobodyThere(Exception):
    """Nobody holds a mandate at the address; the message says what to do."""


async def make(database: Database, settings: Settings, address: str, at: datetime) -> str:
    """A link that signs in whoever is on record at an address, once. Raises NobodyThere."""
    found = await people.mandates_at(database, address, at)
    if not found:
        raise NobodyThere(
            f"Nobody holds a mandate at {address} today: appoint them first, with `pathfinder appoint FILE`."
        )
    secret, id = settings.read_token_secret(), secrets.token_hex(16)
    made = sign_ins.Secrets(token=token_of(secret, id), code=code_of(secret, id))
    await sign_ins.begin(database, id, address, made, at=at, ends_at=at + VALID_FOR)
    await sign_ins.lead_to(database, id, await people.known(database, address, found[0], at))
    return f"{settings.public_url}{PAGE}/{made.token}"


def marker(settings: Settings) -> Path:
    """The file that tells that the first link was printed."""
    return settings.var_dir / "first-sign-in-link"


async def tell_first(settings: Settings, say: Callable[[str], None]) -> None:
    """Says, at the first start, by which link the first member of the Secretariat signs in."""
    if marker(settings).exists() or not (settings.sample or settings.first_secretariat):
        return
    database = open_database(settings.database_url)
    try:
        say(await _told(database, settings))
        marker(settings).write_text("told\n", encoding="ascii")
    except (NobodyThere, SQLAlchemyError, OSError) as why:
        say(f"No link to sign in was made. {why}")
    finally:
        await database.close()


async def _told(database: Database, settings: Settings) -> str:
    address = settings.first_secretariat
    for _ in range(PATIENCE_SECONDS):
        now = datetime.now(UTC)
        seats = await appointments(database, role=Role.SECRETARIAT.value, on=now.date())
        address = address or (seats[0].email if seats else "")
        if any(one.email.strip().lower() == address.strip().lower() for one in seats):
            break
        await asyncio.sleep(1)
    at = datetime.now(UTC)
    link = await make(database, settings, address or "the Secretariat's address", at)
    person = await people.person_at(database, address)
    await audit.record(database, Act(at=at, outcome=Outcome.DONE, action=MADE, person=person, object=BY_UP))
    minutes = int(VALID_FOR.total_seconds() // 60)
    return f"Sign in as {address} (Secretariat), once, within {minutes} minutes:\n  {link}\n"
