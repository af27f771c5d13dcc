"""Examples of what is said about the GCM's items, as the OpenAPI document shows them."""

from typing import Any

Examples = dict[str, Any]

ITEMS: Examples = {
    "agenda": {
        "summary": "An item on the agenda of a meeting",
        "value": {
            "submission": {
                "kind": "gcm_item",
                "decides": "annual_status",
                "year": 2026,
                "meeting": "GCM 2026/2",
                "meeting_on": "2026-11-19",
                "text": "The review found that the commitments were met.",
            }
        },
    }
}
POSITIONS: Examples = {
    "support": {
        "summary": "A member's position for their own seat",
        "value": {"submission": {"kind": "gcm_position", "seat": "Employers", "position": "support"}},
    },
    "objection": {
        "summary": "An objection, with its reason",
        "value": {
            "submission": {
                "kind": "gcm_position",
                "seat": "Employers",
                "position": "object",
                "reason": "The second priority has no budget.",
            }
        },
    },
}
ITEM_ENDS: Examples = {
    "end": {
        "summary": "Taken off the agenda",
        "value": {"submission": {"kind": "gcm_item_end", "reason": "The country has asked for more time."}},
    }
}
