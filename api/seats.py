"""Who speaks for which seat of the GCM: a member for their own, never on their own country (recusal)."""

from dataclasses import replace

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.problems import ProblemError
from framework.consensus import is_own
from framework.items import seat_key
from framework.records import GcmPosition, Submission
from framework.terms import Role


def as_spoken(principal: Principal, code: str, submission: Submission) -> Submission:
    """A position as it stands for the seat of whoever takes it; anything else as it is.

    Raises ProblemError 403 for the seat of the country concerned, and for a seat that is not one's own.
    """
    if not isinstance(submission, GcmPosition):
        return submission
    if not reaches(principal, Action.TAKE_POSITION, code) or is_own(seat_of(principal), code):
        raise ProblemError(403, f"The seat of {code} is recused: it takes no position on its own country.")
    if principal.acts_as is not Role.GCM:
        return submission
    seat = seat_of(principal) or submission.seat
    if submission.seat.strip() and seat_key(submission.seat) != seat_key(seat):
        raise ProblemError(403, f"You hold the seat {seat} and take positions for no other one.")
    return replace(submission, seat=seat, seat_country=principal.country)


def seat_of(principal: Principal) -> str:
    """The seat in the GCM that somebody holds by appointment; empty for all others, and where the way in names none."""
    return principal.mandate.seat if principal.mandate and principal.acts_as is Role.GCM else ""
