"""Values of settings as they are read: what was sent, and how a sentence names it."""

from typing import Any, TypeGuard

from framework.findings import Findings

Read = tuple[Any, Findings]
"""A value as the policy keeps it, and what is wrong with what was sent."""


def whole(value: object) -> TypeGuard[int]:
    """Whether this is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def setting_name(where: str) -> str:
    """What a setting is called, of the place at which it was sent."""
    return where.removeprefix("settings.")


def short(value: object) -> str:
    """What was sent, cut so that a sentence can quote it."""
    return str(value)[:60]
