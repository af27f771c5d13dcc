"""A dialogue (DIA clauses) or a candidate's support (PLN-11): checkpoints on its own timer, until a person ends it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue

from contracts import names
from contracts.children import ChildReport, DialogueState
from framework.cycle import end_of_day
from workflows import inbox, sealed
from workflows.parent import tell_country


@workflow.defn(name=names.DIALOGUE)
class DialogueWorkflow:
    """One dialogue of one country. It never ends by itself (no automatic end); its country tells it how it ended."""

    @workflow.init
    def __init__(self, state: DialogueState) -> None:
        self.state = state
        if state.next_checkpoint_on is None:
            state.next_checkpoint_on = self._today() + timedelta(days=state.checkpoint_days)

    @workflow.run
    async def run(self, state: DialogueState) -> ChildReport:
        """Waits for checkpoints and for word from the country."""
        while True:
            self._read_inbox()
            if self.state.closed_on is not None:
                return await self._end()
            if self._due():
                await self._checkpoint()
                continue
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self.state)
            await self._wait()

    @workflow.signal(dynamic=True, description="record, pause, resume, close: sent by the country")
    def receive(self, name: str, values: Sequence[RawValue]) -> None:
        """Takes any signal; what is not understood is dropped, the country keeps the record."""
        self.state.inbox.append(inbox.arrived(name, sealed.as_it_came(values), workflow.now()))

    @workflow.query(name="state", description="Checkpoints, records, rest, outcome")
    def whole(self) -> DialogueState:
        """The dialogue as it stands."""
        return self.state

    @workflow.query(description="When the dialogue wakes next, as ISO time in UTC")
    def next_moment(self) -> str | None:
        """The next checkpoint, or the end of a rest."""
        at = self._wakes_at()
        return at.isoformat() if at else None

    def _read_inbox(self) -> None:
        while self.state.inbox:
            message = self.state.inbox.pop(0)
            if isinstance(message.content, dict):
                self._act_on(message.name, message.content)
        if self.state.rests and self.state.rests_until and self._today() > self.state.rests_until:
            self._resume()
        workflow.set_current_details(self._details())

    def _act_on(self, name: str, content: dict[str, Any]) -> None:
        if name == "record":
            kind = str(content.get("kind", ""))[:60]
            self.state.records[kind] = self.state.records.get(kind, 0) + 1
        elif name == "pause":
            self.state.rests_since = self.state.rests_since or self._today()
            self.state.rests, self.state.rests_until = True, _day(content.get("until"))
        elif name == "resume":
            self._resume()
        elif name == "close":
            self.state.outcome = str(content.get("outcome", ""))[:100]
            self.state.closed_on = _day(content.get("on")) or self._today()

    def _resume(self) -> None:
        """After a rest the next checkpoint is as much later as the rest was long."""
        state = self.state
        if state.rests and state.rests_since and state.next_checkpoint_on:
            state.next_checkpoint_on += self._today() - state.rests_since
        state.rests, state.rests_since, state.rests_until = False, None, None

    def _due(self) -> bool:
        on = self.state.next_checkpoint_on
        return not self.state.rests and on is not None and workflow.now() >= end_of_day(on)

    async def _checkpoint(self) -> None:
        state = self.state
        state.checkpoints += 1
        # Counted from the day that was due, or the calendar would slip at each; after a long outage from the present.
        last = max(state.next_checkpoint_on or date.min, self._today() - timedelta(days=1))
        state.next_checkpoint_on = last + timedelta(days=state.checkpoint_days)
        content = {"number": state.number, "checkpoint": state.checkpoints, "on": self._today().isoformat()}
        await tell_country(state.code, "dialogue_checkpoint", content)

    async def _wait(self) -> None:
        at = self._wakes_at()
        timeout = max(at - workflow.now(), timedelta(0)) if at else None
        summary = "rest ends" if self.state.rests else f"checkpoint {self.state.checkpoints + 1}"
        try:
            await workflow.wait_condition(
                lambda: bool(self.state.inbox), timeout=timeout, timeout_summary=summary
            )
        except TimeoutError:
            return

    async def _end(self) -> ChildReport:
        state = self.state
        report = ChildReport(
            number=state.number,
            outcome=state.outcome,
            closed_on=state.closed_on,
            checkpoints=state.checkpoints,
            records=state.records,
        )
        await tell_country(state.code, "dialogue_ended", report.model_dump(mode="json"))
        return report

    def _wakes_at(self) -> datetime | None:
        on = self.state.rests_until if self.state.rests else self.state.next_checkpoint_on
        return end_of_day(on) if on else None

    def _today(self) -> date:
        return workflow.now().date()

    def _details(self) -> str:
        state = self.state
        rest = f", resting until {state.rests_until or 'told otherwise'}" if state.rests else ""
        counted = (
            ", ".join(f"{kind}: {count}" for kind, count in sorted(state.records.items())) or "nothing yet"
        )
        return (
            f"## Dialogue {state.number} of {state.code}{rest}\n\ncheckpoints {state.checkpoints} · {counted}"
        )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
