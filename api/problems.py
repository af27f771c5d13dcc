"""Every error in one shape: application/problem+json (RFC 9457) with all the reasons, in words and as keys.

Nothing of what was sent is echoed back, and nothing of our insides is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import compile_path

from framework.findings import Finding
from framework.records import Submission
from wording import sentence

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5

TITLES = {
    400: "The request was not understood",
    401: "Who are you?",
    403: "Not allowed",
    404: "Not there",
    405: "This cannot be done here",
    408: "Too slow",
    409: "In conflict with what is on record",
    413: "Too large",
    415: "This kind of file is not taken",
    422: "Refused",
    429: "Too many at once",
    500: "A fault on our side",
    503: "Not available just now",
}
_KINDS = frozenset(record.kind for record in Submission.__args__)


class Reason(BaseModel):
    """One reason: its key in the catalogue, the place in what was sent, the clause that asks for it,
    and the sentence."""

    key: str
    where: str = ""
    clause: str = ""
    values: dict[str, str] = {}
    text: str


class Problem(BaseModel):
    """An error as it is answered. `findings` holds all the reasons, never just the first."""

    type: str
    title: str
    status: int
    detail: str
    findings: list[Reason] = []


class ProblemError(HTTPException):
    """Raised anywhere in the API to answer with a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        findings: Sequence[Reason] = (),
        *,
        slug: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.findings = list(findings)
        self.slug = slug


def reason(finding: Finding) -> Reason:
    """A finding of the rules, put into words."""
    return Reason(
        key=finding.key,
        where=finding.where,
        clause=finding.clause,
        values=dict(finding.values),
        text=sentence(finding),
    )


def reasons(findings: Iterable[Finding]) -> list[Reason]:
    """Findings of the rules, put into words, in their order."""
    return [reason(finding) for finding in findings]


def refused(findings: Iterable[Finding]) -> ProblemError:
    """422: the rules refuse it, and these are all their reasons."""
    shown = reasons(findings)
    count = f"{len(shown)} reasons" if len(shown) != 1 else "one reason"
    return ProblemError(422, f"Nothing was changed, for {count}.", shown, slug="refused")


def within(where: str) -> str:
    """A place in what was handed in, without the name of the envelope's part that held it: `submission.on` is `on`."""
    head, _, rest = where.partition(".")
    return rest if head == "submission" and rest else where


def not_found(what: str) -> ProblemError:
    """404: it is not there, or not for this person; the answer does not tell which."""
    return ProblemError(404, f"There is no {what} here.")


def conflict(detail: str) -> ProblemError:
    """409: something on record stands against it; the detail names it."""
    return ProblemError(409, detail)


def unavailable(detail: str) -> ProblemError:
    """503: a part that is needed does not answer; to be repeated as it is."""
    return ProblemError(503, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def problem_response(
    status: int,
    detail: str,
    findings: Sequence[Reason] = (),
    *,
    slug: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a response."""
    problem = Problem(
        type=f"urn:pathfinder:problem:{slug}" if slug else "about:blank",
        title=TITLES.get(status, "An error"),
        status=status,
        detail=detail,
        findings=list(findings),
    )
    return Response(problem.model_dump_json(), status, dict(headers or {}), media_type=MEDIA_TYPE)


async def http_error(request: Request, error: Exception) -> Response:
    """An error that a route raised, as a problem."""
    assert isinstance(error, StarletteHTTPException)
    if error.status_code == 405:
        allowed = ", ".join(_methods(request))
        return problem_response(405, f"Only {allowed} is possible here.", headers={"Allow": allowed})
    findings = error.findings if isinstance(error, ProblemError) else ()
    slug = error.slug if isinstance(error, ProblemError) else ""
    return problem_response(error.status_code, error.detail, findings, slug=slug, headers=error.headers)


async def invalid(_: Request, error: Exception) -> Response:
    """A request without the shape that it must have, as a problem with all its reasons."""
    assert isinstance(error, RequestValidationError)
    findings = [_reason_of_validation(part) for part in error.errors()]
    unreadable = any(found.key == "request.json_invalid" or _is_key(found) for found in findings)
    detail = "Nothing was changed. Mend what `findings` names and send it again."
    return problem_response(400 if unreadable else 422, detail, findings, slug="invalid")


async def fault(_: Request, __: Exception) -> Response:
    """An error of ours, as a problem that says nothing of it."""
    return problem_response(500, "This is our fault, not yours. It has been logged.")


def _methods(request: Request) -> list[str]:
    """All methods of a path: the framework names only those of the first route that it looks at."""
    paths: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    here = request.scope["path"]
    found = [methods for path, methods in paths.items() if compile_path(path)[0].match(here)]
    return sorted({method.upper() for methods in found for method in methods})


def _is_key(found: Reason) -> bool:
    return found.where.lower() == "idempotency-key"


def _reason_of_validation(part: Mapping[str, Any]) -> Reason:
    where = place(part["loc"])
    text = str(part["msg"])
    if where.lower() == "idempotency-key":
        text = (
            "Send a header Idempotency-Key: 1 to 200 visible ASCII characters that you choose,"
            " new for each submission and the same when you repeat it."
        )
    values = {name: str(value) for name, value in part.get("ctx", {}).items() if isinstance(value, str | int)}
    return Reason(key=f"request.{part['type']}", where=where, values=values, text=text)


def place(location: Sequence[int | str]) -> str:
    """Where in a request: `submission.priorities[1].title`. The kind that tells a union apart is left out."""
    steps = list(location)
    if steps and steps[0] in ("body", "query", "path", "header", "cookie"):
        steps = steps[1:]
    if len(steps) > 1 and steps[0] == "submission" and steps[1] in _KINDS:
        del steps[1]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".")
