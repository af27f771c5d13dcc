"""The answer to a submission that is refused: an error that carries every reason, for whoever sent it."""

from temporalio.exceptions import ApplicationError

from contracts.messages import REFUSED
from framework.findings import Findings
from workflows.process.plain import plain


def refusal(findings: Findings) -> ApplicationError:
    """The error of type REFUSED whose only detail is the list of problems, as JSON has them."""
    keys = ", ".join(finding.key for finding in findings.problems)
    reasons = [
        {"key": one.key, "where": one.where, "clause": one.clause, "values": plain(dict(one.values))}
        for one in findings.problems
    ]
    return ApplicationError(f"refused: {keys}", reasons, type=REFUSED, non_retryable=True)
