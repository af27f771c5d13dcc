"""What a provider may say beyond who somebody is: roles for the whole Alliance, where the settings name the claim for it.

Nothing is believed that the settings do not map, and only roles without a country or a seat can be mapped at all: whoever
sits in the GCM or acts for a country is appointed on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework.terms import Role

LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Whom the provider vouches for: verified address, name where it gives one, roles to which its claim is mapped."""

    address: str
    name: str = ""
    roles: tuple[Role, ...] = ()


def roles_in(claims: Mapping[str, Any], claim: str, mapped: Mapping[str, str]) -> tuple[Role, ...]:
    """The roles to which a claim's values are mapped; none for a claim that is not there or has another shape.

    `claim` may name a place within objects, as `realm_access.roles` does.
    """
    found = claims.get(claim, _within(claims, claim.split("."))) if claim else None
    values = [found] if isinstance(found, str) else found
    if not isinstance(values, list):
        return ()
    named = {mapped[one] for one in values if isinstance(one, str) and one in mapped}
    return tuple(role for role in Role if role.value in named)


def name_in(claims: Mapping[str, Any]) -> str:
    """The name that the provider gives, if it can be shown as one."""
    name = claims.get("name")
    shown = name.strip() if isinstance(name, str) else ""
    return shown if shown.isprintable() and len(shown) <= LONGEST_NAME else ""


def _within(claims: Mapping[str, Any], path: list[str]) -> Any:
    found: Any = claims
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
