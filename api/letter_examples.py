"""Examples of what the Secretariat does with letters of record, as the OpenAPI document shows them."""

from typing import Any

Example = dict[str, Any]

LETTER_EDIT: Example = {
    "kind": "letter_edit",
    "number": "A8.7/XAA/2026/1",
    "seen": 0,
    "subject": "The status of Pathfinder Country is granted",
    "paragraphs": ["I am pleased to inform you of the following:", "- the status is granted"],
}
LETTER_APPROVAL: Example = {
    "kind": "letter_approval",
    "number": "A8.7/XAA/2026/1",
    "seen": 0,
    "signed_by": "The Head of the Secretariat",
    "signed_post": "Head of the Secretariat of Alliance 8.7",
}
LETTER_PUBLICATION: Example = {"kind": "letter_publication", "number": "A8.7/XAA/2026/2", "public": True}

LETTER_SUBMISSIONS: Example = {
    "letter_edit": {
        "summary": "Another text for a draft letter; `seen` is its `edits` when it was read",
        "value": {"submission": LETTER_EDIT},
    },
    "letter_approval": {
        "summary": "A draft letter is approved: it is set in type, archived and sent",
        "value": {"submission": LETTER_APPROVAL},
    },
    "letter_publication": {
        "summary": "An approved letter may be read by everybody",
        "value": {"submission": LETTER_PUBLICATION},
    },
}
