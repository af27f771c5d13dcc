"""Examples of answers about letters of record, as the OpenAPI document shows them. The country is invented."""

from typing import Any

LETTER: dict[str, Any] = {
    "number": "A8.7/XAJ/2026/3",
    "kind": "dialogue_invitation",
    "title": "invitation to a dialogue",
    "clause": "DIA-01",
    "state": "approved",
    "language": "en",
    "year": None,
    "drafted_at": "2026-11-20T09:00:00Z",
    "approved_at": "2026-11-23T15:30:00Z",
    "signed_by": "The Head of the Secretariat",
    "signed_post": "Head of the Secretariat of Alliance 8.7",
    "public": False,
    "corrects": "",
    "corrected_by": "",
    "document": {
        "id": "0123456789abcdef0123456789abcdef",
        "name": "A8.7-XAJ-2026-3.pdf",
        "media_type": "application/pdf",
        "size": 48213,
        "sha256": "68d3dbe223d4659eb030429ecc280a437eb6e9b042a59797cbbd9e16f56c1d56",
    },
    "edits": 1,
    "task": "letter-2026-3",
    "edited_by": "A member of the Secretariat",
    "approved_by": "A member of the Secretariat",
    "reason": "",
}
LETTER_WHOLE: dict[str, Any] = {
    "letter": LETTER,
    "subject": "Invitation to a dialogue",
    "paragraphs": ["The dialogue is to speak of:", "- the progress report\n- inspections in mines"],
}
