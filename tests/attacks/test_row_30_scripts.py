"""Row 30, scripts: what people typed stays text wherever it is shown to people as HTML. (Mails: tests/correspondence.)"""

from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from correspondence.pages import ContactShown, PageState, contacts_page
from framework.terms import Language
from launch.mail_page import build_page
from launch.mail_store import MailStore
from tests.api.conftest import PDF, Installation
from tests.correspondence.test_inert_text import HOSTILE

ACTIVE = {"script", "iframe", "object", "embed", "img", "svg", "base", "meta refresh", "link"}


class Reader(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Another element."""
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        """Text as it is read."""
        self.text += data


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", list(Language))
def test_row_30_the_page_about_contacts_is_made_of_the_same_elements_whatever_names_say(
    text: str, language: Language
) -> None:
    def page(typed: str) -> Reader:
        contacts = [ContactShown(role="deputy", lines=(typed, typed))]
        shown = contacts_page(
            PageState.ASKED, language, country=typed, year=2027, contacts=contacts, helper=typed
        )
        return Reader(shown)

    assert page(text).elements == page("harmless").elements


@pytest.mark.parametrize(
    "text", [one for name, one in HOSTILE.items() if name not in ("control", "lines", "half a letter")]
)
async def test_row_30_what_is_reflected_is_json_or_escaped(installation: Installation, text: str) -> None:
    browser = {"Accept": "text/html"}
    for path, query in (
        ("/api/v1/countries", {"search": text}),
        ("/api/v1/countries", {text: "x"}),
        ("/", {"lang": text}),
        ("/nowhere", {"q": text}),
        ("/confirm/contacts/x", {"q": text}),
    ):
        answer = await installation.client.get(path, params=query, headers=browser)
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in ("text/html", "application/problem+json", "application/json")
        if kind == "text/html":
            assert text not in answer.text
            assert not [one for one in Reader(answer.text).elements if one[0] in {"iframe", "object", "base"}]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
async def test_row_30_what_is_stored_comes_back_as_data_that_no_browser_runs(
    installation: Installation, text: str
) -> None:
    code = await installation.candidate()
    introduction: dict[str, Any] = {"kind": "profile_text", "text": text}
    await installation.secretariat.submit(code, introduction)
    await installation.secretariat.upload(code, PDF + text.encode(), f"{text}.pdf")
    for path in ("timeline", "documents", "tasks", "versions", "decisions"):
        answer = await installation.secretariat.get(f"/countries/{code}/{path}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_row_30_the_local_mailbox_shows_hostile_mail_as_text(tmp_path: Any) -> None:
    store = MailStore(tmp_path / "mail")
    for text in HOSTILE.values():
        plain = text.encode("utf-8", "replace").decode().replace("\r", "").replace("\n", " ")
        mail = f"Subject: {plain}\nFrom: a@b.example\nTo: c@d.example\nContent-Type: text/html\n\n{plain}\n"
        store.keep(mail.encode(), "a@b.example", ["c@d.example"])
    with TestClient(build_page(store)) as client:
        page = client.get("/", params={"to": '"><script>alert(1)</script>'})
        pages = [
            page,
            client.get("/"),
            *(client.get(f"/messages/{one.key}") for one in store.newest_first("")),
        ]
    for answer in pages:
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        tags = [tag for tag, _ in Reader(answer.text).elements]
        assert not set(tags) & (ACTIVE - {"link"})
        assert tags.count("link") == 1
