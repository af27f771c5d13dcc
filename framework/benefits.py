"""The seven benefits that active status opens (GEN-04)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework.terms import Status

BENEFITS = (
    "development_gains",
    "resources_and_commitment",
    "reputation",
    "coordinated_support",
    "visibility",
    "knowledge_and_experience",
    "catalyst_and_model",
)
"""The benefits in the order of the framework's first page."""

State = Literal["not_yet_open", "open", "suspended"]


@dataclass(frozen=True, kw_only=True)
class Benefit:
    """One benefit, its state, and since when it has been open or suspended."""

    key: str
    state: State
    since: date | None


def benefits(status: Status, since: date | None) -> tuple[Benefit, ...]:
    """The seven benefits of a country that has had its status since that date (GEN-04).

    They open with the grant, are suspended while the country is inactive and return on reactivation. For a
    candidate, and for a country that withdrew, they are not (or no longer) open, and there is no date.
    """
    state = _state(status)
    return tuple(
        Benefit(key=key, state=state, since=None if state == "not_yet_open" else since) for key in BENEFITS
    )


def _state(status: Status) -> State:
    if status is Status.ACTIVE:
        return "open"
    return "suspended" if status is Status.INACTIVE else "not_yet_open"
