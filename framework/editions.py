"""The editions of the policy. A country's state names its own; a published one is never changed in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from framework.policy import DAYS_BY_TASK, DayOfYear, Ladder, Policy


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A published set of defaults, under the id that countries carry."""

    id: str
    policy: Policy


FIRST = Edition(id="2026-1", policy=Policy())
CONTACTS_LADDER = Ladder(offsets=(-7, 0, 14), to_deputies=(0,), escalating=(14,))
LETTERS_OF_RECORD = Edition(
    id="2026-2",
    policy=Policy(
        letters=True,
        contacts_confirmed_on=DayOfYear(month=2, day=15),
        receipts=True,
        ladders={"contacts_confirmation": CONTACTS_LADDER},
        days_by_task=DAYS_BY_TASK | {"letter": 7, "contacts_confirmation": 28},
    ),
)
"""Letters of record that the Secretariat approves within a week, and contacts that are confirmed once a year."""

EDITIONS: Mapping[str, Edition] = MappingProxyType({one.id: one for one in (FIRST, LETTERS_OF_RECORD)})
CURRENT = LETTERS_OF_RECORD.id
"""The edition with which new countries start."""


def edition(edition_id: str) -> Edition:
    """The edition of that id. Raises KeyError, naming those that there are, when there is none."""
    found = EDITIONS.get(edition_id)
    if found is None:
        raise KeyError(f"there is no policy edition {edition_id!r}; there are: {', '.join(EDITIONS)}")
    return found
