"""Examples of GCM decisions, as the OpenAPI document shows them. The country is invented."""

from api.examples import Example, Examples

MEETING: Example = {"meeting": "GCM 2026/1", "meeting_on": "2026-06-10", "consensus": "reached"}
DECISIONS: Examples = {
    "grant": {
        "summary": "The status is granted (PLN-09)",
        "value": {"decision": {"id": "gcm-2026-1-xaa", "kind": "grant", **MEETING, "statement": "Welcome."}},
    },
    "comments": {
        "summary": "Comments on a roadmap (PLN-08)",
        "value": {
            "decision": {
                "id": "gcm-2026-1-xaa-comments",
                "kind": "comments",
                "meeting": "GCM 2026/1",
                "meeting_on": "2026-06-10",
                "comments": ["Say how inspections in the informal economy will be paid for."],
            }
        },
    },
    "blocked": {
        "summary": "Consensus was blocked",
        "value": {
            "decision": {
                "id": "gcm-2026-2-xaa",
                "kind": "grant",
                "meeting": "GCM 2026/2",
                "meeting_on": "2026-10-20",
                "consensus": "blocked",
                "blocked_by": ["Workers' group"],
                "blocked_because": "The roadmap has no measure on freedom of association.",
            }
        },
    },
}
