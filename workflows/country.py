"""A country for as long as it takes: one durable workflow, one run per yearly cycle (candidacy before the first).

This is the shell: it waits, takes messages and makes effects happen. What things mean stands in `workflows.process`,
what is lawful in `framework`. Nothing that arrives here can fail or wedge the country.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeUpdate
from temporalio.exceptions import ApplicationError

from contracts import names
from contracts.messages import Envelope, Receipt, Refusal
from contracts.personal import Erased, Erasure
from contracts.state import Arrived, CountryState
from framework.findings import problem
from workflows import erasing, inbox, options, post, sealed
from workflows.acting import act_on, not_understood
from workflows.alarm import Alarm
from workflows.answering import Answers
from workflows.attributes import search_attributes, shows
from workflows.burden import Burden
from workflows.issuing import Issuing
from workflows.process import beginning, doors, examining, failures, moments, view
from workflows.process.ledger import Ledger
from workflows.refusing import refusal

KEPT_REFUSALS = 20

SPARING = "2026-11-26-one-timer-one-activity"
"""Runs with this patch keep their timer over a wake, write rows and post mail by one activity, and do not repeat the
search attributes that they were given."""

AT_ONCE = "2026-11-27-rows-within-the-task"
"""Runs with this patch do all that, and write rows and post mail within the workflow task that asks for it."""


@workflow.defn(name=names.COUNTRY)
class CountryWorkflow(Answers):
    """One country. Its whole state is the argument with which it starts and continues as new."""

    @workflow.init
    def __init__(self, state: CountryState) -> None:
        self.state = state
        self.updates = 0
        self.at_once = workflow.patched(AT_ONCE)
        self.sparing = self.at_once or workflow.patched(SPARING)
        self.alarm = Alarm()
        self.writing: asyncio.Task[None] | None = None
        self.issuing = Issuing(self._ledger)
        self.attributes: Sequence[SearchAttributeUpdate] = []  # type: ignore[type-arg]
        beginning.begin(self._ledger())
        self.burden = Burden(len(state.model_dump_json()))
        self._publish()

    @workflow.run
    async def run(self, state: CountryState) -> None:
        """Lives through one cycle, then continues as new; ends only when the country has withdrawn."""
        while True:
            self._take_in()
            self._write()
            if await post.start_children(self.state):
                await self._continue(archive=False)
            if not self.writing and not self._unread() and not self.issuing.busy and self.state.ended:
                await self._end()
                return
            if not self.writing and (self._run_is_long() or self._year_can_close()):
                await self._continue(archive=self.state.outbox.archive_cycle or self.burden.heavy)
            await self._wait()

    # --- messages

    @workflow.update(name=names.SUBMIT, description="Hand in or register something; answered with a receipt")
    def submit(self, envelope: Envelope) -> Receipt:
        """Enters a submission. The same message again gets its first receipt."""
        known = self.state.handled.get(envelope.message_id)
        if known is not None:
            return known
        self.updates += 1
        before = self.state.model_dump_json()
        try:
            receipt = doors.accept(self._ledger(), envelope)
        except Exception as error:  # any other exception would wedge the country instead of answering
            self.state = CountryState.model_validate_json(before)
            raise ApplicationError(
                f"failed inside: {error}", type=type(error).__name__, non_retryable=True
            ) from error
        self.burden.take(len(envelope.model_dump_json()))
        self._publish()
        return receipt

    @submit.validator
    def examine(self, envelope: Envelope) -> None:
        """Refuses what the rules refuse, with all reasons; a refused submission leaves no trace."""
        if envelope.message_id in self.state.handled:
            return
        if self.burden.full:
            raise refusal(problem("submission.try_later"))
        findings = examining.examine(self.state, envelope, workflow.now())
        if not findings.ok:
            raise refusal(findings)

    @workflow.signal(
        dynamic=True, description="gcm_decision: a decision of the GCM; nudge: wakes the country"
    )
    def receive(self, name: str, values: Sequence[RawValue]) -> None:
        """Takes any signal into the inbox; it is read, judged and answered by the main loop."""
        if len(self.state.inbox) >= options.INBOX_LIMIT or self.burden.full:
            self._refuse(name[:100], "more has come than can be kept at once; send it again later", "")
            return
        values = sealed.as_it_came(values)
        self.burden.take(inbox.weight(values))
        self.state.inbox.append(inbox.arrived(name, values, workflow.now()))

    @workflow.update(
        name=names.ERASE_PERSON, description="Forgets a person, in all that is carried and archived"
    )
    async def erase_person(self, erasure: Erasure) -> Erased:
        """Afterwards only the pseudonym is on record. The same again changes nothing."""
        erased = await erasing.erase(lambda: self.state, erasure)
        if erased.changed:
            self.state.outbox.touched = view.all_of_it(self.state)
            Ledger(state=self.state, now=workflow.now(), by=erasure.actor).note("person_erased")
        return erased

    @erase_person.validator
    def may_erase(self, erasure: Erasure) -> None:
        """Refuses while the person is a contact of the country."""
        people = (self.state.focal_point, *self.state.deputies)
        erasing.examine(erasure, {address for one in people for address in (one.email, one.second_email)})

    @workflow.query(description="True when nothing is unread, unwritten or unposted")
    def settled(self) -> bool:
        """Whether the country has nothing left to do at this moment."""
        busy = self.writing or self._unread() or self.issuing.busy
        return not (busy or self.state.outbox.archive_cycle)

    # --- the steps of a run

    def _ledger(self) -> Ledger:
        return Ledger(state=self.state, now=workflow.now())

    def _take_in(self) -> None:
        """Reads the inbox, then lets happen what is due; both are answered in the state at once."""
        for _ in range(min(len(self.state.inbox), options.MESSAGES_AT_ONCE)):
            self._read(self.state.inbox.pop(0))
        if not self.state.ended:
            moments.pass_time(self._ledger())
        self._publish()

    def _read(self, message: Arrived) -> None:
        """One signal. What cannot be understood or fails on the way is put on record as refused."""
        before = ""
        try:
            why = not_understood(message)  # most of a flood: what changes nothing needs no copy of the state
            if not why:
                before = self.state.model_dump_json(exclude={"inbox"})
                why = act_on(self._ledger(), message)
        except Exception as error:  # a country must outlive its own defects
            if before:
                unread, self.state = self.state.inbox, CountryState.model_validate_json(before)
                self.state.inbox = unread
            why = f"failed inside: {type(error).__name__}: {error}"[:300]
        if why:
            self._refuse(message.name, why, message.content)

    def _refuse(self, name: str, why: str, content: Any) -> None:
        state, ledger = self.state, self._ledger()
        excerpt = str(content)[: inbox.EXCERPT] if content else ""
        state.refusal_count += 1
        state.refusals.append(Refusal(at=workflow.now(), message=name, reason=why, excerpt=excerpt))
        state.refusals = state.refusals[-KEPT_REFUSALS:]
        if state.refusal_count % 100 == 0 or len(state.entries) < 1000:
            ledger.note("message_refused", "", name=name, reason=why)

    def _write(self) -> None:
        """Lets effects go out beside the waiting: people are answered also while storage is away."""
        if self.writing and self.writing.done():
            self.writing = None
        if self.writing is None and post.waiting(self.state) and not self._run_is_long():
            self.writing = asyncio.create_task(self._effects())
        self.issuing.go_on(unwritten=self._unwritten())

    async def _effects(self) -> None:
        notes, self.state.outbox.notes = self.state.outbox.notes, []
        for child in await post.tell_children(notes):
            if child == names.alliance_id():
                continue  # a country lives without the Alliance's process too, as in a rehearsal
            self._ledger().note("child_gone", "", child=child)
        refused = await post.write_and_post(self.state, together=self.sparing, at_once=self.at_once)
        failures.rows_refused(self._ledger(), refused)

    async def _wait(self) -> None:
        if (
            self.state.inbox
        ):  # a crowd: the rest in a workflow task of its own, each must end within two seconds
            await workflow.sleep(options.BREATH, summary=f"{len(self.state.inbox)} messages wait")
            return
        moment = moments.next_moment(self.state) if not self.state.ended else None
        if self.sparing:
            self.alarm.set(moment)
            await workflow.wait_condition(self._something_to_do)
            return
        timeout = None
        if moment is not None:
            timeout = max(moment.at - workflow.now(), timedelta(0))
        try:
            await workflow.wait_condition(
                self._something_to_do, timeout=timeout, timeout_summary=moment.summary if moment else None
            )
        except TimeoutError:
            return

    def _something_to_do(self) -> bool:
        if self.state.inbox or self.alarm.rings or (self.writing and self.writing.done()):
            return True
        if self.issuing.wakes(unwritten=self._unwritten()):
            return True
        return self.writing is None and (
            self._unread() or self.state.outbox.archive_cycle or self._run_is_long()
        )

    def _unread(self) -> bool:
        return bool(self.state.inbox) or post.waiting(self.state)

    def _unwritten(self) -> bool:
        return self.writing is not None or post.waiting(self.state)

    def _year_can_close(self) -> bool:
        return self.state.outbox.archive_cycle and not self._unread()

    def _run_is_long(self) -> bool:
        """True when it must continue, at rest or not: a crowd may leave it no rest before the server's limits."""
        long = self.updates >= options.UPDATES_PER_RUN or self.burden.heavy
        return long or workflow.info().is_continue_as_new_suggested()

    async def _continue(self, *, archive: bool) -> None:
        """Ends the run: effects and handlers have finished, a closed cycle is archived, the state goes on whole.

        What is unwritten is carried; the archive, which lets go of what it holds, then waits for a later run.
        """
        if self.writing:
            await self.writing
        if archive and post.waiting(self.state):
            self.writing = asyncio.create_task(self._effects())
            await self.writing
        if archive and not post.waiting(self.state):
            await post.archive(self.state, f"{self.state.code}-{len(self.state.archives) + 1}")
        await self.issuing.at_the_seam()
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(self.state)

    async def _end(self) -> None:
        await post.archive(self.state, f"{self.state.code}-last")
        await workflow.wait_condition(workflow.all_handlers_finished)
        self._publish()

    def _publish(self) -> None:
        """Shows operators where the country stands: search attributes, and details in the Temporal UI."""
        view.stage(self.state, workflow.now())
        workflow.set_current_details(view.details(self.state))
        attributes = search_attributes(self.state)
        if self.sparing and shows(workflow.info().typed_search_attributes, attributes):
            return
        if attributes != self.attributes:
            self.attributes = attributes
            workflow.upsert_search_attributes(attributes)
