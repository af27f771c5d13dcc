"""The obligations of a submission: who may hand it in and when, and what makes it complete."""

from framework.obligations.check import check
from framework.obligations.consultations import consultations
from framework.obligations.context import Context
from framework.obligations.kinds import KINDS, Kind, admissible

__all__ = ["KINDS", "Context", "Kind", "admissible", "check", "consultations"]
