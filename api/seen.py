"""When the people of countries were last there: asked of whoever keeps sign-ins, which the rules of risk need."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from storage.engine import Database


@dataclass(frozen=True, kw_only=True)
class Seen:
    """When people were last there (UTC), by `address_digest` of their address. `since`: the first day on which it
    would have been noticed; None: nobody notices that here."""

    since: date | None = None
    last: Mapping[str, date] = field(default_factory=dict)


LastSeen = Callable[[Database, Collection[str]], Awaitable[Seen]]
"""Asks about the people behind these digests, all at once."""


async def nobody_notices(database: Database, digests: Collection[str]) -> Seen:
    """The answer of an installation into which nobody signs in: tokens alone do not tell who was there."""
    return Seen()
