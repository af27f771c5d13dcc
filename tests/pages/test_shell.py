"""What every page has: language, headers, a way past the navigation, files of our own; and errors that people can read."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from fastapi import Request

from api.app import create_app
from api.pages import static_files
from api.pages.shell import environment
from framework.terms import Language
from storage.documents import Documents
from storage.engine import open_database
from storage.schema import migrate
from tests.api.conftest import served, settings_in

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx2.AsyncClient]:
    """The application while Temporal is away: pages are drawn without it."""
    folder = tmp_path_factory.mktemp("pages")
    database = open_database(f"sqlite+aiosqlite:///{folder / 'rows.db'}")
    await migrate(database)
    app = create_app(settings_in(folder), database=database, documents=Documents(folder.as_uri()))

    @app.get("/broken")
    async def broken(request: Request) -> None:
        raise RuntimeError("an inner matter")

    async with served(app) as found:
        yield found
    await database.close()


pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}, "fr"),
        ("/", {"Accept-Language": "de, es;q=0.4, en;q=0.7"}, "en"),
        ("/", {"Accept-Language": "en;q=0, es"}, "es"),
        ("/", {"Accept-Language": "xx;;q=, \x7f,;"}, "en"),
        ("/", {"Accept-Language": "en", "Cookie": "pathfinder-language=es"}, "es"),
        ("/?lang=fr", {"Accept-Language": "en", "Cookie": "pathfinder-language=es"}, "fr"),
        ("/?lang=klingon", {"Cookie": "pathfinder-language=klingon"}, "en"),
    ],
)
async def test_a_page_comes_in_the_language_that_was_asked_for(
    client: httpx2.AsyncClient, address: str, headers: dict[str, str], language: str
) -> None:
    answer = await client.get(address, headers=headers)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language


async def test_a_choice_of_language_is_kept_in_the_browser_and_nothing_else_is(
    client: httpx2.AsyncClient,
) -> None:
    assert "set-cookie" not in (await client.get("/")).headers
    cookie = (await client.get("/?lang=fr")).headers["set-cookie"]
    client.cookies.clear()
    assert cookie.startswith("pathfinder-language=fr;")
    assert "HttpOnly" in cookie


async def test_every_page_forbids_what_it_does_not_need(client: httpx2.AsyncClient) -> None:
    for address in ("/", "/nowhere", "/broken"):
        headers = (await client.get(address, headers=HTML)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        kept = "public, max-age=120" if address == "/" else "no-store"
        assert headers["cache-control"] == kept


async def test_files_of_the_pages_may_be_kept_for_good_since_their_address_changes_with_them(
    client: httpx2.AsyncClient,
) -> None:
    for path in static_files.STATIC.iterdir():
        answer = await client.get(static_files.asset(path.name))
        assert answer.content == path.read_bytes()
        assert "immutable" in answer.headers["cache-control"]
        assert (await client.get(f"/static/{path.name}")).status_code == 404
    assert (static_files.STATIC / "pathfinder.css").stat().st_size < 28_000


@pytest.mark.parametrize("name", ["../shell.py", "%2e%2e%2fshell.py", "pathfinder.000000000000.css", "..%5c"])
async def test_no_other_file_is_served(client: httpx2.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/{name}")).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is no such page here"), ("fr", "Cette page"), ("es", "Esta página")],
)
async def test_what_is_not_there_is_a_page_for_people_and_a_problem_for_programs(
    client: httpx2.AsyncClient, language: str, words: str
) -> None:
    page = await client.get("/nowhere", headers=HTML | {"Accept-Language": language})
    assert page.status_code == 404
    assert words in page.text
    for address, accept in (
        ("/nowhere", "*/*"),
        ("/nowhere", "application/json"),
        ("/api/v1/x", "text/html"),
    ):
        answer = await client.get(address, headers={"Accept": accept})
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_fault_of_ours_says_nothing_of_our_insides(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/broken", headers=HTML)
    assert answer.status_code == 500
    assert "A fault on our side" in answer.text
    assert "inner matter" not in answer.text
    assert "Traceback" not in answer.text


def drawn(source: str, language: Language = Language.ENGLISH, **values: object) -> str:
    """A snippet with the parts of pages."""
    template = environment(language).from_string('{% import "parts.html" as parts %}' + source)
    return " ".join(template.render(values).split())


async def test_a_field_is_bound_to_its_label_its_hint_and_what_is_wrong_with_it() -> None:
    field = drawn(
        '{{ parts.field("email", "Address", hint="As on record", error="Not an address", value=text) }}',
        text='"><b>',
    )
    assert '<label for="email">Address</label>' in field
    assert 'aria-describedby="email-hint email-error"' in field
    assert 'aria-invalid="true"' in field
    assert "<b>" not in field
    plain = drawn('{{ parts.field("name", "Name", required=false) }}', Language.FRENCH)
    assert "(facultatif)" in plain
    assert "required" not in plain
    assert "aria-" not in plain


async def test_what_is_wrong_stands_above_the_form_and_leads_to_the_fields() -> None:
    summary = drawn("{{ parts.error_summary(errors) }}", errors=[("email", "No address"), ("", "Closed")])
    assert '<a href="#email">No address</a>' in summary
    assert "<li>Closed</li>" in summary
    assert drawn("{{ parts.error_summary([]) }}") == ""


async def test_marks_differ_in_more_than_colour() -> None:
    shapes = {
        tone: drawn("{{ parts.mark(tone, 'X') }}", tone=tone).partition(">")[2]
        for tone in ("good", "waiting", "late", "stopped", "plain")
    }
    assert len(set(shapes.values())) == 5


async def test_tables_and_facts_and_choices_escape_what_is_filled_in() -> None:
    made = drawn(
        '{{ parts.table("T", ["A"], [["<i>", "<u>"]]) }}{{ parts.facts([("N", "<s>")]) }}'
        '{{ parts.choice("c", "C", [("a", "<em>")], value="a") }}{{ parts.area("t", "T", value="</textarea>") }}'
        '{{ parts.choices("r", "R", [("x", "X", "<hr>")], chosen=["x"]) }}{{ parts.empty("<br>") }}{{ parts.button("<b>") }}'
    )
    for tag in ("<i>", "<u>", "<s>", "<em>", "<hr>", "<br>", "<b>"):
        assert tag not in made
    assert made.count("</textarea>") == 1
    assert '<th scope="row">&lt;i&gt;</th>' in made
    assert "checked" in made
    assert "selected" in made


async def test_moments_are_told_where_the_reader_is_or_in_geneva() -> None:
    at = "2027-05-01T11:59:00+00:00"
    assert drawn("{{ at|moment }}", at=at, zone="") == "Saturday, 1 May 2027, 13:59 (Geneva)"
    assert drawn("{{ at|moment }}", Language.SPANISH, at=at, zone="America/Lima").endswith("06:59 (Lima)")


async def test_a_template_with_a_value_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(Exception, match="is undefined"):
        drawn("{{ forgotten }}")


async def test_the_wheel_takes_the_templates_and_files_along() -> None:
    settings = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert '"api"' in settings.partition("only-include")[2].partition("]")[0]
    assert static_files.STATIC.is_relative_to(Path(__file__).parents[2] / "api")
