"""Examples of answers about mail. The country, its people and their addresses are invented."""

from typing import Any

Answer = dict[str, Any]

MAIL: Answer = {
    "key": "XAJ-2026-reminder-progress_report-2026-2026-04-23-0123456789ab",
    "country": "XAJ",
    "cycle": "2026",
    "kind": "reminder",
    "task": "progress_report-2026",
    "made_at": "2026-04-23T08:00:00Z",
    "due_at": "2026-04-23T08:00:00Z",
    "to_role": "deputy",
    "to_name": "The Deputy Director",
    "to_email": "deputy@labour.example",
    "language": "en",
    "state": "bounced",
    "answer": "5.1.1 smtp; 550 5.1.1 <deputy@labour.example>: no such user",
    "attempts": 2,
    "possible_duplicate": False,
    "finished_at": "2026-04-23T09:30:00Z",
    "withheld": False,
}
STORY: Answer = {
    **MAIL,
    "message_id": MAIL["key"],
    "story": [
        {
            "what": "postponed",
            "at": "2026-04-23T08:00:02Z",
            "attempt": 1,
            "said": "451 4.7.1 Greylisted",
            "again_at": "2026-04-23T08:01:02Z",
        },
        {"what": "sent", "at": "2026-04-23T08:01:03Z", "attempt": 2, "said": "250 2.0.0 Queued"},
        {"what": "bounced", "at": "2026-04-23T09:30:00Z", "said": MAIL["answer"], "report": "0f" * 32},
    ],
}
RETURNED: Answer = {
    "id": "0f" * 32,
    "kind": "failed",
    "state": "noted",
    "mail": MAIL["key"],
    "recorded_at": "2026-04-23T09:30:00Z",
    "size": 4821,
    "truncated": False,
    "sender": "Mail Delivery System <MAILER-DAEMON@mx.labour.example>",
    "subject": "Undelivered Mail Returned to Sender",
    "status": "5.1.1",
    "said": "smtp; 550 5.1.1 <deputy@labour.example>: no such user",
    "seen_at": None,
    "seen_by": "",
    "note": "",
}

MAIL_ANSWERS: dict[str, dict[str, Any]] = {
    "list_mails": {"200": {"items": [MAIL], "next": None}},
    "read_mail": {"200": STORY},
    "list_returns": {"200": {"items": [RETURNED], "next": None}},
    "read_return": {"200": RETURNED},
    "see_to_return": {
        "200": {
            **RETURNED,
            "kind": "unclear",
            "mail": "",
            "state": "seen",
            "seen_at": "2026-04-24T07:00:00Z",
            "seen_by": "A secretariat",
            "note": "Advertising",
        }
    },
}
"""By the name of the operation and the status of the answer."""
