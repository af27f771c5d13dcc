"""Tasks that no form of a task's page completes: on which page of the desk each of them is done."""

from urllib.parse import urlencode

from contracts.state import Task
from framework.terms import Role


def elsewhere(code: str, task: Task) -> str:
    """The page on which a task is done that is not the country's; empty where its own page is the place."""
    match task.role, task.kind:
        case Role.SECRETARIAT, "letter" | "status_letter":
            return "/desk/letters"
        case Role.SECRETARIAT, "mail_failed":
            return f"/desk/mail?{urlencode({'country': code})}"
        case Role.SECRETARIAT, "dialogue_meeting" | "dialogue_checkpoint":
            return f"/desk/countries/{code}/dialogue"
        case Role.GCM, _:
            return "/desk/meetings"
        case Role.MWG, "yearly_review":
            return f"/desk/reviews/{code}/{task.year}/review"
        case Role.MWG, _ if task.year:
            return f"/desk/reviews/{code}/{task.year}"
        case _:
            return ""
