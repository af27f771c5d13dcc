"""Public pages may be kept for a short while, and are asked for again by their fingerprint (RFC 9110, 9111)."""

import hashlib
from typing import TypeVar

from fastapi import Request, Response

from api.pages.languages import COOKIE

MAX_AGE = 120
"""Seconds for which everybody may keep a public page."""

FOR_ALL = f"public, max-age={MAX_AGE}"
FOR_ONE = "private, no-cache"

Answer = TypeVar("Answer", bound=Response)


def kept(request: Request, answer: Answer) -> Answer | Response:
    """The answer with its fingerprint and how long it may be kept; 304 without a body for who has it already.

    What was made for somebody who is signed in, or sets a cookie, nobody keeps for others.
    """
    fingerprint = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    answer.headers["ETag"] = fingerprint
    answer.headers["Cache-Control"] = FOR_ALL if _for_everybody(request, answer) else FOR_ONE
    if fingerprint not in _known(request):
        return answer
    told = {
        name: answer.headers[name]
        for name in ("ETag", "Cache-Control", "Vary", "Content-Language")
        if name in answer.headers
    }
    return Response(status_code=304, headers=told)


def _for_everybody(request: Request, answer: Response) -> bool:
    somebody = getattr(request.state, "principal", None) is not None or "authorization" in request.headers
    return not somebody and set(request.cookies) <= {COOKIE} and "set-cookie" not in answer.headers


def _known(request: Request) -> set[str]:
    header = request.headers.get("If-None-Match", "")
    return {one.strip().removeprefix("W/") for one in header[:4000].split(",")}
