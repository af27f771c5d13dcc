"""The contacts on record of a country, as they are confirmed once a year (EOI-03)."""

from typing import Any

from contracts.state import CountryState
from framework.contacts import fingerprint
from framework.cycle import closes
from framework.records import Contact
from framework.terms import Role

KIND = "contacts_confirmation"
MINISTRY = "ministry"


def fingerprint_of(state: CountryState) -> str:
    """Which contacts are on record now: another person, post or address makes another fingerprint."""
    return fingerprint(state.focal_point, state.deputies, state.ministry, state.ministry_email)


def to_confirm(state: CountryState) -> dict[str, Any]:
    """What the message lists: every contact, the fingerprint that a confirmation names, and how long its link holds."""
    listed = [_line(Role.FOCAL_POINT.value, state.focal_point)] if state.focal_point.email else []
    listed += [_line("deputy", one) for one in state.deputies]
    if state.ministry or state.ministry_email:
        listed.append({"role": MINISTRY, "name": state.ministry, "email": state.ministry_email})
    last = closes(state.contacts_asked_year, state.policy) if state.contacts_asked_year else None
    return {"contacts": listed, "fingerprint": fingerprint_of(state), "valid_until": last}


def _line(role: str, person: Contact) -> dict[str, str]:
    found = {"role": role, "name": person.name, "post": person.post, "email": person.email}
    return found | ({"second_email": person.second_email} if person.second_email else {})
