"""Makes the application: its parts, its routes, its one shape of errors."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from temporalio.client import Client

from api import (
    audit_records,
    briefs,
    calendar_feeds,
    codec,
    confirming,
    countries,
    decisions,
    documentation,
    documents,
    drafts,
    extensions,
    focal_points,
    handover,
    headers,
    health,
    history,
    items,
    letters,
    mails,
    me,
    me_access,
    personal_data,
    policy,
    problems,
    reactivation,
    registration,
    risks,
    submissions,
    tasks,
    timeline,
)
from api.access_log import keep_addresses_out
from api.deps import Clock, Parts, utc_now
from api.description import DESCRIPTION, TAGS, VERSION, describe
from api.oidc import Provider
from api.outermost import ProblemsOnly
from api.pages import errors
from api.pages.groups import PAGES
from api.patience import PlainBodies
from api.process import Processes
from api.quotas import Quotas
from connection import clients
from launch.production import refuse_weak
from settings import Settings, load_settings
from storage.documents import Documents
from storage.engine import Database, open_database

log = logging.getLogger(__name__)

PREFIX = "/api/v1"
JSON_LIMIT = 256 * 1024
"""Bytes of a request's body; uploads have a limit of their own."""

RESOURCES = (
    countries,
    registration,
    timeline,
    history,
    tasks,
    drafts,
    submissions,
    reactivation,
    extensions,
    focal_points,
    handover,
    briefs,
    risks,
    policy,
    decisions,
    items,
    documents,
    mails,
    calendar_feeds,
    letters,
    audit_records,
    me,
    me_access,
    personal_data,
    codec,
    health,
)


def create_app(
    settings: Settings | None = None,
    *,
    temporal: Client | None = None,
    database: Database | None = None,
    documents: Documents | None = None,
    now: Clock = utc_now,
) -> FastAPI:
    """The API. What is not given is made from the settings when it starts, and closed when it stops.

    Temporal is connected at the first call, and again whenever it was away. Raises SettingsError without a
    token secret, without keys for what Temporal keeps, and in production with settings known as weak.
    """
    settings = settings or load_settings()
    refuse_weak(settings)
    secret = settings.read_token_secret()
    if temporal is None:
        clients.check(settings)
    keep_addresses_out()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = database or open_database(settings.database_url)
        app.state.parts = Parts(
            settings=settings,
            secret=secret,
            processes=Processes(temporal or await _client(settings)),
            database=opened,
            documents=documents or Documents(settings.documents_url),
            ui_codec=settings.read_ui_codec(),
            now=now,
            provider=Provider(settings) if settings.oidc_issuer else None,
            quotas=Quotas(settings.acts_per_minute_person, settings.acts_per_minute_country),
        )
        yield
        await app.state.parts.floods.over(opened)
        if database is None:
            await opened.close()

    app = _described(lifespan)
    app.router.routes.extend(_everything().routes)
    _surround(app, settings.public_url)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def _surround(app: FastAPI, public_url: str) -> None:
    """What stands around every answer: errors in one form, limits of bodies, the headers of a browser's safety."""
    errors.install(app)
    for away in confirming.AWAY:
        app.add_exception_handler(away, _database_away)
    # not FastAPI's own max_body_size: that stands outside of everything and answers in plain text
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=JSON_LIMIT)
    app.add_middleware(PlainBodies)
    app.add_middleware(ProblemsOnly)
    headers.install(app, public_url)


def _described(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """The application by name. The page of its documentation is ours, see `api.documentation`; its scripts are here."""
    return FastAPIOffline(
        title="Pathfinder",
        version=VERSION,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        static_url=documentation.STATIC,
        lifespan=lifespan,
    )


@cache
def _everything() -> APIRouter:
    """Everything that answers: the API, what an unguessable address opens, the documentation, the pages.

    It knows of no installation, and to work it out takes half a second: however many applications a process has, they
    share it.
    """
    found = APIRouter()
    found.include_router(_routes())
    found.include_router(calendar_feeds.open_router)
    found.include_router(confirming.router)
    found.include_router(documentation.router)
    for group in PAGES:
        found.include_router(group.router)
    return found


def _routes() -> APIRouter:
    routes = APIRouter(prefix=PREFIX)
    for resource in RESOURCES:
        routes.include_router(resource.router)
    routes.include_router(codec.pages)
    return routes


async def _client(settings: Settings) -> Client:
    return await clients.connect(settings, lazy=True)


async def _database_away(request: Request, error: Exception) -> Response:
    log.error("the database does not answer: %s", type(error).__name__)
    if errors.wants_page(request):
        return errors.error_page(request, 503, {"Retry-After": str(problems.RETRY_AFTER_SECONDS)})
    away = problems.unavailable(
        "The database does not answer. Nothing was changed that was not acknowledged."
    )
    return problems.problem_response(away.status_code, away.detail, headers=away.headers)
