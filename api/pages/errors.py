"""Errors for people: a page in their language where their browser asks for one, and a problem (RFC 9457) for programs."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException

from api import problems
from api.pages.shell import page

Handler = Callable[[Request, Exception], Awaitable[Response]]

KNOWN = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503})
API = "/api/"


def wants_page(request: Request) -> bool:
    """Whether an answer is for a person: the browser asks for a page, and it is no address of the API."""
    return "text/html" in request.headers.get("Accept", "") and not request.url.path.startswith(API)


def error_page(request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
    """What went wrong, in general: a page tells nothing of our insides, and nothing of what one may not see."""
    shown = status if status in KNOWN else 500 if status >= 500 else 400
    return page(request, "error.html", status, headers=headers or {}, code=shown)


async def http_error(request: Request, error: Exception) -> Response:
    """An error that a route raised."""
    assert isinstance(error, StarletteHTTPException)
    if not wants_page(request):
        return await problems.http_error(request, error)
    return error_page(request, error.status_code, dict(error.headers or {}))


async def invalid(request: Request, error: Exception) -> Response:
    """A request that does not have the shape it must have."""
    assert isinstance(error, RequestValidationError)
    return error_page(request, 422) if wants_page(request) else await problems.invalid(request, error)


async def fault(request: Request, error: Exception) -> Response:
    """An error of ours."""
    return error_page(request, 500) if wants_page(request) else await problems.fault(request, error)


def install(app: FastAPI) -> None:
    """Makes every error of `app` a page or a problem."""
    app.add_exception_handler(StarletteHTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, fault)
