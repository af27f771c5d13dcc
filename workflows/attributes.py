"""The search attributes by which operators find a country. No personal data: they are never encrypted."""

from collections.abc import Sequence

from temporalio.common import SearchAttributeUpdate, TypedSearchAttributes

from contracts import names
from contracts.state import CountryState
from workflows.process import view
from workflows.process.review import open_flags


def search_attributes(state: CountryState) -> Sequence[SearchAttributeUpdate]:  # type: ignore[type-arg]
    """Code, status, stage, reporting year, next deadline, lateness and flags, as they stand."""
    due, year = view.next_deadline(state), names.YEAR_ATTRIBUTE
    deadline = names.DEADLINE_ATTRIBUTE
    return [
        names.CODE_ATTRIBUTE.value_set(state.code),
        names.STATUS_ATTRIBUTE.value_set(state.status.value),
        names.STAGE_ATTRIBUTE.value_set(state.stage.value),
        year.value_set(state.cycle) if state.cycle else year.value_unset(),
        deadline.value_set(due) if due else deadline.value_unset(),
        names.LATE_ATTRIBUTE.value_set(view.is_late(state)),
        names.FLAGS_ATTRIBUTE.value_set([flag.indicator for flag in open_flags(state)]),
    ]


def shows(shown: TypedSearchAttributes, attributes: Sequence[SearchAttributeUpdate]) -> bool:  # type: ignore[type-arg]
    """Whether the server shows them already: a run is given those of the run before it, but for empty lists."""
    return all(shown.get(one.key, [] if one.value == [] else None) == one.value for one in attributes)
