"""Examples of what is handed in, as the OpenAPI document shows them.

The country is invented; the one that is registered has a code that the sample does not use.
"""

from typing import Any

from api.handover_examples import HANDOVER_SUBMISSIONS
from api.letter_examples import LETTER_SUBMISSIONS

Example = dict[str, Any]
Examples = dict[str, Any]

CONSULTATION: Example = {
    "held_on": "2026-02-10",
    "body": "National Committee on SDG Target 8.7",
    "categories": ["government", "employers", "workers", "civil_society"],
    "summary": "Draft discussed chapter by chapter; comments taken up.",
}
PRIORITY: Example = {
    "key": "child-labour-cocoa",
    "topic": "child_labour",
    "title": "Child labour in cocoa",
    "measures": [
        {
            "text": "Monitoring and remediation in 12 districts",
            "indicator": "Children withdrawn and in school",
            "baseline": "0",
            "target": "4,000",
            "by": "2027-12-31",
        }
    ],
}
NEXT_STEP: Example = {"key": "train-inspectors", "text": "Train 60 labour inspectors", "by": "2026-11-30"}

ROADMAP: Example = {
    "kind": "roadmap",
    "priorities": [PRIORITY],
    "next_steps": [NEXT_STEP],
    "support_areas": ["Training of labour inspectors"],
    "timetable": "First measures in the second half of 2026, the others by the end of 2027.",
    "budget": {
        "currency": "USD",
        "total": "2,400,000",
        "financial_resources": "1,500,000 from the national budget",
        "human_resources": "14 posts",
        "gaps": "900,000",
        "steps_to_full_financing": "Round table with development partners",
    },
    "consultation_process": "Three regional workshops and one national one.",
    "consultations": [CONSULTATION],
}
WORKSHOP: Example = {
    "kind": "workshop",
    "title": "National strategic planning workshop",
    "held_on": "2026-02-10",
    "place": "The capital",
    "participants": ["government", "employers", "workers", "civil_society", "survivors"],
    "summary": "Priorities agreed.",
}
STAKEHOLDER_LIST: Example = {
    "kind": "stakeholder_list",
    "stakeholders": [
        {"name": "Ministry of Labour", "category": "government"},
        {"name": "Employers' Federation", "category": "employers"},
        {"name": "Congress of Trade Unions", "category": "workers"},
        {"name": "Network against Child Labour", "category": "civil_society"},
    ],
    "bodies": [{"name": "National Committee on SDG Target 8.7", "mandate": "Decree of 2025"}],
}
PROGRESS_REPORT: Example = {
    "kind": "progress_report",
    "year": 2026,
    "body_consulted": "National Committee on SDG Target 8.7",
    "consultations": [CONSULTATION],
    "progress": [
        {
            "priority": "child-labour-cocoa",
            "text": "900 children withdrawn and in school.",
            "state": "on track",
        }
    ],
    "worked_well": "Village committees.",
    "obstacles": "Roads closed in the rainy season.",
    "participation": "Workers' and employers' organizations took part in all steps.",
    "next_steps": [NEXT_STEP],
    "support_needed": "Training materials.",
    "experience_wanted": "Monitoring systems of other countries.",
}
INDICATOR_FRAMEWORK: Example = {
    "kind": "indicator_framework",
    "year": 2026,
    "values": [
        {
            "indicator": "children_in_child_labour",
            "value": "12.4",
            "unit": "%",
            "source": "National survey 2025",
        },
        {"indicator": "convictions", "unavailable_because": "The courts publish in autumn."},
    ],
}
EVIDENCE: Example = {
    "kind": "evidence",
    "year": 2026,
    "about": "progress",
    "form": "survey",
    "title": "Baseline survey in 12 districts",
    "link": "https://example.org/survey",
    "supplied_by": "National Statistics Office",
    "confidentiality": "partners",
}
MWG_COMMENTS: Example = {
    "kind": "mwg_comments",
    "year": 2026,
    "comments": ["Give the source of the first indicator."],
}

PREFERENCES: Example = {"kind": "mail_preferences", "language": "fr", "time_zone": "Africa/Nairobi"}
SUBMISSIONS: Examples = {
    "roadmap": {"summary": "A roadmap (PLN-05)", "value": {"submission": ROADMAP}},
    "workshop": {"summary": "A strategic planning workshop (PLN-01)", "value": {"submission": WORKSHOP}},
    "stakeholder_list": {
        "summary": "Stakeholders and bodies (EOI-07)",
        "value": {"submission": STAKEHOLDER_LIST},
    },
    "progress_report": {"summary": "The annual report (REP-04)", "value": {"submission": PROGRESS_REPORT}},
    "indicator_framework": {
        "summary": "The year's indicators (REP-05)",
        "value": {"submission": INDICATOR_FRAMEWORK},
    },
    "evidence": {"summary": "Evidence of progress (REV-03)", "value": {"submission": EVIDENCE}},
    "mwg_comments": {"summary": "The MWG's comments (REP-08)", "value": {"submission": MWG_COMMENTS}},
    **LETTER_SUBMISSIONS,
    **HANDOVER_SUBMISSIONS,
    "mail_preferences": {"summary": "How to be written to (REP-07)", "value": {"submission": PREFERENCES}},
    "on_behalf": {
        "summary": "On paper, registered by the Secretariat",
        "value": {
            "submission": INDICATOR_FRAMEWORK,
            "on_behalf_of": "Ministry of Labour",
            "received_on": "2026-04-28",
        },
    },
}

LETTER: Example = {"id": "0123456789abcdef0123456789abcdef"}
EXPRESSION: Example = {
    "country": "XZA",
    "country_name": "Zarvania",
    "minister": "The Minister of Labour",
    "ministry": "Ministry of Labour",
    "is_government": True,
    "addressee": "ilo_director_general",
    "dated": "2026-01-12",
    "letter": LETTER,
    "focal_point": {
        "name": "The Director of Labour Inspection",
        "post": "Director",
        "email": "focal.point@labour.example",
        "language": "en",
    },
}
EXPRESSIONS: Examples = {
    "letter": {
        "summary": "A minister's letter",
        "value": {"submission": EXPRESSION, "received_on": "2026-01-20"},
    }
}

REACTIVATIONS: Examples = {
    "request": {
        "summary": "A letter to the Chair, with a measure and its evidence (REA-02, REA-03)",
        "value": {
            "submission": {
                "kind": "reactivation_request",
                "addressee": "chair",
                "dated": "2026-03-02",
                "letter": LETTER,
                "roadmap_changes": "none",
                "measures": [
                    {
                        "text": "The National Committee meets again every quarter",
                        "taken": True,
                        "link": "https://example.org/minutes",
                    }
                ],
            }
        },
    }
}
EXTENSION_REQUESTS: Examples = {
    "elections": {
        "summary": "Asked for before the due date, with the body's support (REP-02)",
        "value": {
            "submission": {
                "kind": "extension_request",
                "task": "progress_report-2026",
                "until": "2026-05-31",
                "reason": "Elections in April",
                "body_in_support": "National Committee on SDG Target 8.7",
            }
        },
    }
}
EXTENSIONS: Examples = {
    "granted": {
        "summary": "A new due date",
        "value": {
            "submission": {
                "kind": "extension",
                "task": "progress_report-2026",
                "until": "2026-05-31",
                "reason": "Elections in April",
            }
        },
    },
    "not_granted": {
        "summary": "The due date stays",
        "value": {
            "submission": {
                "kind": "extension",
                "task": "progress_report-2026",
                "granted": False,
                "reason": "The reason was known when the cycle opened",
            }
        },
    },
}
CONTACTS: Examples = {
    "focal_point": {
        "summary": "A new focal point (EOI-03)",
        "value": {
            "submission": {
                "kind": "contact_change",
                "focal_point": {
                    "name": "The new Director of Labour Inspection",
                    "post": "Director",
                    "email": "new.focal.point@labour.example",
                    "language": "fr",
                },
                "letter": LETTER,
            }
        },
    },
    "deputies": {
        "summary": "Deputies; the focal point stays",
        "value": {
            "submission": {
                "kind": "contact_change",
                "deputies": [
                    {"name": "The Deputy Director", "post": "Deputy", "email": "deputy@labour.example"}
                ],
            }
        },
    },
}
POLICIES: Examples = {
    "settings": {
        "summary": "Comments earlier, checkpoints more often, from the next cycle on (REP-02)",
        "value": {
            "submission": {
                "kind": "policy_change",
                "settings": {"comments_due": "05-20", "dialogue_checkpoint_days": 60},
                "reason": "Agreed at the GCG's spring meeting",
            }
        },
    }
}

PAYLOADS: Examples = {
    "typed": {
        "summary": 'What was typed: {"code": "XAJ"}',
        "value": {
            "payloads": [
                {"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "eyJjb2RlIjogIlhBSiJ9"},
            ]
        },
    }
}
