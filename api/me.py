"""Whom the token speaks for."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from api.access import ALLOWED, Action
from api.deps import GuardedRoute, Reader
from api.description import errors
from framework.terms import Role

router = APIRouter(tags=["person"], route_class=GuardedRoute)


class Me(BaseModel):
    """The person behind a token: role, name, country (focal points only), what the role may do,
    until when (UTC)."""

    role: Role
    name: str
    country: str
    may: list[Action]
    until: datetime


@router.get("/me", operation_id="read_me", responses=errors(403))
async def read_me(principal: Reader) -> Me:
    """Your role, and how long the token is valid."""
    may = sorted(action for action, roles in ALLOWED.items() if principal.role in roles)
    return Me(
        role=principal.role, name=principal.name, country=principal.country, may=may, until=principal.until
    )
