"""Examples of what the API answers about drafts, for its description."""

from typing import Any

Answer = dict[str, Any]

DRAFT_TEXT: Answer = {
    "section": "experience",
    "content": {"worked_well": "Village committees.", "obstacles": ""},
    "version": 3,
    "saved_at": "2027-04-12T09:30:00Z",
    "role": "deputy",
    "by_you": False,
}
DRAFT_SECTION: Answer = {"section": "experience", "text": DRAFT_TEXT, "beside": []}
DRAFT: Answer = {
    "country": "XAA",
    "key": "progress_report-2027",
    "closed": False,
    "sections": [DRAFT_SECTION],
}

DRAFT_ANSWERS: dict[str, dict[str, Any]] = {
    "read_draft": {"200": DRAFT},
    "read_draft_section": {"200": DRAFT_SECTION},
    "save_draft_section": {"200": DRAFT_TEXT},
}
