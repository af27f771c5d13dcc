"""The way back: the checklist of the four obligations (REA-04), and what is shown beside it as advice."""

from framework.facts import Cycle
from framework.findings import Finding
from framework.records import ReactivationCheck
from framework.terms import EvidenceAbout


def missing(check: ReactivationCheck) -> tuple[Finding, ...]:
    """What stands against a return: each obligation that is not met, or not looked at yet (REA-04)."""
    return tuple(
        not_met if verified is False else not_verified
        for verified, not_met, not_verified in (
            (check.annual_report, *_REPORT),
            (check.indicator_framework, *_INDICATORS),
            (check.evidence_of_progress, *_PROGRESS),
            (check.evidence_of_collaboration, *_COLLABORATION),
        )
        if verified is not True
    )


def advice(unanswered: int) -> tuple[Finding, ...]:
    """What would help but is no condition: comments of the MWG that still wait for an answer (REA-04)."""
    if unanswered <= 0:
        return ()
    return (
        Finding(
            key="reactivation.advice.answer_comments", clause="REA-04", values={"number": str(unanswered)}
        ),
    )


def from_cycle(cycle: Cycle | None) -> ReactivationCheck:
    """The checklist as the record of the last cycle fills it; None where only a person can tell.

    Evidence counts by the MWG's judgement, or because it is on record; none on record is left open, since the
    request itself may bring it.
    """
    if cycle is None:
        return ReactivationCheck()
    return ReactivationCheck(
        annual_report=cycle.report_on is not None,
        indicator_framework=cycle.indicators_on is not None,
        evidence_of_progress=_evidence(cycle, EvidenceAbout.PROGRESS, cycle.progress_presented),
        evidence_of_collaboration=_evidence(
            cycle, EvidenceAbout.COLLABORATION, cycle.collaboration_presented
        ),
    )


def _evidence(cycle: Cycle, about: EvidenceAbout, judged: bool | None) -> bool | None:
    if judged is not None:
        return judged
    return True if about in cycle.evidence.values() else None


_REPORT = (
    Finding(key="reactivation.annual_report.missing", where="annual_report", clause="REA-04"),
    Finding(key="reactivation.annual_report.not_verified", where="annual_report", clause="REA-04"),
)
_INDICATORS = (
    Finding(key="reactivation.indicator_framework.missing", where="indicator_framework", clause="REA-04"),
    Finding(
        key="reactivation.indicator_framework.not_verified", where="indicator_framework", clause="REA-04"
    ),
)
_PROGRESS = (
    Finding(key="reactivation.evidence_of_progress.missing", where="evidence_of_progress", clause="REA-04"),
    Finding(
        key="reactivation.evidence_of_progress.not_verified", where="evidence_of_progress", clause="REA-04"
    ),
)
_COLLABORATION = (
    Finding(
        key="reactivation.evidence_of_collaboration.missing",
        where="evidence_of_collaboration",
        clause="REA-04",
    ),
    Finding(
        key="reactivation.evidence_of_collaboration.not_verified",
        where="evidence_of_collaboration",
        clause="REA-04",
    ),
)
