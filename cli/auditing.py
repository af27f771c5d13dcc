"""What commands do is recorded as what the API does is: before it can have an effect, and what became of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cli.failing import Failed

if TYPE_CHECKING:
    from storage.audit import Act, Outcome
    from storage.engine import Database

ROLE = "operator@cli"
"""As what somebody acts who works at the machine itself; who that is, the machine knows."""


@dataclass
class Became:
    """What the act became, where the command learns it: the country's entry and revision, keys of reasons."""

    entry: int | None = None
    revision: int | None = None
    reasons: tuple[str, ...] = ()


@asynccontextmanager
async def recorded(
    command: str, action: str, *, country: str = "", message: str = "", name: str = "", given: Any = None
) -> AsyncIterator[Became]:
    """Records the attempt, lets the block act, and records its outcome. Without a database nothing is done.

    `name`: who says to act. What the block raises goes on: Failed is a refusal, all else a failure.
    """
    from cli.connection import read_model
    from storage import audit
    from storage.audit import Outcome

    became = Became()
    detail = {"name": name, "given": _plain(given)}
    about: dict[str, Any] = {"action": action, "object": f"pathfinder {command}", "country": country}
    about |= {"message": audit.message_id(message), "role": ROLE}
    async with read_model() as database:
        attempt = await audit.record(database, _act(Outcome.ATTEMPTED, about, detail=detail))
        about |= {"refers_to": (attempt,), "detail": {"name": name}}
        try:
            yield became
        except Failed:
            await _end(database, Outcome.REFUSED, about, became)
            raise
        except BaseException as error:
            became.reasons = (type(error).__name__,)
            await _end(database, Outcome.FAILED, about, became)
            raise
        await _end(database, Outcome.DONE, about, became)


async def _end(database: "Database", outcome: "Outcome", about: dict[str, Any], became: Became) -> None:
    from storage import audit

    more = {"event_entry": became.entry, "event_revision": became.revision, "reasons": became.reasons}
    await audit.record(database, _act(outcome, about | more))


def _act(outcome: "Outcome", about: dict[str, Any], **more: Any) -> "Act":
    from storage.audit import Act

    return Act(at=datetime.now(UTC), outcome=outcome, **about | more)


def _plain(given: Any) -> Any:
    from pydantic_core import to_jsonable_python

    return None if given is None else to_jsonable_python(given)
