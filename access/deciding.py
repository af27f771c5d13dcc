"""What one person may do and see, by the table. Everything here answers yes or no; how a no is told is the door's."""

from collections.abc import Mapping
from typing import Any

from access.people import Principal
from access.table import ANY, Action, Reach, reach, who_may
from contracts.letters import Letter
from framework.letters import GCM, OCCASIONS
from framework.obligations import KINDS
from framework.terms import Confidentiality, LetterState, Role

FROM_THE_COUNTRY = "of_the_country"
TO_THE_GCM = "approved_to_gcm"
PUBLIC = "public"


def may(principal: Principal, action: Action) -> bool:
    """Whether the person may do this at all, in some country."""
    return principal.role in who_may(action) and in_scope(principal, action)


def in_scope(principal: Principal, action: Action) -> bool:
    """Whether a machine's token was made for this; people are limited by their role alone."""
    return principal.scopes is None or action.value in principal.scopes


def reaches(principal: Principal, action: Action, code: str, state: str = ANY) -> bool:
    """Whether the person may do this in a country, on a thing in this state."""
    if not in_scope(principal, action):
        return False
    far = reach(principal.role, action, state)
    if far is Reach.OWN:
        return principal.country == code
    if far is Reach.OTHERS:
        return principal.country != code
    return far is Reach.ALL


def sees_country(principal: Principal, code: str) -> bool:
    """Whether the country exists at all for this person: those who act for one country know of their own only."""
    return reaches_reading(principal, code)


def reaches_reading(principal: Principal, code: str) -> bool:
    """Whether the role reads this country; a machine's scopes narrow what it does, not which countries there are."""
    far = reach(principal.role, Action.READ)
    return far is Reach.ALL or (far is Reach.OWN and principal.country == code)


def sees_task(principal: Principal, kind: str) -> bool:
    """Whether a task of this kind is there for the person: a contributor knows those that they were named for."""
    return principal.role is not Role.CONTRIBUTOR or kind in principal.tasks


def sees_recipient(principal: Principal, email: str, own: str) -> bool:
    """Whether this person may read to whom a message went, and what that server said: those who act for a country only
    of what went to their own address."""
    return not principal.for_country or email.strip().lower() == own.strip().lower()


def sees_content(principal: Principal, content: Mapping[str, Any], code: str, *, from_country: bool) -> bool:
    """Whether this person may read a content; `from_country` says that the country itself handed it in (REV-03)."""
    if "confidentiality" not in content:
        return True
    level = _level(content["confidentiality"])
    if from_country and reaches(principal, Action.READ_EVIDENCE, code, FROM_THE_COUNTRY):
        return True
    return reaches(principal, Action.READ_EVIDENCE, code, level.value)


def sees_letter(principal: Principal, letter: Letter, code: str) -> bool:
    """Whether a letter of record exists for this person."""
    return reaches(principal, Action.READ_LETTER, code, _state_of(letter))


def may_hand_in(role: Role, kind: str) -> bool:
    """Whether the framework lets somebody in this role hand in this kind (see `framework.obligations`)."""
    return kind in KINDS and role in KINDS[kind].roles


def _state_of(letter: Letter) -> str:
    if letter.state is not LetterState.APPROVED:
        return letter.state.value
    if letter.public:
        return PUBLIC
    return TO_THE_GCM if OCCASIONS[letter.kind].to == GCM else LetterState.APPROVED.value


def _level(confidentiality: object) -> Confidentiality:
    """An unknown level is the strictest."""
    try:
        return Confidentiality(str(confidentiality))
    except ValueError:
        return Confidentiality.SECRETARIAT
