"""Countries for the browser tests of the GCM's and the MWG's pages, and the way in of those who visit them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page
from pydantic import TypeAdapter

from api.examples import INDICATOR_FRAMEWORK, PROGRESS_REPORT
from api.pages.languages import COOKIE
from framework.terms import Role
from tests.api.conftest import Installation, bearer
from tests.process import papers as p


@dataclass
class Found:
    """What a test finds: a candidate that can be granted the status, one that cannot, an active country with a report."""

    ready: list[str] = field(default_factory=list)
    unready: str = ""
    active: str = ""
    year: int = 0

    async def prepare(self, installation: Installation) -> None:
        """Makes the countries."""
        self.ready = [await ready(installation) for _ in range(2)]
        self.unready = await installation.presented()
        await say(installation, self.unready, "Employers", "object", "The second priority has no budget.")
        await say(installation, self.unready, "Workers", "comment", "The survey comes late.")
        self.active = await installation.active()
        self.year = await installation.year(self.active)
        await report(installation, self.active, self.year)


async def ready(installation: Installation) -> str:
    """A candidate that has done everything and is presented today."""
    code, today = await installation.candidate(), datetime.now(UTC).date()
    for submission in (
        _plain(p.stakeholders()),
        _plain(p.stocktaking(today)),
        _plain(p.workshop(today)),
        _plain(p.roadmap(today)),
        {"kind": "presentation", "meeting": "GCG 2026/2", "meeting_on": today.isoformat()},
    ):
        answer = await installation.secretariat.submit(code, submission)
        assert answer.status_code == 200, answer.text
    return code


async def report(installation: Installation, code: str, year: int) -> None:
    """The year's report and indicator framework have come."""
    for submission in (PROGRESS_REPORT, INDICATOR_FRAMEWORK):
        answer = await installation.secretariat.submit(code, {**submission, "year": year})
        assert answer.status_code == 200, answer.text


async def say(installation: Installation, code: str, seat: str, position: str, reason: str = "") -> None:
    """A seat takes a position on a candidate."""
    said = {"kind": "gcm_position", "seat": seat, "position": position, "reason": reason}
    path = f"/countries/{code}/items/grant/positions"
    answer = await installation.person(Role.GCM).post(path, {"submission": said})
    assert answer.status_code == 200, answer.text


def _plain(record: Any) -> Any:
    return TypeAdapter(type(record)).dump_python(record, mode="json", exclude_none=True)


@contextmanager
def person(
    opened: Browser, url: str, role: Role, country: str = "", *, script: bool = True, **more: Any
) -> Iterator[Page]:
    """A page of somebody in this role, for a seat of a country or not."""
    context = opened.new_context(
        base_url=url,
        viewport={"width": more.get("width", 1280), "height": 900},
        color_scheme=more.get("scheme", "light"),
        java_script_enabled=script,
        bypass_csp=more.get("bypass_csp", False),
        extra_http_headers={"Authorization": bearer(role, country)},
    )
    context.add_cookies([{"name": COOKIE, "value": more.get("language", "en"), "url": url}])
    try:
        yield context.new_page()
    finally:
        context.close()
