"""The Alliance's own process: directory of seats, policy for all, the digest and the report of each year.

One workflow for as long as the Alliance lives, one run per year (docs/decisions/0004). This is the shell: it waits,
takes messages and makes effects happen; nothing that arrives here can fail or wedge it.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from contracts import names
from contracts.alliance import AllianceEnvelope, AllianceState, Directory
from contracts.messages import REFUSED, Arrived, Receipt, Refusal
from contracts.personal import Erased, Erasure
from contracts.rows import Book
from contracts.state import Entry, MailOrder, Task
from framework.findings import Finding
from framework.terms import OPEN_TASK_STATES
from workflows import (
    alliance_books,
    alliance_doors,
    alliance_effects,
    alliance_year,
    erasing,
    inbox,
    options,
    sealed,
)
from workflows.alliance_books import AllianceLedger
from workflows.process import failures
from workflows.process.moments import Moment
from workflows.process.plain import plain

KEPT_REFUSALS = 20
MOST_ENTRIES = 1000
"""A flood of messages that are refused stops filling the timeline there; they go on being counted."""

COUNTRY_STARTED = "country_started"


@workflow.defn(name=names.ALLIANCE)
class AllianceWorkflow:
    """The Alliance. Its whole state is the argument with which it starts and continues as new."""

    @workflow.init
    def __init__(self, state: AllianceState) -> None:
        self.state = state
        self.updates = 0
        self.writing: asyncio.Task[None] | None = None
        self.rests_until: datetime | None = None
        alliance_year.begin(self._ledger())
        self._publish()

    @workflow.run
    async def run(self, state: AllianceState) -> None:
        """Lives through one year, then continues as new; it never ends."""
        while True:
            self._take_in()
            self._write()
            if self.writing is None and not self.state.inbox and self._run_is_over():
                await self._continue()
            await self._wait()

    # --- messages

    @workflow.update(name=names.SUBMIT, description="Register or hand in something for the whole Alliance")
    def submit(self, envelope: AllianceEnvelope) -> Receipt:
        """Enters a submission. The same message again gets its first receipt."""
        known = self.state.handled.get(envelope.message_id)
        if known is not None:
            return known
        self.updates += 1
        before = self.state.model_copy(deep=True)
        try:
            receipt = alliance_doors.accept(self._ledger(), envelope)
        except Exception as error:  # any other exception would wedge the Alliance instead of answering
            self._restore(before)
            raise ApplicationError(
                f"failed inside: {error}", type=type(error).__name__, non_retryable=True
            ) from error
        self._publish()
        return receipt

    @submit.validator
    def examine(self, envelope: AllianceEnvelope) -> None:
        """Refuses what the rules refuse, with all reasons; a refused submission leaves no trace."""
        if envelope.message_id in self.state.handled:
            return
        findings = alliance_doors.examine(self.state, envelope, workflow.now())
        if not findings.ok:
            keys = ", ".join(finding.key for finding in findings.problems)
            reasons = [_as_json(finding) for finding in findings.problems]
            raise ApplicationError(f"refused: {keys}", reasons, type=REFUSED, non_retryable=True)

    @workflow.signal(dynamic=True, description="country_started: a new country; nudge: wakes the Alliance")
    def receive(self, name: str, values: Sequence[RawValue]) -> None:
        """Takes any signal into the inbox; it is read and judged by the main loop."""
        if len(self.state.inbox) >= options.INBOX_LIMIT:
            self._refuse(name[:100], f"more than {options.INBOX_LIMIT} messages wait unread", "")
            return
        self.state.inbox.append(inbox.arrived(name, sealed.as_it_came(values), workflow.now()))

    @workflow.update(
        name=names.ERASE_PERSON, description="Forgets a person, in all that is carried and archived"
    )
    async def erase_person(self, erasure: Erasure) -> Erased:
        """Afterwards only the pseudonym is on record. The same again changes nothing."""
        erased = await erasing.erase(lambda: self.state, erasure)
        if erased.changed:
            self.state.outbox.touched = alliance_books.all_of_it(self.state)
            self.state.outbox.directory = True
            AllianceLedger(state=self.state, now=workflow.now(), by=erasure.actor).note("person_erased")
        return erased

    @erase_person.validator
    def may_erase(self, erasure: Erasure) -> None:
        """Refuses while the person holds a seat, today or later."""
        today = workflow.now().date()
        held = {one.email for one in self.state.appointments if (one.until_on or date.max) >= today}
        erasing.examine(erasure, held)

    # --- questions

    @workflow.query(name="state", description="The whole carried state")
    def whole(self) -> AllianceState:
        """The state as it would be carried to the next run."""
        return self.state

    @workflow.query(description="Tasks: open ones first, then those closed in this year")
    def tasks(self) -> list[Task]:
        """All tasks of the run."""
        closed = [task for task in self.state.tasks.values() if task.state not in OPEN_TASK_STATES]
        return [*alliance_books.open_tasks(self.state), *closed]

    @workflow.query(description="The timeline of the year under way")
    def timeline(self) -> list[Entry]:
        """Entries of the run, oldest first; earlier ones are in the read model."""
        return self.state.entries

    @workflow.query(description="Who holds which seat, held it of late, or will")
    def directory(self) -> Directory:
        """The directory with its revision."""
        return alliance_books.directory(self.state)

    @workflow.query(description="What a rebuild of the directory reads")
    def seats(self) -> Directory:
        """The same as `directory`."""
        return alliance_books.directory(self.state)

    @workflow.query(description="When the Alliance wakes next, as ISO time in UTC")
    def next_moment(self) -> str | None:
        """The next moment at which time itself makes something happen."""
        moment = alliance_year.next_moment(self.state)
        return moment.at.isoformat() if moment else None

    @workflow.query(description="True when nothing is unread, unwritten, unposted or to be tried at once")
    def settled(self) -> bool:
        """Whether the Alliance has nothing left to do at this moment."""
        busy = self.writing or self.state.inbox or self.state.outbox.archive_cycle
        return not (busy or alliance_effects.waiting(self.state, workflow.now()))

    @workflow.query(description="Messages that are not posted yet")
    def mails(self) -> list[MailOrder]:
        """Mail in the outbox."""
        return self.state.outbox.mails

    @workflow.query(description="What a rebuild of the read model reads")
    def book(self) -> Book:
        """The run's rows and where the archived years lie."""
        return Book(batch=alliance_books.everything(self.state), archives=self.state.archives)

    # --- the steps of a run

    def _ledger(self) -> AllianceLedger:
        return AllianceLedger(state=self.state, now=workflow.now())

    def _restore(self, before: AllianceState) -> None:
        # In place: effects under way hold on to this very state.
        for name in AllianceState.model_fields:
            setattr(self.state, name, getattr(before, name))

    def _take_in(self) -> None:
        """Reads the inbox, then lets happen what is due."""
        while self.state.inbox:
            self._read(self.state.inbox.pop(0))
        alliance_year.pass_time(self._ledger())
        self._publish()

    def _read(self, message: Arrived) -> None:
        """One signal. What cannot be understood or fails on the way is put on record as refused."""
        if message.undecodable:
            self._refuse(message.name, message.undecodable, "")
            return
        before = self.state.model_copy(deep=True)
        try:
            self._act_on(message)
        except Exception as error:  # the Alliance must outlive its own defects
            self._restore(before)
            self._refuse(
                message.name, f"failed inside: {type(error).__name__}: {error}"[:300], message.content
            )

    def _act_on(self, message: Arrived) -> None:
        content = message.content
        if message.name == "nudge":
            return
        if message.name == COUNTRY_STARTED and isinstance(content, dict) and content.get("code"):
            alliance_doors.country_started(self._ledger(), str(content["code"]))
        elif message.name == "mail_failed" and isinstance(content, dict):
            failures.mail_failed(self._ledger(), content)
        elif message.name == names.GCM_DECISION:
            self._refuse(
                message.name, "is for a country: send it to country-CODE, not to the Alliance", content
            )
        else:
            self._refuse(message.name, "is not a message that the Alliance knows", content)

    def _refuse(self, name: str, why: str, content: Any) -> None:
        state = self.state
        excerpt = str(content)[: inbox.EXCERPT] if content else ""
        state.refusal_count += 1
        state.refusals.append(Refusal(at=workflow.now(), message=name, reason=why, excerpt=excerpt))
        state.refusals = state.refusals[-KEPT_REFUSALS:]
        if len(state.entries) < MOST_ENTRIES:
            self._ledger().note("message_refused", name=name, reason=why)

    def _write(self) -> None:
        """Lets effects go out beside the waiting: people are answered also while storage is away."""
        if self.writing and self.writing.done():
            if error := self.writing.exception():
                self._refuse("effects", f"failed inside: {type(error).__name__}: {error}"[:300], "")
                self.rests_until = workflow.now() + alliance_effects.AGAIN
            self.writing = None
        if self.writing is None and self._can_write():
            self.writing = asyncio.create_task(alliance_effects.carry_out(self._ledger))

    def _can_write(self) -> bool:
        now = workflow.now()
        resting = self.rests_until is not None and now < self.rests_until
        return not resting and alliance_effects.waiting(self.state, now)

    async def _wait(self) -> None:
        moment = self._wakes_at()
        timeout = max(moment.at - workflow.now(), timedelta(0)) if moment else None
        try:
            await workflow.wait_condition(
                self._something_to_do, timeout=timeout, timeout_summary=moment.summary if moment else None
            )
        except TimeoutError:
            return

    def _wakes_at(self) -> Moment | None:
        if self.state.outbox.archive_cycle:
            return None  # the moments of the next year belong to the next run
        rest = self.rests_until if self.rests_until and self.rests_until > workflow.now() else None
        moment = alliance_year.next_moment(self.state, attempts=self.writing is None and rest is None)
        if rest is not None and (moment is None or rest < moment.at):
            return Moment(at=rest, kind="again", summary="another attempt")
        return moment

    def _something_to_do(self) -> bool:
        if self.state.inbox or (self.writing and self.writing.done()):
            return True
        return self.writing is None and (self._can_write() or self._run_is_over())

    def _run_is_over(self) -> bool:
        if self.state.outbox.archive_cycle or self.updates >= options.UPDATES_PER_RUN:
            return True
        return workflow.info().is_continue_as_new_suggested()

    async def _continue(self) -> None:
        """Ends the run: handlers have finished, a closed year is archived, the state goes on whole."""
        if self.state.outbox.archive_cycle:
            await alliance_effects.archive(self.state)
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(self.state)

    def _publish(self) -> None:
        workflow.set_current_details(alliance_books.details(self.state))


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        "where": finding.where,
        "clause": finding.clause,
        "values": plain(dict(finding.values)),
    }
