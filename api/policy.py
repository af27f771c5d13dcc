"""The policy: dates, periods and ladders that the framework leaves open,
of the edition and of each country."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel

from access.people import Principal
from access.table import Action
from api.deps import Code, Country, GuardedRoute, InstalledParts, Reader, allow
from api.description import errors
from api.examples import POLICIES
from api.handing_in import Handed, WayIn, no_process
from api.process import NoProcess
from api.views import ReceiptView
from framework.editions import CURRENT, edition
from framework.policy import Policy
from framework.records import PolicyChange

router = APIRouter(tags=["policy"], route_class=GuardedRoute)


class PolicyView(BaseModel):
    """A policy.

    `next`: the settings for cycles that open from now on, where they differ from those under way.
    """

    edition: str
    policy: dict[str, Any]
    next: dict[str, Any] | None = None


@router.get("/policy", operation_id="read_policy", responses=errors(403))
async def read_policy(_: Reader) -> PolicyView:
    """The policy of the current edition: the defaults of this system, not rules of the framework."""
    return PolicyView(edition=CURRENT, policy=asdict(edition(CURRENT).policy))


@router.get("/countries/{code}/policy", operation_id="read_country_policy", responses=errors(403, 404, 409))
async def read_country_policy(country: Country, parts: InstalledParts) -> PolicyView:
    """The policy under which a country's cycle runs, as its process knows it,
    and the one that its next cycle will have."""
    try:
        state = await parts.processes.state(country.code)
    except NoProcess:
        raise await no_process(parts, country.code) from None
    return PolicyView(edition=state.edition, policy=asdict(state.policy), next=_settings(state.next_policy))


@router.post("/countries/{code}/policy", operation_id="change_policy", responses=errors(403, 404, 409, 413))
async def change_policy(
    code: Code,
    handed: Annotated[Handed[PolicyChange], Body(openapi_examples=POLICIES)],
    principal: Annotated[Principal, allow(Action.CHANGE_POLICY)],
    door: WayIn,
) -> ReceiptView:
    """Change settings for a country's cycles that open from now on;
    the one under way keeps its own (REP-02)."""
    return await door.hand_in(code, principal, handed)


def _settings(policy: Policy | None) -> dict[str, Any] | None:
    return asdict(policy) if policy else None
