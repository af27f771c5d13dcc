"""Examples of what is answered about people, hand-overs and risks, as the OpenAPI document shows them."""

from typing import Any

Answer = dict[str, Any]


def handover_answers(person: Answer, receipt: Answer) -> dict[str, Answer]:
    """The answers by operation and status. `person` and `receipt`: the examples of the main answers."""
    done = {"200": {**receipt, "closed": [], "opened": []}}
    return {
        "name_successor": done,
        "accept_mandate": done,
        "withdraw_successor": done,
        "name_contributor": done,
        "end_contributor": done,
        "read_brief": {"200": _brief(person)},
        "list_risks": {"200": _RISKS},
    }


_PROMISES: Answer = {
    "roadmap_version": 2,
    "roadmap_on": "2021-11-02",
    "report_year": 2024,
    "priorities": [
        {
            "key": "child-labour-cocoa",
            "topic": "child_labour",
            "title": "Child labour in cocoa",
            "measures": [{"text": "Monitoring in 12 districts", "by": "2027-12-31"}],
            "reported_state": "on track",
            "reported": "Seven districts are monitored.",
        }
    ],
    "next_steps": [{"text": "Train 60 labour inspectors", "by": "2026-11-30"}],
    "on_paper": False,
}


def _brief(person: Answer) -> Answer:
    shown = {name: person[name] for name in ("name", "post", "email")}
    return {
        "code": "XAJ",
        "name": "Jorvania",
        "language": "en",
        "today": "2026-11-26",
        "as_of": "2026-10-01T12:00:00Z",
        "status": "active",
        "status_since": "2022-03-01",
        "stage": "review",
        "cycle": 2026,
        "paused_on": None,
        "late": True,
        "deadlines": [
            {
                "task": "progress_report-2026",
                "kind": "progress_report",
                "year": 2026,
                "due_on": "2026-04-30",
                "state": "late",
            }
        ],
        "promises": _PROMISES,
        "comments": [],
        "unanswered": [],
        "flags": [
            {
                "indicator": "no_report",
                "years": [2025, 2026],
                "raised_on": "2026-10-01",
                "reasons": [],
                "clears": [{"key": "review.clear.hand_in_report", "values": {"year": "2026"}}],
            }
        ],
        "unmet": [],
        "circumstances": [],
        "dialogue": None,
        "people": [{"role": "focal_point", **shown}],
        "ministry": "Ministry of Labour",
        "ministry_email": "ministry@labour.example",
        "drafts": None,
    }


_RISKS: Answer = {
    "sign_ins_known_since": None,
    "items": [
        {
            "country": "XAJ",
            "country_name": "Jorvania",
            "risks": [
                {
                    "key": "risk.single_contact",
                    "where": "",
                    "clause": "EOI-03",
                    "values": {},
                    "text": "This country has a single address: no deputy, and no second address of the focal point.",
                }
            ],
        }
    ],
}
