"""Examples of a hand-over and of naming contributors, as the OpenAPI document shows them. The people are invented."""

from typing import Any

Examples = dict[str, Any]

_NAMED: dict[str, Any] = {
    "name": "The new Director of Labour Inspection",
    "post": "Director",
    "email": "new.focal.point@labour.example",
    "language": "fr",
}
_LETTER: dict[str, Any] = {"id": "0123456789abcdef0123456789abcdef"}


def _one(name: str, summary: str, submission: dict[str, Any], **more: Any) -> Examples:
    return {name: {"summary": summary, "value": {"submission": submission, **more}}}


NAMINGS = _one(
    "successor_named",
    "A successor, with two weeks of overlap (EOI-03)",
    {"kind": "successor_named", "successor": _NAMED, "overlap_days": 14},
) | _one(
    "successor_named_by_letter",
    "Named by the country's letter, registered by the Secretariat",
    {"kind": "successor_named", "successor": _NAMED, "letter": _LETTER},
    on_behalf_of="Ministry of Labour",
)
ACCEPTANCES = _one(
    "successor_accepted",
    "The successor takes up the mandate",
    {"kind": "successor_accepted", "handover": "handover-12"},
)
WITHDRAWALS = _one(
    "successor_withdrawn",
    "Another person is meant",
    {"kind": "successor_withdrawn", "handover": "handover-12", "reason": "Another person was chosen"},
)
CONTRIBUTORS = _one(
    "contributor_named",
    "A statistician helps with the report and its indicators until the end of May",
    {
        "kind": "contributor_named",
        "contributor": {**_NAMED, "name": "A statistician", "email": "statistics@labour.example"},
        "tasks": ["progress_report", "indicator_framework"],
        "until": "2027-05-31",
    },
)
ENDINGS = _one(
    "contributor_ended",
    "The statistician's part is done",
    {"kind": "contributor_ended", "contributor": "contributor-14"},
)
HANDOVER_SUBMISSIONS: Examples = {
    "successor_named": NAMINGS["successor_named"],
    **ACCEPTANCES,
    **WITHDRAWALS,
    **CONTRIBUTORS,
    **ENDINGS,
}
