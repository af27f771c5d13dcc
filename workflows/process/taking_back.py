"""What a corrected decision did, undone. A decision notes its effects, so that its own are found, not the last ones."""

from typing import Any

from contracts.state import CountryState, Dialogue
from framework import cycle as dates
from framework.facts import EarlierDecision
from framework.terms import DecisionKind, Role, Status, TaskState
from workflows.process import candidacy, comments, dialogue, reactivation, restoring, review, standing
from workflows.process.ledger import Ledger


def remember(ledger: Ledger, decision_id: str, **effects: Any) -> None:
    """Notes what a decision did, for the day on which it is corrected."""
    ledger.state.effects.setdefault(decision_id, {}).update(effects)


def open_flag_places(state: CountryState) -> list[int]:
    """Where the open flags stand among all flags; flags are only ever added, so a place stays true."""
    standing_open = review.open_flags(state)
    return [place for place, flag in enumerate(state.flags) if flag in standing_open]


def take_back(ledger: Ledger, decision_id: str, corrected: EarlierDecision, replaced_by: str = "") -> None:
    """Undoes what a decision did: its change of status, and what it opened or closed.

    What holds under the decision that replaces it as well is left alone.
    """
    effects = ledger.state.effects.get(decision_id, {})
    if corrected.changed_status:
        standing.undo_change(ledger, decision_id)
    match corrected.kind:
        case DecisionKind.COMMENTS:
            _take_back_comments(ledger, decision_id)
        case DecisionKind.ANNUAL_STATUS:
            _take_back_annual_status(ledger, effects)
        case DecisionKind.OPEN_DIALOGUE:
            _take_back_opening(ledger, effects)
        case DecisionKind.NOT_YET:
            _take_back_opening(ledger, effects)
            _present_again(ledger, effects)
        case DecisionKind.GRANT if replaced_by:
            remember(ledger, replaced_by, **effects)
        case DecisionKind.CLOSE_DIALOGUE | DecisionKind.GRANT:
            _take_back_closing(ledger, effects)
        case DecisionKind.REACTIVATE:
            _take_back_reactivation(ledger, effects)
        case DecisionKind.DECLARE_INACTIVE if not replaced_by:
            reactivation.overtake(ledger)


def _take_back_comments(ledger: Ledger, decision_id: str) -> None:
    comments.withdraw(ledger, decision_id)
    if not candidacy.count_unanswered(ledger):
        ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "comment_answers", reason="corrected")


def _take_back_annual_status(ledger: Ledger, effects: dict[str, Any]) -> None:
    """The year is undecided again: no letter goes out, and the GCM is asked once more."""
    year = effects.get("year")
    cycle = ledger.cycle(year) if year else None
    if year is None or cycle is None:
        return
    ledger.change_cycle(year, status_decided_on=None, status_outcome="")
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "status_letter" and task.year == year)
    if ledger.state.status is Status.ACTIVE and cycle.report_due:
        usual = dates.on(ledger.state.policy.status_decision_due, year)
        due = usual if usual >= ledger.today else None
        ledger.open_task("annual_status", "REV-07", Role.GCM, year=year, due_on=due)


def _take_back_opening(ledger: Ledger, effects: dict[str, Any]) -> None:
    """The dialogue that the decision opened ends, if it is still open; flags that it set aside stand open again."""
    current = dialogue.open_one(ledger)
    if current is not None and current.number == effects.get("dialogue"):
        dialogue.close_dialogue(ledger, "opened_by_mistake", ledger.today)
    _unconsider(ledger, effects)


def _present_again(ledger: Ledger, effects: dict[str, Any]) -> None:
    """The roadmap that was sent back is before the GCM again, unless it has been presented anew."""
    state = ledger.state
    if state.status is not Status.CANDIDATE or state.candidacy.presented_on is not None:
        return
    candidacy.present_as_before(ledger, effects)


def _take_back_closing(ledger: Ledger, effects: dict[str, Any]) -> None:
    """The dialogue that the decision ended goes on, under a new number, unless a later one took its place."""
    state = ledger.state
    closed = next((one for one in state.dialogues if one.number == effects.get("closed")), None)
    if closed is not None and closed is state.dialogues[-1]:
        _go_on(ledger, closed)
    _unconsider(ledger, effects)


def _go_on(ledger: Ledger, closed: Dialogue) -> None:
    again = dialogue.open_dialogue(
        ledger,
        decision=closed.decision,
        day=ledger.today,
        topics=tuple(closed.topics),
        subgroup=closed.subgroup,
        for_candidate=closed.for_candidate,
    )
    remember(ledger, closed.decision, dialogue=again.number)


def _take_back_reactivation(ledger: Ledger, effects: dict[str, Any]) -> None:
    reactivation.reopen(ledger, effects.get("reactivation", 0))
    for place in effects.get("cleared", []):
        ledger.state.flags[place].cleared_on = None


def _unconsider(ledger: Ledger, effects: dict[str, Any]) -> None:
    for place in effects.get("considered", []):
        flag = ledger.state.flags[place]
        flag.considered_on, flag.considered_because = None, ""
    ledger.touch()
    restoring.ask_for_dialogue(ledger)
