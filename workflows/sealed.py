"""Signals that came encrypted and could not be opened: their refusal stands, whatever keys are there later.

Whether a payload can be opened depends on the worker's keys and not on the history. A replay with other keys would
read what was refused, or not read what was accepted, and the history would not fit any more. So a payload that could
not be opened leaves a marker in the history, and a replay goes by the marker.
"""

from collections.abc import Sequence

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from contracts.sealed import ENCODING, StillSealed, is_sealed, seal_of

MARKER = "2026-11-26-unopened-"


def as_it_came(values: Sequence[RawValue]) -> list[RawValue]:
    """The arguments of a signal as they were when it came: one that could not be opened then is without content.

    Raises StillSealed in a replay that lacks the key of what was read before: the workflow task then waits for it.
    """
    return [_as_it_came(value) for value in values]


def _as_it_came(value: RawValue) -> RawValue:
    seal = seal_of(value.payload)
    if not seal and not is_sealed(value.payload):
        return value
    if is_sealed(value.payload):
        if not workflow.patched(MARKER + seal):
            raise StillSealed(
                "a signal that was read before is encrypted with a key that is not here any more"
            )
        return _without_content()
    if workflow.unsafe.is_replaying() and workflow.patched(MARKER + seal):
        return _without_content()
    return value


def _without_content() -> RawValue:
    return RawValue(Payload(metadata={"encoding": ENCODING}))
