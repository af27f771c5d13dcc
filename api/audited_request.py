"""What of a request goes into the audit: about what it was, what was given, what was answered."""

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.problems import ProblemError
from contracts.rows import CountryRow
from storage.audit import Outcome, message_id
from storage.canonical import canonical, sha256

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

READ_BY_POST = frozenset({"open_payloads", "seal_payloads"})
"""Operations that change nothing although they are a POST."""

RECORDED_READS = frozenset({"open_payloads", "download_document", "download_return", "sign_in_by_provider"})
"""Reads that are recorded one by one: files, which may be evidence given in confidence, and payloads."""

SIGNED_IN_BY_PROVIDER = "sign_in_by_provider"
"""The page to which a provider sends people back: a GET, which lets somebody in."""

IN_CONFIDENCE = re.compile(rb'"confidentiality":"(?:reviewers|secretariat)"')
READS_EVIDENCE = frozenset({"read_version"})
"""Reads that are recorded when their answer holds something that was given in confidence."""

LARGEST = 32 * 1024
"""Bytes of what was given, or of a change, that are kept as they are; of more only size and hash."""

NO_IDS = frozenset({"code", "token", "address", "secret"})
"""What in a path is no id of an object: the country, which has a column of its own, and what lets whoever knows it in."""

_ID = re.compile(r"[A-Za-z0-9._:-]{1,200}")
_CODE = re.compile(r"[A-Z]{3}")


def country_of(request: Request, given: Any = None) -> str:
    """The country that a request is about, as its path or its body says; empty when it says none."""
    found = request.path_params.get("code", "")
    if not found and isinstance(given, dict):
        submission = given.get("submission")
        found = submission.get("country", "") if isinstance(submission, dict) else given.get("country", "")
    return found if isinstance(found, str) and _CODE.fullmatch(found) else ""


def object_of(request: Request, operation: str, answer: Mapping[str, Any] | None = None) -> str:
    """The operation and the ids in its path or answer. What is no id, people may have typed: it is left out."""
    ids = [value for name, value in request.path_params.items() if name not in NO_IDS]
    if answer:
        ids.append(answer.get("id", ""))
    return "/".join([operation, *(str(one) for one in ids if _ID.fullmatch(str(one)))])


def message_of(request: Request, given: Any = None) -> str:
    """The message that a request is: its Idempotency-Key, or the id of the decision in it."""
    decision = given.get("decision") if isinstance(given, dict) else None
    found = decision.get("id", "") if isinstance(decision, dict) else ""
    found = found or request.headers.get("Idempotency-Key", "")
    return message_id(found if isinstance(found, str) else "")


async def read_ahead(request: Request) -> None:
    """Reads a body of JSON, which the request then remembers; other bodies are left to whoever reads them piece by piece."""
    if "json" in request.headers.get("content-type", ""):
        await request.body()


def given_in(request: Request) -> Any:
    """The JSON that a request brought, once it was read; None without any."""
    body: bytes = getattr(request, "_body", b"")
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return None


def kept(value: Any) -> Any:
    """A value as the audit keeps it: whole, or of a large one its size and hash."""
    content = canonical(value)
    return value if len(content) <= LARGEST else {"bytes": len(content), "sha256": sha256(content)}


def answered(response: Response) -> Mapping[str, Any] | None:
    """The JSON object that a response holds, if it holds one."""
    if not isinstance(response, JSONResponse) and not _is_json(response):
        return None
    try:
        found = json.loads(bytes(response.body))
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, dict) else None


def holds_evidence(response: Response) -> bool:
    """Whether a response shows something that was given in confidence."""
    return bool(IN_CONFIDENCE.search(bytes(getattr(response, "body", b""))))


def changes(before: CountryRow | None, after: CountryRow | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the board shows otherwise than before: the old values and the new ones, by name."""
    old = before.model_dump(mode="json") if before else {}
    new = after.model_dump(mode="json") if after else {}
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {name: old[name] for name in names if name in old}, {
        name: new[name] for name in names if name in new
    }


def outcome_of(error: Exception, *, bound: bool) -> tuple[Outcome, tuple[str, ...]]:
    """What an error makes of an act, and the keys of its reasons.

    `bound`: the person acts for one country; what is not there for them is then a denial, as the answer does not tell.
    """
    if isinstance(error, RequestValidationError):
        return Outcome.REFUSED, ("request.invalid",)
    if not isinstance(error, HTTPException):
        return Outcome.FAILED, (type(error).__name__,)
    found = [one.key for one in error.findings] if isinstance(error, ProblemError) else []
    keys = tuple(dict.fromkeys(found)) or (str(error.status_code),)
    return outcome_of_status(error.status_code, bound=bound), keys


def outcome_of_status(status: int, *, bound: bool = False) -> Outcome:
    """What a status makes of an act; a page answers with one what elsewhere is an error."""
    if status < 400:
        return Outcome.DONE
    if status in (401, 403) or (status == 404 and bound):
        return Outcome.DENIED
    return Outcome.FAILED if status >= 500 or status == 429 else Outcome.REFUSED


def _is_json(response: Response) -> bool:
    return response.headers.get("content-type", "").partition(";")[0] == "application/json"
