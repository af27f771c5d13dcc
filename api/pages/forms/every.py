"""Every form by its kind, and which of them a task asks for."""

from collections.abc import Mapping
from types import MappingProxyType

from access.deciding import may_hand_in
from api.pages.forms import acts, at_any_time, candidate, mandate, people, planning, reporting, secretariat
from api.pages.forms.describing import Form
from framework.obligations import KINDS
from framework.terms import Role

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        one.kind: one
        for one in (
            *candidate.FORMS,
            *planning.FORMS,
            *reporting.FORMS,
            *at_any_time.FORMS,
            *people.FORMS,
            *mandate.FORMS,
            *secretariat.FORMS,
            *acts.FORMS,
        )
    }
)

BY_TASK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "roadmap": ("roadmap", "nap_submission"),
        "adapted_roadmap": ("roadmap",),
        "reactivation_missing": (),
    }
)
"""Kinds of task that ask for another kind than their own, or for one of several."""

AT_ANY_TIME = (
    "evidence",
    "support_action",
    "consultation",
    "stakeholder_list",
    "stocktaking",
    "workshop",
    "roadmap",
    "extension_request",
    "reactivation_request",
    "contact_change",
    "successor_named",
    "successor_accepted",
    "successor_withdrawn",
    "contributor_named",
    "contributor_ended",
    "mail_preferences",
)
"""What can be handed in although nobody asks for it now, where the country's status allows it."""


ACTS = tuple(one.kind for one in acts.FORMS)
"""What the Secretariat puts on record although no task asks for it."""


def is_secretariats(kind: str) -> bool:
    """Whether only the Secretariat hands this in: no country is asked for it, and none sees its form."""
    return kind in KINDS and not may_hand_in(Role.FOCAL_POINT, kind)


def forms_of(kind: str) -> tuple[Form, ...]:
    """The forms with which a task of a kind can be completed; empty when there is none."""
    return tuple(FORMS[one] for one in BY_TASK.get(kind, (kind,)) if one in FORMS)
