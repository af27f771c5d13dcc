"""What a corrected decision did, undone: for decisions that changed no status (`standing` undoes the others)."""

from dataclasses import replace

from framework.facts import EarlierDecision
from framework.terms import DecisionKind, TaskState
from workflows.process import comments, dialogue
from workflows.process.ledger import Ledger


def take_back(ledger: Ledger, decision_id: str, corrected: EarlierDecision) -> None:
    """Undoes what a decision did that changed no status."""
    match corrected.kind:
        case DecisionKind.COMMENTS:
            _take_back_comments(ledger, decision_id)
        case DecisionKind.ANNUAL_STATUS:
            _take_back_annual_status(ledger, corrected)
        case DecisionKind.OPEN_DIALOGUE | DecisionKind.NOT_YET:
            _take_back_opening(ledger, corrected)
        case DecisionKind.CLOSE_DIALOGUE:
            _reopen_dialogue(ledger, decision_id)
        case DecisionKind.REACTIVATE:
            ledger.state.reactivations[-1].closed_on = None
            ledger.state.reactivations[-1].outcome = ""
            ledger.touch()


def _take_back_comments(ledger: Ledger, decision_id: str) -> None:
    comments.withdraw(ledger, decision_id)
    left = comments.unanswered(ledger.state, "roadmap")
    ledger.state.candidacy = replace(ledger.state.candidacy, unanswered_comments=left)
    if not left:
        ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "comment_answers", reason="corrected")


def _take_back_annual_status(ledger: Ledger, corrected: EarlierDecision) -> None:
    years = {one.year for one in ledger.state.cycles if one.status_decided_on == corrected.decided_on}
    for year in sorted(years):
        ledger.change_cycle(year, status_decided_on=None, status_outcome="")
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "status_letter" and task.year in years)


def _take_back_opening(ledger: Ledger, corrected: EarlierDecision) -> None:
    dialogue.close_dialogue(ledger, "opened by mistake", ledger.today)
    for flag in ledger.state.flags:
        if flag.considered_on == corrected.decided_on:
            flag.considered_on, flag.considered_because = None, ""


def _reopen_dialogue(ledger: Ledger, decision_id: str) -> None:
    last = ledger.state.dialogues[-1]
    dialogue.open_dialogue(
        ledger,
        decision=decision_id,
        day=ledger.today,
        topics=tuple(last.topics),
        subgroup=last.subgroup,
        for_candidate=last.for_candidate,
    )
