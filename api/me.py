"""Whom the token speaks for."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from access.deciding import may
from access.table import Action
from api.deps import GuardedRoute, Reader
from api.description import errors
from framework.terms import Role

router = APIRouter(tags=["person"], route_class=GuardedRoute)


class Me(BaseModel):
    """The person behind a token: role, name, country (of a mandate for one, or of a seat), what the role may do,
    until when (UTC)."""

    role: Role
    name: str
    country: str
    may: list[Action]
    until: datetime


@router.get("/me", operation_id="read_me", responses=errors(403))
async def read_me(principal: Reader) -> Me:
    """Your role, and how long the token is valid."""
    able = sorted(action for action in Action if may(principal, action))
    return Me(
        role=principal.role, name=principal.name, country=principal.country, may=able, until=principal.until
    )
