"""People before the pages of their desk: an installation with a living process, and a browser that knows no script."""

import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx2

from framework.terms import Role
from tests.api.conftest import (
    Installation,
    bearer,
    database,
    documents,
    installation,
    patient,
    settings,
    temporal,
)

__all__ = [
    "Installation",
    "Person",
    "database",
    "documents",
    "installation",
    "patient",
    "person",
    "settings",
    "temporal",
    "timetabled",
]

HTML = "text/html,application/xhtml+xml"


class Form(HTMLParser):
    """The fields of the one form of a page whose action is wanted, as a browser would post them; and its buttons."""

    def __init__(self, wanted: str = "") -> None:
        super().__init__()
        self.wanted, self.inside = wanted, False
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []
        self._area: list[str] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps what a field would send."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = found.get("action", "")
            self.inside = action != "/sign-out" and self.wanted in action
            self.action = action if self.inside else self.action
        if not self.inside:
            return
        name = found.get("name", "")
        if tag == "textarea":
            self._area = [name, ""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            self.fields.append((self._select, found["value"]))
        elif tag == "button":
            self.buttons.append((name, found.get("value", "")))
        elif tag == "input" and name and _sends(found):
            self.fields.append((name, found.get("value", "")))

    def handle_data(self, data: str) -> None:
        """The text of an area; the first line feed is not part of it."""
        if self._area is not None:
            self._area[1] += data

    def handle_endtag(self, tag: str) -> None:
        """An area or a form ends."""
        if tag == "textarea" and self._area is not None:
            self.fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        if tag == "form":
            self.inside = False


def _sends(found: dict[str, str]) -> bool:
    kind = found.get("type")
    return kind != "file" and (kind not in {"checkbox", "radio"} or "checked" in found)


class Person:
    """Somebody with a browser that runs no script: pages are read, forms are filled in and posted."""

    def __init__(self, client: httpx2.AsyncClient, authorization: str, language: str = "en") -> None:
        self.client = client
        self.headers = {
            "Authorization": authorization,
            "Accept": HTML,
            "Cookie": f"pathfinder-language={language}",
        }

    async def get(self, address: str) -> httpx2.Response:
        """A page."""
        return await self.client.get(address, headers=self.headers, follow_redirects=True)

    async def text(self, address: str) -> str:
        """What stands on a page, without its tags, in one line."""
        answer = await self.get(address)
        assert answer.status_code == 200, (address, answer.text)
        return words(answer.text)

    async def fill(
        self, address: str, values: dict[str, Any], act: str = "save", files: Any = None, wanted: str = ""
    ) -> httpx2.Response:
        """Opens a page, fills its form in, presses a button; a list of values ticks several boxes, None unticks."""
        page = await self.get(address)
        assert page.status_code == 200, page.text
        form = Form(wanted)
        form.feed(page.text)
        return await self.post(form, values, act, files, str(page.url))

    async def post(
        self, form: Form, values: dict[str, Any], act: str, files: Any, here: str
    ) -> httpx2.Response:
        """Posts a form that was read before."""
        kept = [(name, value) for name, value in form.fields if name not in values]
        for name, value in values.items():
            each = value if isinstance(value, list) else [] if value is None else [value]
            kept += [(name, str(one)) for one in each]
        data: dict[str, list[str]] = {}
        for name, value in [*kept, ("act", act)]:
            data.setdefault(name, []).append(value)
        more = {"files": files} if files else {}
        return await self.client.post(
            form.action or here, data=data, headers=self.headers, follow_redirects=True, **more
        )


def words(html: str) -> str:
    """A page's text in one line."""
    body = re.sub(r"(?s)<(script|style).*?</\1>", "", html.partition("<main")[2] or html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def person(
    installation: Installation,
    role: Role,
    country: str = "",
    language: str = "en",
    tasks: Sequence[str] = (),
    name: str = "",
) -> Person:
    """Somebody in a role, with a browser."""
    return Person(installation.client, bearer(role, country, name, tasks=tasks), language)


async def timetabled(installation: Installation) -> str:
    """The code of a candidate that is asked for a timetable, stakeholders and a stocktaking."""
    code = await installation.candidate()
    reply = {"kind": "reply_letter", "dated": "2026-11-01", "text": "Please begin."}
    assert (await installation.secretariat.submit(code, reply)).status_code == 200
    return code
