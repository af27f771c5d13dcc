"""Row 31, links: an address that somebody typed is never called by the server (SSRF), whatever is made of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from api.examples import PROGRESS_REPORT, ROADMAP, WORKSHOP
from correspondence.letter_pdf import pictures
from correspondence.rendering import rendered
from correspondence.specimens import kinds, letter_sheet
from framework.terms import Language, LetterKind
from tests.api.conftest import PDF, Installation
from tests.correspondence.mailing import SITE
from tests.correspondence.test_inert_text import typed


@asynccontextmanager
async def listener() -> AsyncIterator[tuple[str, list[str]]]:
    """An address on this machine, and whoever called it."""
    callers: list[str] = []

    async def called(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        callers.append(str(writer.get_extra_info("peername")))
        writer.close()

    async with await asyncio.start_server(called, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/typed", callers


def with_address(value: Any, address: str) -> Any:
    """A submission with the address in every text that people write."""
    if isinstance(value, dict):
        return {
            name: inner if name in ("kind", "id", "targets") else with_address(inner, address)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [with_address(one, address) for one in value]
    return address if isinstance(value, str) and " " in value else value


async def test_row_31_no_address_that_was_typed_is_ever_called(installation: Installation) -> None:
    code = await installation.candidate()
    async with listener() as (address, callers):
        for submission in (ROADMAP, WORKSHOP, PROGRESS_REPORT):
            changed = with_address(submission, address)
            assert address in str(changed)
            answer = await installation.secretariat.submit(code, changed, on_behalf_of=address)
            assert answer.status_code in (200, 409, 422), answer.text
        for name in (address, f"{address}.pdf"):
            assert (await installation.secretariat.upload(code, PDF, name)).status_code == 201
        for kind in kinds():
            await asyncio.to_thread(rendered, typed(kind, address), SITE)
        for kind in LetterKind:
            sheet = letter_sheet(kind, Language.ENGLISH, name=address)
            await asyncio.to_thread(pictures, sheet)
        assert callers == []


async def test_row_31_the_positive_control_somebody_who_calls_is_noticed() -> None:
    async with listener() as (address, callers), httpx2.AsyncClient(trust_env=False) as client:
        try:
            await client.get(address)
        except httpx2.HTTPError:
            assert len(callers) == 1
    assert len(callers) == 1
