"""Whether the process lives, and whether the installation is ready: each part by name, without a token."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from access.table import Action
from api.deps import InstalledParts, Parts, open_to_all
from api.problems import RETRY_AFTER_SECONDS
from storage.schema import pending

router = APIRouter(prefix="/health", tags=["health"], dependencies=[open_to_all(Action.READ_HEALTH)])

NO_MAILBOX = "no return mailbox is set (PATHFINDER_IMAP_HOST): messages that come back are not noticed"

PATIENCE = 3.0
"""Seconds that a part has for its sign of life."""

State = Literal["up", "down", "off"]


class PartState(BaseModel):
    """One part: up, down, or off because nothing is set for it; whether the API needs it; and what is wrong."""

    state: State
    needed: bool
    detail: str = ""


class Readiness(BaseModel):
    """Ready when every needed part is up. Mail is not needed: it waits and is delivered later."""

    state: Literal["up", "down"]
    parts: dict[str, PartState]


class Live(BaseModel):
    """The process answers."""

    state: Literal["up"] = "up"


@router.get("/live", operation_id="is_live")
async def is_live() -> Live:
    """Whether this process answers at all."""
    return Live()


async def readiness_of(parts: InstalledParts) -> Readiness:
    """Every part of the installation with its sign of life."""
    checks: dict[str, tuple[bool, Callable[[Parts], Awaitable[str]]]] = {
        "temporal": (True, _temporal),
        "worker": (True, _worker),
        "database": (True, _database),
        "documents": (True, _documents),
        "mail": (False, _mail),
        "returns": (False, _returns),
    }
    states = await asyncio.gather(*(_state(needed, check(parts)) for needed, check in checks.values()))
    found = dict(zip(checks, states, strict=True))
    if not parts.settings.imap_host:
        found["returns"] = PartState(state="off", needed=False, detail=NO_MAILBOX)
    down = any(part.needed and part.state == "down" for part in found.values())
    return Readiness(state="down" if down else "up", parts=found)


@router.get(
    "/ready",
    operation_id="is_ready",
    responses={503: {"model": Readiness, "description": "A needed part is down; `parts` says which."}},
)
async def is_ready(response: Response, readiness: Annotated[Readiness, Depends(readiness_of)]) -> Readiness:
    """Whether every needed part is up; 503 says which is not."""
    if readiness.state == "down":
        response.status_code = 503
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return readiness


async def _state(needed: bool, check: Awaitable[str]) -> PartState:
    try:
        async with asyncio.timeout(PATIENCE):
            detail = await check
    except TimeoutError:
        detail = f"does not answer within {PATIENCE:g} seconds"
    except Exception:  # whatever it is: the part is down, and its insides are not for everybody
        detail = "does not answer"
    return PartState(state="down" if detail else "up", needed=needed, detail=detail)


async def _temporal(parts: Parts) -> str:
    await parts.processes.ping()
    return ""


async def _worker(parts: Parts) -> str:
    return "" if await parts.processes.workers() else "no worker asks for work"


async def _database(parts: Parts) -> str:
    await parts.database.ping()
    return "its schema is not up to date: run `pathfinder migrate`" if await pending(parts.database) else ""


async def _documents(parts: Parts) -> str:
    await parts.documents.ping()
    return ""


async def _returns(parts: Parts) -> str:
    if parts.settings.imap_host:
        _, writer = await asyncio.open_connection(parts.settings.imap_host, parts.settings.imap_port)
        writer.close()
    return ""


async def _mail(parts: Parts) -> str:
    settings: Any = parts.settings
    _, writer = await asyncio.open_connection(settings.smtp_host, settings.smtp_port)
    writer.close()
    return ""
