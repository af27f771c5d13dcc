"""What each signal to a country means. The shell has taken it in; here it is acted upon, or refused with the reason."""

from typing import Any

from contracts import names
from contracts.children import ChildReport
from contracts.state import Arrived
from workflows.process import catching_up, decision_signals, decisions, dialogue, failures, reactivation
from workflows.process.ledger import Ledger

ENDED = {"dialogue_ended": "DIA-01", "reactivation_ended": "REA-01"}
KNOWN = {"dialogue_checkpoint", "reactivation_idle", "mail_failed", *ENDED}
UNKNOWN = "is not a message that this country knows"
REPORTED = tuple(ChildReport.model_fields)
"""What a child says when it ends; whatever else such a signal carries is nobody's and goes into no row."""


def not_understood(message: Arrived) -> str:
    """Why a signal cannot be acted upon at all, whatever the country is in; empty when it can be."""
    if message.undecodable:
        return message.undecodable
    if message.name == names.GCM_DECISION:
        found = decision_signals.understood(message.content)
        return found if isinstance(found, str) else ""
    known = message.name == "nudge" or (message.name in KNOWN and isinstance(message.content, dict))
    return "" if known else UNKNOWN


def act_on(ledger: Ledger, message: Arrived) -> str:
    """Does what a signal says that is understood. Returns why it was refused; empty when it was not."""
    content = message.content
    if message.name == names.GCM_DECISION:
        return _decide(ledger, content)
    if message.name == "nudge":
        return ""
    if message.name == "dialogue_checkpoint":
        dialogue.checkpoint_reached(ledger, content)
    elif message.name == "reactivation_idle":
        reactivation.idle(ledger, content)
    elif message.name == "mail_failed":
        if (failed := failures.mail_failed(ledger, content)) is not None:
            catching_up.late_return(ledger, failed)
    elif message.name in ENDED:
        said = {name: content[name] for name in REPORTED if name in content}
        ledger.note(message.name, ENDED[message.name], **said)
    return ""


def _decide(ledger: Ledger, content: Any) -> str:
    decision = decision_signals.understood(content)
    if isinstance(decision, str):
        return decision
    if ledger.state.ended:
        return "the country has withdrawn"
    decisions.decide(ledger, decision, sent_by=decision_signals.sender(content))
    return ""
