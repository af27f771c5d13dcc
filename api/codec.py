"""The codec endpoint: opens what is encrypted in Temporal's histories for the Temporal UI and the `temporal` program.

Its shape is Temporal's (a list of payloads as JSON, in and out). Operators call it with their token. The UI of
`pathfinder up`, which signs nobody in, calls it by a path that is new at each start and answers on loopback alone.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Body, Depends, Header, Request, Response
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from pydantic import BaseModel, Field
from temporalio.api.common.v1 import Payload, Payloads

from access.people import Principal
from access.table import Action
from api.client_address import client_address
from api.deps import GuardedRoute, InstalledParts, Parts, allow, open_to_all
from api.description import errors
from api.examples import PAYLOADS
from api.problems import ProblemError, not_found
from contracts.sealed import OPENED
from storage.audit import Act, Outcome

LIMIT = 8 * 1024 * 1024
"""Bytes of a request to open: the UI sends the payloads of a whole page of events at once. What is to be sealed has the
limit of every request: people cannot type more, and compressed it would pass the server's own."""


class ReadingRoute(GuardedRoute):
    """A route that changes nothing, though it is a POST: the UI calls it for every page."""

    counted = False


router = APIRouter(prefix="/codec", tags=["operations"], route_class=ReadingRoute)
pages = APIRouter(
    prefix="/codec", include_in_schema=False, dependencies=[open_to_all(Action.OPEN_PAYLOADS_HERE)]
)


class WirePayload(BaseModel):
    """A payload as Temporal writes it in JSON: metadata and data in base64."""

    metadata: dict[str, str] = Field(default={}, examples=[{"encoding": "anNvbi9wbGFpbg=="}])
    data: str = Field(default="", examples=["eyJjb2RlIjogIlhBSiJ9"])


class WirePayloads(BaseModel):
    """Payloads, in their order."""

    payloads: list[WirePayload]


Wire = Annotated[WirePayloads, Body(openapi_examples=PAYLOADS)]
Operator = Annotated[Principal, allow(Action.OPEN_PAYLOADS)]
Namespace = Annotated[
    str, Header(alias="X-Namespace", description="The Temporal namespace; another than ours is not there.")
]


@router.post("/decode", operation_id="open_payloads", responses=errors(403, 404, 413), max_body_size=LIMIT)
async def open_payloads(
    body: Wire,
    request: Request,
    response: Response,
    parts: InstalledParts,
    _: Operator,
    namespace: Namespace = "",
) -> WirePayloads:
    """Payloads opened. What was never encrypted, or cannot be opened, comes back as it is."""
    response.headers.update(_cors(request, parts))
    return await _turned(parts, "decode", body, namespace)


@router.post("/encode", operation_id="seal_payloads", responses=errors(403, 404, 413))
async def seal_payloads(
    body: Wire,
    request: Request,
    response: Response,
    parts: InstalledParts,
    _: Operator,
    namespace: Namespace = "",
) -> WirePayloads:
    """Payloads encrypted, as the worker would: for a message that is typed in the UI."""
    response.headers.update(_cors(request, parts))
    return await _turned(parts, "encode", body, namespace)


def _of_the_ui(secret: str, request: Request, parts: InstalledParts) -> None:
    """Lets only the UI of this machine's `up` pass; for everybody else there is nothing here."""
    known = parts.ui_codec
    named = secrets.compare_digest(secret.encode(), known.encode()) if known else False
    if not (named and _from_here(request) and _origin(request, parts)):
        raise not_found("such page")


@pages.post("/ui/{secret}/decode", dependencies=[Depends(_of_the_ui)], max_body_size=LIMIT)
async def open_for_the_ui(
    body: Wire, request: Request, response: Response, parts: InstalledParts, namespace: Namespace = ""
) -> WirePayloads:
    """`open_payloads` for the UI of `up`."""
    detail = {"client": client_address(request)}
    seen = Act(at=parts.now(), outcome=Outcome.DONE, action=Action.OPEN_PAYLOADS_HERE.value, detail=detail)
    await parts.floods.note(parts.database, seen)
    response.headers.update(_cors(request, parts))
    return await _turned(parts, "decode", body, namespace)


@pages.post("/ui/{secret}/encode", dependencies=[Depends(_of_the_ui)])
async def seal_for_the_ui(
    body: Wire, request: Request, response: Response, parts: InstalledParts, namespace: Namespace = ""
) -> WirePayloads:
    """`seal_payloads` for the UI of `up`."""
    response.headers.update(_cors(request, parts))
    return await _turned(parts, "encode", body, namespace)


@pages.options("/ui/{secret}/{what}", dependencies=[Depends(_of_the_ui)])
@pages.options("/{what}")
async def may_ask(what: Literal["decode", "encode"], request: Request, parts: InstalledParts) -> Response:
    """What a browser asks before it lets the UI call: allowed from the UI's own address alone."""
    return Response(status_code=204, headers=_cors(request, parts))


async def _turned(parts: Parts, what: str, body: WirePayloads, namespace: str) -> WirePayloads:
    if namespace not in ("", parts.settings.temporal_namespace):
        raise not_found(f"namespace {namespace[:60]!r}")
    codec = parts.processes.client.data_converter.payload_codec
    given = _read(body)
    if codec is None:
        return body
    turn: Callable[[Sequence[Payload]], Awaitable[list[Payload]]] = getattr(codec, what)
    turned = await turn(given)
    for payload in turned:
        payload.metadata.pop(OPENED, None)  # concerns processes, not people
    return WirePayloads(payloads=[WirePayload.model_validate(MessageToDict(one)) for one in turned])


def _read(body: WirePayloads) -> list[Payload]:
    try:
        return list(ParseDict(body.model_dump(), Payloads()).payloads)
    except ParseError:
        raise ProblemError(422, "Metadata and data of a payload are base64.") from None


def _from_here(request: Request) -> bool:
    """Whether the caller sits at this machine, and no proxy speaks for somebody else."""
    forwarded = any(name.startswith(("x-forwarded-", "forwarded", "x-real-ip")) for name in request.headers)
    try:
        return not forwarded and request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _origin(request: Request, parts: Parts) -> str:
    """The origin of the call if it is the UI's, which is the same under both names of this machine; else empty."""
    given, ui = request.headers.get("Origin", ""), urlsplit(parts.settings.temporal_ui_url)
    names = (
        {ui.hostname, "localhost", "127.0.0.1"}
        if ui.hostname in ("localhost", "127.0.0.1")
        else {ui.hostname}
    )
    port = f":{ui.port}" if ui.port else ""
    return given if given in {f"{ui.scheme}://{name}{port}" for name in names} else ""


def _cors(request: Request, parts: Parts) -> dict[str, str]:
    headers = {"Vary": "Origin", "Cache-Control": "no-store"}
    if origin := _origin(request, parts):
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Methods"] = "POST"
        headers["Access-Control-Allow-Headers"] = "authorization, content-type, x-namespace"
        headers["Access-Control-Max-Age"] = "600"
    return headers
