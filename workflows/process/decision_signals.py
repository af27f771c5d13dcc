"""What a signal with a GCM decision says: whoever sent it, by whatever program, it is understood or refused in words."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from framework.decision_record import YEARS, GcmDecision

DECISION: TypeAdapter[GcmDecision] = TypeAdapter(GcmDecision)
LONGEST_ID = 200


def understood(content: Any) -> GcmDecision | str:
    """The decision in a signal's content, or a sentence that says what is wrong with it."""
    try:
        decision = DECISION.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the decision"
        return f"{where}: {first['msg']} ({error.error_count()} in all)"[:500]
    if len(decision.id) > LONGEST_ID:
        return f"id: has {len(decision.id)} characters; at most {LONGEST_ID} are taken"
    for one in filter(None, (decision, decision.replacement)):
        if one.year is not None and one.year not in YEARS:
            return f"year: {one.year} is not from {YEARS[0]} to {YEARS[-1]}"
    return decision


def sender(content: Any) -> str:
    """Who sent a decision, as the signal says beside it; empty when it does not say."""
    name = content.get("sent_by") if isinstance(content, dict) else None
    return name.strip()[:LONGEST_ID] if isinstance(name, str) else ""
