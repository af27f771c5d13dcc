"""Tasks that no form of a task's page completes: on which page of the desk each of them is done."""

from urllib.parse import urlencode

from access.deciding import may
from access.people import Principal
from access.table import Action
from contracts.state import Task
from framework.terms import Role


def elsewhere(principal: Principal, code: str, task: Task) -> str:
    """The page on which this person does a task that is not the country's; empty where the task's own page is theirs."""
    if principal.acts_as is not task.role and not may(principal, Action.READ_TASK_DRAFT):
        return ""  # who only follows sees on the task's page what became of it
    match task.role, task.kind:
        case Role.SECRETARIAT, "letter" | "status_letter":
            return "/desk/letters"
        case Role.SECRETARIAT, "mail_failed":
            return f"/desk/mail?{urlencode({'country': code})}"
        case Role.GCM, _:
            return "/desk/meetings"
        case Role.MWG, "yearly_review":
            return f"/desk/reviews/{code}/{task.year}/review"
        case Role.MWG, _ if task.year:
            return f"/desk/reviews/{code}/{task.year}"
        case _:
            return ""
