"""The one way on which everything that people hand in reaches a country's process."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from access.deciding import may_hand_in
from access.people import Principal
from api.deps import Parts, actor, own_country, parts_of
from api.problems import ProblemError, conflict, not_found
from api.process import NoProcess
from api.references import with_documents
from api.seats import as_spoken
from api.views import ReceiptView
from contracts.messages import AnySubmission, Envelope, Receipt
from framework.obligations import KINDS
from framework.records import Submission
from storage import reading, reading_history

READ_MODEL_PATIENCE = 2.0
READ_MODEL_POLL = 0.025
"""Seconds: how long an accepted submission waits for the read model to show it, and how often it looks."""

READ_MODEL_HEADER = "X-Read-Model"
ENDED = "submission.ended"
TASK_CLOSED = "submission.task_closed"
TASK_UNKNOWN = "submission.task_unknown"
"""The process's refusals that HTTP has a status of its own for."""

Record = TypeVar("Record")
_PLAIN = TypeAdapter(dict[str, Any])

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,200}$",
        description="1 to 200 visible ASCII characters of your choice,"
        " new for each submission and the same when it is repeated.",
        examples=["5f0c1f0e-9d0c-4f43-8a3a-7f2f6f5b9a11"],
    ),
]


class Handed(BaseModel, Generic[Record]):
    """What is handed in, and by which way it came.

    `on_behalf_of`: for whom the Secretariat acts (GEN-05). `received_on`: the day on which it came on paper.
    """

    model_config = ConfigDict(extra="forbid")

    submission: Record
    on_behalf_of: Annotated[str, Field(max_length=200)] = ""
    received_on: date | None = None


class AnyHanded(Handed[AnySubmission]):
    """A submission of any kind.

    `task` names the task that it completes, where the kind alone does not tell.
    """

    task: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True)
class Door:
    """The way in, for one request: it hands in, waits until it shows, and answers with the receipt."""

    parts: Parts
    key: str
    response: Response

    async def hand_in(
        self, code: str, principal: Principal, handed: Handed[Any], task: str = ""
    ) -> ReceiptView:
        """The receipt of an accepted submission; raises ProblemError with all that stands against it."""
        own_country(principal, code)
        _role_may(principal, handed.submission)
        envelope = await self._envelope(code, principal, handed, task)
        receipt = await self._submit(code, envelope)
        await self.wait_for(code, receipt.revision)
        await self._same(code, envelope, receipt)
        return ReceiptView.of(receipt)

    async def wait_for(self, code: str, revision: int) -> None:
        """Waits for the read model to show a revision, and says in a header whether it does."""
        shows = await reached(self.parts, code, revision)
        self.response.headers[READ_MODEL_HEADER] = "current" if shows else "behind"

    async def _envelope(self, code: str, principal: Principal, handed: Handed[Any], task: str) -> Envelope:
        spoken = as_spoken(principal, code, handed.submission)
        submission: Submission = await with_documents(spoken, code, self.parts.database, principal)
        return Envelope(
            message_id=self.key,
            actor=actor(principal),
            submission=submission,
            on_behalf_of=handed.on_behalf_of,
            received_on=handed.received_on,
            task=task,
        )

    async def _submit(self, code: str, envelope: Envelope) -> Receipt:
        try:
            return await self.parts.processes.submit(code, envelope)
        except NoProcess:
            raise await no_process(self.parts, code) from None
        except ProblemError as error:
            raise _with_status(error) from error

    async def _same(self, code: str, envelope: Envelope, receipt: Receipt) -> None:
        """A key that was used before for something else must not pass off that receipt as this one's."""
        entry = await reading_history.entry(self.parts.database, code, receipt.entry)
        if entry is None or entry.message != envelope.message_id:
            return
        kind, sender = envelope.submission.kind, envelope.actor
        same = (entry.kind, entry.role, entry.by) == (kind, sender.role.value, sender.name)
        if not (same and await self._same_content(code, envelope, receipt, entry.year)):
            raise conflict(
                f"The Idempotency-Key {self.key!r} was used before, for entry {entry.number} ({entry.kind})."
                " Nothing was changed now: choose a new key for a new submission."
            )

    async def _same_content(self, code: str, envelope: Envelope, receipt: Receipt, year: int | None) -> bool:
        if receipt.version is None:
            return True
        kind = envelope.submission.kind
        stored = await reading_history.version(self.parts.database, code, kind, receipt.version, year)
        if stored is None or stored.body is None:
            return True
        handed: dict[str, Any] = _PLAIN.dump_python(asdict(envelope.submission), mode="json")
        return stored.body == handed


def _door(
    response: Response, idempotency_key: IdempotencyKey, parts: Annotated[Parts, Depends(parts_of)]
) -> Door:
    return Door(parts, idempotency_key, response)


WayIn = Annotated[Door, Depends(_door)]


async def reached(parts: Parts, code: str, revision: int) -> bool:
    """Whether the read model shows a revision of a country, within the time that a caller is kept waiting."""
    try:
        async with asyncio.timeout(READ_MODEL_PATIENCE):
            while True:
                row = await reading.country(parts.database, code)
                if row is not None and row.revision >= revision:
                    return True
                await asyncio.sleep(READ_MODEL_POLL)
    except TimeoutError:
        return False


async def no_process(parts: Parts, code: str) -> ProblemError:
    """Why nothing could be handed to a country: it was never there, or its process has ended."""
    row = await reading.country(parts.database, code)
    if row is None:
        return not_found(f"country {code}")
    return conflict(f"The process of {row.name} ({code}) has ended: its status is {row.status.value}.")


def _role_may(principal: Principal, submission: Submission) -> None:
    if not may_hand_in(principal.acts_as, submission.kind):
        able = ", ".join(sorted(role.value for role in KINDS[submission.kind].roles))
        raise ProblemError(
            403, f"The role {principal.role.value} may not hand in {submission.kind}. Who may: {able}."
        )


def _with_status(error: ProblemError) -> ProblemError:
    keys = {found.key for found in error.findings}
    status = 404 if TASK_UNKNOWN in keys else 409 if keys & {ENDED, TASK_CLOSED} else error.status_code
    return ProblemError(status, error.detail, error.findings, slug=error.slug, headers=error.headers)
