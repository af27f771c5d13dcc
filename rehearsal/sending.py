"""Sends what a script says as its sender would: registrations, submissions, decisions, any signal. Tells the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowUpdateFailedError
from temporalio.common import RawValue, SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from contracts import names
from contracts.messages import REFUSED, Actor, AnySubmission, DecisionAnswer, Envelope, Receipt
from contracts.starting import ImportedCountry, Registration, imported, registered
from contracts.state import CountryState
from framework import obligations
from framework.records import ExpressionOfInterest
from framework.terms import Role, Status
from rehearsal import templates
from rehearsal.calendar_words import Setting, fill
from rehearsal.expectations import plain
from rehearsal.scenario import Person
from rehearsal.script import Script, Step
from rehearsal.seen import handle
from rehearsal.stage import Stage
from storage.reading import country
from workflows.process.decided import digest_of
from workflows.process.decision_signals import understood

SUBMISSION: TypeAdapter[Any] = TypeAdapter(AnySubmission)
EXPRESSION = TypeAdapter(ExpressionOfInterest)


@dataclass(kw_only=True)
class Answer:
    """What became of one event: accepted, refused (with the keys of all reasons), started, sent or done."""

    line: int
    at: datetime
    what: str
    by: str = ""
    answer: str = ""
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    note: str = ""
    sha256: str = ""


class Sender:
    """Sends to one country, at the present of the stage's clock."""

    def __init__(self, script: Script, on: Stage) -> None:
        self.script = script
        self.on = on
        self.entries: dict[str, int] = {}
        self.started = False

    async def bring_in(self) -> Answer:
        """Starts the country, unless its expression of interest is refused."""
        script, start = self.script, self.script.start
        if start.apply is not None:
            answer = Answer(line=script.start_line, at=script.begins, what="expression_of_interest")
            return await self._register(answer, script.content, start.by, script.received_on, "start")
        await self._run(imported(ImportedCountry.model_validate(script.content)))
        return Answer(line=script.start_line, at=script.begins, what="import", answer="started")

    async def apply(self, step: Step) -> Answer:
        """An expression of interest once more, of a country that has withdrawn: numbers go on from before."""
        answer = Answer(line=step.line, at=step.moment, what="expression_of_interest")
        content, message = fill(step.content, self.setting(step)), step.event.message or f"apply-{step.line}"
        return await self._register(answer, content, step.event.by, step.received_on, message)

    async def submit(self, step: Step) -> Answer:
        """A submission, answered by a receipt or by all the reasons against it."""
        event = step.event
        actor = await self._actor(event.by or templates.sender(event.submit))
        answer = Answer(line=step.line, at=step.moment, what=event.submit, by=_who(actor))
        envelope = Envelope(
            message_id=event.message or f"{event.submit}-{step.moment:%Y%m%d%H%M}-{step.line}",
            actor=actor,
            submission=SUBMISSION.validate_python(fill(step.content, self.setting(step))),
            on_behalf_of=event.on_behalf_of,
            received_on=step.received_on,
            task=str(fill(event.task, self.setting(step))),
        )
        receipt = await self._hand_in(envelope, answer)
        if receipt is not None and event.called:
            self.entries[event.called] = receipt.entry
        return answer

    async def decide(self, step: Step) -> Answer:
        """A decision of the GCM. Its answer comes later: `answered` fetches it."""
        event = step.event
        content = plain(fill(step.content, self.setting(step)))
        kind = event.decide.value if event.decide else ""
        key = event.id or content.get("id") or f"{kind}-{step.moment:%Y-%m-%d}"
        sent = {**content, "id": key}
        await self._signal(names.GCM_DECISION, sent)
        meant = understood(sent)
        return Answer(
            line=step.line,
            at=step.moment,
            what=f"decision {kind}",
            by=key,
            answer="sent",
            sha256="" if isinstance(meant, str) else digest_of(meant),
        )

    async def answered(self, answer: Answer) -> None:
        """Fills in what the country has answered to a decision."""
        process = handle(self.on, self.script.country)
        found: DecisionAnswer = await process.query(
            "decision", args=[answer.by, answer.sha256], result_type=DecisionAnswer
        )
        if found.answer == "pending":  # a refused decision of an archived run is known by its id alone
            found = await process.query("decision", answer.by, result_type=DecisionAnswer)
        answer.answer = found.answer
        answer.reasons = [finding.key for finding in found.reasons]
        answer.warnings = [finding.key for finding in found.warnings]

    async def signal(self, step: Step) -> Answer:
        """Any signal with any content, or with bytes that may be anything."""
        event = step.event
        if {"raw", "encoding"} & event.model_fields_set:
            payload = Payload(metadata={"encoding": event.encoding.encode()}, data=event.raw.encode())
            await self._signal(event.signal, RawValue(payload))
        elif "payload" in event.model_fields_set:
            await self._signal(event.signal, plain(fill(event.payload, self.setting(step))))
        else:
            await self._signal(event.signal)
        return Answer(line=step.line, at=step.moment, what=f"signal {event.signal}", answer="sent")

    def setting(self, step: Step) -> Setting:
        """What the blanks of a step stand for by now; an event that was refused became no entry (0)."""
        called = {one.event.called: 0 for one in self.script.steps if one.event.called}
        return Setting(
            today=step.moment.date(), country=self.script.country, entries={**called, **self.entries}
        )

    async def _register(
        self,
        answer: Answer,
        content: dict[str, Any],
        by: Role | Person | None,
        received: date | None,
        message: str,
    ) -> Answer:
        expression = EXPRESSION.validate_python({key: one for key, one in content.items() if key != "kind"})
        actor = await self._actor(by or Role.SECRETARIAT)
        answer.by = _who(actor)
        context = obligations.Context(
            status=Status.CANDIDATE,
            today=answer.at.astimezone(UTC).date(),
            samples_allowed=True,
            policy=self.script.policy,
        )
        findings = obligations.check(expression, context)
        answer.warnings = [finding.key for finding in findings.warnings]
        answer.reasons = [finding.key for finding in findings.problems]
        if findings.ok:
            before = await self._state() if self.started else None
            registration = Registration(
                message_id=message, actor=actor, expression=expression, received_on=received
            )
            await self._run(registered(registration, before))
        answer.answer = "started" if findings.ok else "refused"
        return answer

    async def _run(self, state: CountryState) -> None:
        await self.on.clock.client.start_workflow(
            names.COUNTRY,
            state.model_copy(update={"policy": self.script.policy}),
            id=names.country_id(state.code),
            task_queue=names.TASK_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=TypedSearchAttributes([SearchAttributePair(names.CODE_ATTRIBUTE, state.code)]),
            static_summary=f"{state.name} ({state.code})",
        )
        self.started = True

    async def _hand_in(self, envelope: Envelope, answer: Answer) -> Receipt | None:
        try:
            receipt: Receipt = await handle(self.on, self.script.country).execute_update(
                names.SUBMIT, envelope, id=envelope.message_id, result_type=Receipt
            )
        except WorkflowUpdateFailedError as error:
            answer.answer, answer.reasons = "refused", _reasons(error)
            return None
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            answer.answer, answer.reasons = "refused", ["process.ended"]
            return None
        answer.answer, answer.warnings = "accepted", [finding.key for finding in receipt.warnings]
        return receipt

    async def _signal(self, name: str, *content: Any) -> None:
        await handle(self.on, self.script.country).signal(name, args=content)

    async def _actor(self, by: Role | Person) -> Actor:
        person = by if isinstance(by, Person) else Person(role=by)
        name, own = person.name, person.country
        if person.role is Role.FOCAL_POINT:
            own = own if own is not None else self.script.country
            name = name or await self._focal_point()
        return Actor(role=person.role, name=name or templates.person(person.role), country=own or "")

    async def _focal_point(self) -> str:
        row = await country(self.on.database, self.script.country) if self.started else None
        return row.focal_point.name if row else ""

    async def _state(self) -> CountryState:
        found: CountryState = await handle(self.on, self.script.country).query(
            "state", result_type=CountryState
        )
        return found


def _who(actor: Actor) -> str:
    return f"{actor.name} ({actor.role.value})"


def _reasons(error: WorkflowUpdateFailedError) -> list[str]:
    cause = error.cause
    if not isinstance(cause, ApplicationError) or cause.type != REFUSED:
        return [f"failed: {cause or error}"]
    found = cause.details[0] if cause.details else []
    return [str(one["key"]) for one in found]
