"""What one may do next with an answer: the links of the OpenAPI document, from an operation to those that go on from it."""

from typing import Any

_CODE = {"code": "$request.path.code"}
_DOCUMENT = {"id": "$response.body#/id"}
_DECISION = {"code": "$request.path.code", "id": "$request.body#/decision/id"}


def _link(operation: str, parameters: dict[str, str], description: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": parameters, "description": description}


_ANSWER = {"answer": _link("read_decision", _DECISION, "The decision with the country's answer.")}
LINKS: dict[str, dict[str, dict[str, Any]]] = {
    "register_country": {
        "201": {
            "country": _link(
                "read_country", {"code": "$response.body#/code"}, "The country as it was registered."
            )
        }
    },
    "submit": {"200": {"tasks": _link("list_country_tasks", _CODE, "What is still to be done.")}},
    "send_decision": {"200": _ANSWER, "202": _ANSWER},
    "upload_document": {
        "201": {
            "particulars": _link("read_document", _DOCUMENT, "The document's particulars."),
            "content": _link("download_document", _DOCUMENT, "The document itself."),
        }
    },
    "create_calendar_feed": {
        "201": {"revoke": _link("revoke_calendar_feed", _DOCUMENT, "The end of this address.")}
    },
}
"""By operation and status."""


def with_links(operation: dict[str, Any]) -> None:
    """Adds the links of an operation to its answers. Raises KeyError for an answer that it does not give."""
    for status, links in LINKS.get(operation["operationId"], {}).items():
        operation["responses"][status]["links"] = links
