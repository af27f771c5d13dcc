"""What stands on the GCM's agenda follows from its open tasks and from the last dialogue."""

from datetime import date

import pytest

from framework.agenda import BY_TASK, items
from framework.facts import DialogueFacts
from framework.terms import DecisionKind, Status

OPEN = DialogueFacts(number=1, opened_on=date(2027, 1, 4))
ENDED = DialogueFacts(
    number=1, opened_on=date(2027, 1, 4), closed_on=date(2027, 6, 1), outcome="no_positive_outcome"
)
WELL = DialogueFacts(number=1, opened_on=date(2027, 1, 4), closed_on=date(2027, 6, 1), outcome="positive")


@pytest.mark.parametrize(
    ("status", "tasks", "dialogue", "expected"),
    [
        (Status.CANDIDATE, [], None, ()),
        (
            Status.CANDIDATE,
            ["roadmap_decision"],
            None,
            (DecisionKind.GRANT, DecisionKind.NOT_YET, DecisionKind.COMMENTS),
        ),
        (Status.ACTIVE, ["annual_status", "roadmap"], WELL, (DecisionKind.ANNUAL_STATUS,)),
        (Status.ACTIVE, ["open_dialogue"], None, (DecisionKind.OPEN_DIALOGUE,)),
        (Status.ACTIVE, [], OPEN, (DecisionKind.CLOSE_DIALOGUE,)),
        (Status.ACTIVE, [], ENDED, (DecisionKind.DECLARE_INACTIVE,)),
        (Status.INACTIVE, [], ENDED, ()),
        (Status.INACTIVE, ["reactivation_decision"], ENDED, (DecisionKind.REACTIVATE,)),
        (Status.WITHDRAWN, [], WELL, ()),
    ],
)
@pytest.mark.clause("PLN-09")
@pytest.mark.clause("DIA-06")
def test_an_item_is_there_when_it_can_be_decided(
    status: Status, tasks: list[str], dialogue: DialogueFacts | None, expected: tuple[DecisionKind, ...]
) -> None:
    assert items(status, tasks, dialogue) == expected
    assert {kind for kinds in BY_TASK.values() for kind in kinds} <= set(DecisionKind)
