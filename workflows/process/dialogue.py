"""Dialogue and support, for a country whose progress is insufficient (DIA clauses) and for a candidate (PLN-11)."""

from datetime import date, timedelta
from typing import Any

from contracts.names import DIALOGUE, dialogue_id
from contracts.state import ChildNote, ChildOrder, Dialogue, Entry
from framework.decision_contents import NO_POSITIVE_OUTCOME
from framework.dialogue import pause_ends, paused
from framework.records import (
    DialogueCheckpoint,
    DialogueGuidance,
    DialogueMeeting,
    SpecialCircumstances,
    SupportAction,
)
from framework.terms import LetterKind, Role, TaskState
from workflows.process import letters, review
from workflows.process.ledger import Ledger
from workflows.process.plain import plain
from workflows.process.recipients import focal_point, seats


def open_dialogue(
    ledger: Ledger,
    *,
    decision: str,
    day: date,
    topics: tuple[str, ...],
    subgroup: str = "",
    for_candidate: bool = False,
) -> Dialogue:
    """Opens a dialogue: its own child workflow, a first meeting within the policy's days, the country is told."""
    state = ledger.state
    number = len(state.dialogues) + 1
    dialogue = Dialogue(
        number=number,
        opened_on=day,
        decision=decision,
        for_candidate=for_candidate,
        topics=list(topics),
        subgroup=subgroup,
    )
    state.dialogues.append(dialogue)
    start_child(ledger, dialogue)
    clause = "PLN-11" if for_candidate else "DIA-01"
    ledger.note("dialogue_opened", clause, number=number, topics=list(topics), for_candidate=for_candidate)
    due = ledger.today + timedelta(days=state.policy.dialogue_opens_within_days)
    ledger.open_task("dialogue_meeting", clause, Role.SECRETARIAT, due_on=due, number=number)
    ledger.mail(
        "dialogue_opened",
        [*focal_point(ledger.state), *seats(Role.MWG)],
        topics=list(topics),
        for_candidate=for_candidate,
    )
    return dialogue


def start_child(ledger: Ledger, dialogue: Dialogue) -> None:
    """Orders the child workflow of a dialogue."""
    state = ledger.state
    input_ = {
        "code": state.code,
        "name": state.name,
        "number": dialogue.number,
        "opened_on": dialogue.opened_on.isoformat(),
        "checkpoint_days": state.policy.dialogue_checkpoint_days,
        "for_candidate": dialogue.for_candidate,
        "topics": dialogue.topics,
        "checkpoints": dialogue.checkpoints,
    }
    child = ChildOrder(workflow=DIALOGUE, id=dialogue_id(state.code, dialogue.number), input=input_)
    state.outbox.children.append(child)
    if state.paused_on is not None or paused(state.circumstances, ledger.today):
        pass_on_circumstances(ledger)
    else:
        state.rest_told_on = ledger.today


def close_dialogue(ledger: Ledger, outcome: str, day: date) -> None:
    """Ends the open dialogue with its outcome; its child workflow is told, its open duties fall."""
    current = open_one(ledger)
    if current is None:
        return
    _tell(ledger, "close", outcome=outcome, on=day.isoformat())
    current.closed_on, current.outcome = day, outcome
    ledger.close_tasks(
        TaskState.VOID, lambda task: task.kind in {"dialogue_meeting", "dialogue_checkpoint"}, "closed"
    )
    ledger.note("dialogue_closed", "DIA-01", number=current.number, outcome=outcome, effective_on=day)
    ledger.mail("dialogue_closed", [*focal_point(ledger.state), *seats(Role.MWG)], outcome=outcome)
    if outcome == NO_POSITIVE_OUTCOME:
        review.ask_about_standing_flags(ledger)


def open_one(ledger: Ledger) -> Dialogue | None:
    """The dialogue that is open, if there is one."""
    dialogues = ledger.state.dialogues
    return dialogues[-1] if dialogues and dialogues[-1].closed_on is None else None


def meeting(ledger: Ledger, record: DialogueMeeting, entry: Entry, day: date) -> None:
    """DIA-01: a meeting of the open dialogue."""
    if current := open_one(ledger):
        current.meetings += 1
        entry.values["number"] = current.number
        _tell(ledger, "record", kind=record.kind, on=plain(record.held_on), entry=entry.number)


def guidance(ledger: Ledger, record: DialogueGuidance, entry: Entry, day: date) -> None:
    """DIA-03: guidance goes to the country; 'adapt the roadmap' becomes a task of the country."""
    if current := open_one(ledger):
        current.guidance += [item[:300] for item in record.items]
        _tell(ledger, "record", kind=record.kind, on=day.isoformat(), entry=entry.number)
    if record.adapt_roadmap:
        ledger.open_task("adapted_roadmap", "DIA-03", Role.FOCAL_POINT)
    items, adapt = list(record.items), record.adapt_roadmap
    ledger.mail("guidance", focal_point(ledger.state), items=items, adapt_roadmap=adapt)
    because = letters.of_entry(entry.number)
    said = {"advice": items, "adapt_roadmap": adapt}
    letters.draft(ledger, LetterKind.GUIDANCE, because=because, said=said)


def checkpoint(ledger: Ledger, record: DialogueCheckpoint, entry: Entry, day: date) -> None:
    """How the dialogue stands, at a checkpoint."""
    _tell(ledger, "record", kind=record.kind, on=day.isoformat(), entry=entry.number)


def special_circumstances(
    ledger: Ledger, record: SpecialCircumstances, entry: Entry, day: date
) -> dict[str, Any]:
    """DIA-02: beside every later decision; the dialogue's own timer can rest."""
    ledger.state.circumstances.append(record)
    pass_on_circumstances(ledger)
    return {"index": len(ledger.state.circumstances) - 1}


def pass_on_circumstances(ledger: Ledger) -> None:
    """Tells an open dialogue whether its timer rests, and until when: for the country's pause, or circumstances."""
    state = ledger.state
    if open_one(ledger) is None:
        return
    state.rest_told_on = ledger.today
    if state.paused_on is not None:
        _tell(ledger, "pause", until=None)
    elif paused(state.circumstances, ledger.today):
        _tell(ledger, "pause", until=plain(pause_ends(state.circumstances, ledger.today)))
    else:
        _tell(ledger, "resume")


def support_action(ledger: Ledger, record: SupportAction, entry: Entry, day: date) -> None:
    """IMP-02, DIA-04, INA-01: on record; it closes nobody's duty (IMP-03)."""
    if open_one(ledger):
        _tell(ledger, "record", kind=record.kind, on=day.isoformat(), entry=entry.number)


def checkpoint_reached(ledger: Ledger, content: dict[str, Any]) -> None:
    """The child says that a checkpoint has come: the Secretariat is asked how the dialogue stands."""
    current = open_one(ledger)
    if current is None or content.get("number") != current.number:
        ledger.note(
            "child_message_ignored", "DIA-01", about="dialogue_checkpoint", number=content.get("number")
        )
        return
    current.checkpoints += 1
    ledger.note(
        "dialogue_checkpoint_reached", "DIA-01", number=current.number, checkpoint=current.checkpoints
    )
    key = f"dialogue_checkpoint-{current.number}.{current.checkpoints}"
    ledger.open_task("dialogue_checkpoint", "DIA-01", Role.SECRETARIAT, key=key, number=current.number)


def _tell(ledger: Ledger, name: str, **content: Any) -> None:
    number = len(ledger.state.dialogues)
    note = ChildNote(id=dialogue_id(ledger.state.code, number), name=name, content=plain(content))
    ledger.state.outbox.notes.append(note)
