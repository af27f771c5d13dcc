"""The one place at which the API records acts and denied attempts (decision 0014).

Before an act can reach a country, a row says that it is attempted; when it is over, a second row says what became of it.
Both are on the disk before anything is acknowledged. What is denied has one row. What only reads has none, unless it
reads what was given in confidence, opens payloads, or takes something out.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError

from api.audited_request import (
    READ_BY_POST,
    READING_METHODS,
    READS_EVIDENCE,
    RECORDED_READS,
    answered,
    changes,
    country_of,
    given_in,
    holds_evidence,
    kept,
    message_of,
    object_of,
    outcome_of,
    outcome_of_status,
    read_ahead,
)
from api.client_address import client_address
from api.floods import Floods
from contracts.rows import CountryRow
from storage import audit, reading
from storage.audit import Act, Outcome
from storage.engine import Database

log = logging.getLogger(__name__)


@dataclass
class Trail:
    """What the audit learns of one request. `operation` and `action`: the route's, and its line in the table of access.

    `principal`: who it is, once that is known.
    """

    database: Database
    floods: Floods
    now: Callable[[], datetime]
    request: Request
    operation: str
    action: str
    principal: Any = None
    attempt: int = 0
    before: CountryRow | None = None

    @property
    def acts(self) -> bool:
        """Whether the request may change something."""
        return self.request.method not in READING_METHODS and self.operation not in READ_BY_POST

    async def begin(self) -> None:
        """Records that somebody who may do this attempts it, with what was given.

        Raises what the database raises: then it is not done.
        """
        if not self.acts:
            return
        await read_ahead(self.request)
        given = given_in(self.request)
        code = country_of(self.request, given)
        self.before = await reading.country(self.database, code) if code else None
        attempted = self._act(Outcome.ATTEMPTED, given, detail=_told(given))
        self.attempt = await audit.record(self.database, attempted)

    async def end(self, response: Response) -> None:
        """Records what was done, before it is acknowledged. Raises what the database raises: it then is not."""
        if self.acts:
            await audit.record(self.database, await self._done(response))
        elif self.operation in RECORDED_READS or (
            self.operation in READS_EVIDENCE and holds_evidence(response)
        ):
            await self.floods.note(self.database, self._act(outcome_of_status(response.status_code)))

    async def fail(self, error: Exception) -> None:
        """Records why nothing came of it. Without a database there is no row but that of the attempt."""
        bound = getattr(self.principal, "for_country", None)
        if bound is None:
            bound = bool(self.principal and self.principal.country)
        outcome, reasons = outcome_of(error, bound=bound)
        if not self.attempt and outcome is not Outcome.DENIED:
            return
        act = self._act(outcome, given_in(self.request), reasons=reasons)
        try:
            if self.attempt:
                await audit.record(self.database, act)
            else:
                await self.floods.note(self.database, act)
        except SQLAlchemyError as away:
            log.error("an outcome could not be recorded: %s", type(away).__name__)

    async def _done(self, response: Response) -> Act:
        given, answer = given_in(self.request), answered(response)
        code = country_of(self.request, given)
        after = await reading.country(self.database, code) if code else None
        old, new = changes(self.before, after)
        detail = {"before": kept(old) if old else "", "after": kept(new) if new else ""}
        became = {f"event_{name}": _whole((answer or {}).get(name)) for name in ("entry", "revision")}
        status = response.status_code
        outcome = outcome_of_status(status)
        reasons = ("pending",) if status == 202 else () if outcome is Outcome.DONE else (str(status),)
        return self._act(outcome, given, answer, reasons=reasons, detail=detail, **became)

    def _act(
        self,
        outcome: Outcome,
        given: Any = None,
        answer: Any = None,
        *,
        detail: dict[str, Any] | None = None,
        **more: Any,
    ) -> Act:
        who = self.principal
        mandate = getattr(who, "mandate", None)
        person = {"name": getattr(who, "name", ""), "client": client_address(self.request)}
        return Act(
            at=self.now(),
            outcome=outcome,
            action=self.action,
            person=getattr(who, "person", "") or getattr(self.request.state, "signed_in", ""),
            role=who.role.value if who else "",
            mandate=getattr(mandate, "source", "") or getattr(mandate, "seat", "") or "",
            country=country_of(self.request, given) or getattr(who, "country", ""),
            object=object_of(self.request, self.operation, answer),
            message=message_of(self.request, given) if self.acts else "",
            refers_to=(self.attempt,) if self.attempt else (),
            detail=person | (detail or {}),
            **more,
        )


def _told(given: Any) -> dict[str, Any]:
    if given is None:
        return {}
    behalf = given.get("on_behalf_of", "") if isinstance(given, dict) else ""
    return {"given": kept(given), "on_behalf_of": behalf}


def _whole(value: object) -> int | None:
    return value if type(value) is int else None
