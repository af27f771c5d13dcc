"""A request to return (REA clauses): open until the GCM confirms or declines, with a nudge when nothing moves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue

from contracts import names
from contracts.children import ChildReport, ReactivationState
from workflows import inbox, sealed
from workflows.parent import tell_country

NUDGE_AFTER = timedelta(days=90)
"""How long a request may lie still before the Secretariat is reminded of it."""


@workflow.defn(name=names.REACTIVATION)
class ReactivationWorkflow:
    """One request of one inactive country. It has no time limit: the country may take what it needs."""

    @workflow.init
    def __init__(self, state: ReactivationState) -> None:
        self.state = state
        state.last_moved_at = state.last_moved_at or workflow.now()

    @workflow.run
    async def run(self, state: ReactivationState) -> ChildReport:
        """Waits for the Secretariat's checks and the decision, as the country passes them on."""
        while True:
            self._read_inbox()
            if self.state.closed_on is not None:
                return await self._end()
            at = self._wakes_at()
            if at is not None and workflow.now() >= at:
                await self._nudge()
                continue
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self.state)
            await self._wait()

    @workflow.signal(dynamic=True, description="checked, pause, resume, close: sent by the country")
    def receive(self, name: str, values: Sequence[RawValue]) -> None:
        """Takes any signal; what is not understood is dropped, the country keeps the record."""
        self.state.inbox.append(inbox.arrived(name, sealed.as_it_came(values), workflow.now()))

    @workflow.query(name="state", description="What is missing, nudges, outcome")
    def whole(self) -> ReactivationState:
        """The request as it stands."""
        return self.state

    @workflow.query(description="When the request wakes next, as ISO time in UTC")
    def next_moment(self) -> str | None:
        """The next nudge."""
        at = self._wakes_at()
        return at.isoformat() if at else None

    def _read_inbox(self) -> None:
        while self.state.inbox:
            message = self.state.inbox.pop(0)
            if isinstance(message.content, dict):
                self._act_on(message.name, message.content)
        missing = (
            "not checked yet"
            if self.state.missing is None
            else ", ".join(self.state.missing) or "nothing missing"
        )
        workflow.set_current_details(
            f"## Return of {self.state.code}, request {self.state.number}\n\n{missing}"
        )

    def _act_on(self, name: str, content: dict[str, Any]) -> None:
        state = self.state
        if name == "checked":
            state.missing = [str(one)[:100] for one in content.get("missing", [])]
            state.last_moved_at = workflow.now()
        elif name in {"pause", "resume"}:
            state.rests, state.last_moved_at = name == "pause", workflow.now()
        elif name == "close":
            state.outcome = str(content.get("outcome", ""))[:100]
            state.closed_on = workflow.now().date()

    async def _nudge(self) -> None:
        self.state.nudges += 1
        self.state.last_moved_at = workflow.now()
        content = {"number": self.state.number, "nudge": self.state.nudges}
        await tell_country(self.state.code, "reactivation_idle", content)

    async def _wait(self) -> None:
        at = self._wakes_at()
        timeout = max(at - workflow.now(), timedelta(0)) if at else None
        summary = f"nothing moves: nudge {self.state.nudges + 1}"
        try:
            await workflow.wait_condition(
                lambda: bool(self.state.inbox), timeout=timeout, timeout_summary=summary
            )
        except TimeoutError:
            return

    async def _end(self) -> ChildReport:
        state = self.state
        report = ChildReport(number=state.number, outcome=state.outcome, closed_on=state.closed_on)
        await tell_country(state.code, "reactivation_ended", report.model_dump(mode="json"))
        return report

    def _wakes_at(self) -> datetime | None:
        return None if self.state.rests else (self.state.last_moved_at or workflow.now()) + NUDGE_AFTER
