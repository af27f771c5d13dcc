"""The people of a country beside its focal point and deputies: who follows, who went before, who helps. Additive for ever.

Ids are made of the entry with which somebody was named: they tell nothing of a person, and may stand in any log.
"""

from datetime import date

from pydantic import BaseModel

from framework.records import Contact

SUCCESSOR = "successor"
FORMER = "former_focal_point"
CONTRIBUTOR = "contributor"
"""As whom such people are written to."""


class PendingSuccessor(BaseModel):
    """Who was named to follow as focal point and has not accepted yet. `open_until` is the last day for that (AoE)."""

    id: str
    contact: Contact
    named_on: date
    open_until: date
    overlap_days: int


class FormerFocalPoint(BaseModel):
    """Who handed the mandate over and still has access. `until_on` is the last day of that (AoE)."""

    id: str
    contact: Contact
    until_on: date


class Contributor(BaseModel):
    """Who helps with papers of some kinds, to `until_on` (the last day, AoE) or, without one, until it is ended."""

    id: str
    contact: Contact
    tasks: list[str]
    from_on: date
    until_on: date | None = None
