"""To whom a country's messages go: its own people at their addresses, and the seats of the Alliance by their role."""

from contracts.state import DEPUTY, MINISTRY, CountryState, Recipient
from framework.records import Contact
from framework.terms import Role


def focal_point(state: CountryState) -> list[Recipient]:
    """The focal point, at each address that it has."""
    person, role = state.focal_point, Role.FOCAL_POINT.value
    return [_contact(person, role, email) for email in (person.email, person.second_email) if email]


def deputies(state: CountryState) -> list[Recipient]:
    """The deputies that have an address."""
    return [_contact(deputy, DEPUTY, deputy.email) for deputy in state.deputies if deputy.email]


def country_contacts(state: CountryState) -> list[Recipient]:
    """Focal point, deputies and the ministry."""
    ministry = Recipient(
        role=MINISTRY, name=state.ministry, email=state.ministry_email, language=state.language
    )
    return [*focal_point(state), *deputies(state), *([ministry] if ministry.email else [])]


def seats(*roles: Role) -> list[Recipient]:
    """Everybody who holds a seat in one of these roles when the message goes out."""
    return [Recipient(role=role.value) for role in roles]


def _contact(contact: Contact, role: str, email: str) -> Recipient:
    return Recipient(
        role=role, name=contact.name, email=email, language=contact.language, time_zone=contact.time_zone
    )
