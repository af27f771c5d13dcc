"""Whom a country's messages did not reach, until that is mended: by the Secretariat, or by a new contact."""

from contracts.names import address_digest
from contracts.people import CONTRIBUTOR, FORMER, SUCCESSOR
from contracts.rows import Undelivered
from contracts.state import DEPUTY, MINISTRY, CountryState, Task
from framework.terms import OPEN_TASK_STATES, Role
from workflows.process.failures import NO_RECIPIENT


def undelivered(state: CountryState) -> list[Undelivered]:
    """The messages that failed and whose failure still matters, oldest first.

    Mended is one whose task is closed, or whose address is none of the country's any more: what fails at the new
    address opens a task of its own, and a server's acceptance would prove nothing, since a bounce may follow it.
    The task about the old message stays open all the same: somebody must see that its content gets there.
    """
    failed = [
        task for task in state.tasks.values() if task.kind == "mail_failed" and task.state in OPEN_TASK_STATES
    ]
    if not failed:
        return []
    addresses = _addresses(state)
    return [_row(task) for task in failed if not _mended(task, addresses)]


def _addresses(state: CountryState) -> dict[str, set[str]]:
    """The digests of the addresses under which the country can be reached now, by role."""
    found = {
        Role.FOCAL_POINT.value: [state.focal_point.email],
        DEPUTY: [deputy.email for deputy in state.deputies],
        MINISTRY: [state.ministry_email],
        SUCCESSOR: [state.pending_successor.contact.email] if state.pending_successor else [],
        FORMER: [one.contact.email for one in state.former_focal_points],
        CONTRIBUTOR: [one.contact.email for one in state.contributors],
    }
    return {role: {address_digest(one) for one in emails if one.strip()} for role, emails in found.items()}


def _mended(task: Task, addresses: dict[str, set[str]]) -> bool:
    role = str(task.values.get("to", ""))
    if role not in addresses:
        return False  # a seat of the Alliance, which the country cannot see into, or a task from before roles were told
    if task.values.get("state") == NO_RECIPIENT:
        return bool(addresses[role])
    digest = task.values.get("address")
    return all(digest not in known for known in addresses.values())


def _row(task: Task) -> Undelivered:
    told = {name: str(task.values.get(name, "")) for name in ("mail_kind", "state", "to")}
    return Undelivered(
        kind=told["mail_kind"], since=task.opened_at, state=told["state"], to=told["to"], task=task.key
    )
