"""Who acts: a person, by the mandate in which they act now."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from contracts.messages import Actor
from framework.cycle import day_of
from framework.terms import Language, Role

ACTS_AS: dict[Role, Role] = {Role.DEPUTY: Role.FOCAL_POINT, Role.CHAIR: Role.GCM}
"""As whom a country's process knows those whom the framework names no rights of their own: a deputy acts for the focal
point (EOI-03), the Chair is a member of the GCM."""

FOR_A_COUNTRY = frozenset({Role.FOCAL_POINT, Role.DEPUTY, Role.CONTRIBUTOR})
"""Roles that are held for one country and know of no other."""


class Door(StrEnum):
    """How somebody came: with a signed token of this installation, signed in, or as a machine."""

    TOKEN = "token"
    SESSION = "session"
    MACHINE = "machine"


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """A dated appointment: in which role, for which country or seat, from when until when (both days included).

    `country`: of a focal point, deputy or contributor; of a member of the GCM the country of its seat, which that member
    does not decide about. `known_as`: that country's name. `body`: the organisation of a seat. `tasks`: the kinds of
    task that a contributor was named for. `source`: the id of the appointment, or the country's code where its contacts
    are the source.
    """

    role: Role
    name: str = ""
    country: str = ""
    seat: str = ""
    body: str = ""
    tasks: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    source: str = ""
    known_as: str = field(default="", compare=False)

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return (self.from_on or date.min) <= on <= (self.until_on or date.max)

    def holds_at(self, moment: datetime) -> bool:
        """Whether it holds at a moment (aware): from the day, by UTC, on which it is given, at once; its last day is
        over when it is over everywhere."""
        begun, lasts = moment.astimezone(UTC).date(), day_of(moment)
        return (self.from_on or date.min) <= begun and lasts <= (self.until_on or date.max)


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Somebody who is let in, acting in one role.

    `country` is that of the mandate. `person`: the person's id, a pseudonym; empty for a token that names nobody on
    record. `until`: when this way in ends (aware, UTC). `scopes`: what a machine's token is limited to, by name of the
    action; None: no limit but the role's.
    """

    role: Role
    name: str = ""
    country: str = ""
    until: datetime
    person: str = ""
    language: Language = Language.ENGLISH
    tasks: tuple[str, ...] = ()
    door: Door = Door.TOKEN
    scopes: frozenset[str] | None = None
    mandate: Mandate | None = field(default=None, compare=False)

    @property
    def for_country(self) -> bool:
        """Whether the role is held for one country and knows of no other."""
        return self.role in FOR_A_COUNTRY

    @property
    def acts_as(self) -> Role:
        """As whom the country's process knows this person."""
        return ACTS_AS.get(self.role, self.role)


def actor_of(principal: Principal) -> Actor:
    """The person as a country's process knows them; the seat's own country of a GCM member is no country acted for."""
    country = principal.country if principal.for_country else ""
    acting_as = principal.role.value if principal.acts_as is not principal.role else ""
    return Actor(
        role=principal.acts_as,
        name=principal.name,
        country=country,
        acting_as=acting_as,
        person=principal.person,
    )
