"""Who may do what, as one table.

What a role may hand in, kind by kind, the framework's rules say besides, and the country again.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from contracts.letters import Letter
from framework.letters import GCM, OCCASIONS
from framework.terms import Confidentiality, LetterState, Role
from tokens import Principal


class Action(StrEnum):
    """What a route does, as far as permission goes."""

    READ = "read"
    READ_DOCUMENT = "read_document"
    READ_OWN_TASKS = "read_own_tasks"
    READ_DRAFTS = "read_drafts"
    REGISTER = "register"
    SUBMIT = "submit"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    REQUEST_REACTIVATION = "request_reactivation"
    CHANGE_CONTACTS = "change_contacts"
    CHANGE_POLICY = "change_policy"
    DECIDE = "decide"
    UPLOAD = "upload"
    READ_MAIL = "read_mail"
    READ_RETURNS = "read_returns"
    SEE_TO_RETURN = "see_to_return"
    KEEP_CALENDAR = "keep_calendar"
    OPEN_PAYLOADS = "open_payloads"


EVERYBODY = frozenset(role for role in Role if role is not Role.SYSTEM)
SECRETARIAT = frozenset({Role.SECRETARIAT})
COUNTRY_OR_SECRETARIAT = frozenset({Role.SECRETARIAT, Role.FOCAL_POINT})

ALLOWED: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.READ: EVERYBODY,
        Action.READ_DOCUMENT: EVERYBODY,
        Action.READ_OWN_TASKS: EVERYBODY,
        Action.READ_DRAFTS: SECRETARIAT,
        Action.REGISTER: SECRETARIAT,
        Action.SUBMIT: frozenset({Role.SECRETARIAT, Role.FOCAL_POINT, Role.MWG, Role.GCM}),
        Action.REQUEST_EXTENSION: COUNTRY_OR_SECRETARIAT,
        Action.GRANT_EXTENSION: SECRETARIAT,
        Action.REQUEST_REACTIVATION: COUNTRY_OR_SECRETARIAT,
        Action.CHANGE_CONTACTS: COUNTRY_OR_SECRETARIAT,
        Action.CHANGE_POLICY: SECRETARIAT,
        Action.DECIDE: SECRETARIAT,
        Action.UPLOAD: frozenset({Role.SECRETARIAT, Role.FOCAL_POINT, Role.MWG}),
        Action.READ_MAIL: frozenset({Role.SECRETARIAT, Role.FOCAL_POINT, Role.OPERATOR}),
        Action.READ_RETURNS: frozenset({Role.SECRETARIAT, Role.OPERATOR}),
        Action.SEE_TO_RETURN: SECRETARIAT,
        Action.KEEP_CALENDAR: EVERYBODY,
        Action.OPEN_PAYLOADS: frozenset({Role.OPERATOR}),
    }
)
"""The Secretariat sends the GCM's decisions.

An operator reads everything but confidential evidence, and changes nothing but the addresses of its own calendar. Only
by opening payloads, to see why a process fails, does an operator see whatever a history holds.
"""

READERS: Mapping[Confidentiality, frozenset[Role]] = MappingProxyType(
    {
        Confidentiality.PUBLIC: EVERYBODY,
        Confidentiality.PARTNERS: EVERYBODY,
        Confidentiality.REVIEWERS: frozenset({Role.SECRETARIAT, Role.GCM, Role.MWG}),
        Confidentiality.SECRETARIAT: SECRETARIAT,
    }
)
"""Who may read evidence that was given in confidence.

A focal point also reads what its own country handed in.
"""


def may(principal: Principal, action: Action) -> bool:
    """Whether the role as such may do this."""
    return principal.role in ALLOWED[action]


def sees_country(principal: Principal, code: str) -> bool:
    """Whether the country exists at all for this person: a focal point knows of its own only."""
    return principal.role is not Role.FOCAL_POINT or principal.country == code


def sees_recipient(principal: Principal, email: str, own: str) -> bool:
    """Whether this person may read to whom a message went, and what that server said: a focal point only of what
    went to the focal point's own address."""
    return principal.role is not Role.FOCAL_POINT or email.strip().lower() == own.strip().lower()


def sees_content(principal: Principal, content: Mapping[str, Any], *, from_country: bool) -> bool:
    """Whether this person may read a content; `from_country` says that the country itself handed it in
    (REV-03)."""
    if "confidentiality" not in content:
        return True
    if principal.role is Role.FOCAL_POINT and from_country:
        return True
    return principal.role in _readers(content["confidentiality"])


def sees_letter(principal: Principal, letter: Letter, code: str) -> bool:
    """Whether a letter of record exists for this person: an approved one for those to whom it went, a public one
    for everybody, a draft for the Secretariat alone."""
    if principal.role is Role.SECRETARIAT:
        return True
    if letter.state is not LetterState.APPROVED or not sees_country(principal, code):
        return False
    went_to_gcm = OCCASIONS[letter.kind].to == GCM
    return letter.public or principal.role is Role.FOCAL_POINT or (principal.role is Role.GCM and went_to_gcm)


def _readers(confidentiality: object) -> frozenset[Role]:
    try:
        return READERS[Confidentiality(str(confidentiality))]
    except ValueError:
        return SECRETARIAT
