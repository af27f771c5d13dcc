"""What the GCM can decide on a country now: the items of a meeting's agenda (PLN-09, REV-07, REV-15, DIA-06, REA-05)."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from framework.decision_contents import NO_POSITIVE_OUTCOME
from framework.facts import DialogueFacts
from framework.terms import DecisionKind, Status

BY_TASK: Mapping[str, tuple[DecisionKind, ...]] = MappingProxyType(
    {
        "roadmap_decision": (DecisionKind.GRANT, DecisionKind.NOT_YET, DecisionKind.COMMENTS),
        "annual_status": (DecisionKind.ANNUAL_STATUS,),
        "open_dialogue": (DecisionKind.OPEN_DIALOGUE,),
        "reactivation_decision": (DecisionKind.REACTIVATE,),
    }
)
"""The kinds of decision that close a task of the GCM."""


def items(
    status: Status, open_tasks: Collection[str], dialogue: DialogueFacts | None
) -> tuple[DecisionKind, ...]:
    """The kinds of decision that are due or possible: by the GCM's open tasks (their kinds) and by the last dialogue.

    An open dialogue can be ended; after one that ended without a positive outcome an active country can be declared
    inactive.
    """
    found = [kind for task, kinds in BY_TASK.items() if task in open_tasks for kind in kinds]
    if dialogue is not None and dialogue.closed_on is None:
        found.append(DecisionKind.CLOSE_DIALOGUE)
    elif dialogue is not None and dialogue.outcome == NO_POSITIVE_OUTCOME and status is Status.ACTIVE:
        found.append(DecisionKind.DECLARE_INACTIVE)
    return tuple(found)
