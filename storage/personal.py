"""Where data about persons lies in the tables: the one list that exports and erasures go by.

A test fails when a column that can hold text is in neither list: whoever adds one decides here.
"""

from collections.abc import Mapping
from types import MappingProxyType

PERSONAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "country": frozenset({"content"}),
        "task": frozenset({"content"}),
        "entry": frozenset({"content"}),
        "version": frozenset({"content", "body"}),
        "decision": frozenset({"content"}),
        "cycle": frozenset({"content"}),
        "comment": frozenset({"content"}),
        "letter": frozenset({"content"}),
        "mail": frozenset({"answer", "story", "content"}),
        "returned": frozenset({"content"}),
        "document": frozenset({"name", "uploaded_by"}),
        "appointment": frozenset({"seat", "name", "email"}),
        "person": frozenset({"name"}),
        "person_address": frozenset({"address"}),
        "contact_address": frozenset({"address"}),
        "sign_in": frozenset({"address"}),
        "api_token": frozenset({"name"}),
        "draft": frozenset({"content"}),
        "calendar_feed": frozenset({"name", "created_by"}),
        "audit": frozenset({"detail"}),
    }
)
"""By table the columns that may name a person, or hold what people wrote."""

WITHOUT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "country": frozenset({"code", "name", "sort_name", "search", "status", "stage", "flags"}),
        "task": frozenset({"country", "key", "kind", "role", "state"}),
        "entry": frozenset({"country", "kind"}),
        "version": frozenset({"country", "kind", "sha256"}),
        "decision": frozenset({"country", "id", "kind", "answer"}),
        "cycle": frozenset({"country"}),
        "comment": frozenset({"country", "about"}),
        "letter": frozenset({"country", "number", "kind", "state"}),
        "mail": frozenset({"key", "country", "cycle", "kind", "task", "state", "message_id", "token"}),
        "returned": frozenset({"id", "kind", "state", "mail"}),
        "document": frozenset({"id", "country", "media_type", "sha256", "confidentiality", "uploaded_role"}),
        "appointment": frozenset({"id", "role", "country", "body", "language", "digest"}),
        "person": frozenset({"id", "language", "time_zone", "same_as"}),
        "person_address": frozenset({"person"}),
        "contact_address": frozenset({"country"}),
        "sign_in": frozenset({"id", "person", "token_sha256", "code_sha256", "browser_sha256"}),
        "session": frozenset({"id", "secret_sha256", "person", "mandate", "agent", "door", "granted"}),
        "draft": frozenset({"country", "key", "section", "aside", "saved_by", "saved_role"}),
        "api_token": frozenset({"id", "secret_sha256", "person", "mandate", "scopes"}),
        "calendar_feed": frozenset({"id", "address_sha256", "role", "country", "language", "created_role"}),
        "audit": frozenset(
            {
                *("outcome", "action", "person", "role", "mandate", "country", "object", "message"),
                *("reasons", "refers_to", "seals", "previous", "sha256"),
            }
        ),
    }
)
"""By table the columns with text that names nobody: codes, ids, kinds, hashes. `audit.person` is a pseudonym."""
