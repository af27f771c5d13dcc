"""The dialogue's calendar: checkpoints, and special circumstances that let it rest (DIA-01, DIA-02)."""

from collections.abc import Sequence
from datetime import date, timedelta

from framework.policy import Policy
from framework.records import SpecialCircumstances


def next_checkpoint(last: date, policy: Policy) -> date:
    """The day of the checkpoint after `last` (the opening, or the checkpoint before)."""
    return last + timedelta(days=policy.dialogue_checkpoint_days)


def paused(circumstances: Sequence[SpecialCircumstances], today: date) -> bool:
    """Whether special circumstances let the dialogue rest on this day, first and last included (DIA-02)."""
    return any(_rests(one, today) for one in circumstances)


def pause_ends(circumstances: Sequence[SpecialCircumstances], today: date) -> date | None:
    """The last day of the rest under way, over periods that follow each other without a gap.

    None when nothing rests today, and when the rest has no end yet.
    """
    last, day = None, today
    while current := [one for one in circumstances if _rests(one, day)]:
        ends = [one.ends_on for one in current if one.ends_on is not None]
        if len(ends) < len(current):
            return None
        last = max(ends)
        if last == date.max:
            return None
        day = last + timedelta(days=1)
    return last


def _rests(one: SpecialCircumstances, day: date) -> bool:
    begun = one.starts_on is None or one.starts_on <= day
    return one.pauses_dialogue and begun and (one.ends_on is None or day <= one.ends_on)
