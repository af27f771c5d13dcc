"""What stands against handing something in, by the country's own rules and its state at this moment, before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from access.people import Principal
from api.deps import Parts, actor
from api.problems import ProblemError
from api.process import NoProcess
from contracts.messages import Envelope
from contracts.state import CountryState, Task
from framework.findings import Findings
from framework.obligations.management import waivable
from framework.records import Submission
from framework.terms import OPEN_TASK_STATES, Role
from workflows.process.examining import examine


@dataclass(frozen=True, kw_only=True)
class Look:
    """A country as its process knows it now; None while the process does not answer."""

    state: CountryState | None = None

    @property
    def open_tasks(self) -> Mapping[str, Task]:
        """What waits for somebody, whoever that is, by key; the soonest due first."""
        tasks = self.state.tasks.values() if self.state else ()
        waiting = [one for one in tasks if one.state in OPEN_TASK_STATES]
        return {one.key: one for one in sorted(waiting, key=lambda one: (one.due_on or date.max, one.key))}

    def known(self, what: str) -> list[str]:
        """What is on record to choose from: `priorities`, `next_steps`, `bodies`, `tasks` of the focal point,
        `handovers` that wait, `contributors`; of everybody's tasks the `open_tasks`, and the `waivable_tasks` of these."""
        state = self.state
        if state is None:
            return []
        return {
            "priorities": lambda: list(state.priorities),
            "next_steps": lambda: list(dict.fromkeys([*state.next_steps, *state.report_next_steps])),
            "bodies": lambda: list(state.bodies),
            "handovers": lambda: [state.pending_successor.id] if state.pending_successor else [],
            "contributors": lambda: [one.id for one in state.contributors],
            "tasks": lambda: [one.key for one in state.tasks.values() if _asked(one.role, one.closed_at)],
            "open_tasks": lambda: list(self.open_tasks),
            "waivable_tasks": lambda: list(filter(waivable, self.open_tasks)),
        }[what]()

    def named(self, id: str) -> str:
        """What people read for what was chosen: of a successor or contributor the name, of everything else itself."""
        if self.state is None:
            return id
        pending = self.state.pending_successor
        named = {one.id: one.contact.name for one in self.state.contributors}
        return pending.contact.name if pending and pending.id == id else named.get(id, id)


async def look_at(parts: Parts, code: str) -> Look:
    """Asks a country's process how it stands."""
    try:
        return Look(state=await parts.processes.state(code))
    except (NoProcess, ProblemError):
        return Look()


def standing_against(
    look: Look,
    parts: Parts,
    principal: Principal,
    record: Submission,
    task: str,
    received_on: date | None = None,
) -> Findings | None:
    """All that would be said if this were handed in now; None when nobody can tell. Changes nothing.

    For a contributor: as if the focal point handed it in.
    """
    if look.state is None:
        return None
    sender = actor(principal)
    if principal.role is Role.CONTRIBUTOR:
        sender = sender.model_copy(update={"role": Role.FOCAL_POINT})
    envelope = Envelope(
        message_id="before-it-is-sent", actor=sender, submission=record, task=task, received_on=received_on
    )
    return examine(look.state, envelope, parts.now())


def _asked(role: Role, closed_at: object) -> bool:
    return role is Role.FOCAL_POINT and closed_at is None
