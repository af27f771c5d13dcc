"""What the Alliance's own process has done for it: the directory, its yearly documents, word to the countries."""

import asyncio
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from temporalio import activity
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities import hlpf_digest, mwg_report
from activities.year_records import country_years
from contracts.alliance import Compilation, Compiled, CountryAnswer, Directory, PassingOn, passed_on_id
from contracts.messages import REFUSED, Envelope, Receipt
from contracts.names import ALLIANCE_CODE, COUNTRY, SUBMIT, country_id
from framework.findings import Finding
from framework.records.alliance import Appointment
from framework.terms import Confidentiality, Role
from storage import uploads
from storage.directory import SeatHolder, put_appointments
from storage.documents import Documents
from storage.engine import Database

REPORTS = "reports"
"""The folder of the document store in which the Alliance's yearly documents lie as data."""

AT_ONCE = 8
"""So many countries are told at the same time."""

ANSWER_WITHIN = 20.0
"""Seconds for a country's answer; one that is silent is asked again later, under the same message id."""

_FINDINGS = TypeAdapter(list[Finding])


class AllianceActivities:
    """The activities of the Alliance's process, over the read model, the documents and the countries."""

    def __init__(self, database: Database, documents: Documents, client: Client) -> None:
        self._database = database
        self._documents = documents
        self._client = client

    @activity.defn(name="write_directory")
    async def write_directory(self, directory: Directory) -> None:
        """Makes the directory in the read model what it is at its revision; an older one changes nothing."""
        holders = [_holder(one) for one in directory.holders]
        await put_appointments(self._database, holders, directory.revision)

    @activity.defn(name="compile_hlpf_digest")
    async def compile_hlpf_digest(self, order: Compilation) -> Compiled:
        """REP-11: the digest of all final reports of a year, as data and as Markdown that everybody may read."""
        years = await country_years(self._database, order.year, hlpf_digest.KINDS)
        found = hlpf_digest.data(order, years)
        kept = await self._keep(order, found, hlpf_digest.text(found), Confidentiality.PUBLIC)
        kept.without, kept.lines = hlpf_digest.without(years), hlpf_digest.lines(found)
        return kept

    @activity.defn(name="compile_mwg_report")
    async def compile_mwg_report(self, order: Compilation) -> Compiled:
        """REV-06: all countries' reviews, flags, lapses and combinations of a year, for the reviewers."""
        years = await country_years(self._database, order.year, mwg_report.KINDS)
        found = mwg_report.data(order, years)
        kept = await self._keep(order, found, mwg_report.text(found), Confidentiality.REVIEWERS)
        kept.lines, kept.points = mwg_report.lines(found), mwg_report.points(found)
        return kept

    @activity.defn(name="tell_countries")
    async def tell_countries(self, order: PassingOn) -> list[CountryAnswer]:
        """Submits the same to every country that was not told yet. Doing it again changes nothing in a country."""
        codes = order.countries if order.countries is not None else await self._living()
        turn = asyncio.Semaphore(AT_ONCE)
        untold = [code for code in sorted(codes) if code not in order.told]
        return list(await asyncio.gather(*(self._told(order, code, turn) for code in untold)))

    async def _keep(
        self, order: Compilation, found: dict[str, Any], text: bytes, confidentiality: Confidentiality
    ) -> Compiled:
        data = await self._documents.keep_json(REPORTS, found)
        version = "draft" if order.draft else str(order.number)
        upload = uploads.Upload(
            country=ALLIANCE_CODE,
            name=f"{order.kind.replace('_', '-')}-{order.year}-{version}.md",
            by="pathfinder",
            role=Role.SYSTEM,
            at=order.made_at,
            confidentiality=confidentiality,
        )
        stored = await uploads.keep(self._database, self._documents, upload, text)
        return Compiled(document=stored.ref, data=data, countries=_codes(found["countries"]))

    async def _living(self) -> list[str]:
        query = f"WorkflowType = '{COUNTRY}' AND ExecutionStatus = 'Running'"
        prefix = country_id("")
        return [found.id.removeprefix(prefix) async for found in self._client.list_workflows(query)]

    async def _told(self, order: PassingOn, code: str, turn: asyncio.Semaphore) -> CountryAnswer:
        async with turn:
            answer = await self._tell(order, code)
        activity.heartbeat(code)
        return answer

    async def _tell(self, order: PassingOn, code: str) -> CountryAnswer:
        handle = self._client.get_workflow_handle(country_id(code))
        message = passed_on_id(order.message_id, code)
        envelope = Envelope(message_id=message, actor=order.actor, submission=order.submission)
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await handle.execute_update(SUBMIT, envelope, id=message, result_type=Receipt)
        except WorkflowUpdateFailedError as error:
            return _refused(code, error)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return CountryAnswer(code=code, answer="unanswered")
        except RPCError as error:
            return CountryAnswer(
                code=code, answer="gone" if await self._is_gone(code, error) else "unanswered"
            )
        return CountryAnswer(code=code, answer="accepted")

    async def _is_gone(self, code: str, error: RPCError) -> bool:
        """A country between two runs can be missed once: only one without any process is gone."""
        if error.status is not RPCStatusCode.NOT_FOUND:
            return False
        try:
            found = await self._client.get_workflow_handle(country_id(code)).describe()
        except RPCError as again:
            return again.status is RPCStatusCode.NOT_FOUND
        return found.status is not WorkflowExecutionStatus.RUNNING


def _holder(one: Appointment) -> SeatHolder:
    assert one.role is not None  # the rules let no appointment in without it, or without its first day
    assert one.from_on is not None
    return SeatHolder(
        id=one.id,
        role=one.role.value,
        seat=one.seat,
        name=one.name,
        email=one.email,
        language=one.language,
        from_on=one.from_on,
        until_on=one.until_on,
        digest=one.digest,
    )


def _refused(code: str, error: WorkflowUpdateFailedError) -> CountryAnswer:
    cause = error.cause
    if not isinstance(cause, ApplicationError) or cause.type != REFUSED:
        return CountryAnswer(code=code, answer="unanswered")
    try:
        reasons = _FINDINGS.validate_python(cause.details[0] if cause.details else [])
    except ValidationError:
        reasons = []
    return CountryAnswer(code=code, answer="refused", reasons=reasons)


def _codes(countries: Iterable[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in countries]
