"""The editions of the policy. A country's state names its own; a published one is never changed in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from framework.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A published set of defaults, under the id that countries carry."""

    id: str
    policy: Policy


CURRENT = "2026-1"

EDITIONS: Mapping[str, Edition] = MappingProxyType({CURRENT: Edition(id=CURRENT, policy=Policy())})


def edition(edition_id: str) -> Edition:
    """The edition of that id. Raises KeyError, naming those that there are, when there is none."""
    found = EDITIONS.get(edition_id)
    if found is None:
        raise KeyError(f"there is no policy edition {edition_id!r}; there are: {', '.join(EDITIONS)}")
    return found
