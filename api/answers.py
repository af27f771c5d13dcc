"""Examples of the main answers, by operation and status, as the OpenAPI document shows them. The country is invented."""

from typing import Any

from api.draft_answers import DRAFT_ANSWERS
from api.handover_answers import handover_answers
from api.letter_answers import LETTER, LETTER_WHOLE
from api.mail_answers import MAIL_ANSWERS

Answer = dict[str, Any]

PERSON: Answer = {
    "name": "The Director of Labour Inspection",
    "post": "Director",
    "email": "focal.point@labour.example",
    "language": "en",
    "time_zone": "UTC",
}
SUMMARY: Answer = {
    "code": "XAJ",
    "name": "Jorvania",
    "status": "active",
    "stage": "review",
    "status_since": "2022-03-01",
    "cycle": 2026,
    "next_deadline": "2026-05-01T11:59:59Z",
    "next_deadline_task": "progress_report-2026",
    "late": True,
    "flags": ["no_report"],
    "undelivered": [
        {
            "kind": "reminder",
            "since": "2026-04-23T08:05:00Z",
            "state": "bounced",
            "to": "deputy",
            "task": "mail_failed-XAJ-2026-reminder-progress_report-2026-2026-04-23-0123456789ab",
        }
    ],
    "paused_on": None,
    "revision": 27,
    "updated_at": "2026-10-01T12:00:00Z",
}
COUNTRY: Answer = {
    **SUMMARY,
    "language": "en",
    "status_history": [
        {
            "before": "candidate",
            "after": "active",
            "on": "2022-03-01",
            "because": "gcg-2022-1-xaj",
            "resets_years": [],
            "since_before": "2020-05-04",
        }
    ],
    "edition": "2026-1",
    "focal_point": PERSON,
    "deputies": [],
    "ministry": "Ministry of Labour",
    "ministry_email": "ministry@labour.example",
    "all_flags": [{"indicator": "no_report", "years": [2025, 2026], "raised_on": "2026-10-01"}],
    "circumstances": [],
    "dialogues": [],
    "reactivations": [],
    "unmet": [],
    "refusals": [],
    "refusal_count": 0,
}
WHY: Answer = {
    "code": "XAJ",
    "as_of": "2026-10-01T12:00:00Z",
    "raised": ["no_report"],
    "indicators": [
        {
            "indicator": "no_report",
            "clause": "REV-09",
            "raised": True,
            "text": "No progress report for two consecutive years",
            "why": "Raised: the last two judged years both lapsed.",
            "years": [
                {
                    "year": 2026,
                    "lapsed": True,
                    "why": "no_report.missing",
                    "text": "No report had come by 2026-09-30.",
                    "documents": [],
                    "dates": {"judged_on": "2026-09-30", "due_on": "2026-04-30"},
                }
            ],
            "clears": [
                {
                    "key": "review.clear.hand_in_report",
                    "clause": "REV-09",
                    "values": {"year": "2026"},
                    "text": "The progress report for 2026, even late, clears the flag if it comes before the cycle"
                    " closes.",
                }
            ],
        }
    ],
    "combination": None,
}
TASK: Answer = {
    "country": "XAJ",
    "country_name": "Jorvania",
    "title": "Hand in the annual progress report",
    "task": {
        "key": "progress_report-2026",
        "kind": "progress_report",
        "clause": "REP-01",
        "role": "focal_point",
        "year": 2026,
        "opened_at": "2026-01-01T12:00:00Z",
        "due_on": "2026-04-30",
        "due_at": "2026-05-01T11:59:59Z",
        "first_due_on": "2026-04-30",
        "state": "open",
        "rungs": [{"number": 1, "offset": -90, "at": "2026-01-30T08:00:00Z", "outcome": "sent"}],
    },
}
ENTRY: Answer = {
    "number": 11,
    "at": "2026-04-28T09:30:00Z",
    "kind": "progress_report",
    "clause": "REP-01",
    "by": "The Director of Labour Inspection",
    "role": "focal_point",
    "message": "5f0c1f0e-9d0c-4f43-8a3a-7f2f6f5b9a11",
    "task": "progress_report-2026",
    "year": 2026,
    "values": {"version": 1},
    "title": "Annual progress report",
    "withheld": False,
}
RECEIPT: Answer = {
    "message_id": "5f0c1f0e-9d0c-4f43-8a3a-7f2f6f5b9a11",
    "entry": 11,
    "revision": 26,
    "at": "2026-04-28T09:30:00Z",
    "closed": ["progress_report-2026"],
    "opened": ["mwg_comments-2026"],
    "version": 1,
    "warnings": [],
}
NO_ADDRESS: Answer = {
    "key": "eoi.ministry_email.missing",
    "where": "ministry_email",
    "clause": "EOI-03",
    "text": "The ministry has no e-mail address on record; last reminders cannot reach it.",
}
REGISTERED: Answer = {
    "code": "XZA",
    "name": "Zarvania",
    "process": "country-XZA",
    "warnings": [NO_ADDRESS],
}
ACCEPTED: Answer = {
    "decision_id": "gcm-2026-1-xaa",
    "answer": "accepted",
    "reasons": [],
    "warnings": [],
    "at": "2026-06-11T08:00:00Z",
    "revision": 31,
}
PENDING: Answer = {**ACCEPTED, "answer": "pending", "at": None, "revision": 0}
NO_DIALOGUE: Answer = {
    "key": "decision.inactive.no_dialogue",
    "where": "kind",
    "clause": "DIA-06",
    "text": "There has been no dialogue with the country. Only after a dialogue without a positive outcome can it be"
    " declared inactive.",
}
DECISION: Answer = {
    "decision": {
        "id": "gcm-2026-2-xaj",
        "kind": "declare_inactive",
        "meeting": "GCM 2026/2",
        "meeting_on": "2026-11-19",
        "consensus": "reached",
    },
    "answer": {**ACCEPTED, "decision_id": "gcm-2026-2-xaj", "answer": "refused", "reasons": [NO_DIALOGUE]},
}
DOCUMENT: Answer = {
    "id": "0123456789abcdef0123456789abcdef",
    "name": "letter.pdf",
    "media_type": "application/pdf",
    "size": 48213,
    "sha256": "68d3dbe223d4659eb030429ecc280a437eb6e9b042a59797cbbd9e16f56c1d56",
    "country": "XZA",
    "confidentiality": "partners",
    "uploaded_role": "secretariat",
    "uploaded_at": "2026-01-20T10:00:00Z",
}
REFERENCE: Answer = {name: DOCUMENT[name] for name in ("id", "name", "media_type", "size", "sha256")}
CONTACTS: Answer = {
    "focal_point": PERSON,
    "deputies": [],
    "ministry": "Ministry of Labour",
    "ministry_email": "ministry@labour.example",
}
ME: Answer = {
    "role": "focal_point",
    "name": "The Director of Labour Inspection",
    "country": "XAJ",
    "may": ["submit", "upload"],
    "until": "2026-12-31T12:00:00Z",
}
FEED: Answer = {
    "id": "6f1c0a4b7d2e4c1f8a9b0c1d2e3f4a5b",
    "role": "focal_point",
    "country": "XAJ",
    "name": "The Director of Labour Inspection",
    "language": "en",
    "created_at": "2026-11-26T09:00:00Z",
    "created_by": "The Director of Labour Inspection",
    "created_role": "focal_point",
}
NEW_FEED: Answer = {
    **FEED,
    "url": "https://pathfinder.example/calendar/shown-once-and-never-again-00000.ics",
}


def _page(item: Answer) -> Answer:
    return {"items": [item], "next": None}


ANSWERS: dict[str, dict[str, Any]] = {
    "list_countries": {"200": _page(SUMMARY)},
    "register_country": {"201": REGISTERED},
    "read_country": {"200": COUNTRY},
    "explain_flags": {"200": WHY},
    "read_timeline": {"200": _page(ENTRY)},
    "list_tasks": {"200": _page(TASK)},
    "list_my_tasks": {"200": _page(TASK)},
    "list_country_tasks": {"200": _page(TASK)},
    "read_task": {"200": TASK},
    "complete_task": {"200": RECEIPT},
    **DRAFT_ANSWERS,
    "submit": {"200": RECEIPT},
    "request_reactivation": {"200": {**RECEIPT, "closed": [], "opened": ["reactivation_check"]}},
    "request_extension": {"200": {**RECEIPT, "closed": [], "opened": ["extension-progress_report-2026"]}},
    "grant_extension": {"200": {**RECEIPT, "closed": ["extension-progress_report-2026"], "opened": []}},
    "read_contacts": {"200": CONTACTS},
    "change_contacts": {"200": {**RECEIPT, "closed": [], "opened": []}},
    **handover_answers(PERSON, RECEIPT),
    "change_policy": {"200": {**RECEIPT, "closed": [], "opened": []}},
    "send_decision": {"200": ACCEPTED, "202": PENDING},
    "read_decision": {"200": DECISION},
    "upload_document": {"201": DOCUMENT},
    "read_document": {"200": DOCUMENT},
    **MAIL_ANSWERS,
    "create_calendar_feed": {"201": NEW_FEED},
    "list_calendar_feeds": {"200": {"items": [FEED]}},
    "read_me": {"200": ME},
    "list_letters": {"200": _page(LETTER)},
    "read_letter": {"200": LETTER_WHOLE},
}
"""By the name of the operation and the status of the answer."""

PROBLEM: Answer = {
    "type": "urn:pathfinder:problem:refused",
    "title": "Refused",
    "status": 422,
    "detail": "Nothing was changed, for one reason.",
    "findings": [
        {
            "key": "progress_report.body.missing",
            "where": "body_consulted",
            "clause": "EOI-08",
            "text": "Name the coordination body that was consulted on the report.",
        }
    ],
}
"""What every refusal looks like."""
